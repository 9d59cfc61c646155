"""The demand that Nærved brings: towns with their people, and postcode points for the rest.

Each municipality's population (Statistics Denmark, 2020) is placed so: a town of GeoNames has the
population GeoNames gives it, unless that is nearly the whole municipality's or more (it then
counts more than the town); if its towns have more people than a municipality, they are scaled
down together. Who is left is spread over the municipality's postcode points by land area. A town
belongs to the municipality of the nearest postcode point (of several, to the one whose own point
is nearest).
"""

from functools import cache

import numpy as np
import pandas as pd

from locator.coverage.inputs.layer import WGS84, Layer
from locator.earth import ecef
from locator.notes import Note
from locator.places import Postcode, municipalities, nearest_postcodes, postcodes, towns
from locator.travel import Floats

_WHOLE = 0.8  # of a municipality; a "town" with more stands for all of it


@cache
def embedded_demand() -> Layer:
    """Towns ("town:GEONAMEID") and postcodes ("postcode:NNNN") with people, EPSG:4326.

    A postcode that lies in several municipalities is a row in each ("postcode:NNNN:CODE"), all at
    its one point, so that the people of every municipality are its population.
    The table has the columns id, name, kind, municipality_code, municipality, region, postcode.
    """
    known = pd.DataFrame(
        [(one.name, one.region, float(one.population)) for one in municipalities().values()],
        index=list(municipalities()),
        columns=["name", "region", "population"],
    )
    population = known["population"]
    parts, placed = _postcode_parts(), _towns()
    placed = placed[placed["people"] < _WHOLE * placed["municipality_code"].map(population)]
    in_towns = (
        placed.groupby("municipality_code")["people"].sum().reindex(population.index).fillna(0)
    )
    scale = (population / in_towns.replace(0.0, np.nan)).clip(upper=1.0).fillna(1.0)
    placed = placed.assign(people=placed["people"] * placed["municipality_code"].map(scale))
    left = (population - in_towns * scale).clip(lower=0.0)
    area = parts.groupby("municipality_code")["area"].transform("sum")
    parts["people"] = parts["municipality_code"].map(left) * parts["area"] / area
    frame = pd.concat((placed, _as_places(parts)), ignore_index=True)
    frame["municipality"] = frame["municipality_code"].map(known["name"])
    frame["region"] = frame["municipality_code"].map(known["region"])
    return _layer(frame, float(population.sum()), float(placed["people"].sum()))


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


def _postcode_parts() -> pd.DataFrame:
    """A row for each postcode and municipality it lies in, its land shared out equally."""
    return pd.DataFrame(
        [
            (one.code, one.name, *one.point, code, one.land_km2 / len(one.municipalities))
            for one in postcodes().values()
            for code in one.municipalities
        ],
        columns=["postcode", "name", "lat", "lon", "municipality_code", "area"],
    )


def _towns() -> pd.DataFrame:
    placed = pd.DataFrame(
        [
            (f"town:{one.id}", one.name, *one.point, float(one.population))
            for one in towns()
            if one.population > 0
        ],
        columns=["id", "name", "lat", "lon", "people"],
    )
    near = nearest_postcodes(placed["lon"], placed["lat"])
    placed["kind"] = "town"
    placed["postcode"] = [one.code for one in near]
    here = ecef(placed["lon"], placed["lat"])
    placed["municipality_code"] = [
        _municipality(one, at) for one, at in zip(near, here, strict=True)
    ]
    return placed


def _municipality(postcode: Postcode, here: Floats) -> str:
    """Of those that the postcode lies in, the one whose own point is nearest to `here`."""
    middles = {code: municipalities()[code].point for code in postcode.municipalities}
    return min(
        middles,
        key=lambda code: float(np.sum((ecef(middles[code].lon, middles[code].lat)[0] - here) ** 2)),
    )


def _as_places(parts: pd.DataFrame) -> pd.DataFrame:
    shared = parts["postcode"].duplicated(keep=False)
    return pd.DataFrame(
        {
            "id": "postcode:"
            + parts["postcode"]
            + np.where(shared, ":" + parts["municipality_code"], ""),
            "name": parts["postcode"] + " " + parts["name"],
            "lat": parts["lat"],
            "lon": parts["lon"],
            "people": parts["people"],
            "kind": "postcode",
            "postcode": parts["postcode"],
            "municipality_code": parts["municipality_code"],
        }
    )
