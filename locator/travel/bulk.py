"""The nearest of millions of points, on a grid over a tangent plane.

Points and facilities are compared by their chord. Each cell of the grid has its few candidates
(see `candidates`), so one look at these gives the nearest by chord. It is the nearest by geodesic
too where no other has a chord within `chords.no_nearer_beyond` of it; the few points where one has
are left to the k-d tree (see `neighbours`).

From chord c to length: 2 R asin(c / 2 R), R the radius of curvature of the ellipsoid in the
chord's direction at its middle. The error is below 2.1 mm up to 200 km (measured on `pyproj.Geod`
over 1.6 million pairs); what is farther is measured by `pyproj.Geod`.
"""

import numba
import numpy as np
import numpy.typing as npt

from locator.earth import WGS84, Floats, distance
from locator.travel.candidates import REACH, Candidates, candidates
from locator.travel.chords import no_nearer_beyond
from locator.travel.costs import Nearest
from locator.travel.metric import Places
from locator.travel.neighbours import nearest

_FAR = 200_000.0  # metres; beyond it lengths are those of pyproj.Geod
_NEAR = 1.03  # times the square of a chord below REACH; more than that of its bound

_A2 = WGS84.a**2
_B2 = WGS84.b**2


def nearest_of_many(origins: Places, facilities: Places) -> Nearest | None:
    """The nearest facility of each origin (degrees, EPSG:4326), shape (origins, 1).

    Costs are metres, within 2.1 mm of the geodesic; rows are those that measuring all would give.
    None where points reach too far round the earth for one plane.
    """
    at = facilities.xyz
    middle = at.mean(axis=0)
    corners = np.concatenate((origins.box, at))
    reach = float(np.linalg.norm(corners - middle, axis=1).max())
    if reach > REACH:
        return None
    axes = _tangent_axes(middle)
    grid = _laid(at, corners, axes, reach)
    count = len(origins)
    metres, row = np.empty(count), np.empty(count, np.int32)
    scaled = (axes / grid.size[:, None], grid.low / grid.size, grid.shape, grid.start)
    _nearest_candidate(origins.xyz, *scaled, at[grid.rows], grid.rows, metres, row)
    lons, lats = facilities.points()
    unsure = np.flatnonzero(row < 0)
    metres[unsure], row[unsure] = nearest(origins.some(unsure), facilities, 1, np.inf).kth
    far = np.flatnonzero(metres > _FAR)
    if len(far):
        lon, lat = origins.points()
        metres[far] = distance(lon[far], lat[far], lons[row[far]], lats[row[far]])
    return Nearest(metres[:, None], row[:, None])


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


def _laid(at: Floats, corners: Floats, axes: Floats, reach: float) -> Candidates:
    """The grid over all corners, with candidates among the facilities at `at`."""
    flat = corners @ axes.T
    # Several at one door are no rivals: the first stands for all.
    first = np.sort(np.unique(at, axis=0, return_index=True)[1])
    grid = candidates(at[first] @ axes.T, flat.min(axis=0), flat.max(axis=0), reach)
    return grid._replace(rows=first[grid.rows].astype(np.int32))


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
            best, second, which = np.inf, np.inf, start[cell]
            for j in range(start[cell], start[cell + 1]):
                dx, dy, dz = at[j, 0] - x, at[j, 1] - y, at[j, 2] - z
                square = dx * dx + dy * dy + dz * dz
                which = j if square < best else which
                second = min(second, max(square, best))
                best = min(square, best)
            metres[i] = _geodesic(points[i], at[which], best)
            found[i] = rows[which]
            if second < best * _NEAR + 1.0:
                bound = no_nearer_beyond(np.sqrt(best))
                if second <= bound * bound:
                    found[i] = -1
