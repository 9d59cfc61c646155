"""What single cells say: a number with a decimal comma, a workbook's value as text."""

from datetime import date, datetime, time

_EXACT = 1e15  # whole numbers below it are exact as floats


def decimal(text: str) -> float:
    """The number in a cell that has no thousands in it (a coordinate), comma or point.

    Where both are there ("6.175.123,45"), the last one is the decimal mark.

    Raises:
        ValueError: it is no number.
    """
    try:
        return float(text)
    except ValueError:
        whole, comma, fraction = text.rpartition(",")
        if not comma:
            raise
        if "." in fraction:  # 6,175,123.45
            return float(text.replace(",", ""))
        return float(f"{whole.replace('.', '')}.{fraction}")


def text_of(value: object) -> str:
    """A workbook's value as CSV would have it: whole numbers without decimals, dates by ISO."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
