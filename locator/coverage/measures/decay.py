"""How much an opportunity is worth, from 1 to 0, as it costs more to reach.

`t` is the cost, in the unit of the metric:

    binary(c)       1 where t <= c, else 0
    exp(-b)         exp(-b t)
    power(b)        t^-b, at most 1 (so 1 up to t = 1)
    linear(c)       1 - t / c where t <= c, else 0
    gaussian(s)     exp(-t^2 / 2 s^2)
    dai(c)          (exp(-(t/c)^2 / 2) - exp(-1/2)) / (1 - exp(-1/2)) where t <= c, else 0
    logistic(c, s)  (1 + exp(-c k)) / (1 + exp((t - c) k)), k = pi / (s sqrt(3))

Sources: Hansen (1959), "How accessibility shapes land use"; Kwan (1998) for the families; Dai
(2010), doi:10.1016/j.healthplace.2010.06.012; Bauer and Groneberg (2016),
doi:10.1371/journal.pone.0159148 for the logistic. The forms of the R package `accessibility`
(ipeaGIT) agree with these.
"""

import math
import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from locator.errors import InputError
from locator.travel import Unit, parse_limit

Floats = npt.NDArray[np.float64]
Decay = Callable[[Floats], Floats]

_CALL = re.compile(r"\s*([a-z]+)\s*\(([^()]*)\)\s*", re.IGNORECASE)


def binary(limit: float) -> Decay:
    """1 up to and at `limit`, then 0."""
    return lambda t: (t <= limit).astype(float)


def exponential(rate: float) -> Decay:
    """exp(-rate t)."""
    return lambda t: np.exp(-rate * t)


def power(exponent: float) -> Decay:
    """t to the power -exponent, at most 1."""
    return lambda t: np.maximum(t, 1.0) ** -exponent


def linear(limit: float) -> Decay:
    """1 at 0, falling in a line to 0 at `limit`."""
    return lambda t: np.maximum(1 - t / limit, 0.0)


def gaussian(sigma: float) -> Decay:
    """exp(-t^2 / 2 sigma^2)."""
    return lambda t: np.exp(-(t**2) / (2 * sigma**2))


def dai(limit: float) -> Decay:
    """The Gaussian of Dai (2010), brought to 0 at `limit`."""
    foot = math.exp(-0.5)
    return lambda t: np.where(
        t <= limit, (np.exp(-0.5 * (np.minimum(t, limit) / limit) ** 2) - foot) / (1 - foot), 0.0
    )


def logistic(middle: float, deviation: float) -> Decay:
    """Cumulative logistic curve, 1 at t = 0 (Bauer and Groneberg 2016)."""
    k = math.pi / (deviation * math.sqrt(3))
    return lambda t: (1 + math.exp(-middle * k)) / (1 + np.exp(np.minimum((t - middle) * k, 700.0)))


def stepped(steps: Sequence[tuple[float, float]]) -> Decay:
    """The weight of the first step (limit, weight) with t <= limit; 0 beyond the last."""
    limits = np.array([limit for limit, _ in steps])
    weights = np.array([*(weight for _, weight in steps), 0.0])
    return lambda t: weights[np.searchsorted(limits, t, side="left")]


_FAMILIES: dict[str, tuple[Callable[..., Decay], int]] = {
    "binary": (binary, 1),
    "exp": (exponential, 1),
    "exponential": (exponential, 1),
    "power": (power, 1),
    "linear": (linear, 1),
    "gaussian": (gaussian, 1),
    "dai": (dai, 1),
    "logistic": (logistic, 2),
}
_RATES = ("exp", "exponential", "power")


def parse_decay(text: str, unit: Unit = Unit.METRE) -> Decay:
    """A decay function written as "exp(-0.2)", "linear(30)" or "gaussian(2km)".

    The sign of a rate or exponent does not matter: weights never grow with the cost.

    Args:
        unit: of the costs; rates and bare numbers are in it.

    Raises:
        InputError: no known function, or its numbers are wrong, or of another kind than `unit`.
    """
    match = _CALL.fullmatch(text)
    name = match[1].lower() if match else ""
    if match is None or name not in _FAMILIES:
        raise InputError(
            "{text} is no decay function: write one of exp(-0.2), power(2), linear(30), "
            "gaussian(10), dai(30), logistic(30, 10) or binary(30).",
            text=repr(text),
        )
    family, count = _FAMILIES[name]
    values = _numbers([part.strip() for part in match[2].split(",")], name, unit)
    if len(values) != count or any(value <= 0 or not math.isfinite(value) for value in values):
        raise InputError(
            "{text}: {name} takes {count} number(s) above 0.",
            text=repr(text),
            name=name,
            count=count,
        )
    return family(*values)


def _numbers(parts: list[str], name: str, unit: Unit) -> list[float]:
    """Rates as they are, limits in the unit; none where they cannot be read."""
    try:
        if name in _RATES:
            return [abs(float(part)) for part in parts]
        limits = [parse_limit(part) for part in parts]
    except ValueError:
        return []
    return [limit.under(unit) for limit in limits]


def parse_steps(text: str, unit: Unit = Unit.METRE) -> Decay:
    """Steps written as "2km:1,5km:0.68,10km:0.22": limit (inclusive) and weight, rising.

    Args:
        unit: of the costs; bare numbers are in it.

    Raises:
        InputError: not of this form, or limits that do not rise, or weights below 0, or limits of
            another kind than `unit`.
    """
    return stepped(_steps(text, unit))


def step_limits(text: str, unit: Unit = Unit.METRE) -> list[float]:
    """The limits of such steps, rising; errors as in `parse_steps`."""
    return [limit for limit, _ in _steps(text, unit)]


def _steps(text: str, unit: Unit) -> list[tuple[float, float]]:
    try:
        pairs = [part.split(":") for part in text.split(",")]
        read = [(parse_limit(limit), float(weight)) for limit, weight in pairs]
    except ValueError:
        read = []
    steps = [(limit.under(unit), weight) for limit, weight in read]
    limits = [limit for limit, _ in steps]
    if (
        not steps
        or sorted(set(limits)) != limits
        or not all(0 <= weight < math.inf for _, weight in steps)
    ):
        raise InputError(
            "{text} are no steps: write rising limits with weights, for example "
            "2km:1,5km:0.68,10km:0.22.",
            text=repr(text),
        )
    return steps
