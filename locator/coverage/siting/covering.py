"""Set covering (LSCP) and maximal covering (MCLP): greedy first, then interchange.

Toregas et al. (1971), "The location of emergency service facilities"; Church and ReVelle (1974),
"The maximal covering location problem", whose greedy adding with substitution this is.
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from locator.coverage.siting.solution import Sites, Solution, evaluate
from locator.travel import Costs, Floats, Integers

_PASSES = 20


def coverage_matrix(costs: Costs) -> csr_matrix:
    """1 where a facility (row) covers a place (column), shape (facilities, demand)."""
    by_facility = np.argsort(costs.destination, kind="stable")
    starts = np.searchsorted(costs.destination[by_facility], np.arange(costs.shape[1] + 1))
    ones = np.ones(len(by_facility))
    return csr_matrix((ones, costs.origin[by_facility], starts), (costs.shape[1], costs.shape[0]))


def mclp(problem: Sites, p: int, limit: float) -> Solution:
    """`p` new sites that cover most people within `limit`: greedy, then interchange."""
    covers = coverage_matrix(problem.costs.within(limit))
    chosen = list(problem.existing)
    count = _times_covered(covers, chosen)
    for _ in range(problem.budget(p)):
        site = _best(covers, problem.people * (count == 0), chosen)
        chosen.append(site)
        count[_row(covers, site)] += 1
    _interchange(covers, problem.people, chosen, count, len(problem.existing))
    return evaluate(problem, "mclp", chosen, limit=limit)


def _interchange(
    covers: csr_matrix, people: Floats, chosen: list[int], count: Integers, kept: int
) -> None:
    """Swap one new site for one candidate while that covers more people; changes `chosen`."""
    for _ in range(_PASSES):
        improved = False
        for place in range(kept, len(chosen)):
            old = chosen[place]
            count[_row(covers, old)] -= 1
            gains = covers @ (people * (count == 0))
            others = np.delete(np.asarray(chosen), place)
            gains[others] = -1.0
            best = int(gains.argmax())
            # A hair more, so that rounding cannot make two equal sites swap for ever.
            if gains[best] > gains[old] * (1 + 1e-12):
                chosen[place], improved = best, True
            count[_row(covers, chosen[place])] += 1
        if not improved:
            return


def lscp(problem: Sites, limit: float) -> Solution:
    """Few sites within `limit` of every place with people: greedy, then superfluous ones closed.

    Raises:
        NotFoundError: some places have no candidate within `limit`; it names them.
    """
    near = problem.costs.within(limit)
    problem.require_reachable(near)
    return evaluate(problem, "lscp", cover(near, problem.people > 0, problem.existing), limit=limit)


def cover(near: Costs, needed: npt.NDArray[np.bool_], existing: tuple[int, ...] = ()) -> list[int]:
    """Rows of facilities, `existing` first, that together reach all `needed` places in `near`."""
    covers = coverage_matrix(near)
    chosen = list(existing)
    count = _times_covered(covers, chosen)
    while (open_ := needed & (count == 0)).any():
        chosen.append(_best(covers, open_.astype(float), chosen))
        count[_row(covers, chosen[-1])] += 1
    for site in chosen[len(existing) :]:
        places = _row(covers, site)
        if (count[places][needed[places]] > 1).all():
            chosen.remove(site)
            count[places] -= 1
    return chosen


def _best(covers: csr_matrix, weights: Floats, chosen: list[int]) -> int:
    gains = covers @ weights
    gains[chosen] = -1.0
    return int(gains.argmax())


def _times_covered(covers: csr_matrix, chosen: list[int]) -> Integers:
    count = np.zeros(covers.shape[1], np.int64)
    for site in chosen:
        count[_row(covers, site)] += 1
    return count


def _row(covers: csr_matrix, site: int) -> Integers:
    return np.asarray(covers.indices[covers.indptr[site] : covers.indptr[site + 1]])
