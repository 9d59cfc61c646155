"""Exact distances on the WGS84 ellipsoid, and the chord that makes them quick to search.

Straight lines through the earth between points in earth-centred, earth-fixed (ECEF) coordinates
order neighbours almost as geodesics do and suit k-d trees and grids; the last word is always the
geodesic by Karney (2013), "Algorithms for geodesics", as implemented in `pyproj.Geod`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from pyproj import Geod

Floats = npt.NDArray[np.float64]

WGS84 = Geod(ellps="WGS84")
_A = WGS84.a
_E2 = WGS84.es

# The smallest radius of curvature on WGS84: the meridian's, at the equator.
_RADIUS_MIN = 6_335_439.0

_BLOCK = 4096  # points at a time, so that what is between stays in the processor's cache


def ecef(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
    """Earth-centred coordinates of points on the ellipsoid.

    Args:
        lon, lat: degrees, WGS84, shape (n,); a number counts as one point.

    Returns:
        x, y, z in metres, shape (n, 3).
    """
    lons, lats = np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float))
    xyz = np.empty((len(lons), 3))
    for start in range(0, len(lons), _BLOCK):
        here = slice(start, start + _BLOCK)
        lam, phi = np.radians(lons[here]), np.radians(lats[here])
        sine = np.sin(phi)
        normal = _A / np.sqrt(1 - _E2 * sine * sine)
        flat = normal * np.cos(phi)
        xyz[here, 0] = flat * np.cos(lam)
        xyz[here, 1] = flat * np.sin(lam)
        xyz[here, 2] = normal * (1 - _E2) * sine
    return xyz


def distance(
    lon1: npt.ArrayLike, lat1: npt.ArrayLike, lon2: npt.ArrayLike, lat2: npt.ArrayLike
) -> Floats:
    """Geodesic distance in metres between pairs of points (degrees, WGS84; shapes broadcast)."""
    return _inverse(lon1, lat1, lon2, lat2)[1]


def distance_and_bearing(
    lon1: npt.ArrayLike, lat1: npt.ArrayLike, lon2: npt.ArrayLike, lat2: npt.ArrayLike
) -> tuple[Floats, Floats]:
    """Geodesic distance in metres and initial bearing in degrees clockwise from north [0, 360).

    Args:
        lon1, lat1, lon2, lat2: degrees, WGS84; shapes broadcast against each other.
    """
    forward, metres = _inverse(lon1, lat1, lon2, lat2)
    return metres, forward % 360.0


def _inverse(*degrees: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Azimuth in degrees (-180, 180] and metres."""
    arrays: Sequence[Floats] = [np.asarray(value, float) for value in degrees]
    # Few pairs take less long to measure than to broadcast.
    if any(array.shape != arrays[0].shape for array in arrays):
        arrays = np.broadcast_arrays(*arrays)
    azimuth, _, metres = WGS84.inv(arrays[0], arrays[1], arrays[2], arrays[3])
    return np.asarray(azimuth, float), np.asarray(metres, float)


def longest_geodesic(chord: Any) -> Any:  # noqa: ANN401 (a number or an array, also compiled)
    """An upper bound, in metres, of the geodesic over each chord in metres (shape kept).

    The curvature of a geodesic on WGS84 is at most 1 / 6,335,439 m, so by Schur's theorem its
    chord is at least that of a circle of this radius. The lower bound is the chord itself.
    """
    return 2 * _RADIUS_MIN * np.arcsin(np.minimum(chord / (2 * _RADIUS_MIN), 1.0))
