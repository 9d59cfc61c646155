"""One way in to all objectives."""

import math

import numpy.typing as npt

from locator.coverage.siting import backup, center, covering, dispersion, exact, median
from locator.coverage.siting.capacitated import capacitated
from locator.coverage.siting.solution import OBJECTIVES, Sites, Solution
from locator.errors import InputError

LIMITED = ("lscp", "lscp-b", "mclp", "capacitated")  # these look no farther than their limit

_SMALL = 20_000  # pairs: so few are proved in a moment


def site(
    problem: Sites,
    objective: str,
    *,
    p: int | None = None,
    limit: float = math.inf,
    capacity: npt.ArrayLike | None = None,
    proof: bool | None = None,
    seconds: float = 60.0,
) -> Solution:
    """Choose sites.

    Args:
        objective: one of `OBJECTIVES`.
        p: how many new sites, besides the existing ones; not for "lscp" and "lscp-b".
        limit: largest cost that counts as covered ("lscp", "lscp-b", "mclp",
            "capacitated").
        capacity: people each facility can take, shape (facilities,); for "capacitated".
        proof: exact through HiGHS (True) or heuristic (False); by default exact where small.
        seconds: HiGHS stops after so long, with the gap that is left.

    Raises:
        InputError: what the objective needs is missing or wrong.
        NotFoundError: some places cannot be reached; it names them.
    """
    _check(objective, p, limit, capacity)
    if proof is None:
        proof = len(problem.costs.cost) <= _SMALL
    count = p or 0
    if objective == "lscp":
        return exact.lscp(problem, limit, seconds) if proof else covering.lscp(problem, limit)
    if objective == "lscp-b":
        return backup.lscp_b(problem, limit, seconds, proof=proof)
    if objective == "p-dispersion":
        return dispersion.p_dispersion(problem, count, seconds, proof=proof)
    if objective == "mclp":
        if proof:
            return exact.mclp(problem, count, limit, seconds)
        return covering.mclp(problem, count, limit)
    if objective == "p-median":
        return exact.p_median(problem, count, seconds) if proof else median.p_median(problem, count)
    if objective == "p-center":
        return exact.p_center(problem, count, seconds) if proof else center.p_center(problem, count)
    assert capacity is not None
    return capacitated(problem, count, limit, capacity, seconds=seconds, exact=proof)


def _check(objective: str, p: int | None, limit: float, capacity: npt.ArrayLike | None) -> None:
    if objective not in OBJECTIVES:
        raise InputError(
            "There is no objective {name}: choose one of {names}.",
            name=repr(objective),
            names=", ".join(OBJECTIVES),
        )
    if objective not in ("lscp", "lscp-b") and p is None:
        raise InputError("{name} needs p, the number of new sites.", name=objective)
    if objective in LIMITED and not math.isfinite(limit):
        raise InputError("{name} needs a limit within which a place is covered.", name=objective)
    if objective == "capacitated" and capacity is None:
        raise InputError("capacitated needs the capacity of each site.")
