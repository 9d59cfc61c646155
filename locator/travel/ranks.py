"""The k-th nearest facility of places, as arrays."""

from typing import NamedTuple

import numpy as np

from locator.errors import InputError
from locator.travel.costs import Costs, Floats, Integers


class Nearest(NamedTuple):
    """Cost to a facility and its row, shape (demand,); inf and -1 where none can be reached."""

    cost: Floats
    facility: Integers


def check_rank(k: int) -> None:
    """See that there can be a `k`-th nearest.

    Raises:
        InputError: `k` is below 1.
    """
    if k < 1:
        raise InputError("The nearest, second nearest, ... are counted from 1; {k} is none.", k=k)


def nearest_by_cost(costs: Costs, k: int = 1) -> Nearest:
    """The `k`-th cheapest facility of each place of demand (k = 1: the nearest).

    Of facilities equally near the one with the lowest row comes first.

    Raises:
        InputError: `k` is below 1.
    """
    check_rank(k)
    n = costs.shape[0]
    order = np.lexsort((costs.destination, costs.cost, costs.origin))
    at = costs.starts[:-1] + k - 1
    there = at < costs.starts[1:]
    cost, facility = np.full(n, np.inf), np.full(n, -1, np.int64)
    cost[there] = costs.cost[order[at[there]]]
    facility[there] = costs.destination[order[at[there]]]
    return Nearest(cost, facility)
