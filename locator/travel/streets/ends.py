"""How one gets from a point on an edge to its junctions, and from these to it."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from locator.earth import Floats
from locator.travel.streets.access import BARS
from locator.travel.streets.network import Streets
from locator.travel.streets.search import hashed
from locator.travel.streets.snapping import CAP, Snapped, snap
from locator.travel.streets.turns import Turns


class Ends(NamedTuple):
    """Junctions beside points, and seconds to them or from them; inf where there is no way.

    Attributes:
        node: of those who leave, the edge's head and tail, shape (points, 2); of those who enter
            its tail and head by turns, shape (points, an even number); 0 where there is none.
        seconds: of the same shape, with the walk between point and edge.
    """

    node: npt.NDArray[np.int32]
    seconds: Floats


def leaving(streets: Streets, at: Snapped) -> Ends:
    """From points, with what passing the junction costs."""
    node, along, walk, metres = _beside(streets, at)
    wait = streets.wait[node]
    if streets.mode == "car":
        node = _arrived(streets.network.turns, at, node)
    seconds = walk[:, None] + _ratio(metres, along) + wait
    return Ends(node, np.where(along > 0, seconds, np.inf))


def entering(streets: Streets, at: Snapped) -> Ends:
    """To points: from the tail along the way, from the head against it."""
    node, along, walk, metres = _beside(streets, at)
    node, metres = node[:, ::-1], metres[:, ::-1]
    open_ = (streets.network.mark[node] & BARS[streets.row]) == 0
    seconds = walk[:, None] + _ratio(metres, along)
    found = Ends(node, np.where((along > 0) & open_, seconds, np.inf))
    return _with_copies(streets.network.turns, at, found) if streets.mode == "car" else found


def _arrived(turns: Turns, at: Snapped, node: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Junctions, or the copies of them that edges with forbidden turns lead to."""
    if not len(turns.arrive):
        return node
    arcs = 2 * at.edge[:, None] + np.array([[0, 1]])
    row = np.minimum(np.searchsorted(turns.arrive, arcs), len(turns.arrive) - 1)
    return np.where(turns.arrive[row] == arcs, turns.copy[row], node)


def _with_copies(turns: Turns, at: Snapped, ends: Ends) -> Ends:
    """With the copies of junctions from which edges are entered too, in further columns."""
    arcs = 2 * at.edge[:, None] + np.array([[0, 1]])
    low, high = (np.searchsorted(turns.leave, arcs, side) for side in ("left", "right"))
    nodes, seconds = [ends.node], [ends.seconds]
    for nth in range(int((high - low).max(initial=0))):
        there = low + nth < high
        row = np.where(there, low + nth, 0)
        nodes.append(np.where(there, turns.start[row], 0).astype(np.int32))
        seconds.append(np.where(there, ends.seconds, np.inf))
    return Ends(np.hstack(nodes), np.hstack(seconds))


def _ratio(metres: Floats, along: Floats) -> Floats:
    return metres / np.where(along > 0, along, 1.0)


def _beside(streets: Streets, at: Snapped) -> tuple[npt.NDArray[np.int32], Floats, Floats, Floats]:
    """Head and tail, metres a second toward them, seconds of the walk, and metres to them."""
    network, known = streets.network, at.edge >= 0
    edge = np.where(known, at.edge, 0)
    node = np.column_stack((network.head[edge], network.tail[edge]))
    along = np.where(known[:, None], streets.along[network.kind[edge]], 0.0)
    long = network.metres[edge].astype(float)
    metres = np.column_stack(((1 - at.part) * long, at.part * long))
    return node, along, at.metres / streets.pace, metres


@dataclass(frozen=True, eq=False)
class Goals:
    """Facilities on a network, ready to be searched for."""

    streets: Streets
    at: Snapped

    @classmethod
    def of(
        cls, streets: Streets, lon: npt.ArrayLike, lat: npt.ArrayLike, cap: float = CAP
    ) -> "Goals":
        """At points in degrees."""
        return cls(streets, snap(streets, lon, lat, cap))

    def __len__(self) -> int:
        return len(self.at.edge)

    @cached_property
    def ends(self) -> tuple[npt.NDArray[np.int32], Floats, npt.NDArray[np.int32]]:
        """Junction, ascending, seconds from it, and row of the facility."""
        node, seconds, rows, _ = self._ends
        return node, seconds, rows

    @property
    def from_tail(self) -> npt.NDArray[np.bool_]:
        """Whether the facility's edge is entered at its tail, by rows of `ends`."""
        return self._ends[3]

    @cached_property
    def _ends(
        self,
    ) -> tuple[npt.NDArray[np.int32], Floats, npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
        node, seconds = entering(self.streets, self.at)
        rows = np.repeat(np.arange(len(self), dtype=np.int32), node.shape[1])
        flat, cost = node.ravel(), seconds.ravel()
        kept = np.flatnonzero(np.isfinite(cost))
        kept = kept[np.argsort(flat[kept], kind="stable")]
        return flat[kept], cost[kept], rows[kept], kept % 2 == 0

    @cached_property
    def table(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        """For `search.nearest`."""
        size = 1 << max(4, int(4 * len(self.ends[0])).bit_length())
        return hashed(self.ends[0], size)  # type: ignore[no-any-return]

    @cached_property
    def by_edge(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int32]]:
        """Rows of facilities in the order of their edges, and these edges."""
        order = np.argsort(self.at.edge, kind="stable")
        return order, self.at.edge[order]


def on_shared_edges(
    streets: Streets, origins: Snapped, goals: Goals
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
    """Pairs on one edge whose facility lies ahead, without leaving it.

    Returns:
        row of the origin, row of the facility, seconds with both walks.
    """
    network = streets.network
    order, edges = goals.by_edge
    low = np.searchsorted(edges, origins.edge, "left")
    many = np.where(origins.edge >= 0, np.searchsorted(edges, origins.edge, "right") - low, 0)
    at = np.repeat(np.arange(len(origins.edge)), many)
    nth = np.arange(len(at)) - np.repeat(np.cumsum(many) - many, many)
    facility = order[low[at] + nth].astype(np.int64)
    edge = origins.edge[at]
    along = streets.along[network.kind[edge]].astype(float)
    way = (goals.at.part[facility] - origins.part[at]) * network.metres[edge]
    allowed = np.where(way > 0, along[:, 0], np.where(way < 0, along[:, 1], along.max(axis=1)))
    seconds = np.where(allowed > 0, np.abs(way) / np.where(allowed > 0, allowed, 1.0), np.inf)
    seconds += (origins.metres[at] + goals.at.metres[facility]) / streets.pace
    kept = np.isfinite(seconds)
    return at[kept], facility[kept], seconds[kept]
