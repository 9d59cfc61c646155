"""The parameters of measures, and the measures that need no more than one place's own costs."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from locator.coverage.measures import accessibility
from locator.coverage.measures.decay import Decay, binary, parse_decay, parse_steps, step_limits
from locator.errors import InputError
from locator.travel import Costs, Floats, Limit, Unit, check_rank

COMPETING = ("2sfca", "e2sfca", "bfca", "availability")
PLACES = ("nearest", "cumulative", "interval", "gravity", *COMPETING)


@dataclass(frozen=True)
class Parameters:
    """What a measure needs to know; each measure reads only its own. JSON-able.

    Attributes:
        within: limits of cost; a bare number is in the unit of the metric.
        by: for "share": column of the demand to tell the groups by, at the least limit.
        k: for "nearest" and "share": the k-th nearest.
        decay, steps: as `decay.parse_decay` and `decay.parse_steps` read them.
        middle: for "interval": "mean" or "median" over the limits.
        of: what "gini", "palma", "fgt" and "concentration" are measured of: one of `PLACES`.
        income: column of the demand, for "palma" and "concentration".
        poverty_line: for "fgt".
        corrected: Erreygers' corrected concentration index.
        ranks, bounds: of concentration, by name (see `inequality.concentration`).
    """

    within: tuple[Limit, ...] = ()
    by: str | None = None
    k: int = 1
    decay: str | None = None
    steps: str | None = None
    middle: str = "mean"
    of: str = "cumulative"
    income: str | None = None
    poverty_line: float | None = None
    corrected: bool = False
    ranks: str = "shared"
    bounds: str = "inhabited"

    def to_json(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {**asdict(self), "within": [limit.to_json() for limit in self.within]}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> "Parameters":
        """What `to_json` gave."""
        return cls(**{**given, "within": tuple(map(Limit.from_json, given["within"]))})

    def limits(self, unit: Unit) -> tuple[float, ...]:
        """The limits in this unit, ascending, each once.

        Raises:
            InputError: one is of another kind than the unit.
        """
        return tuple(sorted({limit.under(unit) for limit in self.within}))

    def check(self, name: str, unit: Unit) -> None:
        """See that the measure `name` has what it needs where costs are in this unit.

        Raises:
            InputError: it has not.
        """
        if name in ("cumulative", "interval") and not self.within:
            raise InputError("{name} needs a limit: --within 5km (or --within 30).", name=name)
        if name in ("nearest", "share"):
            check_rank(self.k)
        if name == "share" and self.by is not None and not self.within:
            raise InputError("Figures by group need a limit: --within 5km.")
        if name == "fgt" and not (self.poverty_line or 0) > 0:
            raise InputError("fgt needs a poverty line above 0: --poverty-line 95368.")
        if name in ("palma", "concentration") and self.income is None:
            raise InputError("{name} needs a column of income: --income COLUMN.", name=name)
        self.limits(unit)
        if name == "gravity" or name in COMPETING:
            self.decay_of(name, unit)

    def decay_of(self, name: str, unit: Unit) -> Decay:
        """The decay that "gravity" and the competing measures weigh with, 0 beyond the limit.

        Raises:
            InputError: none is given, or it is none.
        """
        limits = self.limits(unit)
        if self.decay is not None:
            weight = parse_decay(self.decay, unit)
            if not limits:
                return weight
            return lambda t: np.where(t <= limits[-1], weight(t), 0.0)
        if self.steps is not None:
            return parse_steps(self.steps, unit)
        if limits and name != "gravity":
            return binary(limits[-1])
        raise InputError(
            "{name} needs a decay: --decay 'exp(-0.2)', --steps '2km:1,5km:0.68'{or_limit}.",
            name=name,
            or_limit="" if name == "gravity" else ", or a limit --within 50",
        )

    def reach(self, names: Sequence[str], unit: Unit) -> Limit | None:
        """The cost beyond which none of these measures sees a facility; None without such."""
        farthest = max((self._reach(name, unit) for name in names), default=np.inf)
        return Limit(farthest) if np.isfinite(farthest) else None

    def _reach(self, name: str, unit: Unit) -> float:
        if name not in ("cumulative", "interval") and self.decay is None and self.steps is not None:
            return step_limits(self.steps, unit)[-1]
        return self.limits(unit)[-1] if self.within else np.inf


def value(name: str, costs: Costs, supply: Floats, asked: Parameters, unit: Unit) -> Floats:
    """The value of each place for "cumulative", "interval" or "gravity", shape (demand,)."""
    limits = asked.limits(unit)
    table: dict[str, Callable[[], Floats]] = {
        "cumulative": lambda: accessibility.cumulative(costs, supply, limits[-1]),
        "interval": lambda: accessibility.interval(costs, supply, limits, asked.middle),
        "gravity": lambda: accessibility.gravity(costs, supply, asked.decay_of(name, unit)),
    }
    return table[name]()
