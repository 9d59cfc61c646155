"""The k nearest facilities of millions of points, exactly, on a grid over a tangent plane.

Points and facilities are compared by their chord in earth-centred coordinates. The grid lies on
the plane that touches the earth amid the facilities: seen along its normal no distance grows, so
a ring of cells whose distance in the plane exceeds the best chord so far cannot hold a nearer one.

From chord c to geodesic: 2 R asin(c / 2 R), R the radius of curvature of the ellipsoid in the
chord's direction at its middle. The error is below 1 mm up to 100 km; farther facilities and
their rivals are measured by `pyproj.Geod`.
"""

from functools import cached_property
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from locator.coverage.candidates import Candidates, candidates
from locator.errors import InputError
from locator.geodesic import WGS84, Floats, distance, ecef

_LONG = 100_000.0  # metres; beyond it chords and geodesics may order neighbours differently
_FARAWAY = 1_000_000.0  # metres; beyond it every facility is measured
_RIVALS = 7  # neighbours before and after the k-th by chord that may be the k-th by geodesic
_PER_CELL = 0.5  # facilities a cell, were they spread evenly

_A2 = WGS84.a**2
_B2 = WGS84.b**2

Rows = npt.NDArray[np.int32]


class Found(NamedTuple):
    """Metres along the ellipsoid to the k-th nearest facility and its row, shape (points,)."""

    metres: Floats
    facility: Rows


def spatial_order(lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """An order of points (degrees) in which neighbours stand together, shape (points,).

    Many searches of the same points take half the time in it: what one point needs is still in
    the processor's cache from the one before.
    """
    rows = [
        (v - v.min()) * (255 / max(np.ptp(v), 1e-9)) for v in (np.asarray(lat), np.asarray(lon))
    ]
    key = rows[0].astype(np.uint16) * np.uint16(256) + rows[1].astype(np.uint16)
    return np.argsort(key, kind="stable")


class FacilityGrid:
    """Facilities of one kind, laid out for bulk search.

    Args:
        lon, lat: degrees, WGS84 (EPSG:4326), shape (facilities,).

    Raises:
        InputError: there are none.
    """

    def __init__(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> None:
        self.lon, self.lat = np.asarray(lon, float), np.asarray(lat, float)
        if not self.lon.size:
            raise InputError("There are no facilities to measure to: choose more of them.")
        at = ecef(self.lon, self.lat)
        self._axes = _tangent_axes(at.mean(axis=0))
        flat = at @ self._axes.T
        self._low = flat.min(axis=0)
        extent = np.maximum(flat.max(axis=0) - self._low, 1.0)
        self._size = max(
            float(np.sqrt(extent[0] * extent[1] * _PER_CELL / len(at))), float(extent.max()) / 2000
        )
        self._shape = (extent // self._size).astype(np.int64) + 1
        cell = ((flat - self._low) // self._size).astype(np.int64)
        number = cell[:, 0] * self._shape[1] + cell[:, 1]
        self._row = np.argsort(number, kind="stable").astype(np.int32)
        self._start = np.searchsorted(number[self._row], np.arange(self._shape.prod() + 1)).astype(
            np.int32
        )
        self._at = np.ascontiguousarray(at[self._row])
        self._whole = np.ascontiguousarray(at)
        self._middle = at.mean(axis=0) @ self._axes.T
        self._flat, self._extent = flat, extent

    @cached_property
    def _candidates(self) -> Candidates:
        return candidates(self._flat, self._low, self._extent, self._middle)

    def nearest(self, lon: npt.ArrayLike, lat: npt.ArrayLike, k: int = 1) -> Found:
        """The k-th nearest facility of each point (degrees); inf and -1 if there are fewer."""
        return self.nearest_ecef(ecef(lon, lat), lon, lat, k)

    def nearest_ecef(
        self, points: Floats, lon: npt.ArrayLike, lat: npt.ArrayLike, k: int = 1
    ) -> Found:
        """As `nearest`, for points whose `geodesic.ecef` is known (shape (points, 3))."""
        if k < 1:
            raise InputError(
                "The nearest, second nearest, ... are counted from 1; {k} is none.", k=k
            )
        if k > len(self.lon):
            return Found(np.full(len(points), np.inf), np.full(len(points), -1, np.int32))
        metres, row = np.empty(len(points)), np.empty(len(points), np.int32)
        if k == 1:
            self._first(points, metres, row)
        else:
            self._kth(points, k, metres, row)
        far = np.flatnonzero(metres > _LONG)
        if len(far):
            x, y = np.asarray(lon, float)[far], np.asarray(lat, float)[far]
            rivals = self._rivals(points[far], metres[far], k)
            lengths = distance(x[:, None], y[:, None], self.lon[rivals], self.lat[rivals])
            before = max(k - 1 - _RIVALS, 0) if rivals.shape[1] < len(self.lon) else 0
            order = np.argsort(lengths, axis=1, kind="stable")[:, k - 1 - before]
            metres[far] = lengths[np.arange(len(far)), order]
            row[far] = rivals[np.arange(len(far)), order]
        return Found(metres, row)

    def _first(self, points: Floats, metres: Floats, row: Rows) -> None:
        """The nearest of each point, by the candidates of its cell; off the grid, by search."""
        few = self._candidates
        grid = (self._axes / few.size, self._low / few.size, few.shape, few.start)
        _nearest_candidate(points, *grid, self._whole[few.rows], few.rows, metres, row)
        off = np.flatnonzero(row < 0)
        if len(off):
            some, rows = np.empty(len(off)), np.empty(len(off), np.int32)
            self._kth(points[off], 1, some, rows)
            metres[off], row[off] = some, rows

    def _kth(self, points: Floats, k: int, metres: Floats, row: Rows) -> None:
        grid = (self._axes, self._low, self._size, self._shape, self._start, self._at)
        _search(points, *grid, self._row, k, metres, row)

    def _rivals(self, points: Floats, metres: Floats, k: int) -> Rows:
        """Rows of the facilities about the k-th, shape (points, rivals); all if any is far away."""
        everything = np.arange(len(self.lon), dtype=np.int32)
        first, last = max(k - _RIVALS, 1), min(k + _RIVALS, len(self.lon))
        if metres.max() > _FARAWAY or last - first + 1 >= len(self.lon):
            return np.broadcast_to(everything, (len(points), len(self.lon)))
        columns = []
        for place in range(first, last + 1):
            row = np.empty(len(points), np.int32)
            self._kth(points, place, np.empty(len(points)), row)
            columns.append(row)
        return np.stack(columns, axis=1)


def _tangent_axes(middle: Floats) -> Floats:
    normal = middle / max(float(np.linalg.norm(middle)), 1.0)
    aside = np.array([0.0, 0.0, 1.0]) if abs(normal[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    east = np.cross(aside, normal)
    east /= np.linalg.norm(east)
    return np.stack((east, np.cross(normal, east)))


# The curvature of WGS84 is that of a sphere of this radius within 0.7 %, so a chord shorter
# than 30 km is lengthened by c^3 / 24 R^2 = 28 mm at most, right within 0.4 mm.
_RADIUS = 6_376_000.0
_SHORT = 30_000.0


@numba.njit(cache=True, inline="always")
def _geodesic(p: Floats, q: Floats, square: float) -> float:  # pragma: no cover (compiled)
    """Length over the chord from p to q, whose square is given."""
    if square < _SHORT * _SHORT:
        return float(np.sqrt(square) * (1.0 + square / (24.0 * _RADIUS * _RADIUS)))
    x, y, z = (p[0] + q[0]) / 2, (p[1] + q[1]) / 2, (p[2] + q[2]) / 2
    dx, dy, dz = q[0] - p[0], q[1] - p[1], q[2] - p[2]
    steep = np.sqrt((x * x + y * y) / (_A2 * _A2) + z * z / (_B2 * _B2))
    radius = steep * square / ((dx * dx + dy * dy) / _A2 + dz * dz / _B2)
    return float(2 * radius * np.arcsin(min(np.sqrt(square) / (2 * radius), 1.0)))


@numba.njit(cache=True, parallel=True)
def _nearest_candidate(points, axes, low, shape, start, at, rows, metres, found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    (a, b, c), (d, e, f) = axes
    across, along = shape
    for block in numba.prange((len(points) + 4095) // 4096):
        for i in range(block * 4096, min(block * 4096 + 4096, len(points))):
            x, y, z = points[i, 0], points[i, 1], points[i, 2]
            u = a * x + b * y + c * z - low[0]
            v = d * x + e * y + f * z - low[1]
            if not (0.0 <= u < across and 0.0 <= v < along):
                found[i] = -1
                continue
            cell = int(u) * along + int(v)
            best, which = np.inf, start[cell]
            for j in range(start[cell], start[cell + 1]):
                dx, dy, dz = at[j, 0] - x, at[j, 1] - y, at[j, 2] - z
                square = dx * dx + dy * dy + dz * dz
                which = j if square < best else which
                best = min(square, best)
            found[i] = rows[which]
            metres[i] = _geodesic(points[i], at[which], best)


@numba.njit(cache=True, parallel=True)
def _search(points, axes, low, size, shape, start, at, rows, k, metres, found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, C901  # pragma: no cover (compiled)
    for block in numba.prange((len(points) + 4095) // 4096):
        best = np.empty(k)
        which = np.empty(k, np.int64)
        for i in range(block * 4096, min(block * 4096 + 4096, len(points))):
            x, y, z = points[i, 0], points[i, 1], points[i, 2]
            u = (axes[0, 0] * x + axes[0, 1] * y + axes[0, 2] * z - low[0]) / size
            v = (axes[1, 0] * x + axes[1, 1] * y + axes[1, 2] * z - low[1]) / size
            cu, cv = int(np.floor(u)), int(np.floor(v))
            edge = min(min(u - cu, cu + 1 - u), min(v - cv, cv + 1 - v))
            first = max(max(-cu, cu - shape[0] + 1), max(-cv, cv - shape[1] + 1))
            last = max(max(cu, shape[0] - 1 - cu), max(cv, shape[1] - 1 - cv))
            best[:] = np.inf
            which[:] = -1
            for ring in range(max(first, 0), last + 1):
                # Cells of this ring are at least so far; a first ring has nothing before it.
                reach = max(ring - 1 + edge, 0.0) * size
                if best[k - 1] < reach * reach:
                    break
                for a in range(max(cu - ring, 0), min(cu + ring, shape[0] - 1) + 1):
                    rim = a == cu - ring or a == cu + ring
                    step = 1 if rim or ring == 0 else 2 * ring
                    for b in range(cv - ring, cv + ring + 1, step):
                        if b < 0 or b >= shape[1]:
                            continue
                        cell = a * shape[1] + b
                        for j in range(start[cell], start[cell + 1]):
                            dx, dy, dz = at[j, 0] - x, at[j, 1] - y, at[j, 2] - z
                            square = dx * dx + dy * dy + dz * dz
                            if square < best[k - 1]:
                                slot = k - 1
                                while slot > 0 and best[slot - 1] > square:
                                    best[slot] = best[slot - 1]
                                    which[slot] = which[slot - 1]
                                    slot -= 1
                                best[slot] = square
                                which[slot] = j
            j = which[k - 1]
            metres[i] = _geodesic(points[i], at[j], best[k - 1])
            found[i] = rows[j]
