"""The parameters of measures, and the measures that need no more than one place's own costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from locator.coverage.measures import accessibility
from locator.coverage.measures.decay import Decay, binary, parse_decay, parse_steps, step_limits
from locator.errors import InputError
from locator.travel import Costs, Floats, check_rank

COMPETING = ("2sfca", "e2sfca", "bfca", "availability")
PLACES = ("nearest", "cumulative", "interval", "gravity", *COMPETING)


@dataclass(frozen=True)
class Parameters:
    """What a measure needs to know; each measure reads only its own. JSON-able.

    Attributes:
        within: limits of cost, ascending.
        by: for "share": column of the demand to tell the groups by, at the first limit.
        k: for "nearest" and "share": the k-th nearest.
        decay, steps: as `decay.parse_decay` and `decay.parse_steps` read them.
        middle: for "interval": "mean" or "median" over the limits.
        of: what "gini", "palma", "fgt" and "concentration" are measured of: one of `PLACES`.
        income: column of the demand, for "palma" and "concentration".
        poverty_line: for "fgt".
        corrected: Erreygers' corrected concentration index.
    """

    within: tuple[float, ...] = ()
    by: str | None = None
    k: int = 1
    decay: str | None = None
    steps: str | None = None
    middle: str = "mean"
    of: str = "cumulative"
    income: str | None = None
    poverty_line: float | None = None
    corrected: bool = False

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> "Parameters":
        """What `dataclasses.asdict` and JSON made of one."""
        return cls(**{**given, "within": tuple(given["within"])})

    def check(self, name: str) -> None:
        """See that the measure `name` has what it needs.

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
        if name == "gravity" or name in COMPETING:
            self.decay_of(name)

    def decay_of(self, name: str) -> Decay:
        """The decay that "gravity" and the competing measures weigh with, 0 beyond the limit.

        Raises:
            InputError: none is given, or it is none.
        """
        if self.decay is not None:
            weight = parse_decay(self.decay)
            if not self.within:
                return weight
            limit = self.within[-1]
            return lambda t: np.where(t <= limit, weight(t), 0.0)
        if self.steps is not None:
            return parse_steps(self.steps)
        if self.within and name != "gravity":
            return binary(self.within[-1])
        raise InputError(
            "{name} needs a decay: --decay 'exp(-0.2)', --steps '2km:1,5km:0.68'{or_limit}.",
            name=name,
            or_limit="" if name == "gravity" else ", or a limit --within 50",
        )

    def reach(self, names: Sequence[str]) -> float:
        """The cost beyond which none of these measures sees a facility."""
        return max(map(self._reach, names), default=np.inf)

    def _reach(self, name: str) -> float:
        if name not in ("cumulative", "interval") and self.decay is None and self.steps is not None:
            return step_limits(self.steps)[-1]
        return self.within[-1] if self.within else np.inf


def value(name: str, costs: Costs, supply: Floats, asked: Parameters) -> Floats:
    """The value of each place for "cumulative", "interval" or "gravity", shape (demand,)."""
    table: dict[str, Callable[[], Floats]] = {
        "cumulative": lambda: accessibility.cumulative(costs, supply, asked.within[-1]),
        "interval": lambda: accessibility.interval(costs, supply, asked.within, asked.middle),
        "gravity": lambda: accessibility.gravity(costs, supply, asked.decay_of(name)),
    }
    return table[name]()
