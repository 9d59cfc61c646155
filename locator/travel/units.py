"""Units of cost, and limits as people write them: "5km", "800 m", "30 min", or a bare number."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from locator.errors import InputError


class Unit(StrEnum):
    """What a cost is counted in; the value is the sign that people write behind the number."""

    METRE = "m"
    SECOND = "s"
    MINUTE = "min"
    UNKNOWN = ""  # of a table that does not say


# How many of the unit one of these is; Danish words too.
_WORDS = {
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), (1.0, Unit.METRE)),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer"), (1000.0, Unit.METRE)),
    **dict.fromkeys(("s", "sec", "second", "seconds", "sekunder"), (1.0, Unit.SECOND)),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "minutter"), (1.0, Unit.MINUTE)),
    **dict.fromkeys(("h", "hour", "hours"), (60.0, Unit.MINUTE)),
}
_SECONDS = {Unit.SECOND: 1.0, Unit.MINUTE: 60.0}

_LIMIT = re.compile(r"(\d+(?:[.,]\d+)?(?:e\d+)?)\s*([a-z]*)", re.IGNORECASE)

_MOST = 10_000  # limits in a range


@dataclass(frozen=True, slots=True, order=True)
class Limit:
    """A cost, inclusive, beyond which is too far.

    Attributes:
        value: how much, 0 or more.
        unit: None for a bare number, which takes the unit of what it is compared with.
    """

    value: float
    unit: Unit | None = None

    def under(self, unit: Unit) -> float:
        """The limit in the unit of a metric.

        Raises:
            InputError: a time where ways are measured or the other way round, or a unit where
                that of the costs is not known.
        """
        if self.unit is None or self.unit is unit:
            return self.value
        if self.unit in _SECONDS and unit in _SECONDS:
            return self.value * _SECONDS[self.unit] / _SECONDS[unit]
        if unit is Unit.UNKNOWN:
            raise InputError(
                "{limit} has a unit, and that of the costs is not known: name it with --cost-unit "
                "(or --crs for a plane), or write a bare number.",
                limit=str(self),
            )
        if unit is Unit.METRE:
            raise InputError(
                "{limit} is a time, and what is measured here is how far it is in metres, not how "
                "long it takes: write 5km or 800m, or give a table of travel times with --cost.",
                limit=str(self),
            )
        raise InputError(
            "{limit} is a length, and what is measured here is how long it takes: write 30min, or "
            "a bare number.",
            limit=str(self),
        )

    def __str__(self) -> str:
        """As `parse_limit` reads it back."""
        number = f"{Decimal(repr(self.value)):f}".removesuffix(".0")  # every digit, no exponent
        return f"{number} {self.unit or ''}".rstrip()

    def to_json(self) -> float | str:
        """The bare number, or the text with its unit."""
        return self.value if self.unit is None else str(self)

    @classmethod
    def from_json(cls, given: float | str) -> "Limit":
        """What `to_json` gave."""
        return parse_limit(given) if isinstance(given, str) else cls(float(given))


def parse_unit(word: str) -> tuple[float, Unit]:
    """How many of which unit one "km", "hour" or "minutter" is.

    Raises:
        InputError: no such unit.
    """
    known = _WORDS.get(word.strip().lower())
    if known is None:
        raise InputError(
            "{word} is no unit: write minutes, seconds, hours, metres or kilometres.",
            word=repr(word),
        )
    return known


def parse_limit(text: str) -> Limit:
    """A limit as people write it; kilometres become metres, hours minutes.

    Raises:
        InputError: no such number, or an unknown unit.
    """
    match = _LIMIT.fullmatch(text.strip())
    word = match[2].lower() if match else "?"
    if match is None or (word and word not in _WORDS):
        raise InputError(
            "{text} is no limit: write 5km, 800m, 30min or a bare number in the unit of the costs.",
            text=repr(text),
        )
    number = float(match[1].replace(",", "."))
    if not word:
        return Limit(number)
    factor, unit = _WORDS[word]
    return Limit(number * factor, unit)


def parse_limits(text: str) -> tuple[Limit, ...]:
    """Limits with commas between, "1km,5km,10km", in their order.

    "20..30" is every whole number from 20 to 30, "20min..30min" every minute.

    Raises:
        InputError: one is none, or a range runs from one unit to another.
    """
    found: list[Limit] = []
    for part in text.split(","):
        first, dots, last = part.partition("..")
        if dots:
            low, high = parse_limit(first), parse_limit(last)
            if low.unit is not high.unit:
                raise InputError(
                    "{text} runs from one unit to another: write it as 20min..30min.", text=part
                )
            numbers = range(round(low.value), round(high.value) + 1)[: _MOST + 1]
            found += [Limit(float(number), low.unit) for number in numbers]
        else:
            found.append(parse_limit(part))
    return tuple(found)
