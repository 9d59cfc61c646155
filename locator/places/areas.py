"""Where a point lies: in which municipality, and which postcode's point is nearest.

The areas are Klimadatastyrelsen's of 2014 (1:500,000), simplified: see
geodata/build_municipalities.py. A border may be a hundred metres off; along the coast, which is
coarse too, the nearest area counts.
"""

import json
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from locator.earth import Point, distance, ecef
from locator.places.tables import Postcode, postcodes
from locator.settings import GEODATA

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

Shapes = npt.NDArray[np.object_]

BORDER = 200.0  # metres that a border of the embedded areas may be off

# Degrees of longitude are so much shorter than those of latitude in Denmark.
SQUEEZE = (0.56, 1.0)
DEGREE = 111_200.0  # metres of a degree of latitude


class Areas(NamedTuple):
    """Codes ("0101") and shapes (EPSG:4326, lon/lat) of all municipalities, in one order."""

    codes: tuple[str, ...]
    shapes: Shapes


@cache
def municipality_areas() -> Areas:
    """The municipalities and Christiansø; shared borders are the same in both areas."""
    text = (GEODATA / "municipalities.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    codes = tuple(feature["properties"]["code"] for feature in features)
    return Areas(codes, shapely.get_parts(shapely.from_geojson(text)))


def municipalities_at(lon: npt.ArrayLike, lat: npt.ArrayLike) -> list[str]:
    """Code of the municipality that each point (degrees, WGS84) lies in, or else is nearest to."""
    codes, tree, points = municipality_areas().codes, _tree(), squeezed(lon, lat)
    found = np.full(len(points), -1)
    at, area = tree.query(points)
    within = shapely.intersects_xy(tree.geometries[area], shapely.get_coordinates(points[at]))
    found[at[within]] = area[within]
    outside = np.flatnonzero(found < 0)
    found[outside] = tree.nearest(points[outside])
    return [codes[row] for row in found.tolist()]


def municipalities_near(point: Point, metres: float = BORDER) -> tuple[str, ...]:
    """Codes of the municipalities within so many metres, the point's own first.

    Never none: where all are farther, the nearest.
    """
    codes = municipality_areas().codes
    here = squeezed([point.lon], [point.lat])[0]
    rows = np.sort(_tree().query(here, "dwithin", distance=metres / DEGREE))
    if not len(rows):
        return (codes[int(_tree().nearest(here))],)
    off = shapely.distance(_tree().geometries[rows], here)
    return tuple(codes[row] for row in rows[np.argsort(off, kind="stable")].tolist())


def nearest_postcodes(lon: npt.ArrayLike, lat: npt.ArrayLike) -> list[Postcode]:
    """The postcode whose point is nearest to each point (degrees, WGS84)."""
    tree, every = _postcode_points()
    return [every[row] for row in np.asarray(tree.query(ecef(lon, lat))[1]).tolist()]


def nearest_postcode(point: Point) -> tuple[Postcode, float]:
    """The postcode whose point is nearest, and the metres to it on the ellipsoid."""
    (found,) = nearest_postcodes([point.lon], [point.lat])
    return found, float(distance(point.lon, point.lat, found.point.lon, found.point.lat))


@cache
def _postcode_points() -> tuple["cKDTree", list[Postcode]]:
    from scipy.spatial import cKDTree

    every = list(postcodes().values())
    xyz = ecef([one.point.lon for one in every], [one.point.lat for one in every])
    return cKDTree(xyz), every


@cache
def _tree() -> shapely.STRtree:
    shapes = shapely.transform(municipality_areas().shapes, lambda xy: xy * SQUEEZE)
    shapely.prepare(shapes)
    return shapely.STRtree(shapes)


def squeezed(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Shapes:
    x, y = np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float))
    return np.asarray(shapely.points(x * SQUEEZE[0], y), object)
