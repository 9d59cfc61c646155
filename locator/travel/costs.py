"""What it costs to get from each place of demand to each facility: a matrix, a table or a rule."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from locator.earth import distance, ecef

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

# (demand rows, facility rows) -> costs of all pairs, shape (rows, facilities).
CostFunction = Callable[[Integers, Integers], Floats]

_BLOCK = 2_000_000  # pairs in memory at once while a cost function is asked


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
    def from_function(
        cls, function: CostFunction, shape: tuple[int, int], limit: float = np.inf
    ) -> "Costs":
        """From a rule asked block by block; pairs dearer than `limit` are left out."""
        step = max(1, _BLOCK // max(shape[1], 1))
        everything = np.arange(shape[1])
        at, to, of = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0)]
        for start in range(0, shape[0], step):
            rows = np.arange(start, min(start + step, shape[0]))
            block = function(rows, everything)
            i, j = np.nonzero(np.isfinite(block) & (block <= limit))
            at.append(rows[i])
            to.append(j)
            of.append(block[i, j])
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


def planar(
    from_x: npt.ArrayLike,
    from_y: npt.ArrayLike,
    to_x: npt.ArrayLike,
    to_y: npt.ArrayLike,
    limit: float = np.inf,
) -> Costs:
    """Straight-line distances in the plane, in the unit of the coordinates."""
    start, end = np.column_stack((from_x, from_y)), np.column_stack((to_x, to_y))

    def function(rows: Integers, facilities: Integers) -> Floats:
        gap = start[rows, None, :].astype(float) - end[None, facilities, :]
        return np.asarray(np.hypot(gap[..., 0], gap[..., 1]), float)

    return Costs.from_function(function, (start.shape[0], end.shape[0]), limit)


def geodesic(
    from_lon: npt.ArrayLike,
    from_lat: npt.ArrayLike,
    to_lon: npt.ArrayLike,
    to_lat: npt.ArrayLike,
    limit: float = np.inf,
) -> Costs:
    """Distances in metres along the WGS84 ellipsoid (degrees, lon/lat, EPSG:4326).

    With a `limit` in metres only the pairs whose chord is as short are measured: a geodesic is
    never shorter than its chord.
    """
    lon1, lat1 = np.asarray(from_lon, float), np.asarray(from_lat, float)
    lon2, lat2 = np.asarray(to_lon, float), np.asarray(to_lat, float)
    shape = (int(lon1.size), int(lon2.size))
    if np.isfinite(limit) and shape[0] and shape[1]:
        tree = cKDTree(ecef(lon1, lat1))
        lists = cast(list[list[int]], tree.query_ball_point(ecef(lon2, lat2), limit))
        to = np.repeat(np.arange(shape[1]), [len(found) for found in lists])
        at = np.concatenate([np.asarray(found, np.int64) for found in lists])
        metres = distance(lon1[at], lat1[at], lon2[to], lat2[to])
        return Costs.from_pairs(at, to, np.where(metres <= limit, metres, np.inf), shape)
    return Costs.from_function(
        lambda i, j: distance(lon1[i, None], lat1[i, None], lon2[None, j], lat2[None, j]), shape
    )
