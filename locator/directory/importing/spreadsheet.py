"""A spreadsheet as records: loose column names mapped, addresses geocoded, nothing written.

What a row says is never changed: it becomes a field as it stands, stays as a note in the person's
words, or makes the row doubtful.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from locator.directory.importing import cells as reading
from locator.directory.importing.checking import checked
from locator.directory.importing.intake import (
    category_in,
    identifier,
    is_refuge,
    is_withheld,
    protected_categories,
)
from locator.directory.importing.languages import said_in, texts_of, translated_column
from locator.directory.importing.locating import (
    Answering,
    address_of,
    coordinates,
    locate,
    municipality,
)
from locator.directory.importing.row_report import RowReport
from locator.directory.reasons import reasons
from locator.directory.record import Record
from locator.errors import DataError
from locator.language import from_spreadsheet_cell
from locator.notes import Note
from locator.sheets import Sheet, find_columns, likely_columns, open_sheet

# The fields of a record that a table may have columns of; see `locator.sheets`. With a language,
# "name_uk" or "Beskrivelse (engelsk)", they hold what that text is in it (see `translated_column`).
_FIELDS = (
    *("id", "name", "description", "category", "audience_note", "organization", "address"),
    *("number", "postcode", "city", "municipality", "lat", "lon", "phone", "email", "website"),
    *("languages", "opening_hours", "cost", "wheelchair", "source", "source_date"),
)


_TITLES = 20  # rows above the header, at most


@dataclass(frozen=True, slots=True)
class Table:
    """A spreadsheet as read.

    Attributes:
        header: what its columns are called.
        columns: for each field found, which column it is, the first being 0.
        rows: those that are not empty.
    """

    header: tuple[str, ...]
    columns: dict[str, int]
    rows: tuple[RowReport, ...]

    @property
    def left_out(self) -> list[str]:
        """The columns that no field of a record is in."""
        used = set(self.columns.values())
        return [title for at, title in enumerate(self.header) if title and at not in used]


def map_columns(header: Sequence[str]) -> dict[str, int]:
    """For each field found, which column it is; each column is one field at most.

    Exact names (letter case and accents apart) come first, then the likest.
    """
    exact = find_columns(header, _FIELDS).values()
    translated: dict[str, int] = {}
    for at, title in enumerate(header):
        if at not in exact and (field := translated_column(title)):
            translated.setdefault(field, at)
    others = ["" if at in translated.values() else title for at, title in enumerate(header)]
    return likely_columns(others, _FIELDS) | translated


def count_rows(path: Path) -> int:
    """How many rows a table has below its header.

    Raises:
        InputError: there is no such file.
        DataError: it is empty, or a row cannot be read.
    """
    return open_sheet(path).size()[0]


def read_csv(
    path: Path,
    answer: Answering,
    *,
    source: str = "",
    category: str | None = None,
    there: Iterable[Record] = (),
    now: datetime,
    progress: Callable[[int], object] = lambda rows: None,
) -> Table:
    """The table, a report for each row; nothing is written.

    Args:
        answer: the geocoder; called for rows with an address and without coordinates.
        source: web address that rows without one of their own come from.
        category: of rows whose words tell none.
        there: records of the directory: a row may be one once more, and takes the place of one only
            where it names its id.
        now: the rows are held to the rules of `directory check` at this moment.
        progress: called with 1 for each row done.

    Raises:
        InputError: there is no such file.
        DataError: it is no CSV, or no column is the name.
    """
    sheet = _below_titles(open_sheet(path))
    columns = map_columns(sheet.header)
    if not _has_name(columns):
        raise DataError(
            "{path}: no column is the name of a place. Its columns are: {columns}. "
            "Call one of them “name” or “navn”.",
            path=path,
            columns=", ".join(sheet.header)[:300],
        )
    others = list(there)
    given = _Given(answer, source, category, {record.id for record in others})
    reports = []
    for line, row in sheet.rows():
        if any(cell.strip() for cell in row):
            report = _report(_cells(row, columns), given)
            if any(cell.strip() for cell in row[len(sheet.header) :]):
                note = Note("it has more cells than there are columns")
                report = replace(report, doubts=(*report.doubts, note))
            reports.append(replace(report, line=line, cells=tuple(row)))
        progress(1)
    return Table(sheet.header, columns, checked(reports, others, now))


def _has_name(columns: Iterable[str]) -> bool:
    return any(field.partition(":")[0] == "name" for field in columns)


def _below_titles(sheet: Sheet) -> Sheet:
    """The same with the header that stands below a title, where the first row is no header."""
    if _has_name(map_columns(sheet.header)):
        return sheet
    for number, cells in islice(sheet.rows(), _TITLES):
        columns = map_columns(cells)
        if len(columns) > 1 and _has_name(columns):
            return replace(sheet, header=tuple(cells), at=number)
    return sheet


@dataclass(frozen=True, slots=True)
class _Given:
    """What every row is read with; `taken` are the ids that there are."""

    answer: Answering
    source: str
    category: str | None
    taken: set[str]


def _cells(row: Sequence[str], columns: dict[str, int]) -> dict[str, str]:
    """What a row says in each field."""
    return {
        field: from_spreadsheet_cell(row[at]).strip()
        for field, at in columns.items()
        if at < len(row) and row[at].strip()
    }


def _report(cells: dict[str, str], given: _Given) -> RowReport:
    values, doubts = _values(cells, given.source, given.category)
    if not values["categories"]:
        doubts.append(Note("no category: name one in a column “category”"))
    if not values["sources"]:
        doubts.append(Note("no source: add a column “source”, or give --source"))
    if not values.get("name"):
        doubts.append(Note("it has no name"))
    if not (values["categories"] and values["sources"] and values.get("name")):
        return RowReport(0, (), None, tuple(doubts))
    notes: list[Note] = []
    # A protected place is never looked up: a geocoder's log would tell it.
    if not set(values["categories"]) & set(protected_categories()):
        notes, uncertain = locate(values, given.answer)
        doubts += uncertain
    values["id"] = (
        identifier(cells["id"]) if "id" in cells else identifier(values["name"], given.taken)
    )
    try:
        record = Record.model_validate(values)
    except ValidationError as error:
        wrong = [
            Note("{field}: {reason}", {"field": field, "reason": note.text()})
            for field, note in reasons(error)
        ]
        return RowReport(0, (), None, (*doubts, *wrong))
    given.taken.add(record.id)
    if is_withheld(record):
        notes = [Note("a protected place: its address and point are left out")]
    return RowReport(0, (), record, tuple(doubts), tuple(notes))


def _values(
    cells: dict[str, str], source: str, category: str | None
) -> tuple[dict[str, Any], list[Note]]:
    """The fields of a record that a row is, and what of it could not be read."""
    names = said_in(cells, "name")
    told = [cells.get("category", ""), *names, *said_in(cells, "description")]
    kinds = [kind for kind in (category_in(told) or category,) if kind]
    if is_refuge(names):
        kinds = list(dict.fromkeys((*kinds, *protected_categories())))
    values: dict[str, Any] = texts_of(cells) | {"categories": kinds}
    values["organization"] = {"name": cells.get("organization", "")}
    doubts: list[Note] = []
    read: list[reading.Read] = [address_of(cells), coordinates(cells)]
    read += [reader(cells[field]) for field, reader in reading.READERS.items() if field in cells]
    for found, wrong in read:
        values |= found
        doubts += wrong
    if "municipality" in cells:
        values["municipality_code"], wrong = municipality(cells["municipality"])
        doubts += wrong
    values["sources"], wrong = _sources(cells, source, values.get("website", ""))
    return values, [*doubts, *wrong]


def _sources(
    cells: dict[str, str], source: str, website: str
) -> tuple[list[dict[str, str]], list[Note]]:
    own = cells.get("source", "")
    url = reading.web_address(own) or source or website
    when, wrong = reading.date(cells["source_date"]) if "source_date" in cells else ("", [])
    told = f": {own}" if own and not reading.web_address(own) else ""
    one = {"url": url, "date": when, "evidence": f"CSV import{told}"}
    return ([one] if url else []), wrong
