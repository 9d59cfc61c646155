"""How far people are from help: the nearest, the k-th nearest, and shares within limits."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from locator.travel import Floats


class Share(NamedTuple):
    """What lies within `limit` (inclusive): people, places, and both as shares of the whole."""

    limit: float
    people: float
    share_of_people: float
    places: int
    share_of_places: float


def shares(
    cost: npt.ArrayLike, people: npt.ArrayLike, limits: Sequence[float]
) -> tuple[Share, ...]:
    """For each limit, the people and places whose cost is at most that.

    Args:
        cost: of each place, shape (demand,); inf where nothing can be reached.
        people: at each place, shape (demand,).
        limits: in the unit of `cost`.
    """
    of, weight = np.asarray(cost, float), np.asarray(people, float)
    total, n = float(weight.sum()), len(of)
    near = [of <= limit for limit in limits]
    return tuple(
        Share(
            float(limit),
            float(weight[is_near].sum()),
            float(weight[is_near].sum()) / total if total else np.nan,
            int(is_near.sum()),
            int(is_near.sum()) / n if n else np.nan,
        )
        for limit, is_near in zip(limits, near, strict=True)
    )


def share_curve(cost: npt.ArrayLike, people: npt.ArrayLike) -> tuple[Floats, Floats]:
    """The share of people within each cost that occurs: (costs ascending, shares rising to 1).

    People who can reach nothing count in the whole and never in the curve.
    """
    of, weight = np.asarray(cost, float), np.asarray(people, float)
    order = np.argsort(of, kind="stable")
    order = order[np.isfinite(of[order])]
    return of[order], np.cumsum(weight[order]) / weight.sum()


def weighted_mean(values: npt.ArrayLike, people: npt.ArrayLike) -> float:
    """Mean over people; NaN without people, inf where some people can reach nothing."""
    of, weight = np.asarray(values, float), np.asarray(people, float)
    there = weight > 0
    return float(np.average(of[there], weights=weight[there])) if there.any() else np.nan


def weighted_quantile(
    values: npt.ArrayLike, people: npt.ArrayLike, probabilities: Sequence[float]
) -> Floats:
    """The least value that at least this share of people have at most (inverse of the ECDF).

    Hyndman and Fan (1996), type 1, with people as frequencies; p = 0.5 is the median.
    """
    of, weight = np.asarray(values, float), np.asarray(people, float)
    kept = weight > 0
    if not kept.any():
        return np.full(len(probabilities), np.nan)
    order = np.argsort(of[kept], kind="stable")
    ordered, running = of[kept][order], np.cumsum(weight[kept][order])
    # A hair below, so that rounding of the running sum does not skip a value reached exactly.
    sought = np.asarray(probabilities, float) * running[-1] * (1 - 1e-12)
    return np.asarray(ordered[np.minimum(np.searchsorted(running, sought), len(ordered) - 1)])


def summary(cost: npt.ArrayLike, people: npt.ArrayLike) -> dict[str, float]:
    """Mean, median and quantiles over people, the largest cost, and who can reach nothing."""
    of, weight = np.asarray(cost, float), np.asarray(people, float)
    reached = np.isfinite(of)
    quarters = weighted_quantile(of[reached], weight[reached], (0.1, 0.25, 0.5, 0.75, 0.9, 0.95))
    names = ("p10", "p25", "median", "p75", "p90", "p95")
    return {
        "people": float(weight.sum()),
        "places": len(of),
        "mean": weighted_mean(of[reached], weight[reached]),
        **dict(zip(names, map(float, quarters), strict=True)),
        "max": float(of[reached].max()) if reached.any() else np.nan,
        "people_unreached": float(weight[~reached].sum()),
        "places_unreached": int((~reached).sum()),
    }
