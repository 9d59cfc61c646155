"""For each cell of a grid, the few facilities that can be the nearest to a point in it.

The cells lie on the plane that touches the earth amid the facilities. Seen along its normal, no
chord is shorter than it looks, nor longer than `stretch` times that, where `stretch` follows from
the steepest slope of the ellipsoid over the grid. So let the farthest corner of a cell look d away
from one facility: none whose nearest corner looks farther than `chords.no_nearer_beyond(stretch d)`
can be the nearest of a point in the cell. What cannot be it in a cell cannot be it in a part of
the cell: so one cell with all facilities is halved until there are enough.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt
from numba.extending import register_jitable

from locator.earth import Floats, longest_geodesic
from locator.travel.chords import no_nearer_beyond

# The proof's own functions, in what is compiled below.
register_jitable(longest_geodesic)
register_jitable(no_nearer_beyond)

Rows = npt.NDArray[np.int32]

REACH = 1_500_000.0  # metres from the middle of the facilities that a grid may reach

_CELLS = 32  # a facility, or up to twice as many
_FEWEST = 1024  # cells
_MOST = 1_000_000  # cells
_RADIUS_MIN = 6_335_439.0  # metres; the smallest radius of curvature of WGS84
_TILT = 0.004  # radians; more than the plane's normal may lean from the ellipsoid's


class Candidates(NamedTuple):
    """Attributes: the grid's corner, metres of a cell's sides, cells each way, their candidates.

    Those of cell (a, b) are `rows[start[a * shape[1] + b]:start[a * shape[1] + b + 1]]`.
    """

    low: Floats
    size: Floats
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
    stretch = 1.0 / np.cos(2 * np.arcsin(reach / (2 * _RADIUS_MIN)) + _TILT)
    size, shape = np.maximum(high - low, 1.0), np.ones(2, np.int64)
    start = np.array([0, len(flat)], np.int32)
    rows = np.arange(len(flat), dtype=np.int32)
    while shape.prod() < min(max(_CELLS * len(flat), _FEWEST), _MOST):
        axis = int(size.argmax())
        size, shape = size.copy(), shape.copy()
        size[axis] /= 2
        shape[axis] *= 2
        start, rows = _halved(flat, low, size, shape, axis, stretch, start, rows)
    return Candidates(low, size, shape, start, rows)


@numba.njit(cache=True)
def _halved(flat, low, size, shape, axis, stretch, start, rows):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Candidates of cells twice as many along `axis`, among those of the cells they halve."""
    begin = np.zeros(shape[0] * shape[1] + 1, np.int32)
    kept = np.empty(2 * len(rows), np.int32)
    count = 0
    for a in range(shape[0]):
        x = low[0] + (a + 0.5) * size[0]
        for b in range(shape[1]):
            y = low[1] + (b + 0.5) * size[1]
            whole = a // 2 * shape[1] + b if axis == 0 else a * (shape[1] // 2) + b // 2
            nearest = np.inf
            for j in range(start[whole], start[whole + 1]):
                dx = abs(flat[rows[j], 0] - x) + size[0] / 2
                dy = abs(flat[rows[j], 1] - y) + size[1] / 2
                nearest = min(nearest, dx * dx + dy * dy)
            bound = no_nearer_beyond(np.sqrt(nearest) * stretch)
            for j in range(start[whole], start[whole + 1]):
                dx = max(abs(flat[rows[j], 0] - x) - size[0] / 2, 0.0)
                dy = max(abs(flat[rows[j], 1] - y) - size[1] / 2, 0.0)
                if dx * dx + dy * dy <= bound * bound:
                    kept[count] = rows[j]
                    count += 1
            begin[a * shape[1] + b + 1] = count
    return begin, kept[:count].copy()
