"""How unequally what people can reach is spread over them.

`access` is what each place can reach, `people` who live there, `income` per person (or any rank
of means); all of shape (places,). Places without people count nowhere.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from locator.errors import InputError
from locator.travel import Floats

RANKS = ("shared", "row-order")
BOUNDS = ("inhabited", "all")


class Poverty(NamedTuple):
    """Foster, Greer and Thorbecke's family: share of poor people, their gap, its severity."""

    fgt0: float
    fgt1: float
    fgt2: float


def gini(access: npt.ArrayLike, people: npt.ArrayLike) -> float:
    """1 - twice the area under the Lorenz curve: 0 (equal) to 1; NaN where there is no access."""
    of, weight = _inhabited(access, people)
    order = np.argsort(of, kind="stable")
    part, held = weight[order], of[order] * weight[order]
    if not len(of) or held.sum() <= 0:
        return float("nan")
    lorenz = np.concatenate(([0.0], np.cumsum(held) / held.sum()))
    return float(1 - np.sum((lorenz[1:] + lorenz[:-1]) * part / part.sum()))


def palma(access: npt.ArrayLike, people: npt.ArrayLike, income: npt.ArrayLike) -> float:
    """Mean access of the richest tenth of people over that of the poorest four tenths.

    Poorest: income at most the 40 % quantile; richest: above the 90 % quantile; quantiles
    weighted by people (see `frequency_quantile`). Places of unknown income (NaN) are left out.
    After Palma (2011), doi:10.1111/j.1467-7660.2011.01646.x; as in Pereira, Schwanen and
    Banister (2017). NaN where either group is empty.
    """
    of, weight, means = _inhabited(access, people, income)
    known = np.isfinite(means)
    of, weight, means = of[known], weight[known], means[known]
    if not len(of):
        return float("nan")
    poor_at, rich_from = frequency_quantile(means, weight, (0.4, 0.9))
    poor, rich = means <= poor_at, means > rich_from
    if not (poor.any() and rich.any()):
        return float("nan")
    low = float(np.average(of[poor], weights=weight[poor]))
    return float(np.average(of[rich], weights=weight[rich])) / low if low > 0 else float("nan")


def frequency_quantile(values: Floats, people: Floats, probabilities: tuple[float, ...]) -> Floats:
    """Quantiles of people, linear between them: Hyndman and Fan (1996) type 7 with frequencies.

    The value of person 1 + (n - 1) p of all n, taken to stand in order of their value.
    """
    order = np.argsort(values, kind="stable")
    ordered, running = values[order], np.cumsum(people[order])
    place = 1 + (running[-1] - 1) * np.asarray(probabilities)
    low = np.maximum(np.floor(place), 1)
    high = np.minimum(low + 1, running[-1])
    last = len(ordered) - 1
    below = ordered[np.minimum(np.searchsorted(running, low), last)]
    above = ordered[np.minimum(np.searchsorted(running, high), last)]
    return np.asarray(below + (place % 1) * (above - below))


class Theil(NamedTuple):
    """Theil's T, and by group of the people what it is made of.

    Attributes:
        theil: the whole; between + within where there are groups.
        between: as if all people of a group had its mean.
        within: of the groups themselves, each weighted by its share of all access.
        groups: by name the parts that it gives to between and to within.
    """

    theil: float
    between: float
    within: float
    groups: dict[str, tuple[float, float]]


def theil(
    access: npt.ArrayLike, people: npt.ArrayLike, groups: npt.ArrayLike | None = None
) -> Theil:
    """Theil's T: 0 (equal) to the logarithm of the number of people.

    T = sum_i (P_i / P) (a_i / m) ln(a_i / m), m being the mean of access a over all P people; a
    place without access adds 0, the limit of x ln x. With groups g, T = sum_g s_g ln(m_g / m) +
    sum_g s_g T_g, s_g being the share of all access that the people of g have. Theil (1967),
    "Economics and Information Theory"; the parts after Shorrocks (1980), doi:10.2307/1913126.

    Args:
        groups: of each place, as text, shape (places,).

    Returns:
        NaN where nobody can reach anything; between and within NaN without groups.
    """
    there = np.asarray(people, float) > 0
    of, weight = np.asarray(access, float)[there], np.asarray(people, float)[there]
    if not np.sum(of * weight) > 0:
        return Theil(float("nan"), float("nan"), float("nan"), {})
    whole = _theil(of, weight)
    if groups is None:
        return Theil(whole, float("nan"), float("nan"), {})
    names, row = np.unique(np.asarray(groups)[there], return_inverse=True)
    held, living = np.bincount(row, of * weight), np.bincount(row, weight)
    share, mean = held / held.sum(), held.sum() / living.sum()
    ratio = held / living / mean
    between = share * np.log(np.where(ratio > 0, ratio, 1.0))
    within = np.array(
        [
            part * _theil(of[row == g], weight[row == g]) if part > 0 else 0.0
            for g, part in enumerate(share)
        ]
    )
    parts = zip(between.tolist(), within.tolist(), strict=True)
    by_name = dict(zip(map(str, names), parts, strict=True))
    return Theil(whole, float(between.sum()), float(within.sum()), by_name)


def _theil(access: Floats, people: Floats) -> float:
    ratio = access / np.average(access, weights=people)
    return float(np.average(ratio * np.log(np.where(ratio > 0, ratio, 1.0)), weights=people))


def fgt(access: npt.ArrayLike, people: npt.ArrayLike, line: float) -> Poverty:
    """FGT_a = mean over people of ((line - access) / line)^a where access < line, else 0.

    a = 0: share of people below the line; 1: their mean gap; 2: its square, so that the worst off
    count most. Foster, Greer and Thorbecke (1984), doi:10.2307/1913475.

    Raises:
        InputError: `line` is not above 0.
    """
    if not line > 0:
        raise InputError("The poverty line must be above 0, not {line}.", line=line)
    of, weight = _inhabited(access, people)
    if not len(of):
        return Poverty(*[float("nan")] * 3)
    gap = (line - of) / line
    poor = of < line
    return Poverty(
        *(float(np.average(np.where(poor, gap**a, 0.0), weights=weight)) for a in (0, 1, 2))
    )


def concentration(
    access: npt.ArrayLike,
    people: npt.ArrayLike,
    income: npt.ArrayLike,
    *,
    corrected: bool = False,
    ranks: str = "shared",
    bounds: str = "inhabited",
) -> float:
    """Concentration index: above 0 where access goes with income, below where it goes against.

    CI = 2 cov(access, rank) / mean(access), rank being the fractional rank by income, both over
    people: Kakwani, Wagstaff and van Doorslaer (1997), doi:10.1016/S0304-4076(96)01807-6.
    Corrected: 4 mean CI / (upper - lower) of Erreygers (2009), doi:10.1016/j.jhealeco.2008.02.003,
    upper and lower being the most and the least that access is.

    Args:
        corrected: Erreygers' index.
        ranks: of places of equal income, one of `RANKS`: "shared" gives all the rank of their
            middle person, so that no order of the rows matters; "row-order" ranks them as they
            stand, as the R package `accessibility` does.
        bounds: over which places access is the most and the least, one of `BOUNDS`: "inhabited"
            ones, as all else; or "all", also where nobody lives, as that package does.

    Raises:
        InputError: no such rule.
    """
    _check(ranks, RANKS)
    _check(bounds, BOUNDS)
    of, weight, means = _inhabited(access, people, income)
    known = np.isfinite(means)
    of, weight, means = of[known], weight[known] / weight[known].sum(), means[known]
    mean = float(np.sum(weight * of))
    if not len(of) or mean == 0:
        return float("nan")
    rank = _ranks(means, weight, shared=ranks == "shared")
    index = float(2 * np.sum(weight * (of - mean) * (rank - 0.5)) / mean)
    if not corrected:
        return index
    every = np.asarray(access, float) if bounds == "all" else of
    lower, upper = float(every.min()), float(every.max())
    return 4 * mean * index / (upper - lower) if upper > lower else 0.0


def _ranks(means: Floats, weight: Floats, *, shared: bool) -> Floats:
    """The fractional rank of each place by income: the share of people below its middle person."""
    if shared:
        same = np.unique(means, return_inverse=True)[1]
    else:
        same = np.empty(len(means), np.intp)
        same[np.argsort(means, kind="stable")] = np.arange(len(means))
    part = np.bincount(same, weight)
    return np.asarray((np.cumsum(part) - part / 2)[same])


def _check(rule: str, known: tuple[str, ...]) -> None:
    if rule not in known:
        raise InputError(
            "There is no rule {name}: choose one of {names}.",
            name=repr(rule),
            names=", ".join(known),
        )


def _inhabited(*columns: npt.ArrayLike) -> tuple[Floats, ...]:
    arrays = [np.asarray(column, float) for column in columns]
    there = arrays[1] > 0
    return tuple(array[there] for array in arrays)
