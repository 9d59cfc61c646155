"""The land of Denmark and its neighbours, from geodata/coast.geojson (cells of about 1 km)."""

from functools import cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from locator.earth.geodesic import Floats
from locator.settings import GEODATA

Shapes = npt.NDArray[np.object_]

# The land is of 1 km cells, and harbour baths float before it.
TOLERANCE = 2000.0  # metres


@cache
def land() -> STRtree:
    """The land in parts, EPSG:4326."""
    coast = shapely.from_geojson((GEODATA / "coast.geojson").read_text(encoding="utf-8"))
    parts = shapely.make_valid(shapely.get_parts(shapely.get_parts(coast)))
    shapely.prepare(parts)
    return STRtree(parts)


def on_land(areas: Shapes) -> Shapes:
    """What of each area (EPSG:4326) is land; all of it where the coarse coast has none."""
    row, part = land().query(areas, "intersects")
    counts = np.bincount(row, minlength=len(areas))
    found = areas.copy()
    # Most lie within one part of the land, or reach over its shore.
    cut = np.flatnonzero(counts[row] == 1)
    cut = cut[~shapely.contains(land().geometries[part[cut]], areas[row[cut]])]
    found[row[cut]] = shapely.intersection(land().geometries[part[cut]], areas[row[cut]])
    for several in np.flatnonzero(counts > 1):
        parts = land().geometries[part[row == several]]
        found[several] = shapely.intersection(shapely.union_all(parts), areas[several])
    return np.where(shapely.area(found) > 0, found, areas)


def metres_from_land(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
    """Metres (in EPSG:25832) from each point, in degrees, to the nearest land; 0 on land."""
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    off = np.zeros(len(x))
    wet = np.flatnonzero(~shapely.contains_xy(_whole(), x, y))
    if len(wet):
        points = shapely.points(*_plane().transform(x[wet], y[wet]))
        off[wet] = shapely.distance(_planar(), points)
    return off


def at_sea(lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Which points (degrees) are farther than `TOLERANCE` from land; quick for millions."""
    near = shapely.contains_xy(_shore(), np.asarray(lon, float), np.asarray(lat, float))
    return np.asarray(~near, bool)


@cache
def _shore() -> BaseGeometry:
    """The land and the sea before it, EPSG:4326."""
    shore = shapely.transform(_planar().buffer(TOLERANCE), _degrees)
    shapely.prepare(shore)
    return shore


@cache
def _whole() -> BaseGeometry:
    whole = shapely.union_all(land().geometries)
    shapely.prepare(whole)
    return whole


@cache
def _planar() -> BaseGeometry:
    whole = shapely.transform(_whole(), _metres)
    shapely.prepare(whole)
    return whole


def _metres(xy: Floats) -> Floats:
    return np.column_stack(_plane().transform(xy[:, 0], xy[:, 1]))


def _degrees(xy: Floats) -> Floats:
    return np.column_stack(_plane().transform(xy[:, 0], xy[:, 1], direction="INVERSE"))


@cache
def _plane() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:25832", always_xy=True)
