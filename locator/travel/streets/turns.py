"""Turns that are forbidden to cars, as junctions of their own.

Whoever comes along an edge from which a turn is forbidden arrives at a copy of the junction, which
all edges leave but the forbidden ones. Every search then keeps to the rules without knowing them.
Of https://wiki.openstreetmap.org/wiki/Relation:restriction those are taken that go by one node and
hold at all hours; what one may do by turning round in the next street is not forbidden here.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from locator.travel.streets.access import CAR
from locator.travel.streets.arcs import Arcs
from locator.travel.streets.assembly import Edges, Int32s, Int64s
from locator.travel.streets.reading import Turn


class Turns(NamedTuple):
    """Attributes:
    arrive, copy: arcs (2 x edge, + 1 against its direction), ascending, that arrive at a copy of
        the junction at their end, and that copy.
    leave, start: arcs, ascending, that leave a copy too, and that copy, shape (more,).
    """

    arrive: Int32s
    copy: Int32s
    leave: Int32s
    start: Int32s


def with_turns(
    edges: Edges, turns: list[Turn], speed: npt.NDArray[np.float32], kind: Int32s
) -> tuple[Edges, Turns, Int32s]:
    """The edges with copies of junctions added, the turns, and of which junction each copy is."""
    node = _rows(edges.number, np.array([turn.via for turn in turns], np.int64))
    told = [(turn, int(at)) for turn, at in zip(turns, node, strict=True) if at >= 0]
    leaving, arriving = _beside(edges, {at for _, at in told}, speed[kind, CAR] > 0)
    allowed: dict[int, set[int]] = {}
    where: dict[int, int] = {}
    for turn, at in told:
        came = [arc for arc in arriving[at] if edges.way[arc >> 1] == turn.came]
        goes = {arc for arc in leaving[at] if edges.way[arc >> 1] == turn.goes}
        if turn.came == turn.goes and came:
            goes = {came[0] ^ 1} & goes
        if len(came) != 1 or len(goes) != 1:
            continue  # it does not say which
        before = allowed.get(came[0], set(leaving[at]))
        kept = before & goes if turn.only else before - goes
        if kept:  # nobody is left standing
            allowed[came[0]], where[came[0]] = kept, at
    arrive = np.array(sorted(allowed), np.int32)
    of = np.array([where[int(arc)] for arc in arrive], np.int32)
    copy = len(edges.node_x) + np.arange(len(arrive), dtype=np.int32)
    pairs = [(arc, at) for came, at in zip(arrive, copy, strict=True) for arc in allowed[int(came)]]
    leave, start = np.array(sorted(pairs), np.int32).reshape(-1, 2).T
    more = {
        name: np.append(getattr(edges, name), getattr(edges, name)[of])
        for name in ("node_x", "node_y", "mark", "number")
    }
    return replace(edges, **more), Turns(arrive, copy, leave.copy(), start.copy()), of


def _rows(known: Int64s, wanted: Int64s) -> npt.NDArray[np.int64]:
    """The row of each number, -1 where it is none."""
    if not len(known):
        return np.full(len(wanted), -1)
    order = np.argsort(known)
    at = order[np.minimum(np.searchsorted(known, wanted, sorter=order), len(known) - 1)]
    return np.where(known[at] == wanted, at, -1)


def _beside(
    edges: Edges, nodes: set[int], driven: npt.NDArray[np.bool_]
) -> tuple[Mapping[int, list[int]], Mapping[int, list[int]]]:
    """The arcs that leave these junctions and those that arrive, as cars may drive them."""
    wanted = np.zeros(len(edges.node_x), bool)
    wanted[list(nodes)] = True
    leaving, arriving = defaultdict(list), defaultdict(list)
    for edge in np.flatnonzero(wanted[edges.tail] | wanted[edges.head]).tolist():
        for back in range(2):
            if driven[edge, back]:
                ends = (int(edges.tail[edge]), int(edges.head[edge]))
                leaving[ends[back]].append(2 * edge + back)
                arriving[ends[1 - back]].append(2 * edge + back)
    return leaving, arriving


def with_copies(arcs: Arcs, turns: Turns, of: Int32s) -> Arcs:
    """The arcs of a mode that keeps to the turns, copies among the junctions."""
    to = arcs.to.copy()
    at = np.minimum(np.searchsorted(turns.arrive, arcs.edge), max(len(turns.arrive) - 1, 0))
    if len(turns.arrive):
        there = turns.arrive[at] == arcs.edge
        to[there] = turns.copy[at[there]]
    first, rows = arcs.first.tolist(), [np.arange(len(to))]
    order = np.argsort(turns.start, kind="stable")
    ends = np.searchsorted(turns.start[order], turns.copy, "right")
    for kinds, node in zip(np.split(turns.leave[order], ends[:-1]), of, strict=False):
        own = np.arange(arcs.first[node], arcs.first[node + 1])
        kept = own[np.isin(arcs.edge[own], kinds)]
        rows.append(kept)
        first.append(first[-1] + len(kept))
    # `first` had an end for every junction, those of the copies (which leave nothing) too.
    begin = np.array(first[: len(arcs.first) - len(of)] + first[len(arcs.first) :], np.int32)
    every = np.concatenate(rows)
    return Arcs(begin, to[every], arcs.seconds[every], arcs.edge[every])
