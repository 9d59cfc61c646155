"""p-dispersion: sites as far from one another as can be.

Kuby (1987), doi:10.1111/j.1538-4632.1987.tb00133.x: the least cost between two open sites is as
large as possible. That cost is one between two facilities, so it is found by bisection over those:
are there p sites, no two of them nearer than this?
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix

from locator.coverage.siting.exact import Programme, minimise, opened
from locator.coverage.siting.solution import Sites, Solution, evaluate
from locator.errors import InputError, NotFoundError
from locator.travel import Floats

_PASSES = 20


def p_dispersion(problem: Sites, p: int, seconds: float, *, proof: bool) -> Solution:
    """`p` new sites, besides the existing ones, far from one another and from those.

    Between two sites the cheaper way counts; where there is none they are as far as can be. The
    demand takes no part. Two existing sites may be as near as they are.

    Raises:
        InputError: costs between the facilities are not known, or there are fewer than two sites.
    """
    apart = _apart(problem)
    total = problem.budget(p) + len(problem.existing)
    if total < 2:
        raise InputError("p-dispersion is about two sites or more: give --p 2.")
    chosen = _greedy(apart, problem.existing, total)
    if proof:
        chosen = _bisected(problem, apart, total, chosen, seconds)
    return evaluate(problem, "p-dispersion", chosen, proved=proof, value=_least(apart, chosen))


def _apart(problem: Sites) -> Floats:
    """The least cost between each two facilities that must keep apart, shape (m, m)."""
    if problem.between is None or not len(problem.between.cost):
        raise InputError(
            "p-dispersion needs to know how far the facilities are from one another: give them "
            "coordinates, or a cost table that leads from facility to facility."
        )
    matrix = problem.between.matrix()
    apart = np.minimum(matrix, matrix.T)
    np.fill_diagonal(apart, np.inf)
    kept = np.asarray(problem.existing, np.int64)
    apart[np.ix_(kept, kept)] = np.inf
    return apart


def _least(apart: Floats, chosen: list[int]) -> float:
    return float(apart[np.ix_(chosen, chosen)].min())


def _greedy(apart: Floats, existing: tuple[int, ...], total: int) -> list[int]:
    """Always the farthest from those there are, then swaps while they help."""
    chosen = list(existing)
    if not chosen:
        far = np.where(np.isfinite(apart), apart, -1.0)
        chosen = [int(far.max(axis=1).argmax())]
    while len(chosen) < total:
        near = apart[:, chosen].min(axis=1)
        near[chosen] = -1.0
        chosen.append(int(near.argmax()))
    for _ in range(_PASSES):
        before = _least(apart, chosen)
        for place in range(len(existing), total):
            others = chosen[:place] + chosen[place + 1 :]
            near = apart[:, others].min(axis=1)
            near[others] = -1.0
            if near.max() > near[chosen[place]]:
                chosen[place] = int(near.argmax())
        if _least(apart, chosen) <= before:
            break
    return chosen


def _bisected(
    problem: Sites, apart: Floats, total: int, chosen: list[int], seconds: float
) -> list[int]:
    costs = np.unique(apart[np.triu_indices(len(apart), 1)])
    low, high = int(np.searchsorted(costs, _least(apart, chosen))), len(costs) - 1
    while low < high:
        middle = (low + high + 1) // 2
        better = _none_nearer(problem, apart < costs[middle], total, seconds)
        if better is None:
            high = middle - 1
        else:
            chosen = better
            low = int(np.searchsorted(costs, _least(apart, chosen)))
    return chosen


def _none_nearer(
    problem: Sites, near: npt.NDArray[np.bool_], total: int, seconds: float
) -> list[int] | None:
    """`total` sites no two of which are near each other; None where there are no such."""
    first, second = np.nonzero(np.triu(near, 1))
    pairs, m = len(first), len(near)
    at = np.concatenate((np.arange(pairs), np.arange(pairs), np.full(m, pairs)))
    column = np.concatenate((first, second, np.arange(m)))
    best = minimise(
        Programme(
            np.zeros(m),
            coo_matrix((np.ones(len(at)), (at, column)), (pairs + 1, m)),
            np.append(np.full(pairs, -np.inf), total),
            np.append(np.ones(pairs), total),
            np.ones(m, bool),
            opened(problem, m),
        ),
        seconds,
    )
    if best is None:
        return None
    if not best.proved:
        raise NotFoundError(
            "HiGHS did not finish in {seconds} s: give it more time, or take the heuristic.",
            seconds=seconds,
        )
    return [int(site) for site in np.flatnonzero(best.x > 0.5)]
