"""Exact solutions and their proofs: sparse mixed-integer programmes given to HiGHS.

Huangfu and Hall (2018), doi:10.1007/s12532-017-0130-5, through `scipy.optimize.milp`.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

from locator.coverage.siting.center import bisect
from locator.coverage.siting.solution import Sites, Solution, evaluate
from locator.errors import InputError, NotFoundError
from locator.travel import Costs, Floats

_LARGEST = 3_000_000  # pairs in a model; beyond this memory and patience end


class Programme(NamedTuple):
    """Minimise objective @ x subject to lower <= rows @ x <= upper, bottom <= x <= 1."""

    objective: Floats
    rows: coo_matrix
    lower: Floats
    upper: Floats
    integral: npt.NDArray[np.bool_]
    bottom: Floats


class Optimum(NamedTuple):
    """Variables, a lower bound of the objective, and whether it is attained."""

    x: Floats
    bound: float
    proved: bool


def minimise(programme: Programme, seconds: float) -> Optimum | None:
    """Solve with HiGHS for at most `seconds`; None where there is no solution at all.

    Raises:
        InputError: no solution was found in that time, or the model is too large.
    """
    if programme.rows.nnz > 3 * _LARGEST:
        raise InputError(
            "The exact model has {count} entries, too many to prove: lower the limit, merge places "
            "of demand, or take the heuristic.",
            count=programme.rows.nnz,
        )
    found = milp(
        programme.objective,
        integrality=programme.integral.astype(int),
        bounds=Bounds(programme.bottom, np.ones(len(programme.objective))),
        constraints=LinearConstraint(programme.rows.tocsr(), programme.lower, programme.upper),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if found.status == 2:
        return None
    if found.x is None:
        raise InputError(
            "HiGHS found no solution in {seconds} s: give it more time, or take the heuristic.",
            seconds=seconds,
        )
    bound = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
    return Optimum(np.asarray(found.x), float(bound), bool(found.status == 0))


def mclp(problem: Sites, p: int, limit: float, seconds: float) -> Solution:
    """Maximal covering: z_i (place covered) <= sum of its sites; sum of sites = p + existing."""
    near = problem.costs.within(limit)
    n, m = near.shape
    pairs = len(near.cost)
    at = np.concatenate((near.origin, np.arange(n), np.full(m, n)))
    column = np.concatenate((near.destination, m + np.arange(n), np.arange(m)))
    value = np.concatenate((np.ones(pairs), -np.ones(n), np.ones(m)))
    total = problem.budget(p) + len(problem.existing)
    best = minimise(
        Programme(
            np.concatenate((np.zeros(m), -problem.people)),
            coo_matrix((value, (at, column)), (n + 1, m + n)),
            np.append(np.zeros(n), total),
            np.append(np.full(n, np.inf), total),
            np.arange(m + n) < m,  # given the sites, the z are whole by themselves
            opened(problem, m + n),
        ),
        seconds,
    )
    assert best is not None  # opening any p sites is a solution
    chosen = np.flatnonzero(best.x[:m] > 0.5)
    return evaluate(problem, "mclp", chosen, limit=limit, bound=-best.bound, proved=best.proved)


def lscp(problem: Sites, limit: float, seconds: float) -> Solution:
    """Set covering: each place with people has at least one of its sites open."""
    near = problem.costs.within(limit)
    problem.require_reachable(near)
    best = smallest_cover(problem, near, seconds)
    assert best is not None  # opening all sites is a solution
    return evaluate(
        problem,
        "lscp",
        np.flatnonzero(best.x > 0.5),
        limit=limit,
        bound=float(np.ceil(best.bound - 1e-6)),
        proved=best.proved,
    )


def p_center(problem: Sites, p: int, seconds: float) -> Solution:
    """Bisection with exact covering problems, so that the answer is the optimum."""

    def covering(near: Costs) -> list[int] | None:
        needed = problem.people > 0
        if (needed & (np.diff(near.starts) == 0)).any():
            return None
        best = smallest_cover(problem, near, seconds)
        if best is None:
            return None
        if not best.proved:
            raise InputError(
                "HiGHS did not finish a covering problem in {seconds} s: give it more time, or "
                "take the heuristic.",
                seconds=seconds,
            )
        return [int(site) for site in np.flatnonzero(best.x > 0.5)]

    return bisect(problem, p, covering, proved=True)


def p_median(problem: Sites, p: int, seconds: float) -> Solution:
    """p-median after ReVelle and Swain (1970): x_ij <= y_j, one facility for each place."""
    problem.require_reachable(problem.costs)
    costs = problem.costs
    n, m = costs.shape
    pairs = len(costs.cost)
    if pairs > _LARGEST:
        raise InputError(
            "An exact p-median over {count} pairs is too large: lower the limit, merge places of "
            "demand, or take the heuristic.",
            count=pairs,
        )
    x = m + np.arange(pairs)
    lived = np.flatnonzero(problem.people > 0)
    at = np.concatenate((costs.origin, n + np.arange(pairs), n + np.arange(pairs), [n + pairs] * m))
    column = np.concatenate((x, costs.destination, x, np.arange(m)))
    value = np.concatenate((np.ones(2 * pairs), -np.ones(pairs), np.ones(m)))
    total = problem.budget(p) + len(problem.existing)
    served = np.zeros(n)
    served[lived] = 1.0
    best = minimise(
        Programme(
            np.concatenate((np.zeros(m), problem.people[costs.origin] * costs.cost)),
            coo_matrix((value, (at, column)), (n + pairs + 1, m + pairs)),
            np.concatenate((served, np.zeros(pairs), [total])),
            np.concatenate((np.full(n, 1.0), np.full(pairs, np.inf), [total])),
            np.arange(m + pairs) < m,
            opened(problem, m + pairs),
        ),
        seconds,
    )
    if best is None:
        raise NotFoundError("{p} sites cannot reach every place: raise p.", p=p)
    chosen = np.flatnonzero(best.x[:m] > 0.5)
    return evaluate(problem, "p-median", chosen, bound=best.bound, proved=best.proved)


def smallest_cover(problem: Sites, near: Costs, seconds: float) -> Optimum | None:
    n, m = near.shape
    need = (problem.people > 0).astype(float)
    ones = np.ones(len(near.cost))
    return minimise(
        Programme(
            np.ones(m),
            coo_matrix((ones, (near.origin, near.destination)), (n, m)),
            need,
            np.full(n, np.inf),
            np.ones(m, bool),
            opened(problem, m),
        ),
        seconds,
    )


def opened(problem: Sites, size: int) -> Floats:
    """Lower bounds of the variables: the existing sites are open."""
    bottom = np.zeros(size)
    bottom[np.asarray(problem.existing, np.int64)] = 1.0
    return bottom
