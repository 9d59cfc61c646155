"""Searches for many origins at once, from the facilities backward."""

import numba
import numpy as np
import numpy.typing as npt

from locator.earth import Floats
from locator.travel.costs import Costs, Nearest
from locator.travel.streets.ends import Ends, Goals, entering, leaving, on_shared_edges
from locator.travel.streets.search import hashed, nearest, row_of, spread, spread_labels
from locator.travel.streets.snapping import Snapped

Int32s = npt.NDArray[np.int32]


def nearest_of_all(goals: Goals) -> tuple[Floats, Int32s]:
    """From every junction: seconds to the nearest facility (inf where there is none) and its row
    (-1), shape (nodes,)."""
    first, to, seconds, _ = goals.streets.reversed
    node, after, row = goals.ends
    return spread_labels(first, to, seconds, node, after, row, len(first) - 1)  # type: ignore[no-any-return]


def nearest_of_many(origins: Snapped, goals: Goals, limit: float) -> Nearest:
    """The nearest facility of each of many origins, by one search from all facilities."""
    time, label = nearest_of_all(goals)
    node, start = leaving(goals.streets, origins)
    cost, row = start + time[node], label[node]
    other = (cost[:, 1] < cost[:, 0]) | ((cost[:, 1] == cost[:, 0]) & (row[:, 1] < row[:, 0]))
    pick = other.astype(np.intp)[:, None]
    best = np.take_along_axis(cost, pick, 1)[:, 0]
    found = np.take_along_axis(row, pick, 1)[:, 0].astype(np.int64)
    at, facility, direct = on_shared_edges(goals.streets, origins, goals)
    order = np.lexsort((facility, direct, at))
    order = order[np.unique(at[order], return_index=True)[1]]
    at, facility, direct = at[order], facility[order], direct[order]
    nearer = (direct < best[at]) | ((direct == best[at]) & (facility < found[at]))
    best[at[nearer]], found[at[nearer]] = direct[nearer], facility[nearer]
    near = np.isfinite(best) & (best <= limit)
    return Nearest(np.where(near, best, np.inf)[:, None], np.where(near, found, -1)[:, None])


def nearest_of_each(origins: Snapped, goals: Goals, k: int, limit: float) -> Nearest:
    """The k nearest of each origin, by a search from each."""
    count = len(origins.edge)
    cost, facility = np.full((count, k), np.inf), np.full((count, k), -1, np.int64)
    if not len(goals) or not count or not k:
        return Nearest(cost, facility)
    node, start = leaving(goals.streets, origins)
    at, which, direct = on_shared_edges(goals.streets, origins, goals)
    order = np.argsort(at, kind="stable")
    begin = np.searchsorted(at[order], np.arange(count + 1))
    first, to, seconds, _ = goals.streets.arcs
    _each(
        (first, to, seconds), node, start, goals.ends, goals.table,
        (begin, which[order].astype(np.int32), direct[order]), limit, cost, facility,
    )  # fmt: skip
    return Nearest(cost, facility)


@numba.njit(cache=True, nogil=True)
def _each(arcs, node, start, ends, table, direct, limit, cost, facility):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    first, to, seconds = arcs
    begin, which, after = direct
    time, via = np.full(len(first) - 1, np.inf), np.full(len(first) - 1, -1, np.int32)
    k = cost.shape[1]
    for row in range(len(node)):
        own = slice(begin[row], begin[row + 1])
        far, found, _, touched = nearest(
            first, to, seconds, node[row], start[row], ends, table,
            (which[own], after[own]), k, limit, time, via,
        )  # fmt: skip
        cost[row], facility[row] = far, found
        for at in touched:
            time[at] = np.inf


def pairs_within(origins: Snapped, goals: Goals, limit: float) -> Costs:
    """All pairs within so many seconds, by a search backward from each facility."""
    streets = goals.streets
    shape = (len(origins.edge), len(goals))
    first, to, seconds, _ = streets.reversed
    ends = _by_node(leaving(streets, origins))
    table = hashed(ends[0], 1 << max(4, int(4 * len(ends[0])).bit_length()))
    node, start = entering(streets, goals.at)
    at, facility, cost = _from_facilities(
        (first, to, seconds), node, start, ends, table, limit, shape[0]
    )
    own = on_shared_edges(streets, origins, goals)
    at, facility = np.concatenate((at, own[0])), np.concatenate((facility, own[1]))
    cost = np.concatenate((cost, own[2]))
    order = np.lexsort((cost, facility, at))
    pair = at[order].astype(np.int64) * max(shape[1], 1) + facility[order]
    order = order[np.flatnonzero(np.diff(pair, prepend=-1))]
    order = order[cost[order] <= limit]
    return Costs(at[order].astype(np.int64), facility[order].astype(np.int64), cost[order], shape)


def _by_node(ends: Ends) -> tuple[Int32s, Floats, Int32s]:
    """Junction, ascending, seconds to it and row of the point."""
    rows = np.repeat(np.arange(len(ends.node), dtype=np.int32), 2)
    flat, cost = ends.node.ravel(), ends.seconds.ravel()
    kept = np.flatnonzero(np.isfinite(cost))
    kept = kept[np.argsort(flat[kept], kind="stable")]
    return flat[kept], cost[kept], rows[kept]


@numba.njit(cache=True, nogil=True)
def _from_facilities(arcs, node, start, ends, table, limit, count):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Origin, facility and seconds of the pairs within the limit."""
    first, to, seconds = arcs
    at_node, after, origin = ends
    time, via = np.full(len(first) - 1, np.inf), np.full(len(first) - 1, -1, np.int32)
    best = np.full(count, np.inf)
    met = np.empty(count, np.int32)
    origins, facilities = np.empty(1024, np.int32), np.empty(1024, np.int32)
    costs, pairs = np.empty(1024), 0
    for facility in range(len(node)):
        touched = spread(first, to, seconds, node[facility], start[facility], limit, time, via)
        many = 0
        for here in touched:
            row = row_of(table, here)
            while row < len(at_node) and at_node[row] == here:
                who, then = origin[row], time[here] + after[row]
                if then <= limit and then < best[who]:
                    met[many] = who
                    many += np.isinf(best[who])
                    best[who] = then
                row += 1
            time[here] = np.inf
        if pairs + many > len(costs):
            room = 2 * (pairs + many)
            origins, facilities = _grown(origins, room), _grown(facilities, room)
            costs = _grown(costs, room)
        for row in range(many):
            origins[pairs], facilities[pairs] = met[row], facility
            costs[pairs] = best[met[row]]
            best[met[row]] = np.inf
            pairs += 1
    return origins[:pairs].copy(), facilities[:pairs].copy(), costs[:pairs].copy()


@numba.njit(cache=True, inline="always")
def _grown(values, room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    more = np.empty(room, values.dtype)
    more[: len(values)] = values
    return more
