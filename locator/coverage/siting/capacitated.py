"""Maximal covering where a facility can take only so many people (Current and Storbeck 1988).

People of one place may go to several facilities. For given sites the best assignment is a linear
programme; the sites are chosen greedily by the people they could still take, or by HiGHS with
proof.
"""

import math

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix

from locator.coverage.siting.exact import Optimum, Programme, minimise
from locator.coverage.siting.solution import Sites, Solution
from locator.errors import InputError
from locator.travel import Costs, Floats


def capacitated(
    problem: Sites,
    p: int,
    limit: float,
    capacity: npt.ArrayLike,
    *,
    seconds: float,
    exact: bool = False,
) -> Solution:
    """`p` new sites that serve most people within `limit` and `capacity`.

    Args:
        capacity: people each facility can take, shape (facilities,), >= 0.

    Raises:
        InputError: a capacity is missing or negative.
    """
    room = np.asarray(capacity, float)
    if not (np.isfinite(room) & (room >= 0)).all():
        raise InputError("Every site needs a capacity of 0 or more: see its capacity column.")
    near = problem.costs.within(limit)
    if exact:
        best = _assign(problem, near, room, problem.budget(p), seconds)
        return _solution(near, room, best, problem)
    chosen = list(problem.existing)
    left = problem.people.astype(float).copy()
    for site in chosen:
        _take(near, left, site, float(room[site]))
    for _ in range(problem.budget(p)):
        gains = np.minimum(near.by_destination(left[near.origin]), room)
        gains[chosen] = -1.0
        chosen.append(int(gains.argmax()))
        _take(near, left, chosen[-1], float(room[chosen[-1]]))
    fixed = Sites(near, problem.people, tuple(chosen), problem.ids)
    best = _assign(fixed, near, room, 0, seconds)
    return _solution(near, room, best, problem, proof=False)


def _take(near: Costs, left: Floats, site: int, room: float) -> None:
    """Let `site` take people in `left`, the nearest first, until it is full."""
    pairs = np.flatnonzero(near.destination == site)
    pairs = pairs[np.argsort(near.cost[pairs], kind="stable")]
    for place in near.origin[pairs]:
        taken = min(left[place], room)
        left[place] -= taken
        room -= taken


def _assign(problem: Sites, near: Costs, room: Floats, new: int, seconds: float) -> Optimum:
    """y_j open, x_ij the share of place i that goes to j; at most `new` besides the existing."""
    n, m = near.shape
    pairs = len(near.cost)
    x = m + np.arange(pairs)
    people = problem.people[near.origin]
    count = np.arange(pairs)
    at = np.concatenate(
        (near.origin, n + near.destination, n + np.arange(m), n + m + count, n + m + count,
         np.full(m, n + m + pairs))
    )  # fmt: skip
    column = np.concatenate((x, x, np.arange(m), x, near.destination, np.arange(m)))
    value = np.concatenate(
        (np.ones(pairs), people, -room, np.ones(pairs), -np.ones(pairs), np.ones(m))
    )
    total = new + len(problem.existing)
    bottom = np.zeros(m + pairs)
    bottom[list(problem.existing)] = 1.0
    best = minimise(
        Programme(
            np.concatenate((np.zeros(m), -people)),
            coo_matrix((value, (at, column)), (n + m + pairs + 1, m + pairs)),
            np.full(n + m + pairs + 1, -np.inf),
            np.concatenate((np.ones(n), np.zeros(m), np.zeros(pairs), [total])),
            np.arange(m + pairs) < m,
            bottom,
        ),
        seconds,
    )
    assert best is not None  # serving nobody is a solution
    return best


def _solution(
    near: Costs, room: Floats, best: Optimum, problem: Sites, *, proof: bool = True
) -> Solution:
    n, m = near.shape
    served = best.x[m:] * problem.people[near.origin]
    covered = near.by_origin(served)
    cost, facility = np.full(n, np.inf), np.full(n, -1, np.int64)
    order = np.argsort(served, kind="stable")
    order = order[served[order] > 0]
    cost[near.origin[order]] = near.cost[order]  # the last written takes most
    facility[near.origin[order]] = near.destination[order]
    return Solution(
        "capacitated",
        tuple(int(j) for j in np.flatnonzero(best.x[:m] > 0.5)),
        math.fsum(served),
        cost,
        facility,
        covered,
        -best.bound if proof else None,
        best.proved and proof,
    )
