"""Doors by cells of a grid, to find the nearest."""

import math

import numpy as np

from locator.earth import Point
from locator.geocoding.addresses.columns import Array, Columns

DEGREE = 10_000_000  # coordinates are kept in 1e-7 degrees, about a centimetre
CELL_LAT, CELL_LON = 0.005, 0.009  # degrees; about 560 m each way in Denmark


def grid_of(lat: Array, lon: Array) -> Columns:
    """Doors by cell, cells by row (south to north) and column (west to east)."""
    if not len(lat):
        return {
            "grid": np.zeros(4, np.int64),
            "cell_start": np.zeros(1, np.uint32),
            "cell_door": np.zeros(0, np.uint32),
        }
    rows = np.floor(lat / (CELL_LAT * DEGREE)).astype(np.int64)
    cols = np.floor(lon / (CELL_LON * DEGREE)).astype(np.int64)
    south, west = rows.min(), cols.min()
    height, width = int(rows.max() - south) + 1, int(cols.max() - west) + 1
    cell = (rows - south) * width + (cols - west)
    start = np.zeros(height * width + 1, np.uint32)
    start[1:] = np.cumsum(np.bincount(cell, minlength=height * width))
    return {
        "grid": np.array([south, west, height, width], np.int64),
        "cell_start": start,
        "cell_door": np.argsort(cell, kind="stable").astype(np.uint32),
    }


def nearest_door(columns: Columns, point: Point) -> tuple[int, float] | None:
    """The nearest door and its distance in metres on the ellipsoid; None in an empty index.

    Widens a square of cells about the point until its edge is further than the best door.
    """
    from locator.earth import distance  # reads pyproj, which no address needs

    south, west, height, width = (int(v) for v in columns["grid"])
    row = math.floor(point.lat / CELL_LAT) - south
    col = math.floor(point.lon / CELL_LON) - west
    outside = max(-row, row - height + 1, -col, col - width + 1, 0)
    reach = outside + 1
    while True:
        doors = _in_square(columns, row, col, reach)
        if len(doors):
            metres = distance(
                point.lon,
                point.lat,
                columns["door_lon"][doors] / DEGREE,
                columns["door_lat"][doors] / DEGREE,
            )
            best = int(np.argmin(metres))
            if metres[best] <= _edge(point, reach) or reach > outside + height + width:
                return int(doors[best]), float(metres[best])
        elif reach > outside + height + width:
            return None
        reach *= 2


def _in_square(columns: Columns, row: int, col: int, reach: int) -> Array:
    """The doors in the cells at most `reach` cells away, each way."""
    _, _, height, width = (int(v) for v in columns["grid"])
    left, right = max(col - reach, 0), min(col + reach, width - 1)
    if left > right:
        return np.zeros(0, np.uint32)
    start = columns["cell_start"]
    spans = [
        columns["cell_door"][start[r * width + left] : start[r * width + right + 1]]
        for r in range(max(row - reach, 0), min(row + reach, height - 1) + 1)
    ]
    return np.concatenate(spans) if spans else np.zeros(0, np.uint32)


def _edge(point: Point, reach: int) -> float:
    """A distance in metres that the square's edge is surely further than.

    A degree of latitude is at least 110,574 m, one of longitude 111,320 m times the cosine of
    latitude, here taken at the square's far side from the equator.
    """
    lat = min(abs(point.lat) + (reach + 1) * CELL_LAT, 90.0)
    return reach * min(CELL_LAT * 110_574.0, CELL_LON * 111_320.0 * math.cos(math.radians(lat)))
