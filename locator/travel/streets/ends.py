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


class Ends(NamedTuple):
    """Junctions beside points, and seconds to them or from them; inf where there is no way.

    Attributes:
        node: the edge's head and tail, shape (points, 2); 0 where a point has no edge.
        seconds: shape (points, 2), with the walk between point and edge.
    """

    node: npt.NDArray[np.int32]
    seconds: Floats


def leaving(streets: Streets, at: Snapped) -> Ends:
    """From points, with what passing the junction costs."""
    node, along, walk, metres = _beside(streets, at)
    wait = streets.wait[node]
    seconds = walk[:, None] + _ratio(metres, along) + wait
    return Ends(node, np.where(along > 0, seconds, np.inf))


def entering(streets: Streets, at: Snapped) -> Ends:
    """To points: from the tail along the way, from the head against it."""
    node, along, walk, metres = _beside(streets, at)
    node, metres = node[:, ::-1], metres[:, ::-1]
    open_ = (streets.network.mark[node] & BARS[streets.row]) == 0
    seconds = walk[:, None] + _ratio(metres, along)
    return Ends(node, np.where((along > 0) & open_, seconds, np.inf))


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
        node, seconds = entering(self.streets, self.at)
        rows = np.repeat(np.arange(len(self), dtype=np.int32), 2)
        flat, cost = node.ravel(), seconds.ravel()
        kept = np.flatnonzero(np.isfinite(cost))
        kept = kept[np.argsort(flat[kept], kind="stable")]
        return flat[kept], cost[kept], rows[kept]

    @cached_property
    def table(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        """For `search.nearest`."""
        size = 1 << max(4, int(4 * len(self.ends[0])).bit_length())
        return hashed(self.ends[0], size)  # type: ignore[no-any-return]

    @cached_property
    def _by_edge(self) -> npt.NDArray[np.intp]:
        return np.argsort(self.at.edge, kind="stable")

    def on_edge(self, edge: int) -> npt.NDArray[np.intp]:
        """Rows of facilities on an edge."""
        order = self._by_edge
        edges = self.at.edge[order]
        low, high = np.searchsorted(edges, [edge, edge + 1])
        return order[low:high]

    def direct(self, origin: Snapped, row: int) -> tuple[npt.NDArray[np.int32], Floats]:
        """Facilities on the edge of one origin that lie ahead on it, and seconds to them."""
        edge = int(origin.edge[row])
        if edge < 0:
            return np.empty(0, np.int32), np.empty(0)
        there = self.on_edge(edge)
        seconds = (
            along_edge(self.streets, edge, float(origin.part[row]), self.at.part[there])
            + (origin.metres[row] + self.at.metres[there]) / self.streets.pace
        )
        kept = np.isfinite(seconds)
        return there[kept].astype(np.int32), seconds[kept]


def along_edge(streets: Streets, edge: int, part: float, to: Floats) -> Floats:
    """Seconds along one edge from a part of it to others; inf against a one-way."""
    network = streets.network
    ahead, back = streets.along[network.kind[edge]].astype(float)
    way = (np.asarray(to, float) - part) * float(network.metres[edge])
    forward = np.where(way >= 0, way / ahead if ahead > 0 else np.inf, np.inf)
    backward = np.where(way <= 0, -way / back if back > 0 else np.inf, np.inf)
    return np.fmin(forward, backward)
