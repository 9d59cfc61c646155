"""Backup covering: as few sites as reach everyone, and of those sets the one that doubles most.

LSCP-B of Church and Murray (2018), "Location Covering Models", as PySAL's spopt has it: first the
least number of sites, then most places covered at least twice by so many; among those, most people.
As there, a place where nobody lives counts as a place, though no site must reach it.
"""

import numpy as np
from scipy.sparse import coo_matrix

from locator.coverage.siting import covering
from locator.coverage.siting.exact import Programme, minimise, opened, smallest_cover
from locator.coverage.siting.solution import Sites, Solution, evaluate
from locator.travel import Costs


def lscp_b(problem: Sites, limit: float, seconds: float, *, proof: bool) -> Solution:
    """The least sites within `limit` of everyone, and as many places as can be reached by two.

    Raises:
        NotFoundError: some places have no candidate within `limit`; it names them.
    """
    near = problem.costs.within(limit)
    problem.require_reachable(near)
    needed = problem.people > 0
    if not proof:
        chosen = covering.cover(near, needed, problem.existing)
        return _told(problem, near, chosen, limit)
    fewest = smallest_cover(problem, near, seconds)
    assert fewest is not None  # opening all sites is a solution
    count = int((fewest.x > 0.5).sum())
    n, m = near.shape
    # People only part places that count alike: all of them together weigh less than one place.
    worth = 1 + 0.5 * problem.people / problem.people.sum()
    at = np.concatenate((near.origin, np.arange(n), np.full(m, n)))
    column = np.concatenate((near.destination, m + np.arange(n), np.arange(m)))
    # Twice means one site more than must be; where none must be, two.
    value = np.concatenate((np.ones(len(near.cost)), np.where(needed, -1.0, -2.0), np.ones(m)))
    size = m + n
    best = minimise(
        Programme(
            np.concatenate((np.zeros(m), -worth)),
            coo_matrix((value, (at, column)), (n + 1, size)),
            np.append(needed.astype(float), count),
            np.append(np.full(n, np.inf), count),
            np.ones(size, bool),
            opened(problem, size),
        ),
        seconds,
    )
    assert best is not None  # the cover that was found is a solution
    proved = fewest.proved and best.proved
    return _told(problem, near, np.flatnonzero(best.x[:m] > 0.5).tolist(), limit, proved=proved)


def _told(
    problem: Sites, near: Costs, chosen: list[int], limit: float, *, proved: bool = False
) -> Solution:
    times = np.diff(near.only(chosen).starts)
    twice = float((times > 1).sum())
    return evaluate(problem, "lscp-b", chosen, limit=limit, proved=proved, value=twice, times=times)
