"""The parameters of measures, and the measures that need no more than one place's own costs."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from locator.coverage.measures import accessibility, joint
from locator.coverage.measures.decay import Decay, binary, parse_decay, parse_steps, step_limits
from locator.errors import InputError
from locator.travel import Costs, Floats, Limit, Unit, check_rank

COMPETING = ("2sfca", "e2sfca", "3sfca", "bfca", "availability")
JOINT = ("raam", "constrained")  # these see all people and all facilities at once
PLACES = ("nearest", "cumulative", "interval", "gravity", "balancing", *COMPETING, *JOINT)
_WEIGHED = ("gravity", "constrained", *COMPETING)


@dataclass(frozen=True)
class Parameters:
    """What a measure needs to know; each measure reads only its own. JSON-able.

    Attributes:
        within: limits of cost; a bare number is in the unit of the metric.
        by: for "share" and "theil": column of the demand to tell the groups by; for "share" at the
            least limit.
        k: for "nearest" and "share": the k-th nearest.
        decay, steps: as `decay.parse_decay` and `decay.parse_steps` read them.
        middle: for "interval": "mean" or "median" over the limits.
        of: what "gini", "theil", "palma", "fgt" and "concentration" are measured of: one of
            `PLACES`.
        income: column of the demand, for "palma" and "concentration".
        poverty_line: for "fgt".
        corrected: Erreygers' corrected concentration index.
        tau: for "raam": the cost that weighs as much as the mean crowding.
        increment: for "balancing": costs are looked at in steps of so much, in the metric's unit.
        constraint: for "constrained": one of `joint.CONSTRAINTS`.
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
    tau: Limit | None = None
    increment: float = 1.0
    constraint: str = "total"

    def to_json(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            **asdict(self),
            "within": [limit.to_json() for limit in self.within],
            "tau": self.tau.to_json() if self.tau else None,
        }

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> "Parameters":
        """What `to_json` gave."""
        tau = given.get("tau")
        return cls(
            **{
                **given,
                "within": tuple(map(Limit.from_json, given["within"])),
                "tau": None if tau is None else Limit.from_json(tau),
            }
        )

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
        if name == "raam" and self.tau is None:
            raise InputError(
                "raam needs tau, the way that weighs as much as the mean crowding: --tau 10km, or "
                "--tau 30min."
            )
        if not self.increment > 0:
            raise InputError("The increment must be above 0, not {value}.", value=self.increment)
        self.limits(unit)
        if name in _WEIGHED:
            self.decay_of(name, unit)

    def decay_of(self, name: str, unit: Unit) -> Decay:
        """The decay of the measures that weigh with one, 0 beyond the limit.

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
        if name in _WEIGHED and self.decay is None and self.steps is not None:
            return step_limits(self.steps, unit)[-1]
        return self.limits(unit)[-1] if self.within else np.inf


def value(
    name: str, costs: Costs, supply: Floats, people: Floats, asked: Parameters, unit: Unit
) -> Floats:
    """The value of each place for the measures where no other place matters, shape (demand,)."""
    limits = asked.limits(unit)
    table: dict[str, Callable[[], Floats]] = {
        "cumulative": lambda: accessibility.cumulative(costs, supply, limits[-1]),
        "interval": lambda: accessibility.interval(costs, supply, limits, asked.middle),
        "gravity": lambda: accessibility.gravity(costs, supply, asked.decay_of(name, unit)),
        "balancing": lambda: accessibility.balancing(costs, supply, people, asked.increment),
    }
    return table[name]()


def joint_value(
    name: str, costs: Costs, supply: Floats, people: Floats, asked: Parameters, unit: Unit
) -> joint.Joint:
    """What a measure of `JOINT` says of everybody."""
    if name == "raam":
        assert asked.tau is not None
        return joint.raam(costs, supply, people, asked.tau.under(unit))
    decay = asked.decay_of(name, unit)
    return joint.constrained(costs, supply, people, decay, asked.constraint)
