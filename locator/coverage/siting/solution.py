"""A siting problem, its solution, and what holds for all objectives."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from locator.errors import InputError, NotFoundError
from locator.travel import Costs, Floats, Rows, nearest_by_cost

OBJECTIVES = ("lscp", "lscp-b", "mclp", "p-median", "p-center", "p-dispersion", "capacitated")

_NAMED = 20  # unreachable places named in a message


@dataclass(frozen=True)
class Sites:
    """What every objective is asked about.

    Attributes:
        costs: from each place of demand to each candidate facility.
        people: at each place, shape (demand,).
        existing: rows of facilities that stay open; the others are candidates.
        ids: of the places, to name them in messages; their rows where empty.
        between: from each facility to each, for "p-dispersion"; shape (facilities, facilities).
    """

    costs: Costs
    people: Floats
    existing: tuple[int, ...] = ()
    ids: Sequence[str] = field(default=())
    between: Costs | None = None

    def budget(self, p: int) -> int:
        """How many new facilities `p` allows.

        Raises:
            InputError: below 1 or above the number of candidates.
        """
        candidates = self.costs.shape[1] - len(self.existing)
        if not 1 <= p <= candidates:
            raise InputError(
                "p must be from 1 to the number of candidate sites, {count}; it is {p}.",
                count=candidates,
                p=p,
            )
        return p

    def require_reachable(self, costs: Costs) -> None:
        """See that each place with people has at least one facility in `costs`.

        Raises:
            NotFoundError: names the places that no facility can reach.
        """
        reached = np.diff(costs.starts) > 0
        lost = np.flatnonzero(~reached & (self.people > 0))
        if len(lost):
            names = [str(self.ids[i]) if len(self.ids) else str(i) for i in lost[:_NAMED]]
            raise NotFoundError(
                "{count} of the places cannot be reached from any site: {names}{more}. Raise the "
                "limit, add candidate sites near them, or leave these places out.",
                count=len(lost),
                names=", ".join(names),
                more=", ..." if len(lost) > _NAMED else "",
            )


@dataclass(frozen=True)
class Solution:
    """Where to place, and what it is worth.

    Attributes:
        objective: one of `OBJECTIVES`.
        sites: rows of the open facilities, ascending, the existing ones among them.
        value: of the objective: number of sites (lscp), places that two sites or more cover
            (lscp-b), people covered (mclp, capacitated), cost times people (p-median), the
            largest cost (p-center), or the least cost between two sites (p-dispersion).
        cost, facility: of each place to its facility, shape (demand,); inf and -1 without one.
            For `capacitated` the facility that takes most of the place's people.
        covered: people of each place that are served, shape (demand,).
        bound: no solution can be better than this; None from a heuristic without a bound.
        proved: whether `value` is the optimum.
        times: how many sites cover each place, shape (demand,); None for other objectives than
            "lscp-b".
    """

    objective: str
    sites: tuple[int, ...]
    value: float
    cost: Floats
    facility: Rows
    covered: Floats
    bound: float | None = None
    proved: bool = False
    times: Rows | None = None

    @property
    def gap(self) -> float | None:
        """|bound - value| / |value|; 0 is proof of the optimum, None is not known."""
        if self.proved:
            return 0.0
        if self.bound is None or not self.value:
            return None
        return abs(self.bound - self.value) / abs(self.value)


def evaluate(
    problem: Sites,
    objective: str,
    sites: npt.ArrayLike,
    *,
    limit: float = math.inf,
    bound: float | None = None,
    proved: bool = False,
    value: float | None = None,
    times: Rows | None = None,
) -> Solution:
    """The solution that opens these sites, each place going to the cheapest open one.

    Args:
        value: of the objective, where the costs to the cheapest site do not tell it.
    """
    chosen = np.unique(np.asarray(sites, np.int64))
    cost, facility = nearest_by_cost(problem.costs.only(chosen)).kth
    near = cost <= limit
    lived = problem.people > 0
    told = {
        "lscp": lambda: float(len(chosen)),
        "mclp": lambda: math.fsum(problem.people[near]),
        "p-median": lambda: math.fsum(cost[lived] * problem.people[lived]),
        "p-center": lambda: float(cost[lived].max(initial=0.0)),
    }
    worth = told[objective]() if value is None else value
    covered = np.where(near & np.isfinite(cost), problem.people, 0.0)
    rows = tuple(chosen.tolist())
    return Solution(objective, rows, worth, cost, facility, covered, bound, proved, times)
