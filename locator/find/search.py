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


@dataclass(frozen=True, slots=True)
class Search:
    """What a person looks for.

    Attributes:
        group: id of a group of categories, "" for all.
        categories: ids of categories; empty for the whole group.
        within: how far, `ANYWHERE` for the whole country.
        open_now: what is open now.
        free: what costs nothing.
        language: ISO 639-1 code that is spoken, "" for any.
        wheelchair: what a wheelchair gets into. Of these four, what is known to fit comes first,
            and what is not known stays within reach (see `locator.find.wishes`).
        plain: in order of distance alone (see `locator.find.ranking`).
    """

    group: str = ""
    categories: tuple[str, ...] = ()
    within: Limit = DEFAULT_RADIUS
    open_now: bool = False
    free: bool = False
    language: str = ""
    wheelchair: bool = False
    plain: bool = False
