"""Opening hours as seven lines of a form, Monday to Sunday, and back."""

from collections.abc import Mapping

from locator.directory.importing import hours_in
from locator.directory.week import DAYS, Day, Week, hours_of, week_of
from locator.errors import DataError

HOURS = tuple(f"hours_{day.lower()}" for day in DAYS)

# What a line says of a day without times; a page shows and reads it in its own language.
CLOSED, BY_APPOINTMENT = "closed", "by appointment"


def hours_form(text: str) -> dict[str, str]:
    """A line for each day; all empty where the hours are not known, or not alike all the year."""
    week = week_of(text)
    if week is None:
        return dict.fromkeys(HOURS, "")
    return {field: _line(day) for field, day in zip(HOURS, week.days, strict=True)}


def hours_from(before: str, lines: Mapping[str, str]) -> str:
    """The opening hours that the lines are, in OpenStreetMap's syntax.

    Where no line was touched, they are as `before`. A day left empty beside others is closed.

    Raises:
        DataError: a line is not understood; has field and text.
    """
    there, old = {field: " ".join(lines[field].split()) for field in HOURS}, hours_form(before)
    if there == old:
        return before
    if not any(there.values()):
        return ""
    week = week_of(before)
    days = tuple(_day(field, text) for field, text in there.items())
    return hours_of(Week(days, week.holidays if week else None))


def _line(day: Day) -> str:
    if day.is_closed:
        return CLOSED
    spans = ", ".join(span.replace("-", "–") for span in day.spans)
    return ", ".join(filter(None, (spans, BY_APPOINTMENT if day.by_appointment else "")))


def _day(field: str, text: str) -> Day:
    if text in ("", CLOSED, "lukket"):
        return Day()
    booked = f", {BY_APPOINTMENT}"
    # The words of any day will do, and say nothing of another.
    week = week_of(hours_in(f"mandag {text.removesuffix(booked)}") or "")
    if week is None or not all(day.is_closed for day in week.days[1:]):
        raise DataError(
            "“{text}” is not understood: write 10–16, 10–12 and 13–16, closed, or by appointment.",
            field=field,
            text=text,
        )
    return Day(week.days[0].spans, week.days[0].by_appointment or text.endswith(booked))
