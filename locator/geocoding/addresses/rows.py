"""One address as a source gives it, its cleaning, and the count of what was kept and what not."""

import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from locator.earth import Point, in_denmark
from locator.geocoding.addresses.build import Table
from locator.language import clean
from locator.places import postcodes

# Called with the share of a file that is read, 0 to 1.
Progress = Callable[[float], None]

_HOUSE = re.compile(r"0*(\d{1,3})\s*([A-Z])?")
_TO_LETTER = re.compile(r"0*(\d{1,3})\s*([A-Z])\s*[-–]\s*([A-Z])")
_TO_NUMBER = re.compile(r"0*(\d{1,3})\s*([A-Z]?)\s*[-–/]\s*0*(\d{1,3})\s*([A-Z]?)")
_LONGEST_RANGE = 40
_REMARK = re.compile(r"\s*\([^()]*\)\s*")
_CODE = re.compile(r"(?:DK[- ]?)?(\d{4})")
_MOST_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Row:
    """An address as its source writes it.

    Attributes:
        where: how the source names the row ("line 7", "way/123"), for reports.
        point: latitude, longitude, degrees WGS84; None where the source has none.
        alias: another name of the street, such as the register's short one.
    """

    where: str
    street: str
    house: str
    postcode: str
    point: Point | None
    alias: str = ""
    id: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Report:
    """What became of the rows.

    Attributes:
        read, kept, merged: rows of the sources; addresses in the index; addresses that were there
            already (same street, number and postcode).
        rejected: rows left out, by reason.
        examples: the first rows left out, with reason.
    """

    read: int = 0
    kept: int = 0
    merged: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def reject(self, file: Path, where: str, reason: str) -> None:
        """Count a row that cannot be used."""
        self.rejected[reason] += 1
        if len(self.examples) < _MOST_EXAMPLES:
            self.examples.append(f"{file.name}, {where}: {reason}")


def add_row(table: Table, row: Row, source: int) -> str:
    """Add the row's address, or addresses ("2-4" is two); the reason where it cannot be used."""
    street, alias = _street(row.street)
    houses = house_numbers(row.house)
    reason = ""
    if not street:
        reason = "no street"
    elif not houses:
        reason = "house number not understood" if row.house.strip() else "no house number"
    elif row.point is None or not all(map(math.isfinite, row.point)):
        reason = "no position"
    elif not in_denmark(row.point):
        reason = "position outside Denmark"
    if reason or row.point is None:
        return reason
    code = _postcode(row.postcode)
    for number, letter in houses:
        table.add(
            street,
            code,
            number,
            letter,
            *row.point,
            alias=(clean(row.alias) if row.alias else "") or alias,
            derived=len(houses) > 1 or not code,
            source=source,
            id=row.id,
        )
    return ""


@lru_cache(maxsize=65_536)
def house_numbers(text: str) -> tuple[tuple[int, str], ...]:
    """The house numbers that a source's text stands for, each with its letter or "".

    "12 A" is 12A; "2-4" is 2 and 4, "1-5" is 1, 3 and 5; "2;4" is 2 and 4; "72 A-D" is 72A to 72D;
    "28A, 1.th" is 28A. 0 is the register's placeholder for a number it does not give.
    """
    text = clean(text).upper()
    if text.strip("0") == "" and text:
        return ((0, ""),)
    found: list[tuple[int, str]] = []
    for part in re.split(r"[;,+&]", text):
        found += _houses(part.strip(), first=not found)
    return tuple(dict.fromkeys((n, letter) for n, letter in found if n))


def _houses(part: str, *, first: bool) -> list[tuple[int, str]]:
    """One part of a list of house numbers; only the first may have something after it."""
    letters = _TO_LETTER.fullmatch(part)
    if letters:
        codes = range(ord(letters[2]), ord(letters[3]) + 1)
        return [(int(letters[1]), chr(code)) for code in codes]
    numbers = _TO_NUMBER.fullmatch(part)
    if numbers:
        low, high = int(numbers[1]), int(numbers[3])
        ends = [(low, numbers[2]), (high, numbers[4])]
        if not 0 < high - low <= _LONGEST_RANGE:
            return ends[:1]
        # The numbers between are on the same side of the street.
        return [ends[0], *((n, "") for n in range(low + 2, high, 2)), ends[1]]
    house = _HOUSE.fullmatch(part) or (first and re.match(_HOUSE.pattern + r"(?![\dA-Z])", part))
    return [(int(house[1]), house[2] or "")] if house else []


@lru_cache(maxsize=65_536)
def _street(text: str) -> tuple[str, str]:
    """The street's name, and the name without its remark in brackets if it has one."""
    text = clean(text).strip(" ,;")
    bare = clean(_REMARK.sub(" ", text))
    return text, bare if bare != text else ""


@lru_cache(maxsize=4096)
def _postcode(text: str) -> int:
    """The postcode's number; 0 where the source gives none, or one that is not in use."""
    match = _CODE.match(clean(text))
    return int(match[1]) if match and match[1] in postcodes() else 0


def uuid_parts(text: str) -> tuple[int, int]:
    """A UUID as two 64-bit numbers; (0, 0) where the text is none."""
    if not text:
        return (0, 0)  # an exception for each of millions of rows takes its time
    try:
        number = UUID(text.strip()).int
    except ValueError:
        return (0, 0)
    return number >> 64, number & 0xFFFF_FFFF_FFFF_FFFF
