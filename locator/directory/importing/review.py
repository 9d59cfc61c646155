"""The rows of a spreadsheet that a person must look at, as a spreadsheet."""

import csv
from collections.abc import Sequence
from pathlib import Path

from locator.directory.importing.intake import is_withheld
from locator.directory.importing.row_report import RowReport
from locator.files import replace_file
from locator.language import spreadsheet_cell

# What no column of a record is called, so that the file can be imported once it is mended.
HEADS = ("row in the file", "look at this first")


def write_review(path: Path, header: Sequence[str], rows: Sequence[RowReport]) -> None:
    """Write the rows as they stand, and before each its number and what is doubtful.

    As Danish Excel opens CSV: UTF-8 with a byte order mark, semicolons. Of a place that is secret
    only its name is repeated.
    """
    with (
        replace_file(path) as temporary,
        temporary.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        out = csv.writer(file, delimiter=";")
        out.writerow([*HEADS, *map(spreadsheet_cell, header)])
        for row in rows:
            why = "; ".join(note.text() for note in row.doubts)
            out.writerow([row.line, why, *map(spreadsheet_cell, _told(row))])


def _told(row: RowReport) -> list[str]:
    if row.record and is_withheld(row.record):
        return [cell if cell.strip() in row.record.names else "" for cell in row.cells]
    return list(row.cells)
