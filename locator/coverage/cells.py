"""Demand gathered in H3 cells: people summed, one point for each cell.

H3 is Uber's hexagonal grid (https://h3geo.org); resolution 7 has cells of about 5 km².
"""

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
from shapely import MultiPolygon, Polygon

from locator.coverage.cost import Floats
from locator.coverage.layer import WGS84, Layer
from locator.errors import InputError


def aggregate(demand: Layer, resolution: int) -> Layer:
    """A layer of H3 cells, ids ascending; its points are the people's mean point in each cell.

    Args:
        demand: points in degrees (EPSG:4326).
        resolution: H3 resolution, 0 to 15.

    Raises:
        InputError: the resolution is none, or the points are not in degrees.
    """
    if not 0 <= resolution <= 15:
        raise InputError("H3 resolutions run from 0 to 15; {given} is none.", given=resolution)
    lon, lat = demand.points()
    if demand.crs != WGS84:
        raise InputError("H3 cells need longitude and latitude: use --distance geodesic.")
    cells = [
        h3.latlng_to_cell(y, x, resolution) for y, x in zip(lat.tolist(), lon.tolist(), strict=True)
    ]
    codes, ids = pd.factorize(np.asarray(cells, object), sort=True)
    people = np.asarray(np.bincount(codes, demand.weight), float)
    # Where nobody lives every point counts the same.
    pull = np.where(people[codes] > 0, demand.weight, 1.0)
    x, y = _mean(codes, lon, pull), _mean(codes, lat, pull)
    names = [str(cell) for cell in ids]
    frame = pd.DataFrame({"id": names, "people": people, "lon": x, "lat": y})
    return Layer(names, people, x, y, WGS84, frame, demand.notes)


def polygons(ids: list[str]) -> gpd.GeoSeries:
    """The hexagon of each cell, EPSG:4326."""
    shapes = [Polygon([(x, y) for y, x in h3.cell_to_boundary(cell)]) for cell in ids]
    return gpd.GeoSeries(shapes, crs=WGS84)


def dissolved(ids: list[str]) -> list[Polygon]:
    """Areas of touching cells, without the lines between them, EPSG:4326."""
    shape = h3.cells_to_geo(ids)
    rings = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return list(MultiPolygon([(area[0], area[1:]) for area in rings]).geoms)


def _mean(codes: np.ndarray, values: Floats, pull: Floats) -> Floats:
    return np.asarray(np.bincount(codes, values * pull) / np.bincount(codes, pull), float)
