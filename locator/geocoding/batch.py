"""Geocoding a table row by row, in memory that does not grow with a CSV file."""

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from locator.errors import InputError, NotFoundError
from locator.files import replace_file
from locator.geocoding.answer import Answer, asked_text
from locator.geocoding.rows import as_row
from locator.language import spreadsheet_cell
from locator.sheets import Sheet, open_sheet, place_of

ADDED = (
    "lat",
    "lon",
    "precision",
    "confidence",
    "matched",
    "notes",
    "accuracy_m",
    "question",
    "alternatives",
)

_MOST_SHOWN = 10  # alternatives named in a row


@dataclass(frozen=True, slots=True)
class Addresses:
    """A table with a column of addresses, and how large it is.

    Attributes:
        columns: the header's cells, and "" for those that longer rows have beyond it.
        at: which column has the address, from 0.
        rows: rows below the header, empty ones too.
    """

    sheet: Sheet
    columns: tuple[str, ...]
    at: int
    rows: int


@dataclass(slots=True)
class Summary:
    """What became of the rows: how many by precision or to be asked, and how many unanswered."""

    rows: int = 0
    found: Counter[str] = field(default_factory=Counter)

    @property
    def unanswered(self) -> int:
        """Rows whose added cells are empty."""
        return self.rows - self.found.total()


def read_addresses(path: Path, column: str) -> Addresses:
    """What is needed to geocode the table: one pass over it.

    Args:
        path: CSV or a workbook (see `locator.sheets.open_sheet`).
        column: the addresses' heading, or one that means the same.

    Raises:
        InputError: no such file or column, or two of this name; says which there are.
        DataError: the file is empty, or a row cannot be read.
    """
    sheet = open_sheet(path, (column,))
    at = place_of(sheet.header, column, path)
    rows, width = sheet.size()
    columns = (*sheet.header, *[""] * (width - len(sheet.header)))
    return Addresses(sheet, columns, at, rows)


def geocode_table(
    table: Addresses,
    target: Path,
    answer: Callable[[str], Answer],
    progress: Callable[[int], object] = lambda rows: None,
) -> Summary:
    """Write `target`, CSV: the table's own cells as they are, and the columns `ADDED`.

    The rows keep their order; one without an answer has empty cells and the reason under `notes`.
    An added column whose name the table has already is called `naerved_…`. Coordinates are degrees
    WGS84. UTF-8, with a byte order mark unless the table is UTF-8 without one. `target` is
    replaced in one step, at the end.

    Args:
        answer: from an address to an Answer; may raise InputError or NotFoundError for "none".
            Any other error ends the work, and `target` is left as it was.
        progress: called with the number of rows that are done since the last call.
    """
    summary, dialect = Summary(), table.sheet.dialect
    encoding = "utf-8" if dialect and dialect.encoding == "utf-8" else "utf-8-sig"
    width = len(table.columns)
    with (
        replace_file(target) as temporary,
        temporary.open("w", encoding=encoding, newline="") as file,
    ):
        writer = csv.writer(
            file,
            delimiter=(dialect and dialect.delimiter) or ",",
            lineterminator=dialect.newline if dialect else "\r\n",
        )
        writer.writerow((*table.columns, *_free_names(table.columns)))
        for _, row in table.sheet.rows():
            text = row[table.at] if table.at < len(row) else ""
            padding = [""] * (width - len(row))
            writer.writerow((*row, *padding, *_added(text, answer, summary)))
            progress(1)
    return summary


def _added(text: str, answer: Callable[[str], Answer], summary: Summary) -> Sequence[object]:
    """The cells of `ADDED`; only these are kept from being run by a spreadsheet."""
    summary.rows += 1
    reason = ""
    try:
        found = answer(text) if text.strip() else None
    except (InputError, NotFoundError) as error:
        found, reason = None, spreadsheet_cell(str(error))
    if not found:
        return tuple(reason if name == "notes" else "" for name in ADDED)
    summary.found["to be asked" if found.question else found.precision] += 1
    row = as_row(found)
    others = [other.address for other in found.alternatives[:_MOST_SHOWN]]
    question = asked_text(found.question).text() if found.question else ""
    point = ("", "") if row["lat"] is None else (row["lat"], row["lon"])
    precision = "" if row["lat"] is None else row["precision"]
    texts = precision, row["confidence"], row["address"], " ".join(row["notes"])
    asked = question, "; ".join(others)
    accuracy = "" if row["accuracy_m"] is None else row["accuracy_m"]
    return (*point, *map(spreadsheet_cell, texts), accuracy, *map(spreadsheet_cell, asked))


def _free_names(taken: Sequence[str]) -> list[str]:
    """Names of the added columns that no own column has, letter case apart."""
    used = {name.strip().casefold() for name in taken}
    names = []
    for name in ADDED:
        free, number = name, 1
        while free in used:
            free = f"naerved_{name}" + (f"_{number}" if number > 1 else "")
            number += 1
        names.append(free)
    return names
