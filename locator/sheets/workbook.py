"""The rows of a workbook: Excel's .xlsx, .xlsb and .xls, and OpenDocument's .ods."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import BadZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from locator.errors import DataError
from locator.sheets.cells import text_of

_STEP = 4096  # rows


def workbook_rows(path: Path, progress: Callable[[float], object]) -> Iterator[list[str]]:
    """The rows of the first visible sheet that has cells, from the sheet's first row on.

    The whole sheet is held in memory (a sheet has at most 1,048,576 rows).

    Args:
        progress: called now and then with the share of the rows, 0 to 1.

    Raises:
        DataError: it is no workbook, is locked, or has no cells.
    """
    try:
        with path.open("rb") as file:
            sheet = _first(CalamineWorkbook.from_filelike(file))
        rows = sheet.to_python(skip_empty_area=False) if sheet else []
    except (CalamineError, BadZipFile, OSError, ValueError) as error:
        raise DataError(
            "{path} is no workbook that can be read ({reason}). If it has a password, take it off; "
            "or save it as CSV.",
            path=path,
            reason=str(error).splitlines()[0] if str(error) else type(error).__name__,
        ) from error
    for number, row in enumerate(rows, 1):
        yield [text_of(value) for value in row]
        if number % _STEP == 0:
            progress(number / len(rows))


def _first(book: CalamineWorkbook) -> CalamineSheet | None:
    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible:
            sheet = book.get_sheet_by_name(about.name)
            if sheet.height:
                return sheet
    return None
