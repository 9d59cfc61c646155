"""For each cell of a grid, the few facilities that can be the nearest to a point in it.

The cells lie on the plane that touches the earth amid the facilities. Seen along its normal, no
distance in space is shorter than it looks, nor longer than `stretch` times that, where `stretch`
follows from the steepest slope of the ellipsoid over the grid. So a facility whose nearest corner
of a cell looks farther than `stretch` times the farthest corner of another cannot be the nearest.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from locator.coverage.cost import Floats

Rows = npt.NDArray[np.int32]

_CELLS = 8  # a facility
_RADIUS_MIN = 6_335_439.0  # metres; the smallest radius of curvature of WGS84
_TILT = 0.004  # radians; more than the plane's normal may lean from the ellipsoid's


class Candidates(NamedTuple):
    """Attributes: metres of a cell's side, cells each way, and the candidates of each cell.

    Those of cell (a, b) are `rows[start[a * shape[1] + b]:start[a * shape[1] + b + 1]]`.
    """

    size: float
    shape: npt.NDArray[np.int64]
    start: Rows
    rows: Rows


def candidates(flat: Floats, low: Floats, extent: Floats, centre: Floats) -> Candidates:
    """Lay the grid over the facilities.

    Args:
        flat: facilities on the plane, metres, shape (facilities, 2).
        low, extent: the grid's corner and sides, metres.
        centre: where the plane touches the earth, in its own coordinates.
    """
    size = max(float(np.sqrt(extent.prod() / (_CELLS * len(flat)))), float(extent.max()) / 1000)
    shape = (extent // size).astype(np.int64) + 1
    reach = float(np.abs(np.stack((low, low + shape * size)) - centre).max()) * np.sqrt(2.0)
    stretch = 1.0 / np.cos(min(reach / _RADIUS_MIN + _TILT, 1.5))
    a, b = np.divmod(np.arange(shape.prod()), shape[1])
    middle = low + (np.stack((a, b), axis=1) + 0.5) * size
    tree = cKDTree(flat)
    half = size / np.sqrt(2.0)
    radius = stretch * (tree.query(middle)[0] + half) + half
    lists = tree.query_ball_point(middle, radius * (1 + 1e-12), return_sorted=True)
    counts = np.array([len(one) for one in lists])
    start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    rows = np.concatenate([np.asarray(one, np.int32) for one in lists])
    kept, length = _refined(flat, middle, size / 2, stretch, start, rows)
    return Candidates(size, shape, length, rows[kept])


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
            bound = min(bound, dx * dx + dy * dy)
        bound *= stretch * stretch * (1 + 1e-12)
        for j in range(start[cell], start[cell + 1]):
            dx = max(abs(flat[rows[j], 0] - middle[cell, 0]) - half, 0.0)
            dy = max(abs(flat[rows[j], 1] - middle[cell, 1]) - half, 0.0)
            kept[j] = dx * dx + dy * dy <= bound
        begin[cell + 1] = begin[cell] + kept[start[cell] : start[cell + 1]].sum()
    return kept, begin
