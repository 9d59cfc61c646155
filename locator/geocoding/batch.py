"""Geocoding a CSV file row by row, in memory that does not grow with it."""

import codecs
import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from locator.errors import DataError, InputError, NotFoundError
from locator.files import replace_file
from locator.geocoding.answer import Answer
from locator.geocoding.rows import as_row
from locator.language import spreadsheet_cell

ADDED = ("lat", "lon", "precision", "confidence", "matched", "notes")

_DELIMITERS = ",;\t"
_STEP = 1 << 16  # characters
_MOST_SHOWN = 3  # alternatives named in a note


@dataclass(frozen=True, slots=True)
class Table:
    """How a CSV file is written, and how large it is.

    Attributes:
        columns: the header's cells, and "" for those that longer rows have beyond it.
        at: which column has the address, from 0.
        rows: rows below the header, empty ones too.
        newline: what ends the lines of the first row.
    """

    path: Path
    encoding: str
    delimiter: str
    newline: str
    columns: tuple[str, ...]
    at: int
    rows: int


@dataclass(slots=True)
class Summary:
    """What became of the rows: how many by precision, and how many without an answer."""

    rows: int = 0
    found: Counter[str] = field(default_factory=Counter)

    @property
    def unanswered(self) -> int:
        """Rows whose added cells are empty."""
        return self.rows - self.found.total()


def read_table(path: Path, column: str) -> Table:
    """What is needed to read the file: one pass over it.

    UTF-8 (with or without byte order mark), UTF-16 with one, and else Windows-1252 or Latin-1;
    comma, semicolon or tab.

    Raises:
        InputError: no such column, or two of this name; says which there are.
        DataError: the file is empty or is no CSV.
    """
    encoding = _encoding(path)
    headers = {d: header for d in _DELIMITERS if (header := _header(path, encoding, d))}
    if not headers:
        raise DataError("{path} is empty: its first row must name the columns.", path=path)
    delimiter = max(headers, key=lambda d: (_places(headers[d], column) != [], len(headers[d])))
    header = headers[delimiter]
    places = _places(header, column)
    if len(places) != 1:
        raise InputError(
            "{path} has {count} columns “{column}”. Its columns are: {columns}.",
            path=path,
            count=len(places) or "no",
            column=column,
            columns=", ".join(header),
        )
    rows, width = 0, len(header)
    with _opened(path, encoding) as file:
        for row in _parsed(file, delimiter, path):
            rows, width = rows + 1, max(width, len(row))
    return Table(
        path,
        encoding,
        delimiter,
        _newline(path, encoding),
        (*header, *[""] * (width - len(header))),
        places[0],
        rows - 1,
    )


def decoded_rows(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header of a CSV file, and its rows, numbered (the header is 1).

    Encoding and delimiter are found as by `read_table`.

    Raises:
        DataError: the file is empty or is no CSV.
    """
    encoding = _encoding(path)
    headers = {d: header for d in _DELIMITERS if (header := _header(path, encoding, d))}
    if not headers:
        raise DataError("{path} is empty: its first row must name the columns.", path=path)
    delimiter = max(headers, key=lambda d: len(headers[d]))

    def rows() -> Iterator[tuple[int, list[str]]]:
        with _opened(path, encoding) as file:
            yield from enumerate(islice(_parsed(file, delimiter, path), 1, None), 2)

    return headers[delimiter], rows()


def geocode_table(
    table: Table,
    target: Path,
    answer: Callable[[str], Answer],
    progress: Callable[[int], object] = lambda rows: None,
) -> Summary:
    """Write `target`: the table's own cells as they are, and the columns `ADDED`.

    The rows keep their order; one without an answer has empty cells and the reason under `notes`.
    An added column whose name the table has already is called `naerved_…`. Coordinates are degrees
    WGS84. UTF-8, with a byte order mark where the table has one or was no UTF-8. `target` is
    replaced in one step, at the end.

    Args:
        answer: from an address to an Answer; may raise InputError or NotFoundError for "none".
            Any other error ends the work, and `target` is left as it was.
        progress: called with the number of rows that are done since the last call.
    """
    summary = Summary()
    encoding = "utf-8" if table.encoding == "utf-8" else "utf-8-sig"
    width = len(table.columns)
    with (
        _opened(table.path, table.encoding) as source,
        replace_file(target) as temporary,
        temporary.open("w", encoding=encoding, newline="") as file,
    ):
        writer = csv.writer(file, delimiter=table.delimiter, lineterminator=table.newline)
        rows = _parsed(source, table.delimiter, table.path)
        next(rows)
        writer.writerow((*table.columns, *_free_names(table.columns)))
        for row in rows:
            text = row[table.at] if table.at < len(row) else ""
            padding = [""] * (width - len(row))
            writer.writerow((*row, *padding, *_added(text, answer, summary)))
            progress(1)
    return summary


def _added(text: str, answer: Callable[[str], Answer], summary: Summary) -> Sequence[object]:
    """The cells of `ADDED`; only these are kept from being run by a spreadsheet."""
    summary.rows += 1
    empty = ("",) * (len(ADDED) - 1)
    if not text.strip():
        return (*empty, "")
    try:
        found = answer(text)
    except (InputError, NotFoundError) as error:
        return (*empty, spreadsheet_cell(str(error)))
    summary.found[found.precision] += 1
    row = as_row(found)
    notes = list(row["notes"])
    if found.alternatives:
        others = [other.address for other in found.alternatives]
        more = len(others) - _MOST_SHOWN
        named = "; ".join(others[:_MOST_SHOWN]) + (f"; and {more} more" if more > 0 else "")
        notes.append(f"As good: {named}.")
    texts = (row["precision"], row["confidence"], row["address"], " ".join(notes))
    return (row["lat"], row["lon"], *map(spreadsheet_cell, texts))


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


def _encoding(path: Path) -> str:
    """The first of the likely encodings in which the whole file makes sense."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    utf8 = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    return next(name for name in (utf8, "cp1252", "latin-1") if _decodes(path, name))


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(_STEP):
                pass
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[Iterable[str]]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield file
    except UnicodeDecodeError as error:
        raise DataError(
            "{path} is no text in {encoding}. Save it as CSV in UTF-8.",
            path=path,
            encoding=encoding,
        ) from error


def _parsed(file: Iterable[str], delimiter: str, path: Path) -> Iterator[list[str]]:
    # Strict, since else a quote that is not closed would silently swallow the rest of the file.
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise DataError(
            "{path}, line {line}, is no CSV ({reason}). Look for a quote that is not closed.",
            path=path,
            line=reader.line_num,
            reason=error,
        ) from error


def _header(path: Path, encoding: str, delimiter: str) -> list[str]:
    with _opened(path, encoding) as file:
        return next(csv.reader(file, delimiter=delimiter), [])


def _places(header: Sequence[str], column: str) -> list[int]:
    """Where the column is: by its exact name, else letter case and spaces apart."""
    exact = [at for at, name in enumerate(header) if name == column]
    wanted = column.strip().casefold()
    return exact or [at for at, name in enumerate(header) if name.strip().casefold() == wanted]


def _newline(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as file:
        return "\r\n" if file.readline().endswith("\r\n") else "\n"
