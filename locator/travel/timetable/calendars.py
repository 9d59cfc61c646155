"""On which days each service of a feed runs: calendar.txt, calendar_dates.txt, or both."""

from datetime import date, timedelta

import numpy as np

from locator.errors import DataError
from locator.travel.metric import Bools
from locator.travel.timetable.feed import Feed, Table

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_LONGEST = 3660  # days kept of one feed; services "until 2099" are common


def service_days(feed: Feed) -> tuple[list[str], date, Bools]:
    """Ids of the services, the first day, and whether each runs on it and those after.

    Returns:
        ids; the first day of any service; shape (services, days).

    Raises:
        DataError: a date cannot be read, or no service runs on any day.
    """
    spans, changes = _weekly(feed), _exceptions(feed)
    dates = [day for _, start, end, _ in spans for day in (start, end)]
    dates += [day for _, day, _ in changes]
    if not dates:
        raise DataError("{file}: no service runs on any day.", file=feed.path.name)
    first = min(dates)
    if (max(dates) - first).days >= _LONGEST:
        first = max(first, min(date.today() - timedelta(days=366), max(dates)))
    length = min((max(dates) - first).days + 1, _LONGEST)
    ids = list(dict.fromkeys([span[0] for span in spans] + [change[0] for change in changes]))
    row = {name: at for at, name in enumerate(ids)}
    runs = np.zeros((len(ids), length), bool)
    weekday = (first.weekday() + np.arange(length)) % 7
    for name, start, end, days in spans:
        here = slice(max((start - first).days, 0), max((end - first).days + 1, 0))
        runs[row[name], here] |= np.array(days)[weekday[here]]
    for name, day, added in changes:
        if 0 <= (day - first).days < length:
            runs[row[name], (day - first).days] = added
    served = np.flatnonzero(runs.any(axis=0))
    if not len(served):
        raise DataError("{file}: no service runs on any day.", file=feed.path.name)
    kept = slice(int(served[0]), int(served[-1]) + 1)
    return ids, first + timedelta(days=kept.start), runs[:, kept]


def _weekly(feed: Feed) -> list[tuple[str, date, date, list[bool]]]:
    if not feed.has("calendar.txt"):
        return []
    table = feed.read("calendar.txt", ["service_id", *_WEEK, "start_date", "end_date"])
    starts, ends = _dates(table, "start_date"), _dates(table, "end_date")
    week = zip(*(table.text(day) for day in _WEEK), strict=True)
    return [
        (name, start, end, [day == "1" for day in days])
        for name, start, end, days in zip(table.text("service_id"), starts, ends, week, strict=True)
    ]


def _exceptions(feed: Feed) -> list[tuple[str, date, bool]]:
    if not feed.has("calendar_dates.txt"):
        return []
    table = feed.read("calendar_dates.txt", ["service_id", "date", "exception_type"])
    added = [kind == "1" for kind in table.text("exception_type")]
    return list(zip(table.text("service_id"), _dates(table, "date"), added, strict=True))


def _dates(table: Table, column: str) -> list[date]:
    codes, values = table.coded(column)
    parsed = {code: _day(values[code]) for code in dict.fromkeys(codes.tolist())}
    days = [parsed[code] for code in codes.tolist()]
    if None in days:
        row = days.index(None)
        raise table.unreadable(column, row, repr(values[codes[row]]))
    return [day for day in days if day]


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 8 else None
    except ValueError:
        return None
