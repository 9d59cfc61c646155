"""From ways to edges between junctions, neighbours beside each other.

A junction is a point that several ways share, that a way ends at, or on which a signal or a
barrier stands. Junctions are numbered along a Morton curve, and edges by their first junction:
what one search needs then lies together, in memory and on the disk.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from locator.earth import WGS84, Floats
from locator.travel.streets.reading import MISSING, Ways

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]

_E7 = 1e-7  # degrees


class Scales(NamedTuple):
    """Metres of 1e-7 degree, east and north, at a latitude."""

    east: Floats
    north: Floats


@dataclass(frozen=True, eq=False)
class Edges:
    """Junctions, and edges between them.

    Attributes:
        node_x, node_y: longitude and latitude of junctions in 1e-7 degrees, shape (nodes,).
        number: OpenStreetMap's number of each, shape (nodes,).
        mark: what stands on each (see `access`), shape (nodes,).
        tail, head: junctions at the ends, in the direction of the way, shape (edges,).
        metres: length, shape (edges,).
        way, kind: OpenStreetMap's number of the way and the row of its profile, shape (edges,).
        start: of the points of each edge, both ends among them, shape (edges + 1,).
        x, y: of the points, 1e-7 degrees.
        crossing: metres of each whole way, by the edge: what a ferry's duration is spread over.
    """

    node_x: Int32s
    node_y: Int32s
    number: Int64s
    mark: npt.NDArray[np.uint8]
    tail: Int32s
    head: Int32s
    metres: npt.NDArray[np.float32]
    way: Int64s
    kind: Int32s
    start: Int64s
    x: Int32s
    y: Int32s
    crossing: Floats


def scales(y: npt.ArrayLike) -> Scales:
    """The local radii of WGS84 (M and N cos phi) at latitudes given in 1e-7 degrees."""
    lat = np.radians(np.asarray(y, float) * _E7)
    e2 = WGS84.es
    root = 1.0 - e2 * np.sin(lat) ** 2
    normal = WGS84.a / np.sqrt(root)
    step = np.radians(_E7)
    return Scales(normal * np.cos(lat) * step, normal * (1 - e2) / root * step)


def assemble(ways: Ways) -> Edges:
    """The edges of ways."""
    known = ways.x != MISSING
    way = np.repeat(np.arange(len(ways.way), dtype=np.int32), np.diff(ways.start))[known]
    node, x, y = ways.node[known], ways.x[known], ways.y[known]
    # Where the extract lacks a point the way is interrupted.
    gap = np.diff(np.flatnonzero(known)) > 1
    numbers, at, uses = np.unique(node, return_inverse=True, return_counts=True)
    marks = _marks_of(numbers, ways)
    last = np.append((np.diff(way) != 0) | gap, True)
    first = np.append(True, last[:-1]) if len(last) else last
    stop = first | last | (uses[at] > 1) | (marks[at] > 0)
    stops = np.flatnonzero(stop)
    runs = ~last[stops[:-1]]  # the next stop is on the same way
    begin, end = stops[:-1][runs], stops[1:][runs]
    metres = _lengths(x, y)
    total = np.concatenate(([0.0], np.cumsum(metres)))
    length = total[end] - total[begin]
    used = np.unique(np.concatenate((at[begin], at[end])))
    spot = np.empty(len(numbers), np.int64)
    spot[at] = np.arange(len(at))
    junction_x, junction_y = x[spot[used]], y[spot[used]]
    order = np.argsort(morton(junction_x, junction_y), kind="stable")
    rank = np.full(len(numbers), -1, np.int32)
    rank[used[order]] = np.arange(len(used), dtype=np.int32)
    tail, head = rank[at[begin]], rank[at[end]]
    sort = np.lexsort((np.maximum(tail, head), np.minimum(tail, head)))
    begin, end = begin[sort], end[sort]
    start = np.concatenate(([0], np.cumsum(end - begin + 1)))
    whole = np.bincount(way[begin], length[sort], len(ways.way))
    return Edges(
        node_x=junction_x[order],
        node_y=junction_y[order],
        number=numbers[used[order]],
        mark=marks[used[order]],
        tail=tail[sort],
        head=head[sort],
        metres=length[sort].astype(np.float32),
        way=ways.way[way[begin]],
        kind=ways.kind[way[begin]],
        start=start,
        x=_runs(x, begin, start),
        y=_runs(y, begin, start),
        crossing=whole[way[begin]],
    )


def morton(x: Int32s, y: Int32s) -> npt.NDArray[np.uint64]:
    """The place on a Morton curve of points given in 1e-7 degrees."""
    codes = [
        ((v.astype(np.int64) + 1_800_000_000) >> 4).astype(np.uint64) for v in (x, y)
    ]  # 28 bits each
    spread = []
    for code in codes:
        for shift, mask in (
            (16, 0x0000FFFF0000FFFF),
            (8, 0x00FF00FF00FF00FF),
            (4, 0x0F0F0F0F0F0F0F0F),
            (2, 0x3333333333333333),
            (1, 0x5555555555555555),
        ):
            code = (code | (code << np.uint64(shift))) & np.uint64(mask)
        spread.append(code)
    return spread[0] | (spread[1] << np.uint64(1))


def _marks_of(numbers: Int64s, ways: Ways) -> npt.NDArray[np.uint8]:
    found = np.zeros(len(numbers), np.uint8)
    if len(numbers) and len(ways.marked):
        at = np.minimum(np.searchsorted(numbers, ways.marked), len(numbers) - 1)
        there = numbers[at] == ways.marked
        found[at[there]] = ways.mark[there]
    return found


def _lengths(x: Int32s, y: Int32s) -> Floats:
    """Metres from each point to the next."""
    if len(x) < 2:
        return np.zeros(0)
    east, north = scales((y[1:].astype(float) + y[:-1]) / 2)
    dx, dy = np.diff(x.astype(np.int64)), np.diff(y.astype(np.int64))
    return np.asarray(np.hypot(dx * east, dy * north), float)


@numba.njit(cache=True)
def _runs(values, begin, start):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """The values of each edge, one after the other."""
    found = np.empty(start[-1], values.dtype)
    for edge in range(len(begin)):
        for point in range(start[edge], start[edge + 1]):
            found[point] = values[begin[edge] + point - start[edge]]
    return found
