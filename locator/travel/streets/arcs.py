"""For each mode, which way edges may be travelled, in how many seconds, and what hangs together."""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from locator.earth import Floats
from locator.travel.streets.access import BARS, CAR, FOOT, GATE, SIGNAL
from locator.travel.streets.assembly import Edges, Int32s
from locator.travel.streets.tags import FERRY, MOTORWAY, UNTIMED, Profile

# A ferry whose duration is not known: what it makes, and going aboard or lying at each quay.
# Without the latter a harbour bus would be quicker than any walk beside it.
_FERRY = 20 / 3.6  # metres a second
_AT_QUAY = 300.0  # seconds

_AT_SIGNAL = 5.0  # seconds, for bicycles and cars
_AT_JUNCTION = 1.0  # for cars, where three or more edges meet
_AT_GATE = 60.0  # for cars

_CONNECTED = 1000  # junctions of a part that is no scrap
_SHARE = 10  # or this part of the largest, in a small extract


class Arcs(NamedTuple):
    """Edges in the directions in which they may be travelled, by the junction they leave.

    Attributes:
        first: of the arcs that leave each junction, shape (nodes + 1,).
        to: the junction that each leads to, shape (arcs,).
        seconds: with what the junction at its end costs, shape (arcs,).
        edge: 2 x edge, + 1 against the direction of the way, shape (arcs,).
    """

    first: Int32s
    to: Int32s
    seconds: npt.NDArray[np.float32]
    edge: Int32s


def speeds_of(edges: Edges, profiles: list[Profile]) -> tuple[npt.NDArray[np.float32], Int32s]:
    """Metres a second of each kind of edge, and the kind of each edge.

    Returns:
        shape (kinds, 3 modes, 2 directions), and shape (edges,). Each way that is a ferry
        is a kind of its own: its duration is spread over the whole of it.
    """
    table = [np.asarray(found.speeds) / 3.6 for found in profiles]
    kind = edges.kind.copy()
    ferry = np.array([bool(found.flags & FERRY) for found in profiles], bool)
    rows = np.flatnonzero(ferry[kind])
    for way in np.unique(edges.way[rows]):
        own = rows[edges.way[rows] == way]
        found = profiles[edges.kind[own[0]]]
        metres = max(float(edges.crossing[own[0]]), 1.0)
        speed = metres / found.seconds if found.seconds else _FERRY
        kind[own] = len(table)
        table.append((np.asarray(found.speeds) > 0) * speed)
    return np.asarray(table, np.float32).reshape(-1, 3, 2), kind


def costs_at(edges: Edges, speed: npt.NDArray[np.float32], kind: Int32s, mode: int) -> Floats:
    """Seconds that passing each junction costs, shape (nodes,)."""
    cost = np.zeros(len(edges.mark))
    if mode == FOOT:
        return cost
    cost += _AT_SIGNAL * ((edges.mark & SIGNAL) > 0)
    if mode == CAR:
        driven = speed[kind, CAR].max(axis=1) > 0
        ends = np.concatenate((edges.tail[driven], edges.head[driven]))
        cost += _AT_JUNCTION * (np.bincount(ends, minlength=len(cost)) >= 3)
        cost += _AT_GATE * ((edges.mark & GATE) > 0)
    return cost


def arcs_of(
    edges: Edges,
    speed: npt.NDArray[np.float32],
    kind: Int32s,
    flags: npt.NDArray[np.uint8],
    mode: int,
) -> Arcs:
    """The arcs of a mode. None leaves a point that bars it: all round it can be reached, and
    nothing passes."""
    ashore = np.zeros(len(edges.mark), bool)
    for end in (edges.tail, edges.head):
        ashore[end[(flags[kind] & FERRY) == 0]] = True
    slow = ((flags & UNTIMED) > 0)[kind]
    open_ = (edges.mark & BARS[mode]) == 0
    along = speed[kind, mode]
    costs = costs_at(edges, speed, kind, mode)
    return Arcs(
        *_sorted_arcs(edges.tail, edges.head, edges.metres, along, open_, costs, slow, ashore)
    )


@numba.njit(cache=True)
def _sorted_arcs(tail, head, metres, along, open_, costs, slow, ashore):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    first = np.zeros(len(open_) + 1, np.int32)
    for edge in range(len(tail)):
        first[tail[edge] + 1] += along[edge, 0] > 0 and open_[tail[edge]]
        first[head[edge] + 1] += along[edge, 1] > 0 and open_[head[edge]]
    first = np.cumsum(first).astype(np.int32)
    at = first[:-1].copy()
    to = np.empty(first[-1], np.int32)
    seconds = np.empty(first[-1], np.float32)
    which = np.empty(first[-1], np.int32)
    for edge in range(len(tail)):
        for back in range(2):
            here, there = (head[edge], tail[edge]) if back else (tail[edge], head[edge])
            if along[edge, back] > 0 and open_[here]:
                row = at[here]
                at[here] += 1
                to[row] = there
                seconds[row] = metres[edge] / along[edge, back] + costs[there]
                if slow[edge] and ashore[here]:
                    seconds[row] += _AT_QUAY
                which[row] = 2 * edge + back
    return first, to, seconds, which


def part_sizes(arcs: Arcs) -> Int32s:
    """How many junctions can be reached from each and lead back to it, shape (nodes,)."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    nodes = len(arcs.first) - 1
    ones = np.ones(len(arcs.to), np.int8)
    graph = csr_array((ones, arcs.to, arcs.first), shape=(nodes, nodes))
    _, label = connected_components(graph, connection="strong")
    return np.bincount(label)[label].astype(np.int32)


def entrances(
    edges: Edges,
    speed: npt.NDArray[np.float32],
    kind: Int32s,
    flags: npt.NDArray[np.uint8],
    mode: int,
    sizes: Int32s,
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """On which edges one may start and end, and which of these are well connected.

    Nobody starts on a ferry, and no car on a motorway. Well connected is an edge from which a
    part of many junctions can be reached, and that can be reached from one.
    """
    shut = FERRY | (MOTORWAY if mode == CAR else 0)
    along = speed[kind, mode] > 0
    may = along.any(axis=1) & ((flags[kind] & shut) == 0)
    good = sizes >= min(_CONNECTED, max(int(sizes.max(initial=0)) // _SHARE, 2))
    closed = (edges.mark & BARS[mode]) > 0
    tail, head = edges.tail, edges.head
    out = (along[:, 0] & good[head]) | (along[:, 1] & good[tail])
    into = (along[:, 0] & good[tail] & ~closed[tail]) | (along[:, 1] & good[head] & ~closed[head])
    return may, may & out & into
