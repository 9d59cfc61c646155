"""The quality of a directory at a glance: how many, how old, how exact, and what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from locator.directory.freshness import is_stale
from locator.directory.importing import is_withheld
from locator.directory.record import Record
from locator.directory.taxonomy import categories
from locator.places import municipalities

# What a person who needs help asks for; without it, a record is of less use.
WANTED = (
    "phones",
    "website",
    "opening_hours",
    "description_da",
    "address",
    "cost",
    "wheelchair",
    "languages",
    "point",
)


@dataclass(frozen=True, slots=True)
class Quality:
    """Counts of records.

    Attributes:
        by_category: every category, those without a record too; a record counts in each of its own.
        by_municipality: every municipality by name, "" for none said.
        by_age: year of the last known check, "" where unknown, newest first.
        by_precision: of the points, "" for none.
        stale: older than the limit (see `locator.directory.freshness.STALE_AFTER_DAYS`).
        missing: for each of `WANTED`, how many lack it, by main category.
        gaps: (category, municipality name) that no record covers: neither one there, nor one for
            the municipality or the nation.
    """

    total: int
    by_category: dict[str, int]
    by_municipality: dict[str, int]
    by_age: dict[str, int]
    by_precision: dict[str, int]
    stale: int
    missing: dict[str, dict[str, int]]
    gaps: tuple[tuple[str, str], ...]


def quality(records: Iterable[Record], now: datetime) -> Quality:
    """The quality of these records at `now`."""
    every = list(records)
    names = {code: home.name for code, home in municipalities().items()}
    kinds = Counter(kind for record in every for kind in record.categories)
    places = Counter(names.get(record.municipality_code, "") for record in every)
    ages = Counter(record.checked[:4] for record in every)
    return Quality(
        total=len(every),
        by_category={kind: kinds[kind] for kind in categories()},
        by_municipality={name: places[name] for name in ("", *sorted(names.values()))},
        by_age=dict(sorted(ages.items(), reverse=True)),
        by_precision=dict(Counter(r.precision.value if r.precision else "" for r in every)),
        stale=sum(is_stale(record, now) for record in every),
        missing={
            field: dict(Counter(r.categories[0] for r in every if _lacks(r, field)))
            for field in WANTED
        },
        gaps=_gaps(every, names),
    )


def _lacks(record: Record, field: str) -> bool:
    """Whether it lacks a field that it could have: no address for phone lines and refuges."""
    if field in ("address", "point", "wheelchair") and (
        record.scope == "national" or is_withheld(record)
    ):
        return False
    return getattr(record, field) in (None, "", (), "unknown")


def _gaps(records: list[Record], names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    covered: set[tuple[str, str]] = set()
    for record in records:
        codes = (record.municipality_code, *record.service_area)
        where = names if record.scope == "national" else codes
        covered.update((kind, code) for kind in record.categories for code in where)
    return tuple(
        (kind, name)
        for kind in categories()
        for code, name in names.items()
        if (kind, code) not in covered
    )
