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

from locator.earth import Floats

Rows = npt.NDArray[np.int32]

REACH = 1_500_000.0  # metres from the middle of the facilities that a grid may reach

_CELLS = 8  # a facility
_FEWEST = 1024  # cells
_RADIUS_MIN = 6_335_439.0  # metres; the smallest radius of curvature of WGS84
_TILT = 0.004  # radians; more than the plane's normal may lean from the ellipsoid's
RIVALRY = 2.1e-17  # times a chord cubed: how much longer one with a shorter geodesic can be


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
    slack = RIVALRY * (2 * reach) ** 3
    stretch = 1.0 / np.cos(2 * np.arcsin(reach / (2 * _RADIUS_MIN)) + _TILT)
    a, b = np.divmod(np.arange(shape.prod()), shape[1])
    middle = low + (np.stack((a, b), axis=1) + 0.5) * size
    tree = cKDTree(flat)
    half = size / np.sqrt(2.0)
    radius = stretch * (tree.query(middle)[0] + half) + half + slack
    lists = tree.query_ball_point(middle, radius, return_sorted=True)
    counts = np.array([len(one) for one in lists])
    start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    rows = np.concatenate([np.asarray(one, np.int32) for one in lists])
    kept, begin = _refined(flat, middle, size / 2, (stretch, slack), start, rows)
    return Candidates(low, size, shape, begin, rows[kept])


@numba.njit(cache=True)
def _refined(flat, middle, half, bounds, start, rows):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Which of the rows can be nearest somewhere in their cell, and where each cell's begin."""
    kept = np.zeros(len(rows), np.bool_)
    begin = np.zeros(len(middle) + 1, np.int32)
    for cell in range(len(middle)):
        bound = np.inf
        for j in range(start[cell], start[cell + 1]):
            dx = abs(flat[rows[j], 0] - middle[cell, 0]) + half
            dy = abs(flat[rows[j], 1] - middle[cell, 1]) + half
            bound = min(bound, np.sqrt(dx * dx + dy * dy))
        bound = bound * bounds[0] + bounds[1]
        for j in range(start[cell], start[cell + 1]):
            dx = max(abs(flat[rows[j], 0] - middle[cell, 0]) - half, 0.0)
            dy = max(abs(flat[rows[j], 1] - middle[cell, 1]) - half, 0.0)
            kept[j] = dx * dx + dy * dy <= bound * bound
        begin[cell + 1] = begin[cell] + kept[start[cell] : start[cell + 1]].sum()
    return kept, begin
