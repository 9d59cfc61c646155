"""Make geodata/shore.json.gz, the fine shore on the offline map. Run again only for newer areas.

    python -m geodata.build_shore ../shared/boundaries/municipalities.geojson

Denmark's shore is that of its municipalities (Klimadatastyrelsen, DAGI 2014, 1:500,000, CC BY 4.0).
Half of OpenStreetMap's coastline is within 7 m of it around Tunø, 9 m at Kalvebod and 63 m among
Copenhagen's quays; of GSHHG's at full resolution within 60, 163 and 142 m. The neighbours, and what
islands it lacks, are those of coast.geojson. Simplified by some 10 m, rounded to 4 decimals (10 m),
and cut along a grid, so that a browser fetches what is in view alone.
"""

import argparse
import gzip
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely import Geometry

from geodata.build_coast import AROUND
from locator.files import replace_file
from locator.map import SHORE_LAT, SHORE_LON

DECIMALS = 4
TOLERANCE = 0.0001  # degrees

ABOUT = {
    "attribution": "Klimadatastyrelsen (DAGI); NOAA GLOBE; Natural Earth",
    "licence": "CC BY 4.0",
}


def build(municipalities: Path, coast: Path, target: Path) -> None:
    """Write the cells, each by "row_column" with the rings of its land: Denmark's, and others'."""
    areas = gpd.read_file(municipalities).to_crs("EPSG:4326").geometry.make_valid()
    home = shapely.simplify(shapely.force_2d(areas.union_all()), TOLERANCE)
    rough = gpd.read_file(coast)
    islands = shapely.get_parts(rough[rough["home"]].union_all())
    lacking = islands[~shapely.intersects(islands, home)]
    home = shapely.union_all([home, *lacking])
    away = shapely.difference(rough[~rough["home"]].union_all(), home)
    west, south, east, north = AROUND
    window = shapely.box(*AROUND)
    cells = {}
    for row in range(int(south // SHORE_LAT), int(np.ceil(north / SHORE_LAT))):
        for column in range(int(west // SHORE_LON), int(np.ceil(east / SHORE_LON))):
            at = (column * SHORE_LON, row * SHORE_LAT)
            box = shapely.box(*at, at[0] + SHORE_LON, at[1] + SHORE_LAT)
            if window.covers(box) and shapely.intersects(box, home):
                cells[f"{row}_{column}"] = [_rings(part, box) for part in (home, away)]
    text = json.dumps({**ABOUT, "cells": cells}, separators=(",", ":"))
    with replace_file(target) as path:
        path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _rings(land: Geometry, box: Geometry) -> list[list[list[list[float]]]]:
    """The polygons of what is inside the box, as rings of [lat, lon]."""
    inside = shapely.set_precision(shapely.intersection(land, box), 10**-DECIMALS)
    parts = [
        part
        for part in shapely.get_parts(inside)
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    return [
        [
            np.asarray(ring.coords)[:, ::-1].round(DECIMALS).tolist()
            for ring in (part.exterior, *part.interiors)
        ]
        for part in parts
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("municipalities", type=Path, help="DAGI's areas as GeoJSON")
    given = parser.parse_args()
    here = Path(__file__).parent
    build(given.municipalities, here / "coast.geojson", here / "shore.json.gz")
