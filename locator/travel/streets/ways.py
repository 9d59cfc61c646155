"""One person's way: to the nearest facilities, and what it looks like."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import numba
import numpy as np
import numpy.typing as npt

from locator.earth import Floats
from locator.travel.streets.ends import Goals, leaving, on_shared_edges
from locator.travel.streets.lines import Ferry, Leg, ferries_of, line_of, stairs_of
from locator.travel.streets.network import Streets
from locator.travel.streets.search import nearest, spread
from locator.travel.streets.snapping import Snapped

_FEW = 64  # facilities that are ranked while searching


@dataclass(frozen=True, eq=False)
class Way:
    """From an origin to a facility.

    Attributes:
        facility: its row.
        seconds: with the walks to the first edge and from the last.
        network_seconds: between these.
        metres: along the edges, without the walks.
        snap_from, snap_to: metres of the walks.
        legs: edges, and from which part of each to which.
    """

    streets: Streets

    facility: int
    seconds: float
    network_seconds: float
    metres: float
    snap_from: float
    snap_to: float
    legs: list[Leg]

    @cached_property
    def line(self) -> tuple[Floats, Floats]:
        """Longitude and latitude, degrees, from where one joins the edges to where one leaves."""
        return line_of(self.streets, self.legs)

    @cached_property
    def ferries(self) -> tuple[Ferry, ...]:
        """Those taken, in order, each once."""
        return ferries_of(self.streets, self.legs)

    @cached_property
    def steps(self) -> float:
        """Metres of stairs."""
        return stairs_of(self.streets, self.legs)


@dataclass(eq=False)
class _Desk:
    """What searches write on; each takes one and puts it back clean."""

    time: Floats
    via: npt.NDArray[np.int32]


@dataclass(eq=False)
class _Desks:
    free: list[_Desk] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


_DESKS: dict[int, _Desks] = {}


@contextmanager
def desk(streets: Streets) -> Iterator[_Desk]:
    """A desk for a search of this network."""
    nodes = len(streets.network.node_x)
    desks = _DESKS.setdefault(nodes, _Desks())
    with desks.lock:
        found = desks.free.pop() if desks.free else None
    if found is None:
        found = _Desk(np.full(nodes, np.inf), np.full(nodes, -1, np.int32))
    yield found  # one that a search broke off on is not put back
    with desks.lock:
        desks.free.append(found)


def ways_to_nearest(
    streets: Streets,
    origin: Snapped,
    row: int,
    goals: Goals,
    k: int,
    limit: float = np.inf,
) -> list[Way]:
    """The k nearest facilities of one origin and the ways to them, nearest first.

    Fewer where fewer can be reached within the limit (seconds, with the walks).
    """
    k = min(k, len(goals))
    if k == 0 or origin.edge[row] < 0:
        return []
    one = _one(origin, row)
    node, start = leaving(streets, one)
    first, to, seconds, edge = streets.arcs
    _, beside, after = on_shared_edges(streets, one, goals)
    direct = beside.astype(np.int32), after
    with desk(streets) as at:
        sources = (node[0], start[0])
        if k <= _FEW:
            cost, found, by, touched = nearest(
                first, to, seconds, *sources, goals.ends, goals.table, direct,
                k, limit, at.time, at.via,
            )  # fmt: skip
        else:
            touched = spread(first, to, seconds, *sources, limit, at.time, at.via)
            cost, found, by = _ranked(at.time, goals, direct, k, limit)
        ways = [
            _way(streets, one, goals, edge, at, (int(f), float(c), int(b)))
            for c, f, b in zip(cost, found, by, strict=True)
            if f >= 0
        ]
        at.time[touched] = np.inf
    return ways


def _one(at: Snapped, row: int) -> Snapped:
    one = slice(row, row + 1)
    return Snapped(at.edge[one], at.part[one], at.metres[one])


def _ranked(
    time: Floats,
    goals: Goals,
    direct: tuple[npt.NDArray[np.int32], Floats],
    k: int,
    limit: float,
) -> tuple[Floats, npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The k nearest where all has been reached."""
    node, after, facility = goals.ends
    cost = np.concatenate((time[node] + after, direct[1]))
    which = np.concatenate((facility, direct[0]))
    by = np.concatenate((np.arange(len(node)), np.full(len(direct[0]), -1)))
    order = np.lexsort((which, cost))
    order = order[np.isfinite(cost[order]) & (cost[order] <= limit)]
    order = order[np.sort(np.unique(which[order], return_index=True)[1])][:k]
    return cost[order], which[order].astype(np.int32), by[order].astype(np.int32)


def _way(
    streets: Streets,
    origin: Snapped,
    goals: Goals,
    edge: npt.NDArray[np.int32],
    at: _Desk,
    found: tuple[int, float, int],
) -> Way:
    facility, cost, by = found
    network = streets.network
    part, goal = float(origin.part[0]), float(goals.at.part[facility])
    if by < 0:
        legs = [(int(origin.edge[0]), part, goal)]
    else:
        node = int(goals.ends[0][by])
        passed, source = _traced(at.via, streets.arcs.first, edge, node)
        legs = [(int(origin.edge[0]), part, 1.0 - source)]
        legs += [(int(e >> 1), float(e & 1), 1.0 - float(e & 1)) for e in passed[::-1]]
        last = int(goals.at.edge[facility])
        legs.append((last, 0.0 if goals.from_tail[by] else 1.0, goal))
    walks = float(origin.metres[0] + goals.at.metres[facility])
    return Way(
        streets,
        facility=facility,
        seconds=cost,
        network_seconds=max(cost - walks / streets.pace, 0.0),
        metres=sum(abs(b - a) * float(network.metres[e]) for e, a, b in legs),
        snap_from=float(origin.metres[0]),
        snap_to=float(goals.at.metres[facility]),
        legs=legs,
    )


@numba.njit(cache=True)
def _traced(via, first, edge, node):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """The edges that lead to a junction, last first, and the end of the origin's edge that the
    way began at (0 the head, 1 the tail)."""
    passed = np.empty(64, np.int32)
    count = 0
    while via[node] >= 0:
        if count == len(passed):
            more = np.empty(2 * count, np.int32)
            more[:count] = passed
            passed = more
        passed[count] = edge[via[node]]
        count += 1
        node = np.searchsorted(first, via[node], side="right") - 1
    return passed[:count].copy(), -1 - via[node]
