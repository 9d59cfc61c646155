"""Whether a service is open: OpenStreetMap's opening_hours syntax, on Danish office days.

Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification, read by the library
opening-hours-py, whose Danish public holidays (General Prayer Day only until 2023) count as `PH`.
Offices also close on 5 June and 24 December, which are no public holidays.

A text that says nothing of `PH` is taken so: open at all hours stays open; office hours (none on
Sundays) are closed on holidays; what opens on Sundays too may or may not open, so it is unknown.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from opening_hours import OpeningHours, State, validate

from locator.directory.week import APPOINTMENT
from locator.language import Language

if TYPE_CHECKING:
    from locator.directory.record import Record

DENMARK = ZoneInfo("Europe/Copenhagen")

# Days on which offices close although they are no public holidays, as the syntax writes them.
_OFFICE_DAYS = ("Jun 05", "Dec 24")

# Looked no further ahead; longer than the longest summer or winter break.
_HORIZON = timedelta(days=366)

# What time zones and the calendar of holidays are known for.
_YEARS = range(1970, 2200)

_TIME = re.compile(r"\d:\d\d|24/7|sunrise|sunset|dawn|dusk")
_OPEN_END = re.compile(r"\d\+")
_HOLIDAYS_OFF = re.compile(r"\bPH\b[^;]*\b(off|closed)\b")


@dataclass(frozen=True, slots=True)
class OpenState:
    """What is known of the opening hours at one moment.

    Attributes:
        kind: open, closed, unknown, by appointment, or always (never closes).
        closes_at: when an open service closes, Danish time; None where unknown.
        opens_at: when a closed service opens next, Danish time; None where unknown.
    """

    class Kind(StrEnum):
        """The answer in one word."""

        OPEN = "open"
        CLOSED = "closed"
        UNKNOWN = "unknown"
        BY_APPOINTMENT = "by_appointment"
        ALWAYS = "always"

    kind: Kind
    closes_at: datetime | None = None
    opens_at: datetime | None = None


_UNKNOWN = OpenState(OpenState.Kind.UNKNOWN)
_BY_APPOINTMENT = OpenState(OpenState.Kind.BY_APPOINTMENT)
_CLOSED = OpenState(OpenState.Kind.CLOSED)
_ALWAYS = OpenState(OpenState.Kind.ALWAYS)


def open_state(of: "Record | str", now: datetime) -> OpenState:
    """Whether a record, or a place with these opening hours, is open at `now`.

    Never raises: what cannot be read is unknown. A `now` without time zone is Danish time.
    """
    if isinstance(of, str):
        text, booking = of, False
    else:
        if of.status == "temporarily closed":
            return _CLOSED
        text, booking = of.opening_hours, of.booking == "yes"
    text = text.strip(" ;")
    if not text:
        return _BY_APPOINTMENT if booking else _UNKNOWN
    if now.year not in _YEARS:
        return _UNKNOWN
    moment = now if now.tzinfo else now.replace(tzinfo=DENMARK)
    return _state_of(text, int(moment.timestamp() // 60))


@lru_cache(maxsize=16_384)
def _state_of(text: str, minute: int) -> OpenState:
    now = datetime.fromtimestamp(minute * 60, DENMARK)
    hours = holidays_kept(text, now.year)
    if hours is None:
        return _BY_APPOINTMENT if APPOINTMENT.search(text) else _UNKNOWN
    return _ALWAYS if str(hours) == "24/7" else _evaluate(hours, text, now)


def _evaluate(hours: OpeningHours, text: str, now: datetime) -> OpenState:
    state, comment = hours.state(now)
    if state == State.UNKNOWN:
        return _UNKNOWN
    spans = hours.intervals(now, now + _HORIZON)
    if state == State.CLOSED:
        opens = next((start for start, _, later, _ in spans if later == State.OPEN), None)
        return OpenState(OpenState.Kind.CLOSED, opens_at=opens)
    if APPOINTMENT.search(comment):
        return _BY_APPOINTMENT
    closes = next((start for start, _, later, _ in spans if later != State.OPEN), None)
    return OpenState(OpenState.Kind.OPEN, closes_at=None if _OPEN_END.search(text) else closes)


@lru_cache(maxsize=4096)
def holidays_kept(text: str, year: int) -> OpeningHours | None:
    """The hours with holidays applied; None where the text is invalid or names no times."""
    if not validate(text):
        return None
    hours = _read(text)
    if str(hours.normalize()) == "24/7":
        return _read("24/7")
    if not _TIME.search(text) and text not in ("off", "closed"):
        return None  # "Tu" or a mere comment: which hours is not said
    if "PH" not in text:
        on_holidays = "unknown" if _opens_on_sundays(hours, year) else "off"
        return _read("; ".join((text, f"PH {on_holidays}", *_office_days(text, on_holidays))))
    if _HOLIDAYS_OFF.search(text):
        return _read("; ".join((text, *_office_days(text, "off"))))
    return hours


def _read(text: str) -> OpeningHours:
    # The interval limit spares rules of one long gone year a search up to the year 9999.
    return OpeningHours(text, timezone=DENMARK, country="DK", max_interval_days=_HORIZON.days)


def _office_days(text: str, state: str) -> list[str]:
    return [f"{day} {state}" for day in _OFFICE_DAYS if day not in text]


def _opens_on_sundays(hours: OpeningHours, year: int) -> bool:
    first = datetime(year, 1, 1, tzinfo=DENMARK)
    return any(
        state == State.OPEN and (start.weekday() == 6 or end - start > timedelta(days=1))
        for start, end, state, _ in hours.intervals(first, first + _HORIZON)
    )


def state_text(state: OpenState, t: Language, now: datetime) -> str:
    """The status in words, for example "Open until 16:00" or "Opens Thursday 10:00"."""
    if state.kind is OpenState.Kind.OPEN:
        return _describe_open(state.closes_at, t, now)
    if state.kind is OpenState.Kind.CLOSED:
        return _describe_closed(state.opens_at, t, now)
    return {
        OpenState.Kind.UNKNOWN: t("Opening hours unknown"),
        OpenState.Kind.BY_APPOINTMENT: t("By appointment"),
        OpenState.Kind.ALWAYS: t("Open 24 hours"),
    }[state.kind]


def _describe_open(closes: datetime | None, t: Language, now: datetime) -> str:
    minutes = _minutes_until(closes, now)
    if closes is None or minutes >= 24 * 60:
        return t("Open now")
    if minutes <= 60:
        return t("Closes in {minutes} min", minutes=minutes)
    return t("Open now, until {time}", time=f"{closes:%H:%M}")


def _describe_closed(opens: datetime | None, t: Language, now: datetime) -> str:
    if opens is None:
        return t("Closed")
    minutes, time = _minutes_until(opens, now), f"{opens:%H:%M}"
    if minutes <= 60:
        return t("Opens in {minutes} min", minutes=minutes)
    days = (opens.date() - _danish(now).date()).days
    if days == 0:
        return t("Opens today {time}", time=time)
    if days == 1:
        return t("Opens tomorrow {time}", time=time)
    if days < 7:
        day = format_date(opens, "EEEE", locale=t.locale)
    else:
        day = format_skeleton("MMMMd", opens, locale=t.locale)
    return t("Opens {day} {time}", day=day, time=time)


def _minutes_until(then: datetime | None, now: datetime) -> int:
    # In UTC: two times of one zone subtract as wall clocks, an hour wrong when clocks change.
    if then is None:
        return 0
    seconds = (then.astimezone(UTC) - _danish(now).astimezone(UTC)).total_seconds()
    return -int(-seconds // 60)


def _danish(now: datetime) -> datetime:
    return now.astimezone(DENMARK) if now.tzinfo else now.replace(tzinfo=DENMARK)
