"""What it costs to get from each place of demand to each facility, pair by pair."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from locator.earth import Floats as Floats

Integers = npt.NDArray[np.int64]
Rows = npt.NDArray[np.signedinteger]


@dataclass(frozen=True)
class Costs:
    """The pairs that can be reached, ordered by origin, then destination.

    Attributes:
        origin, destination: row of the demand, row of the facility, shape (pairs,).
        cost: shape (pairs,), finite and >= 0, in any one unit (metres, minutes).
        shape: (number of demand places, number of facilities); a pair not listed is unreachable.
    """

    origin: Integers
    destination: Integers
    cost: Floats
    shape: tuple[int, int]

    @classmethod
    def from_pairs(
        cls,
        origin: npt.ArrayLike,
        destination: npt.ArrayLike,
        cost: npt.ArrayLike,
        shape: tuple[int, int],
    ) -> "Costs":
        """From parallel arrays in any order; pairs whose cost is not finite are unreachable."""
        at, to = np.asarray(origin, np.int64), np.asarray(destination, np.int64)
        of = np.asarray(cost, float)
        kept = np.flatnonzero(np.isfinite(of))
        kept = kept[np.lexsort((to[kept], at[kept]))]
        return cls(at[kept], to[kept], of[kept], shape)

    @classmethod
    def from_matrix(cls, matrix: npt.ArrayLike) -> "Costs":
        """From a dense matrix, shape (demand, facilities); inf and NaN mean unreachable."""
        dense = np.asarray(matrix, float)
        at, to = np.nonzero(np.isfinite(dense))
        return cls(at, to, dense[at, to], (dense.shape[0], dense.shape[1]))

    @classmethod
    def joined(cls, blocks: Iterable[tuple[slice, "Costs"]], shape: tuple[int, int]) -> "Costs":
        """Blocks of origins, as `Metric.costs` gives them, in one table."""
        at, to, of = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0)]
        for rows, some in blocks:
            at.append(some.origin + rows.start)
            to.append(some.destination)
            of.append(some.cost)
        return cls(np.concatenate(at), np.concatenate(to), np.concatenate(of), shape)

    def matrix(self) -> Floats:
        """Dense, shape (demand, facilities); inf where unreachable."""
        dense = np.full(self.shape, np.inf)
        dense[self.origin, self.destination] = self.cost
        return dense

    def within(self, limit: float) -> "Costs":
        """The pairs that cost at most `limit`."""
        near = self.cost <= limit
        return Costs(self.origin[near], self.destination[near], self.cost[near], self.shape)

    def only(self, destinations: npt.ArrayLike) -> "Costs":
        """The pairs that lead to these facilities (rows), others closed; the shape is kept."""
        open_ = np.zeros(self.shape[1], bool)
        open_[np.asarray(destinations, np.int64)] = True
        kept = open_[self.destination]
        return Costs(self.origin[kept], self.destination[kept], self.cost[kept], self.shape)

    def by_origin(self, values: npt.ArrayLike) -> Floats:
        """Sum of one value a pair over each origin, shape (demand,)."""
        return _sums(self.origin, values, self.shape[0])

    def by_destination(self, values: npt.ArrayLike) -> Floats:
        """Sum of one value a pair over each destination, shape (facilities,)."""
        return _sums(self.destination, values, self.shape[1])

    @cached_property
    def starts(self) -> Integers:
        """Where each origin's pairs begin, shape (demand + 1,)."""
        return np.searchsorted(self.origin, np.arange(self.shape[0] + 1))


def _sums(rows: Integers, values: npt.ArrayLike, size: int) -> Floats:
    return np.asarray(np.bincount(rows, np.asarray(values, float), size), float)


class Nearest(NamedTuple):
    """Costs to the k nearest facilities, nearest first, and their rows, shape (origins, k).

    Of facilities equally near the one with the lower row comes first; inf and -1 where there are
    no more within reach.
    """

    cost: Floats
    facility: Rows

    @property
    def kth(self) -> tuple[Floats, Rows]:
        """Cost and row of the last, the k-th nearest, shape (origins,)."""
        return self.cost[:, -1], self.facility[:, -1]


def nearest_by_cost(costs: Costs, k: int = 1) -> Nearest:
    """The `k` cheapest facilities of each place of demand."""
    shape = (costs.shape[0], k)
    cost, facility = np.full(shape, np.inf), np.full(shape, -1, np.int64)
    order = np.lexsort((costs.destination, costs.cost, costs.origin))
    rank = np.arange(len(order)) - costs.starts[costs.origin]  # the order keeps origins together
    first = rank < k
    at, nth = costs.origin[first], rank[first]
    cost[at, nth] = costs.cost[order[first]]
    facility[at, nth] = costs.destination[order[first]]
    return Nearest(cost, facility)
