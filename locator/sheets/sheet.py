"""A table that a person brings, read row by row as often as wanted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from locator.errors import DataError, InputError
from locator.sheets.dialect import Dialect, dialect_of, parsed

_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_CSV = (".csv", ".tsv", ".txt")
# How workbooks begin, whatever they are called: a ZIP archive, or Microsoft's older container.
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a table is written.

    Attributes:
        header: the cells of the first row that is not empty.
        at: that row's number, the first row of the file being 1.
        dialect: of CSV; None for a workbook, of which the first sheet with cells is read.
    """

    path: Path
    header: tuple[str, ...]
    at: int
    dialect: Dialect | None

    def rows(
        self, progress: Callable[[float], object] = lambda share: None
    ) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header, empty ones too, numbered as a spreadsheet does.

        A row of CSV may have fewer cells than the header, or more. CSV is read as it goes, in
        memory that does not grow with it.

        Args:
            progress: called now and then with the share of the file that is read, 0 to 1.

        Raises:
            DataError: a row cannot be read.
        """
        every = _every(self.path, self.dialect, progress)
        yield from enumerate(islice(every, self.at, None), self.at + 1)

    def size(self) -> tuple[int, int]:
        """How many rows are below the header, and the most cells of a row, the header too."""
        rows, width = 0, len(self.header)
        for _, cells in self.rows():
            rows, width = rows + 1, max(width, len(cells))
        return rows, width


def is_sheet(path: Path) -> bool:
    """Whether its name says that it is CSV (packed too) or a workbook."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    last = suffixes[-2:-1] if packed else suffixes[-1:]
    return bool(last) and last[0] in (_CSV if packed else (*_CSV, *_WORKBOOKS))


def open_sheet(path: Path, wanted: Sequence[str] = (), delimiter: str = "") -> Sheet:
    """What is needed to read the table.

    Args:
        wanted: headings that are looked for; they help to tell the delimiter.
        delimiter: of CSV; "" to find it out.

    Raises:
        InputError: there is no such file.
        DataError: it is empty, or no table at all.
    """
    if not path.is_file():
        raise InputError("There is no file {path}: check the name.", path=path)
    with path.open("rb") as file:
        start = file.read(4)
    dialect = None if start in _MAGIC else dialect_of(path, wanted, delimiter)
    for number, cells in enumerate(_every(path, dialect), 1):
        if any(cell.strip() for cell in cells):
            return Sheet(path, tuple(cells), number, dialect)
    raise DataError("{path} is empty: its first row must name the columns.", path=path)


def _every(
    path: Path, dialect: Dialect | None, progress: Callable[[float], object] = lambda share: None
) -> Iterator[list[str]]:
    if dialect:
        return parsed(path, dialect, progress)
    from locator.sheets.workbook import workbook_rows

    return workbook_rows(path, progress)
