"""The quality of a directory at a glance: how many, how old, how exact, and what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from locator.directory.freshness import is_stale
from locator.directory.importing import is_withheld
from locator.directory.record import Record, Status
from locator.directory.taxonomy import categories
from locator.places import CHRISTIANSOE, municipalities

# What a person who needs help asks for; without it, a record is of less use.
WANTED = (
    "phones",
    "website",
    "opening_hours",
    "description",
    "address",
    "cost",
    "wheelchair",
    "languages",
    "point",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """How much is known of one kind of help; a record counts in each of its kinds.

    Attributes:
        category: its id.
        records: how many there are in use.
        located, timed, phoned: how many have a point, opening hours, a telephone.
        fresh: checked in the last two years (see `locator.directory.freshness.STALE_AFTER_DAYS`).
        there: codes of the municipalities in which a record lies.
        covered: those, and the ones that a record serves from elsewhere.
        national: how many serve the whole nation.
    """

    category: str
    records: int
    located: int
    timed: int
    phoned: int
    fresh: int
    there: frozenset[str]
    covered: frozenset[str]
    national: int


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
        kinds: how much is known of every category, in the order of their groups.
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
    kinds: tuple[Kind, ...]
    gaps: tuple[tuple[str, str], ...]


def quality(records: Iterable[Record], now: datetime) -> Quality:
    """The quality of these records at `now`."""
    every = list(records)
    names = {code: home.name for code, home in municipalities().items()}
    places = Counter(names.get(record.municipality_code, "") for record in every)
    ages = Counter(record.checked[:4] for record in every)
    known = kinds(every, now)
    return Quality(
        total=len(every),
        by_category={kind.category: kind.records for kind in known},
        by_municipality={name: places[name] for name in ("", *sorted(names.values()))},
        by_age=dict(sorted(ages.items(), reverse=True)),
        by_precision=dict(Counter(r.precision.value if r.precision else "" for r in every)),
        stale=sum(is_stale(record, now) for record in every),
        missing={
            field: dict(Counter(r.categories[0] for r in every if _lacks(r, field)))
            for field in WANTED
        },
        kinds=known,
        gaps=tuple(
            (kind.category, name)
            for kind in known
            for code, name in names.items()
            if code not in kind.covered and not kind.national
        ),
    )


def kinds(records: Iterable[Record], now: datetime) -> tuple[Kind, ...]:
    """How much is known of every category at `now`, in the order of their groups."""
    found: dict[str, list[Record]] = {kind: [] for kind in categories()}
    for record in records:
        if record.status is not Status.ACTIVE:
            continue
        for kind in record.categories:
            found[kind].append(record)
    return tuple(_kind(kind, those, now) for kind, those in found.items())


def _kind(category: str, records: list[Record], now: datetime) -> Kind:
    known = municipalities().keys() - {CHRISTIANSOE}
    there = {r.municipality_code for r in records if r.municipality_code} & known
    served = {code for r in records for code in r.service_area} & known
    return Kind(
        category=category,
        records=len(records),
        located=sum(r.point is not None for r in records),
        timed=sum(bool(r.opening_hours) for r in records),
        phoned=sum(bool(r.phones) for r in records),
        fresh=sum(bool(r.checked) and not is_stale(r, now) for r in records),
        there=frozenset(there),
        covered=frozenset(there | served),
        national=sum(r.scope == "national" for r in records),
    )


def _lacks(record: Record, field: str) -> bool:
    """Whether it lacks a field that it could have: no address for phone lines and refuges."""
    if field in ("address", "point", "wheelchair") and (
        record.scope == "national" or is_withheld(record)
    ):
        return False
    return getattr(record, field) in (None, "", (), "unknown")
