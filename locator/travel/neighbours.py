"""The k nearest of points on WGS84, in order and measured, by a k-d tree (see `chords`).

The same facilities, order and lengths as measuring every geodesic with `pyproj.Geod`.
"""

import numpy as np
import numpy.typing as npt

from locator.earth import Floats, distance
from locator.travel.chords import LONGEST, SLACK, no_nearer_beyond
from locator.travel.costs import Nearest
from locator.travel.metric import Places

Indices = npt.NDArray[np.intp]

# Candidates beyond k that the first look takes along; nearly always enough for the proof.
_SPARE = 6

_BLOCK = 100_000  # origins at a time

# Of so few, every chord is measured sooner than a tree is made, and nobody waits for SciPy to load.
_FEW = 3_000


def nearest(origins: Places, facilities: Places, k: int, reach: float) -> Nearest:
    """The `k` nearest facilities at most `reach` metres away; points in degrees (EPSG:4326)."""
    shape = (len(origins), k)
    found = Nearest(np.full(shape, np.inf), np.full(shape, -1, np.intp))
    if not (k and len(facilities.xyz)):  # which also sees that they are on the earth
        return found
    if len(origins) == 1:
        _fill_row(found, 0, origins, facilities, reach)
        return found
    for at in range(0, len(origins), _BLOCK):
        _fill_block(found, slice(at, min(at + _BLOCK, len(origins))), origins, facilities, reach)
    return found


def _fill_row(into: Nearest, row: int, origins: Places, facilities: Places, reach: float) -> None:
    k = into.cost.shape[1]
    rows = _candidates(origins.xyz[row], facilities, k, reach + SLACK)
    (lon, lat), (lons, lats) = origins.points(), facilities.points()
    here = np.full(len(rows), lon[row]), np.full(len(rows), lat[row])
    metres = distance(*here, lons[rows], lats[rows])
    order = np.lexsort((rows, metres))[:k]
    order = order[: np.searchsorted(metres[order], reach, side="right")]
    into.cost[row, : len(order)] = metres[order]
    into.facility[row, : len(order)] = rows[order]


def _candidates(at: Floats, facilities: Places, k: int, farthest: float) -> Indices:
    """Rows, in no order, that hold the k nearest of those whose chord is at most `farthest`."""
    if k + _SPARE >= len(facilities):
        return _ball(at, facilities, farthest)
    if len(facilities) <= _FEW:
        chords, found = _measured(at, facilities, k + _SPARE, farthest)
    else:
        looked = facilities.tree.query(at, k + _SPARE, distance_upper_bound=farthest)
        chords, found = np.asarray(looked[0]), np.asarray(looked[1])
    if chords[k - 1] > LONGEST:
        return _ball(at, facilities, farthest)
    bound = min(float(no_nearer_beyond(chords[k - 1])), farthest)
    if chords[-1] > bound:
        return np.asarray(found[chords <= bound], np.intp)
    return _ball(at, facilities, bound)


def _ball(at: Floats, facilities: Places, radius: float) -> Indices:
    if np.isinf(radius):
        return np.arange(len(facilities), dtype=np.intp)
    if len(facilities) <= _FEW:
        return np.flatnonzero(_chords(at, facilities) <= radius)
    return np.asarray(facilities.tree.query_ball_point(at, radius), np.intp)


def _measured(
    at: Floats, facilities: Places, count: int, farthest: float
) -> tuple[Floats, Indices]:
    """The `count` shortest chords, ascending, and their rows; inf for those beyond `farthest`."""
    chords = _chords(at, facilities)
    chords[chords > farthest] = np.inf
    rows = np.argpartition(chords, count - 1)[:count]
    rows = rows[np.argsort(chords[rows], kind="stable")]
    return chords[rows], rows


def _chords(at: Floats, facilities: Places) -> Floats:
    apart = facilities.xyz - at
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", apart, apart)), float)


def _fill_block(
    into: Nearest, here: slice, origins: Places, facilities: Places, reach: float
) -> None:
    """All at once; those whose first look proves nothing then one by one."""
    k, farthest = into.cost.shape[1], reach + SLACK
    count = min(k + _SPARE, len(facilities))
    # A list of ranks, so that there is always a second dimension.
    ranks = list(range(1, count + 1))
    looked = facilities.tree.query(
        origins.xyz[here], ranks, distance_upper_bound=farthest, workers=-1
    )
    chords, found = np.asarray(looked[0]), np.asarray(looked[1], np.intp)
    kth = chords[:, min(k, count) - 1]
    bound = np.where(kth > LONGEST, np.inf, no_nearer_beyond(np.minimum(kth, LONGEST)))
    bound = np.minimum(bound, farthest)
    at, column = np.nonzero((chords <= bound[:, None]) & np.isfinite(chords))
    rows, (lon, lat), (lons, lats) = found[at, column], origins.points(), facilities.points()
    metres = np.full(chords.shape, np.inf)
    metres[at, column] = distance(lon[here][at], lat[here][at], lons[rows], lats[rows])
    metres[metres > reach] = np.inf
    order = np.lexsort((found, metres))[:, :k]
    cost = np.take_along_axis(metres, order, axis=1)
    into.cost[here, :count] = cost
    into.facility[here, :count] = np.where(
        np.isfinite(cost), np.take_along_axis(found, order, axis=1), -1
    )
    if count < len(facilities):
        for row in np.flatnonzero(chords[:, -1] <= bound).tolist():
            _fill_row(into, row + here.start, origins, facilities, reach)
