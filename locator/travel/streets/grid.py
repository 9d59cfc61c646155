"""A grid over the segments of all edges, to find the edge nearest to a point.

Cells are squares of about `CELL` metres; each lists the segments whose box touches it.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from locator.travel.streets.assembly import Int32s, scales

CELL = 120.0  # metres
_MOST = 16_000_000  # cells


class Grid(NamedTuple):
    """Attributes: the south-western corner and the size of a cell in 1e-7 degrees (x, y), cells
    each way, where the list of each cell starts, and for each listed segment its edge and the row
    of its first point."""

    low: npt.NDArray[np.int64]
    size: npt.NDArray[np.int64]
    shape: npt.NDArray[np.int64]
    start: Int32s
    edge: Int32s
    point: Int32s


def lay(start: npt.NDArray[np.int64], x: Int32s, y: Int32s, wanted: npt.NDArray[np.bool_]) -> Grid:
    """The grid over the wanted edges.

    Args:
        start: of each edge's points, shape (edges + 1,).
        x, y: of the points, 1e-7 degrees.
        wanted: the edges to be found, shape (edges,).
    """
    points = np.repeat(wanted, np.diff(start))
    if not points.any():
        none = np.zeros(0, np.int32)
        none64, earth = np.zeros(2, np.int64), np.full(2, 3_600_000_000)
        return Grid(none64, earth, np.ones(2, np.int64), np.zeros(2, np.int32), none, none)
    low = np.array([x[points].min(), y[points].min()], np.int64)
    high = np.array([x[points].max(), y[points].max()], np.int64)
    east, north = scales(np.clip((low[1] + high[1]) / 2, -80e7, 80e7))
    size = np.array([CELL / float(east), CELL / float(north)])
    size *= max(1.0, np.sqrt(np.prod((high - low) / size + 1) / _MOST))
    step = np.maximum(size, 1).astype(np.int64)
    shape = (high - low) // step + 1
    first, edge, point = _listed(start, x, y, wanted, low, step, shape)
    return Grid(low, step, shape, first, edge, point)


@numba.njit(cache=True)
def _listed(start, x, y, wanted, low, size, shape):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Twice over all segments: to count, and to list."""
    first = np.zeros(shape[0] * shape[1] + 1, np.int32)
    edges, points = np.empty(0, np.int32), np.empty(0, np.int32)
    at = first
    for listing in range(2):
        if listing:
            first = np.cumsum(first).astype(np.int32)
            at = first[:-1].copy()
            edges, points = np.empty(first[-1], np.int32), np.empty(first[-1], np.int32)
        for edge in range(len(wanted)):
            if not wanted[edge]:
                continue
            for point in range(start[edge], start[edge + 1] - 1):
                left = (min(x[point], x[point + 1]) - low[0]) // size[0]
                right = (max(x[point], x[point + 1]) - low[0]) // size[0]
                bottom = (min(y[point], y[point + 1]) - low[1]) // size[1]
                top = (max(y[point], y[point + 1]) - low[1]) // size[1]
                for column in range(left, right + 1):
                    for row in range(bottom, top + 1):
                        cell = column * shape[1] + row
                        if listing:
                            edges[at[cell]] = edge
                            points[at[cell]] = point
                            at[cell] += 1
                        else:
                            first[cell + 1] += 1
    return first, edges, points
