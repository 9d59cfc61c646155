"""A whole table at once, for analysis: every cell as text, every row with its number."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from locator.errors import DataError
from locator.sheets.dialect import Dialect
from locator.sheets.sheet import Sheet

_ROWS = 1 << 16  # at a time
_BYTES = 1 << 24  # at a time
_TEXT = pd.StringDtype("pyarrow", na_value=float("nan"))

# Some rows: their cells by column, and their numbers in the sheet.
_Block = tuple[list[pa.Array], npt.NDArray[np.int64]]


class _IrregularError(Exception):
    """Not every row is as plain as the quick reader needs."""


def read_frame(sheet: Sheet, most: int) -> pd.DataFrame:
    """The rows that are not empty, or the first `most` and one of them, so that more can be told.

    The columns are the header's, a second one of a name is "name.1"; the index ("row") is each
    row's number in the sheet. A row with fewer cells than the header has "" for the others.

    Raises:
        DataError: a row cannot be read, or has more cells than the header; says which.
    """
    try:
        blocks = list(_until(_quick(sheet), most))
    except _IrregularError:
        blocks = list(_until(_careful(sheet), most))
    numbers = [rows for _, rows in blocks]
    index = pd.Index(np.concatenate(numbers) if numbers else np.empty(0, np.int64), name="row")
    frame = {
        name: pd.Series(
            pd.array(pa.chunked_array([c[at] for c, _ in blocks], pa.large_string()), dtype=_TEXT),
            index,
        )
        for at, name in enumerate(_names(sheet.header))
    }
    return pd.DataFrame(frame, index).iloc[: most + 1]


def _until(blocks: Iterator[_Block], most: int) -> Iterator[_Block]:
    """Without empty rows, until there are more than `most`."""
    count = 0
    for columns, rows in blocks:
        filled = pc.not_equal(columns[0], "")
        for column in columns[1:]:
            filled = pc.or_(filled, pc.not_equal(column, ""))
        kept = filled.to_numpy(zero_copy_only=False)
        yield [column.filter(filled) for column in columns], rows[kept]
        count += int(kept.sum())
        if count > most:
            return


def _quick(sheet: Sheet) -> Iterator[_Block]:
    """By Arrow, many times as fast; but it says neither which row is wrong nor of open quotes.

    Raises:
        _IrregularError: a row is shorter or longer than the header, or a cell has several lines.
    """
    dialect = sheet.dialect
    if dialect is None or len(sheet.header) < 2:
        raise _IrregularError
    first = sheet.at + 1
    try:
        for batch in _arrow(sheet, dialect):
            if any(pc.any(pc.match_substring_regex(c, "[\r\n]")).as_py() for c in batch.columns):
                raise _IrregularError
            yield list(batch.columns), np.arange(first, first + len(batch))
            first += len(batch)
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise _IrregularError from error


def _arrow(sheet: Sheet, dialect: Dialect) -> csv.CSVStreamingReader:
    names = [str(at) for at in range(len(sheet.header))]
    return csv.open_csv(
        sheet.path,
        csv.ReadOptions(
            column_names=names,
            encoding=dialect.encoding.removesuffix("-sig"),
            skip_rows=int(dialect.hinted),
            skip_rows_after_names=sheet.at,
            block_size=_BYTES,
        ),
        csv.ParseOptions(
            delimiter=dialect.delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
        ),
    )


def _careful(sheet: Sheet) -> Iterator[_Block]:
    width, rows = len(sheet.header), sheet.rows()
    while block := list(islice(rows, _ROWS)):
        padded = [_padded(sheet, number, cells, width) for number, cells in block]
        columns = [pa.array(cells, pa.large_string()) for cells in zip(*padded, strict=True)]
        yield columns, np.array([number for number, _ in block])


def _padded(sheet: Sheet, number: int, cells: list[str], width: int) -> list[str]:
    if any(cell.strip() for cell in cells[width:]):
        raise DataError(
            "{path}, row {row}, has {cells} cells, but the header has {columns}. Put quotes round "
            "cells that have the delimiter in them.",
            path=sheet.path,
            row=number,
            cells=len(cells),
            columns=width,
        )
    return cells[:width] + [""] * (width - len(cells))


def _names(header: Sequence[str]) -> list[str]:
    """The header's names, each once."""
    names: dict[str, None] = {}
    for name in header:
        free, number = name, 0
        while free in names:
            number += 1
            free = f"{name}.{number}"
        names[free] = None
    return list(names)
