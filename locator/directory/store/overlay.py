"""Edits over the records they were made of: which hold, and which no longer fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from locator.directory.fields import Fields, validated, without_place
from locator.directory.findings import Finding, error, warning
from locator.directory.importing import is_withheld
from locator.directory.record import Record
from locator.directory.store.contract import Change
from locator.errors import DataError
from locator.notes import Note


@dataclass(frozen=True)
class Overlay:
    """What edits make of records.

    Attributes:
        records: by id, as people see them.
        edited: those of them that are an edit's.
        findings: what a person should look at.
    """

    records: dict[str, Record]
    edited: dict[str, Record]
    findings: tuple[Finding, ...]


def overlay(below: Mapping[str, Record], changes: Iterable[Change]) -> Overlay:
    """The records below, with the latest edit of each over it.

    An edit that is the same as what it was laid over has been taken back: what is below shows, as
    it is today. The edit of a record that is not below any more is set aside.
    """
    latest = {change.record: change for change in changes}
    records, edited = dict(below), {}
    findings: list[Finding] = []
    for name, change in latest.items():
        if change.after is None:
            continue
        try:
            record = validated(change.after)
        except DataError as wrong:
            why = {"number": str(change.number), "problem": str(wrong)}
            note = Note("change {number} cannot be read: {problem} Edit the record anew.", why)
            findings.append(error(name, "id", note))
            continue
        if change.after == change.under and not _hides(record, below.get(name)):
            continue
        found, holds = _doubt(record, change, below.get(name))
        if found:
            findings.append(found)
        if holds:
            records[name] = edited[name] = record
    return Overlay(records, edited, tuple(findings))


def _doubt(record: Record, change: Change, below: Record | None) -> tuple[Finding | None, bool]:
    """What is doubtful about an edit, and whether it holds."""
    if below is None:
        if change.under is None:
            return None, True
        note = Note("it was edited here, but is gone from the directory: the edit is set aside")
        return warning(record.id, "id", note), False
    if _hides(record, below) and (below.address or below.point):
        note = Note("its place is a secret here, and the files of the directory still tell it")
        return warning(record.id, "address", note), True
    if below == record or _is_same(change.under, below, record):
        return None, True
    if change.under is None:
        note = Note("it was added here, and is in the directory now: compare the two")
    else:
        note = Note("it was edited here, and has changed in the directory since: compare the two")
    return warning(record.id, "id", note), True


def _hides(edited: Record, below: Record | None) -> bool:
    """Whether only the edit keeps the place of what is below secret."""
    return below is not None and is_withheld(edited) and not is_withheld(below)


def known_under(edited: Record, below: Record) -> Record:
    """What is below an edit, as far as its history may tell."""
    return without_place(below) if _hides(edited, below) else below


def _is_same(under: Fields | None, below: Record, edited: Record) -> bool:
    """Whether what is below is still what the edit was laid over."""
    if under is None:
        return False
    try:
        was = validated(under)
    except DataError:
        return False  # of an earlier form
    return was == known_under(edited, below)
