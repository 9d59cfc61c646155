"""Joining tables by identifiers that one of them may have turned into numbers."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from locator.travel import Integers

_NUMBER = re.compile(r"0*(\d+?)(?:\.(\d*?)0*)?")


def text_ids(values: Iterable[object]) -> list[str]:
    """Identifiers as text, exactly as in the file."""
    return [str(value) for value in values]


def match(sought: Sequence[str], known: Sequence[str]) -> Integers:
    """Row in `known` of each id in `sought`, -1 where there is none, shape (sought,).

    Ids are compared as written. If some are not found so, "060816029.00" also equals
    "60816029.0", as long as this makes no two known ids equal.
    """
    row = {name: at for at, name in reversed(list(enumerate(known)))}
    found = np.fromiter((row.get(name, -1) for name in sought), np.int64, len(sought))
    if (found >= 0).all():
        return found
    plain = {canonical(name): at for name, at in row.items()}
    if len(plain) < len(row):
        return found
    for at in np.flatnonzero(found < 0).tolist():
        found[at] = plain.get(canonical(sought[at]), -1)
    return found


def canonical(name: str) -> str:
    """A decimal number without the zeros that say nothing; other ids as they are, stripped."""
    number = _NUMBER.fullmatch(name.strip())
    if not number:
        return name.strip()
    return f"{number[1]}.{number[2]}" if number[2] else number[1]
