"""Rows held to the rules of the directory before anything is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from locator.directory.checks import check
from locator.directory.doubles import doubles
from locator.directory.findings import Level
from locator.directory.importing.intake import is_withheld
from locator.directory.importing.row_report import RowReport
from locator.directory.record import Record
from locator.directory.usefulness import nobody_is_shown_it
from locator.notes import Note


def checked(
    reports: Sequence[RowReport], there: Sequence[Record], now: datetime
) -> tuple[RowReport, ...]:
    """The reports with what `directory check` calls an error as doubts, and what is there already.

    Args:
        there: records of the directory.
    """
    records = [report.record for report in reports if report.record]
    ids = Counter(record.id for record in records)
    found: dict[str, list[Note]] = {}
    for one in check(records, now):
        if one.level is Level.ERROR:
            found.setdefault(one.record, []).append(one.problem)
    for first, second in doubles([*(r for r in there if r.id not in ids), *records]):
        if second.id in ids:
            values = {"name": first.name, "id": first.id}
            note = Note("it may be {name} ({id}) once more", values)
            found.setdefault(second.id, []).append(note)
    for record in records:
        if nobody_is_shown_it(record) and not is_withheld(record):
            note = Note("nobody would be shown it: give a postcode, a town or a municipality")
            found.setdefault(record.id, []).append(note)
        if ids[record.id] > 1:
            found[record.id] = [Note("the id {id} is there twice", {"id": record.id})]
    return tuple(_told(r, found.get(r.record.id if r.record else "", [])) for r in reports)


def _told(report: RowReport, doubts: list[Note]) -> RowReport:
    """The report with these doubts too, each said once."""
    every = {note.text(): note for note in (*report.doubts, *doubts)}
    notes = tuple(note for note in report.notes if note.text() not in every)
    return replace(report, doubts=tuple(every.values()), notes=notes)
