"""The answers of `nearest` as tables for people."""

from collections.abc import Sequence
from datetime import datetime

from tabulate import tabulate

from locator.directory import Reader, Record, category, hours_lines
from locator.find import (
    Found,
    Hit,
    Listed,
    Part,
    Search,
    distance_words,
    listing,
    order_text,
    section_note,
    section_title,
    tally_text,
)
from locator.geocoding import Answer
from locator.language import plain

_NOTHING = "Nothing found: allow a longer way (--within) or more categories."


def listing_table(
    found: Found, search: Search, origin: Answer, reader: Reader, now: datetime, limit: int
) -> str:
    """The page's own list as tables, a heading and at most `limit` rows for each part."""
    t = reader.t
    told = []
    for part in listing(found):
        notes = [section_note(part, t)]
        if part.part is Part.PLACES:
            notes.append(order_text(found, search, t))
        rows = [_row(one, reader, now) for one in part.items[:limit]]
        head = "\n".join(filter(None, (section_title(part, origin, t), *notes)))
        told.append(f"{head}\n{_table(_heads(part), rows)}" if rows else head)
    tallies = [tally_text(one, t) for one in found.tallies]
    return "\n\n".join([*tallies, *told]) or _NOTHING


def distance_table(
    hits: Sequence[Hit], lines: Sequence[Record], reader: Reader, now: datetime
) -> str:
    """The nearest by distance alone, then phone lines and help online."""
    places = [_row(hit, reader, now) for hit in hits]
    text = _table(("distance", *_HEADS), places) if places else _NOTHING
    if not lines:
        return text
    remote = [_row(record, reader, now) for record in lines]
    return f"{text}\n\nBy phone or online:\n{_table(('', *_HEADS), remote)}"


_HEADS = ("name", "category", "address", "phone", "website", "opening hours")


def _heads(part: Listed) -> tuple[str, ...]:
    far = any(isinstance(one, Hit) for one in part.items)
    return ("distance" if far else "", *_HEADS)


def _row(one: Hit | Record, reader: Reader, now: datetime) -> tuple[str, ...]:
    record = one.record if isinstance(one, Hit) else one
    hours = hours_lines(record.opening_hours, reader.t, now)
    return (
        distance_words(one, reader.t) if isinstance(one, Hit) else "",
        plain(reader.name(record)),
        plain(category(record.categories[0]).name(reader.t)),
        plain(record.place),
        plain(", ".join(phone.number for phone in record.phones)),
        plain(record.website),
        "\n".join(plain(": ".join(line)) for line in hours),
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Without the columns that are empty in every row."""
    kept = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    cells = [[row[at] for at in kept] for row in rows]
    named = [heads[at] for at in kept]
    return tabulate(cells, headers=named, disable_numparse=True, maxcolwidths=[40] * len(named))
