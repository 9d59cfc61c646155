"""For each cell of a grid, the few facilities that can be the nearest to a point in it.

The cells lie on the plane that touches the earth amid the facilities. Seen along its normal, no
chord is shorter than it looks, nor longer than `stretch` times that, where `stretch` follows from
the steepest slope of the ellipsoid over the grid. So let the farthest corner of a cell look d away
from one facility: none whose nearest corner looks farther than `chords.no_nearer_beyond(stretch d)`
can be the nearest of a point in the cell.
"""

from itertools import chain
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt
from numba.extending import register_jitable
from scipy.spatial import cKDTree

from locator.earth import Floats, longest_geodesic
from locator.travel.chords import no_nearer_beyond

# The proof's own functions, in what is compiled below.
register_jitable(longest_geodesic)
register_jitable(no_nearer_beyond)

Rows = npt.NDArray[np.int32]

REACH = 1_500_000.0  # metres from the middle of the facilities that a grid may reach

_CELLS = 24  # a facility
_FEWEST = 1024  # cells
_RADIUS_MIN = 6_335_439.0  # metres; the smallest radius of curvature of WGS84
_TILT = 0.004  # radians; more than the plane's normal may lean from the ellipsoid's


class Candidates(NamedTuple):
    """Attributes: the grid's corner, metres of a cell's side, cells each way, and their candidates.

    Those of cell (a, b) are `rows[start[a * shape[1] + b]:start[a * shape[1] + b + 1]]`.
    """

    low: Floats
    size: float
    shape: npt.NDArray[np.int64]
    start: Rows
    rows: Rows


def candidates(flat: Floats, low: Floats, high: Floats, reach: float) -> Candidates:
    """Lay the grid.

    Args:
        flat: facilities on the plane, metres, shape (facilities, 2).
        low, high: the grid's corners, metres.
        reach: of its farthest point from where the plane touches the earth; at most `REACH`.
    """
    extent = np.maximum(high - low, 1.0)
    count = max(_CELLS * len(flat), _FEWEST)
    size = max(float(np.sqrt(extent.prod() / count)), float(extent.max()) / 1000)
    shape = (extent // size).astype(np.int64) + 1
    stretch = 1.0 / np.cos(2 * np.arcsin(reach / (2 * _RADIUS_MIN)) + _TILT)
    a, b = np.divmod(np.arange(shape.prod()), shape[1])
    middle = low + (np.stack((a, b), axis=1) + 0.5) * size
    tree = cKDTree(flat)
    half = size / np.sqrt(2.0)
    radius = no_nearer_beyond(stretch * (tree.query(middle)[0] + half)) + half
    lists = tree.query_ball_point(middle, radius, return_sorted=False)
    start = np.concatenate(([0], np.cumsum([len(one) for one in lists])))
    rows = np.fromiter(chain.from_iterable(lists), np.int32, start[-1])
    kept, begin = _refined(flat, middle, size / 2, stretch, start, rows)
    return Candidates(low, size, shape, begin, rows[kept])


@numba.njit(cache=True)
def _refined(flat, middle, half, stretch, start, rows):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Which of the rows can be nearest somewhere in their cell, and where each cell's begin."""
    kept = np.zeros(len(rows), np.bool_)
    begin = np.zeros(len(middle) + 1, np.int32)
    for cell in range(len(middle)):
        bound = np.inf
        for j in range(start[cell], start[cell + 1]):
            dx = abs(flat[rows[j], 0] - middle[cell, 0]) + half
            dy = abs(flat[rows[j], 1] - middle[cell, 1]) + half
            bound = min(bound, np.sqrt(dx * dx + dy * dy))
        bound = no_nearer_beyond(bound * stretch)
        for j in range(start[cell], start[cell + 1]):
            dx = max(abs(flat[rows[j], 0] - middle[cell, 0]) - half, 0.0)
            dy = max(abs(flat[rows[j], 1] - middle[cell, 1]) - half, 0.0)
            kept[j] = dx * dx + dy * dy <= bound * bound
        begin[cell + 1] = begin[cell] + kept[start[cell] : start[cell + 1]].sum()
    return kept, begin
