"""Whether an imported record is one that the directory has already.

Two records are one place where they name the same source, or are near each other with like names
of like kinds. Names are compared with rapidfuzz's token set ratio after folding, so that word
order and additions ("Bibliotek, Christianshavn") count little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz
from scipy.spatial import cKDTree

from locator.directory.record import Record
from locator.directory.taxonomy import categories
from locator.earth import ecef
from locator.language import fold

NEAR = 250.0  # metres: a large building's door and its middle
SIMILAR = 87.0  # of 100; "Islands Brygge Bibliotek" and "Bibliotekshuset Islands Brygge" is 84
SAME_DOOR = 30.0  # metres within which one kind and a weaker likeness is enough
WEAKER = 70.0

# Fields in which the two may contradict each other, or the import may add something.
_COMPARED = ("website", "opening_hours", "phones", "emails", "address", "postcode", "wheelchair")


@dataclass(frozen=True, slots=True)
class Match:
    """An imported record and the one it was found to be.

    Attributes:
        adds: fields that only the imported record has.
        conflicts: fields in which the two differ.
    """

    imported: Record
    existing: Record
    adds: tuple[str, ...]
    conflicts: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """Which records are new, and which were there already, with and without contradiction."""

    new: list[Record] = field(default_factory=list)
    merged: list[Match] = field(default_factory=list)
    conflicting: list[Match] = field(default_factory=list)


def conflate(imported: Iterable[Record], existing: Sequence[Record]) -> Report:
    """Find each imported record in `existing`; names count in all languages that they carry."""
    by_source = {source.url: record for record in existing for source in record.sources}
    located = [record for record in existing if record.point]
    tree = cKDTree(_positions(located)) if located else None
    report = Report()
    for record in imported:
        near: list[Record] = []
        if tree is not None and record.point:
            near = [located[i] for i in tree.query_ball_point(_positions([record])[0], NEAR)]
        match = by_source.get(record.sources[0].url) or _best(record, near)
        if match is None:
            report.new.append(record)
            continue
        found = Match(record, match, *_compared(record, match))
        (report.conflicting if found.conflicts else report.merged).append(found)
    return report


def similarity(a: Record, b: Record) -> float:
    """How alike the names are, 0 to 100, in whichever language they are most so."""
    return max(fuzz.token_set_ratio(fold(x), fold(y)) for x in a.names for y in b.names)


def _positions(records: Sequence[Record]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    points = [record.point for record in records if record.point]
    return np.asarray(
        ecef(np.array([p.lon for p in points]), np.array([p.lat for p in points]))
    ).reshape(len(points), 3)


def _best(record: Record, near: Sequence[Record]) -> Record | None:
    scored = [(similarity(record, other), other) for other in near if _alike(record, other)]
    at = {id(o): float(np.linalg.norm(_positions([record]) - _positions([o]))) for _, o in scored}
    fit = [
        (score, other)
        for score, other in scored
        if score >= SIMILAR or (score >= WEAKER and at[id(other)] <= SAME_DOOR)
    ]
    return max(fit, key=lambda found: found[0])[1] if fit else None


def _alike(a: Record, b: Record) -> bool:
    """Whether some kind of the one stands in the group of some kind of the other."""
    known = categories()
    return bool({known[c].group for c in a.categories} & {known[c].group for c in b.categories})


def _compared(new: Record, old: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    adds, conflicts = [], []
    for name in _COMPARED:
        ours, theirs = _folded(name, old), _folded(name, new)
        if not theirs or theirs == "unknown":
            continue
        if not ours or ours == "unknown":
            adds.append(name)
        elif ours != theirs:
            conflicts.append(name)
    return tuple(adds), tuple(conflicts)


def _folded(name: str, record: Record) -> str:
    value = getattr(record, name)
    if name == "phones":
        return " ".join(sorted(p.number.replace(" ", "").removeprefix("+45") for p in value))
    if name == "website":
        return str(value).split("://")[-1].removeprefix("www.").rstrip("/").casefold()
    return fold(" ".join(value) if isinstance(value, tuple) else str(value))
