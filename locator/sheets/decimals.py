"""A column of text as numbers, whichever mark its decimals have."""

from pathlib import Path

import numpy as np
import pandas as pd

from locator.errors import DataError

_EMPTY = ("", "na", "nan", "none", "null", "<na>")
_SPACED = r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))"  # 1 234 567
_POWER = r"(?:[eE][+-]?\d+)?"
_OTHER = {".": ",", ",": "."}


def figures(values: pd.Series, name: str, path: Path | str, *, degrees: bool = False) -> pd.Series:
    """The column as numbers, NaN where a cell is empty.

    Decimals may have a point or a comma; which of them parts thousands, if any, the column as a
    whole must tell: 1.234 beside 850 may be either, and is refused.

    Args:
        values: numbers or text; its index has the rows' numbers.
        name, path: for messages.
        degrees: of latitude or longitude, which are never thousands.

    Raises:
        DataError: a cell is no number, or it cannot be told which; the message has its row.
    """
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(float)
    text = values.astype(str).str.strip()
    text = text.where(~text.str.lower().isin(_EMPTY))
    cells = text.dropna()
    found = pd.to_numeric(cells, errors="coerce").astype(float)
    if found.isna().any() or _maybe_thousands(cells):
        found = _converted(cells, _decimal_mark(cells, name, path, degrees))
    wrong = found.isna().to_numpy()
    if wrong.any():
        raise DataError(
            "{path}, row {row}: {column} is {value}, which is no number.",
            path=path,
            column=name,
            **_first(cells, wrong),
        )
    return found.reindex(values.index)


def _maybe_thousands(cells: pd.Series) -> bool:
    """Whether all cells with a point are like 1.234 (which few columns of decimals begin with)."""
    dotted = cells[cells.str.contains(".", regex=False)]
    grouped = _grouped(".")
    return len(dotted) > 0 and all(
        bool(part.str.fullmatch(grouped).all()) for part in (dotted.head(100), dotted)
    )


def _decimal_mark(cells: pd.Series, name: str, path: Path | str, degrees: bool) -> str:
    """Which of point and comma the decimals have.

    Raises:
        DataError: it cannot be told.
    """
    marked = cells[cells.str.contains("[.,]")]
    for mark, other in _OTHER.items():
        # 55,67 and 0,532 have no thousands; 1.234,567 has both marks, the decimal one last.
        last = marked.str.fullmatch(rf"[^{mark}]*[{mark}]\d*{_POWER}")
        if (last & ~marked.str.fullmatch(_grouped(mark))).any():
            return mark
        if marked.str.fullmatch(rf"[+-]?\d{{1,3}}(?:[{mark}]\d{{3}}){{2,}}").any():
            return other  # 1.234.567
    single = marked[marked.str.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")]
    marks = set(single.str.extract("([.,])", expand=False))
    bare = cells[~cells.str.contains("[.,]")]
    if len(marks) == 1:
        (mark,) = marks
        # Whole numbers of four figures show that thousands are not parted here.
        if degrees or bare.str.fullmatch(r"[+-]?\d{4,}").any() or (mark == "." and bare.empty):
            return str(mark)
    elif not marks:
        return "."
    raise DataError(
        "{path}, row {row}: {column} is {value}: a thousand and more, or a number with decimals? "
        "Write thousands without a mark.",
        path=path,
        column=name,
        **_first(single, np.ones(len(single), bool)),
    )


def _grouped(mark: str) -> str:
    return rf"[+-]?[1-9]\d{{0,2}}(?:[{mark}]\d{{3}})+"


def _converted(cells: pd.Series, mark: str) -> pd.Series:
    """The cells as numbers with this decimal mark, the other one parting thousands, else NaN."""
    other, plain = _OTHER[mark], cells.str.replace(_SPACED, "", regex=True)
    shape = rf"[+-]?(?:\d{{1,3}}(?:[{other}]\d{{3}})+|\d*)(?:[{mark}]\d*)?{_POWER}"
    plain = plain.where(plain.str.fullmatch(shape).astype(bool))
    plain = plain.str.replace(other, "", regex=False).str.replace(mark, ".", regex=False)
    return pd.to_numeric(plain, errors="coerce").astype(float)


def _first(cells: pd.Series, wrong: np.ndarray) -> dict[str, object]:
    at = int(wrong.argmax())
    return {"row": cells.index[at], "value": repr(str(cells.iloc[at]))}
