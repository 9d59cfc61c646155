"""p-center: the smallest limit at which p sites cover everyone, by bisection over the costs.

Minieka (1970), "The m-center problem": the optimum is one of the costs, and each question
"do p sites suffice within this limit?" is a set covering problem.
"""

from collections.abc import Callable

import numpy as np

from locator.coverage.siting.covering import cover
from locator.coverage.siting.solution import Sites, Solution, evaluate
from locator.errors import NotFoundError
from locator.travel import Costs

# Rows of facilities that cover all needed places, as few as the method finds; None: it gave up.
Covering = Callable[[Costs], list[int] | None]


def p_center(problem: Sites, p: int) -> Solution:
    """`p` new sites with a small largest cost (of places with people), by greedy covering.

    Raises:
        NotFoundError: some places cannot be reached by `p` sites.
    """
    return bisect(problem, p, lambda near: cover(near, problem.people > 0, problem.existing))


def bisect(problem: Sites, p: int, covering: Covering, *, proved: bool = False) -> Solution:
    """The smallest cost at which `covering` needs at most `p` new sites."""
    problem.require_reachable(problem.costs)
    most = problem.budget(p) + len(problem.existing)
    needed = problem.people > 0
    lived = needed[problem.costs.origin]
    steps = np.unique(problem.costs.cost[lived])
    # Nobody can be nearer than to the cheapest of all facilities.
    first = np.full(problem.costs.shape[0], np.inf)
    np.minimum.at(first, problem.costs.origin, problem.costs.cost)
    low = int(np.searchsorted(steps, first[needed].max(initial=0.0)))
    high, best = len(steps), None
    while low < high:
        middle = (low + high) // 2
        chosen = covering(problem.costs.within(float(steps[middle])))
        if chosen is not None and len(chosen) <= most:
            high, best = middle, chosen
        else:
            low = middle + 1
    if best is None:
        raise NotFoundError(
            "{p} sites cannot reach every place: raise p, or leave out places that only few sites "
            "can reach.",
            p=p,
        )
    return evaluate(problem, "p-center", best, proved=proved)
