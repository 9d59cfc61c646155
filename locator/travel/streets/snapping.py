"""From points to the nearest edge on which one may start or end."""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from locator.earth import WGS84, Floats
from locator.travel.streets.network import Streets

CAP = 500.0  # metres; what is farther from every street is not joined to one

_A = float(WGS84.a)
_E2 = float(WGS84.es)


class Snapped(NamedTuple):
    """Where points meet the network, shape (points,).

    Attributes:
        edge: -1 where there is none within the cap.
        part: how far along the edge, 0 to 1 in the direction of the way.
        metres: from the point to the edge.
    """

    edge: npt.NDArray[np.int32]
    part: Floats
    metres: Floats


def snap(streets: Streets, lon: npt.ArrayLike, lat: npt.ArrayLike, cap: float = CAP) -> Snapped:
    """The nearest edge of each point (degrees, EPSG:4326).

    A well connected edge within the cap is taken before a nearer one that is not: a yard behind
    a gate is no way out. Where there is none, as on an islet, the nearest is taken.
    """
    network, grid = streets.network, streets.network.grid
    found = _snapped(
        np.atleast_1d(np.asarray(lon, float)) * 1e7,
        np.atleast_1d(np.asarray(lat, float)) * 1e7,
        (grid.low, grid.size, grid.shape, grid.start, grid.edge, grid.point),
        (network.start, network.x, network.y),
        network.enter,
        streets.row,
        float(cap),
    )
    return Snapped(*found)


@numba.njit(cache=True, inline="always")
def _metres(y):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Of 1e-7 degree east and north, as `assembly.scales`."""
    lat = np.radians(y * 1e-7)
    root = 1.0 - _E2 * np.sin(lat) ** 2
    normal = _A / np.sqrt(root)
    step = np.radians(1e-7)
    return normal * np.cos(lat) * step, normal * (1.0 - _E2) / root * step


@numba.njit(cache=True, inline="always")
def _along(px, py, ax, ay, bx, by, east, north):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """How far along a segment the point nearest to p is, and the square of the way to it."""
    dx, dy = (bx - ax) * east, (by - ay) * north
    x, y = (px - ax) * east, (py - ay) * north
    square = dx * dx + dy * dy
    part = min(max((x * dx + y * dy) / square, 0.0), 1.0) if square > 0 else 0.0
    return part, (x - part * dx) ** 2 + (y - part * dy) ** 2


@numba.njit(cache=True, inline="always")
def _look(cell, p, scale, lists, points, enter, mode, best):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Better `best` by what a cell lists.

    `best` has two rows, the well connected and any: square, edge, point, part.
    """
    start, edges, rows = lists
    _, x, y = points
    for row in range(start[cell], start[cell + 1]):
        edge, at = edges[row], rows[row]
        if not enter[edge] >> mode & 1:
            continue
        part, square = _along(p[0], p[1], x[at], y[at], x[at + 1], y[at + 1], scale[0], scale[1])
        for kind in range(2):
            if square < best[kind, 0] and (kind or enter[edge] >> (mode + 3) & 1):
                best[kind, 0], best[kind, 1] = square, edge
                best[kind, 2], best[kind, 3] = at, part


@numba.njit(cache=True, inline="always")
def _part_of_edge(edge, at, part, points, east, north):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    start, x, y = points
    before, whole = 0.0, 0.0
    for row in range(start[edge], start[edge + 1] - 1):
        length = np.hypot((x[row + 1] - x[row]) * east, (y[row + 1] - y[row]) * north)
        before += length if row < at else (part * length if row == at else 0.0)
        whole += length
    return before / whole if whole > 0 else 0.0


@numba.njit(cache=True, nogil=True)
def _snapped(lon, lat, grid, points, enter, mode, cap):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    low, size, shape, cells, edges, rows = grid
    count = len(lon)
    edge, part = np.full(count, -1, np.int32), np.zeros(count)
    metres = np.full(count, np.inf)
    best = np.empty((2, 4))
    for i in range(count):
        if not (np.abs(lat[i]) <= 9e8 and np.abs(lon[i]) <= 1.8e9):
            continue
        east, north = _metres(lat[i])
        side = min(size[0] * east, size[1] * north)
        best[:, 0], best[:, 1] = cap * cap, -1.0
        column = int(np.floor((lon[i] - low[0]) / size[0]))
        line = int(np.floor((lat[i] - low[1]) / size[1]))
        ring = 0
        # After a ring, all that is within `ring` sides has been seen.
        while True:
            for a in range(max(column - ring, 0), min(column + ring + 1, shape[0])):
                inner = abs(a - column) < ring
                for b in range(line - ring, line + ring + 1, 2 * ring if inner else 1):
                    if 0 <= b < shape[1]:
                        _look(
                            a * shape[1] + b, (lon[i], lat[i]), (east, north),
                            (cells, edges, rows), points, enter, mode, best,
                        )  # fmt: skip
            if (ring * side) ** 2 >= best[0, 0]:
                break
            ring += 1
        chosen = 0 if best[0, 1] >= 0 else 1
        if best[chosen, 1] >= 0:
            edge[i] = int(best[chosen, 1])
            at = int(best[chosen, 2])
            part[i] = _part_of_edge(edge[i], at, best[chosen, 3], points, east, north)
            metres[i] = np.sqrt(best[chosen, 0])
    return edge, part, metres
