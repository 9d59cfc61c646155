"""What a person wishes of a service beside its kind, and whether that is known of a record.

One rule for all: what is known to fit comes first, what is not known stays within reach and is
counted, what is known not to fit is left out and counted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from locator.directory import Cost, Directory, OpenState, Record, Wheelchair, open_state
from locator.find.search import Search
from locator.language import CODES


class Verdict(IntEnum):
    """Whether a record fits a wish."""

    YES = 0
    UNKNOWN = 1
    NO = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: "open", "free", "language" or "wheelchair", and how a record is judged by it."""

    name: str
    judge: Callable[[Record, datetime], Verdict]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records are known to fit a wish, how many are not known, how many do not."""

    wish: str
    yes: int
    unknown: int
    no: int


def wishes(search: Search) -> tuple[Wish, ...]:
    """All that a search wishes of a record."""
    code = search.language
    every = (
        (search.open_now, Wish("open", _open)),
        (search.free, Wish("free", _free)),
        (bool(code), Wish("language", lambda record, _: _speaks(record, code))),
        (search.wheelchair, Wish("wheelchair", _wheelchair)),
    )
    return tuple(wish for wished, wish in every if wished)


def languages_to_wish(directory: Directory) -> tuple[str, ...]:
    """Codes of the languages that can be wished for: those of the pages and all that are spoken."""
    return tuple(sorted({*CODES, *directory.languages}))


def verdict(record: Record, wished: Iterable[Wish], now: datetime) -> Verdict:
    """How a record fits all of the wishes: the worst of them counts."""
    return max((wish.judge(record, now) for wish in wished), default=Verdict.YES)


def tallies(records: Iterable[Record], wished: Iterable[Wish], now: datetime) -> tuple[Tally, ...]:
    """How the records are judged by each of the wishes alone."""
    every = list(records)
    found = []
    for wish in wished:
        said = [wish.judge(record, now) for record in every]
        counts = (said.count(one) for one in (Verdict.YES, Verdict.UNKNOWN, Verdict.NO))
        found.append(Tally(wish.name, *counts))
    return tuple(found)


def _open(record: Record, now: datetime) -> Verdict:
    return {
        OpenState.Kind.OPEN: Verdict.YES,
        OpenState.Kind.ALWAYS: Verdict.YES,
        OpenState.Kind.CLOSED: Verdict.NO,
    }.get(open_state(record, now).kind, Verdict.UNKNOWN)


def _free(record: Record, _: datetime) -> Verdict:
    return {Cost.FREE: Verdict.YES, Cost.FEE: Verdict.NO}.get(record.cost, Verdict.UNKNOWN)


def _speaks(record: Record, code: str) -> Verdict:
    if not record.languages:
        return Verdict.UNKNOWN
    return Verdict.YES if code in record.languages else Verdict.NO


def _wheelchair(record: Record, _: datetime) -> Verdict:
    known = {Wheelchair.YES: Verdict.YES, Wheelchair.NO: Verdict.NO}
    return known.get(record.wheelchair, Verdict.UNKNOWN)
