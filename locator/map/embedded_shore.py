"""The fine shore of the map that needs no internet, cell by cell of a grid.

From afar the coast of the base map will do; close up a harbour needs more corners than all of it
has. So a browser fetches the cells in view. Klimadatastyrelsen (DAGI), CC BY 4.0 (see
geodata/build_shore.py).
"""

import gzip
import json
from functools import cache

from locator.settings import GEODATA

SHORE_LAT, SHORE_LON = 0.2, 0.4  # degrees; some 22 by 25 km

# Polygons, each of rings of [lat, lon] in degrees WGS84: the outer one, then holes.
Polygons = list[list[list[list[float]]]]


def shore_cell(row: int, column: int) -> list[Polygons] | None:
    """The land in a cell, Denmark's and then the neighbours'; None for a cell not known finely.

    Args:
        row, column: latitude and longitude (degrees, WGS84) over the cell's size, rounded down.
    """
    return _cells().get(f"{row}_{column}")


@cache
def _cells() -> dict[str, list[Polygons]]:
    packed = (GEODATA / "shore.json.gz").read_bytes()
    cells: dict[str, list[Polygons]] = json.loads(gzip.decompress(packed))["cells"]
    return cells
