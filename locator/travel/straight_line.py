"""The nearest of many points to one: exact on WGS84, ties in a fixed order.

A k-d tree over earth-centred coordinates finds candidates by chord. A geodesic is never shorter
than its chord and never longer than `longest_geodesic` of it, so every point whose chord is at
most the upper bound of the k-th smallest chord is measured, and none beyond can be nearer.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from locator.earth import Floats, Point, distance_and_bearing, ecef, longest_geodesic
from locator.errors import InputError

Indices = npt.NDArray[np.intp]


# More than the rounding of coordinates (1e-9 m) and of geodesics (1e-8 m).
_SLACK = 1e-6


# Metres. Beyond it (half way round the earth) all points are measured: the bound grows loose there.
_LONG_CHORD = 1e7


# Candidates beyond k that the first look takes along; nearly always enough for the proof.
_SPARE = 6


class Neighbours(NamedTuple):
    """Nearest first; of points equally far, the one with the lower index first.

    Attributes:
        indices: into the arrays that the index was made of, shape (n,).
        distances: geodesic, metres, shape (n,).
        bearings: from the point asked about, degrees clockwise from north [0, 360), shape (n,).
    """

    indices: Indices
    distances: Floats
    bearings: Floats


class PointIndex:
    """Points on WGS84, ready to be asked for the nearest.

    Args:
        lon, lat: degrees, WGS84 (EPSG:4326), shape (n,); n may be 0.

    Raises:
        InputError: a coordinate is not finite or not on the globe.
    """

    def __init__(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> None:
        self.lon, self.lat = np.asarray(lon, float).ravel(), np.asarray(lat, float).ravel()
        wrong = ~((np.abs(self.lat) <= 90) & (np.abs(self.lon) <= 180))  # NaN compares false
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise InputError(
                "Point number {row} ({lat}, {lon}) is not on the earth: check its latitude "
                "(-90 to 90) and longitude (-180 to 180).",
                row=row + 1,
                lat=self.lat[row],
                lon=self.lon[row],
            )
        self._tree = cKDTree(ecef(self.lon, self.lat))

    def __len__(self) -> int:
        return len(self.lon)

    def query(self, point: Point, k: int | None, within: float | None = None) -> Neighbours:
        """The `k` nearest points, or all (None), at most `within` metres away.

        Exact: the same points, order and distances as measuring every geodesic, for every k.
        """
        lon, lat = point.lon, point.lat
        found = self._candidates(ecef(lon, lat)[0], len(self) if k is None else k, within)
        metres, bearings = distance_and_bearing(lon, lat, self.lon[found], self.lat[found])
        order = np.lexsort((found, metres))[:k]
        if within is not None:
            order = order[: np.searchsorted(metres[order], within, side="right")]
        return Neighbours(found[order], metres[order], bearings[order])

    def _candidates(self, at: Floats, k: int, within: float | None) -> Indices:
        """Indices, in no order, of all points that may be among the k nearest within reach."""
        reach = np.inf if within is None else within + _SLACK
        if k <= 0 or not len(self) or reach < 0:
            return np.empty(0, np.intp)
        if k + _SPARE >= len(self):
            return self._ball(at, reach)
        nearest_chords = self._tree.query(at, k + _SPARE, distance_upper_bound=reach)
        chords, found = np.asarray(nearest_chords[0]), np.asarray(nearest_chords[1])
        bound = min(float(longest_geodesic(chords[k - 1])) + _SLACK, reach)
        if chords[k - 1] > _LONG_CHORD:
            return self._ball(at, reach)
        if chords[-1] > bound:
            return np.asarray(found[chords <= bound], np.intp)
        return self._ball(at, bound)

    def _ball(self, at: Floats, radius: float) -> Indices:
        if np.isinf(radius):
            return np.arange(len(self), dtype=np.intp)
        return np.asarray(self._tree.query_ball_point(at, radius), np.intp)
