"""What a person looks for, apart from where."""

import math
from dataclasses import dataclass

from locator.travel import Limit, Unit

ANYWHERE = Limit(math.inf)  # the whole country

RADII = (
    *(Limit(float(km * 1000), Unit.METRE) for km in (1, 2, 5, 10, 25, 50)),
    ANYWHERE,
)
DEFAULT_RADIUS = Limit(10_000.0, Unit.METRE)

TIMES = (*(Limit(float(n), Unit.MINUTE) for n in (5, 10, 15, 20, 30, 45, 60, 90)), ANYWHERE)
DEFAULT_TIME = Limit(30.0, Unit.MINUTE)


@dataclass(frozen=True, slots=True)
class Search:
    """What a person looks for.

    Attributes:
        group: id of a group of categories, "" for all.
        categories: ids of categories; empty for the whole group.
        travel: how one goes there, one of `TRAVEL_MODES`; "" measures by straight lines.
        depart: by public transport: "2026-12-01T08:00", local time; "" leaves now.
        within: how far, `ANYWHERE` for the whole country: metres, or a time where one travels, for
            which metres are replaced by the usual one.
        open_now: what is open now.
        free: what costs nothing.
        language: ISO 639-1 code that is spoken, "" for any.
        wheelchair: what a wheelchair gets into. Of these four, what is known to fit comes first,
            and what is not known stays within reach (see `locator.find.wishes`).
        plain: in order of distance or time alone (see `locator.find.ranking`).
    """

    group: str = ""
    categories: tuple[str, ...] = ()
    travel: str = ""
    depart: str = ""
    within: Limit = DEFAULT_RADIUS
    open_now: bool = False
    free: bool = False
    language: str = ""
    wheelchair: bool = False
    plain: bool = False

    def __post_init__(self) -> None:
        if self.travel and self.within.unit is Unit.METRE:
            object.__setattr__(self, "within", self.usual_reach)

    @property
    def usual_reach(self) -> Limit:
        """How far one looks unless told otherwise."""
        return DEFAULT_TIME if self.travel else DEFAULT_RADIUS

    @property
    def reaches(self) -> tuple[Limit, ...]:
        """How far one may choose to look."""
        return TIMES if self.travel else RADII
