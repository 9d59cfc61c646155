"""Limits of cost as people write them: "5km", "800 m", "30 min", or a bare number."""

import re

from locator.errors import InputError

_LIMIT = re.compile(r"(\d+(?:\.\d+)?(?:e\d+)?)\s*(m|km|min)?", re.IGNORECASE)

_MOST = 10_000  # limits in a range


def parse_limit(text: str) -> float:
    """A cost in the unit of the cost table: kilometres become metres, other units stay.

    Raises:
        InputError: no such number.
    """
    match = _LIMIT.fullmatch(text.strip())
    if not match:
        raise InputError(
            "{text} is no limit: write 5km, 800m, 30min or a bare number in the unit of the costs.",
            text=repr(text),
        )
    return float(match[1]) * (1000 if (match[2] or "").lower() == "km" else 1)


def parse_limits(text: str) -> tuple[float, ...]:
    """Limits with commas between, "1km,5km,10km", ascending and each once.

    "20..30" is every whole number from 20 to 30.
    """
    found: set[float] = set()
    for part in text.split(","):
        first, dots, last = part.partition("..")
        if dots:
            low, high = round(parse_limit(first)), round(parse_limit(last))
            found.update(map(float, range(low, min(high, low + _MOST) + 1)))
        else:
            found.add(parse_limit(part))
    return tuple(sorted(found))
