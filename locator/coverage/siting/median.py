"""p-median: greedy, then the fast interchange of Whitaker (1983) over all swaps at once.

Resende and Werneck (2007), "A fast swap-based local search procedure for location problems",
give the decomposition used: profit(in, out) = gain(in) - loss(out) + extra(in, out).
"""

import numpy as np

from locator.coverage.siting.solution import Sites, Solution, evaluate
from locator.travel import Floats, Integers

_SWAPS = 200
_FAR = 1000.0  # an unreachable pair costs so many times the dearest one


def p_median(problem: Sites, p: int) -> Solution:
    """`p` new sites with a small sum of cost times people.

    Raises:
        NotFoundError: some places cannot be reached by any site; it names them.
    """
    problem.require_reachable(problem.costs)
    cost = problem.costs.matrix()
    reachable = np.isfinite(cost)
    cost[~reachable] = _FAR * max(cost[reachable].max(initial=0.0), 1.0)
    chosen = list(problem.existing)
    nearest = (
        cost[:, chosen].min(axis=1) if chosen else np.full(len(cost), 2 * float(cost.max()) + 1)
    )
    for _ in range(problem.budget(p)):
        gains = problem.people @ np.maximum(nearest[:, None] - cost, 0.0)
        gains[chosen] = -1.0
        chosen.append(int(gains.argmax()))
        nearest = np.minimum(nearest, cost[:, chosen[-1]])
    _interchange(cost, problem.people, chosen, len(problem.existing))
    solution = evaluate(problem, "p-median", chosen)
    problem.require_reachable(problem.costs.only(chosen))
    return solution


def _interchange(cost: Floats, people: Floats, chosen: list[int], kept: int) -> None:
    for _ in range(_SWAPS):
        first, d1, d2 = _two_nearest(cost, chosen)
        gain = people @ np.maximum(d1[:, None] - cost, 0.0)
        loss = np.bincount(first, people * (d2 - d1), len(chosen))
        saved = people[:, None] * np.maximum(d2[:, None] - np.maximum(cost, d1[:, None]), 0.0)
        extra = np.array([saved[first == r].sum(axis=0) for r in range(len(chosen))])
        profit = gain[None, :] - loss[:, None] + extra
        profit[:kept] = -np.inf
        profit[:, chosen] = -np.inf
        out, into = np.unravel_index(int(profit.argmax()), profit.shape)
        if not profit[out, into] > 1e-9 * float(people @ d1):
            return
        chosen[int(out)] = int(into)


def _two_nearest(cost: Floats, chosen: list[int]) -> tuple[Integers, Floats, Floats]:
    """Position in `chosen` of the nearest, its cost, and the cost of the second nearest."""
    near = cost[:, chosen]
    first = near.argmin(axis=1)
    rows = np.arange(len(near))
    d1 = near[rows, first]
    if len(chosen) == 1:
        return first, d1, np.full(len(near), 2 * float(cost.max()) + 1)
    near[rows, first] = np.inf
    return first, d1, near.min(axis=1)
