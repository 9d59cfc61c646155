"""The k nearest facilities of millions of points, exactly, on a grid over a tangent plane.

Points and facilities are compared by their chord in earth-centred coordinates. The grid lies on
the plane that touches the earth amid the facilities: seen along its normal no distance grows, so
a ring of cells whose distance in the plane exceeds the best chord so far cannot hold a nearer one.
For the nearest alone each cell has its few candidates (see `candidates`).

From chord c to geodesic: 2 R asin(c / 2 R), R the radius of curvature of the ellipsoid in the
chord's direction at its middle. The error is below 2.1 mm up to 200 km (measured on `pyproj.Geod`
over 1.6 million pairs); farther facilities are measured by `pyproj.Geod`. Of two facilities the
one with the longer chord c can have the shorter geodesic only if the chords differ by less than
c^3 (1 / R1^2 - 1 / R2^2) / 24 for the extreme radii R1 and R2: 4.5 mm at 60 km. Such rivals
farther away are told apart by `pyproj.Geod`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from locator.earth import WGS84, Floats, distance, ecef
from locator.errors import InputError
from locator.travel.candidates import REACH, RIVALRY, Candidates, Rows, candidates
from locator.travel.ranks import check_rank

_FAR = 200_000.0  # metres; beyond it lengths are those of pyproj.Geod
_RIVALLED = 60_000.0  # metres; beyond it chords and geodesics may order neighbours differently
_FARAWAY = 1_000_000.0  # metres; beyond it every facility is measured
_RIVALS = 7  # neighbours before and after the k-th by chord that may be the k-th by geodesic
_PER_CELL = 0.5  # facilities a cell, were they spread evenly
_FEW = 2_000  # points; below it laying out candidates takes longer than searching

_A2 = WGS84.a**2
_B2 = WGS84.b**2


class Found(NamedTuple):
    """Metres along the ellipsoid to the k-th nearest facility and its row, shape (points,)."""

    metres: Floats
    facility: Rows


@dataclass(frozen=True)
class Points:
    """Points that several kinds of facilities are measured to (degrees, EPSG:4326)."""

    lon: Floats
    lat: Floats

    @cached_property
    def xyz(self) -> Floats:
        """Earth-centred coordinates in metres, shape (points, 3)."""
        return ecef(self.lon, self.lat)

    @cached_property
    def corners(self) -> Floats:
        """The eight corners of a box about all points, earth-centred, shape (8, 3)."""
        sides = [(axis.min(), axis.max()) for axis in self.xyz.T]
        return np.stack(np.meshgrid(*sides), axis=-1).reshape(8, 3)

    def some(self, rows: npt.NDArray[np.intp]) -> "Points":
        """These rows alone."""
        return Points(self.lon[rows], self.lat[rows])


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
        self._at = np.ascontiguousarray(ecef(self.lon, self.lat))
        self._middle = self._at.mean(axis=0)
        self._axes = _tangent_axes(self._middle)
        self._flat = self._at @ self._axes.T

    def nearest(self, points: Points, k: int = 1) -> Found:
        """The k-th nearest facility of each point; inf and -1 if there are fewer.

        Raises:
            InputError: `k` is below 1.
        """
        check_rank(k)
        count = len(points.lon)
        if k > len(self.lon):
            return Found(np.full(count, np.inf), np.full(count, -1, np.int32))
        if k > 1 or count < _FEW:
            return self._kth_exact(points, k)
        grid = self._candidates(points)
        if grid is None:
            return self._kth_exact(points, k)
        metres, row = np.empty(count), np.empty(count, np.int32)
        scaled = (self._axes / grid.size, grid.low / grid.size, grid.shape, grid.start)
        _nearest_candidate(points.xyz, *scaled, self._at[grid.rows], grid.rows, metres, row)
        again = np.flatnonzero(row < 0)
        if len(again):
            metres[again], row[again] = self._kth_exact(points.some(again), 1)
        far = np.flatnonzero(metres > _FAR)
        if len(far):
            lon, lat = self.lon[row[far]], self.lat[row[far]]
            metres[far] = distance(points.lon[far], points.lat[far], lon, lat)
        return Found(metres, row)

    def _candidates(self, points: Points) -> Candidates | None:
        """Those of the cells over all points; None where these reach too far round the earth."""
        corners = np.concatenate((points.corners, self._at))
        reach = float(np.linalg.norm(corners - self._middle, axis=1).max())
        if reach > REACH:
            return None
        flat = corners @ self._axes.T
        # Several at one door are no rivals: the first stands for all.
        first = np.sort(np.unique(self._at, axis=0, return_index=True)[1])
        grid = candidates(self._flat[first], flat.min(axis=0), flat.max(axis=0), reach)
        return grid._replace(rows=first[grid.rows].astype(np.int32))

    def _kth_exact(self, points: Points, k: int) -> Found:
        """By chord, then by geodesic among those that may be the k-th."""
        metres, row = self._kth(points.xyz, k)
        far = np.flatnonzero(metres > _RIVALLED)
        if len(far):
            some = points.some(far)
            rivals = self._rivals(some.xyz, metres[far], k)
            lengths = distance(
                some.lon[:, None], some.lat[:, None], self.lon[rivals], self.lat[rivals]
            )
            before = max(k - 1 - _RIVALS, 0) if rivals.shape[1] < len(self.lon) else 0
            order = np.argsort(lengths, axis=1, kind="stable")[:, k - 1 - before]
            metres[far] = lengths[np.arange(len(far)), order]
            row[far] = rivals[np.arange(len(far)), order]
        return Found(metres, row)

    def _kth(self, xyz: Floats, k: int) -> Found:
        metres, row = np.empty(len(xyz)), np.empty(len(xyz), np.int32)
        _search(xyz, self._axes, *self._cells, k, metres, row)
        return Found(metres, row)

    @cached_property
    def _cells(self) -> tuple[Floats, float, npt.NDArray[np.int64], Rows, Floats, Rows]:
        """Corner, metres of a side, cells each way; where each begins; facilities by cell; rows."""
        low = self._flat.min(axis=0)
        extent = np.maximum(self._flat.max(axis=0) - low, 1.0)
        size = max(
            float(np.sqrt(extent.prod() * _PER_CELL / len(self._at))), float(extent.max()) / 2000
        )
        shape = (extent // size).astype(np.int64) + 1
        cell = ((self._flat - low) // size).astype(np.int64)
        number = cell[:, 0] * shape[1] + cell[:, 1]
        row = np.argsort(number, kind="stable").astype(np.int32)
        start = np.searchsorted(number[row], np.arange(shape.prod() + 1)).astype(np.int32)
        return low, size, shape, start, np.ascontiguousarray(self._at[row]), row

    def _rivals(self, xyz: Floats, metres: Floats, k: int) -> Rows:
        """Rows of the facilities about the k-th, shape (points, rivals); all if any is far away."""
        everything = np.arange(len(self.lon), dtype=np.int32)
        first, last = max(k - _RIVALS, 1), min(k + _RIVALS, len(self.lon))
        if metres.max() > _FARAWAY or last - first + 1 >= len(self.lon):
            return np.broadcast_to(everything, (len(xyz), len(self.lon)))
        return np.stack([self._kth(xyz, at).facility for at in range(first, last + 1)], axis=1)


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
    """Fills `metres` and `found`; found is -1 where another facility may be the nearest."""
    (a, b, c), (d, e, f) = axes
    along = shape[1]
    for block in numba.prange((len(points) + 4095) // 4096):
        for i in range(block * 4096, min(block * 4096 + 4096, len(points))):
            x, y, z = points[i, 0], points[i, 1], points[i, 2]
            u = int(a * x + b * y + c * z - low[0])
            v = int(d * x + e * y + f * z - low[1])
            # Rounding may put a point on the grid's edge just outside.
            cell = min(max(u, 0), shape[0] - 1) * along + min(max(v, 0), along - 1)
            best, which = np.inf, start[cell]
            for j in range(start[cell], start[cell + 1]):
                dx, dy, dz = at[j, 0] - x, at[j, 1] - y, at[j, 2] - z
                square = dx * dx + dy * dy + dz * dz
                which = j if square < best else which
                best = min(square, best)
            metres[i] = _geodesic(points[i], at[which], best)
            found[i] = rows[which]
            if best > _RIVALLED * _RIVALLED:
                limit = np.sqrt(best) + best * np.sqrt(best) * RIVALRY
                for j in range(start[cell], start[cell + 1]):
                    dx, dy, dz = at[j, 0] - x, at[j, 1] - y, at[j, 2] - z
                    if j != which and dx * dx + dy * dy + dz * dz <= limit * limit:
                        found[i] = -1


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
                    low_b, high_b, step = cv - ring, cv + ring, max(2 * ring, 1)
                    if a == cu - ring or a == cu + ring:
                        low_b, high_b, step = max(low_b, 0), min(high_b, shape[1] - 1), 1
                    for b in range(low_b, high_b + 1, step):
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
