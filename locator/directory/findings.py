"""What a check finds: how bad it is, where, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from locator.notes import Note


class Level(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"


class Harm(IntEnum):
    """What it does to a person who relies on the record, the worst first."""

    NO_WAY = 1  # nobody can act on it
    CONTRADICTION = 2  # it says what cannot be, or two things at once
    DOUBLE = 3  # it is listed twice
    PLACELESS = 4  # it has a place that is not known
    WORDING = 5  # it speaks to maintainers, or a translation is behind
    STALE = 6  # it was checked too long ago


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: which record and field, what to do, and how bad it is to leave it."""

    level: Level
    record: str
    field: str
    problem: Note
    harm: Harm = Harm.CONTRADICTION


def error(record: str, field: str, problem: Note, harm: Harm = Harm.CONTRADICTION) -> Finding:
    """A fact that cannot be right."""
    return Finding(Level.ERROR, record, field, problem, harm)


def warning(record: str, field: str, problem: Note, harm: Harm = Harm.CONTRADICTION) -> Finding:
    """One that a person should look at."""
    return Finding(Level.WARNING, record, field, problem, harm)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """By harm; of one harm errors first, and else in their order."""
    return sorted(findings, key=lambda one: (one.harm, one.level is not Level.ERROR))
