"""What a check finds: how bad it is, where, and what to do."""

from dataclasses import dataclass
from enum import StrEnum

from locator.notes import Note


class Level(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: which record and field, and what to do."""

    level: Level
    record: str
    field: str
    problem: Note


def error(record: str, field: str, problem: Note) -> Finding:
    """A fact that cannot be right."""
    return Finding(Level.ERROR, record, field, problem)


def warning(record: str, field: str, problem: Note) -> Finding:
    """One that a person should look at."""
    return Finding(Level.WARNING, record, field, problem)
