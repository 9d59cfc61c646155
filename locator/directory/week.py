"""Opening hours in words, weekday by weekday, as a person reads them.

What the syntax says is asked of the library day by day over a year, holidays left aside: a weekday
whose hours never change stands for all of its kind. Where some change (seasons, "the first
Saturday"), only the coming seven days are told, and that they are no more than that.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby

from babel.dates import get_day_names
from opening_hours import OpeningHours, State, validate

from locator.directory.hours import APPOINTMENT, DENMARK, NAMES_TIMES, OPEN_END, danish
from locator.language import Language

_YEAR = timedelta(days=52 * 7)
_DAY = timedelta(days=1)
_CHRISTMAS = (12, 25)  # a public holiday whatever the year

# When it opens and closes on one day, "HH:MM", and a remark; closes "" where that is open.
Span = tuple[str, str, str]
Day = tuple[Span, ...]


def hours_lines(text: str, t: Language, now: datetime) -> list[str]:
    """The hours of `text` (OSM syntax), a line for each run of days that are alike.

    "Monday to Thursday 10:00–17:00", "Friday 10:00–14:00", "Saturday and Sunday: closed". Nothing
    where the text cannot be read: it is never shown as it stands.
    """
    text = text.strip(" ;")
    if not text or not validate(text):
        return []
    if str(_plain(text).normalize()) == "24/7":
        return [t("Day and night, every day")]
    if not NAMES_TIMES.search(text):
        return _without_times(text, t, danish(now).date())
    today = danish(now).date()
    monday = today - timedelta(days=today.weekday())
    week = _usual_week(text, monday)
    if week is None:
        coming = _days(_plain(text), today, 7)
        head = t("These hours change over the year. The coming seven days:")
        return [head, *_runs(coming, today.weekday(), text, t)]
    return [*_runs(week, 0, text, t), *_holidays(text, today, t)]


def _plain(text: str) -> OpeningHours:
    """Without a country there are no holidays in it."""
    return OpeningHours(text, timezone=DENMARK, max_interval_days=_YEAR.days)


@lru_cache(maxsize=2048)
def _usual_week(text: str, monday: date) -> tuple[Day, ...] | None:
    """Monday to Sunday, where each is the same all the year; else None."""
    days = _days(_plain(text), monday, _YEAR.days)
    alike = all(len(set(days[weekday::7])) == 1 for weekday in range(7))
    return tuple(days[:7]) if alike else None


def _days(hours: OpeningHours, first: date, count: int) -> list[Day]:
    """What is open on each of these days; what lasts past the next noon is cut at midnight."""
    # A day more at either end: the first night begins before, the last one ends after.
    start = datetime.combine(first - _DAY, time(), DENMARK)
    end = datetime.combine(first + (count + 1) * _DAY, time(), DENMARK)
    found: dict[date, list[Span]] = {}
    for begins, ends, state, remark in hours.intervals(start, end):
        if state == State.OPEN:
            for day, span in _cut(begins, ends or end, remark):
                found.setdefault(day, []).append(span)
    return [tuple(found.get(first + n * _DAY, ())) for n in range(count)]


def _cut(begins: datetime, ends: datetime, remark: str) -> list[tuple[date, Span]]:
    """One span on its first day, or, where it lasts a day or more, a part on each of its days."""
    wall, last = begins.replace(tzinfo=None), ends.replace(tzinfo=None)
    if last - wall < _DAY:
        return [(wall.date(), (f"{wall:%H:%M}", _until(wall, last), remark))]
    parts = []
    while wall < last:
        midnight = datetime.combine(wall.date() + _DAY, time())
        until = min(midnight, last)
        parts.append((wall.date(), (f"{wall:%H:%M}", _until(wall, until), remark)))
        wall = until
    return parts


def _until(begins: datetime, ends: datetime) -> str:
    return "24:00" if ends.date() > begins.date() and ends.time() == time() else f"{ends:%H:%M}"


def _runs(days: Sequence[Day], first: int, text: str, t: Language) -> list[str]:
    """Days in a row that are alike on one line; `first` is the weekday of the first day."""
    names = get_day_names("wide", "stand-alone", t.locale)
    lines, at = [], first
    for spans, run in groupby(days):
        length = len(list(run))
        named = _named(names[at % 7], names[(at + length - 1) % 7], length, t)
        at += length
        lines.append(
            t("{days} {times}", days=named, times=_times(spans, text, t))
            if spans
            else t("{days}: closed", days=named)
        )
    return lines


def _named(first: str, last: str, length: int, t: Language) -> str:
    if length == 7:
        return t("Every day")
    if length == 2:
        first = t("{day} and {other}", day=first, other=last)
    elif length > 2:
        first = t("{day} to {other}", day=first, other=last)
    return first[:1].upper() + first[1:]


def _times(spans: Day, text: str, t: Language) -> str:
    return ", ".join(_span(span, bool(OPEN_END.search(text)), t) for span in spans)


def _span(span: Span, open_end: bool, t: Language) -> str:
    begins, ends, remark = span
    if (begins, ends) == ("00:00", "24:00"):
        said = t("day and night")
    elif open_end and ends == "24:00":
        said = t("from {time}", time=begins)
    else:
        said = f"{begins}–{ends}"
    if not remark:
        return said
    return f"{said} ({t('by appointment') if APPOINTMENT.search(remark) else remark})"


def _holidays(text: str, today: date, t: Language) -> list[str]:
    """What is said of public holidays, as it is on Christmas Day."""
    if "PH" not in text:
        return []
    hours = OpeningHours(text, timezone=DENMARK, country="DK", max_interval_days=_YEAR.days)
    (spans,) = _days(hours, date(today.year, *_CHRISTMAS), 1)
    if not spans:
        return [t("Public holidays: closed")]
    return [t("Public holidays {times}", times=_times(spans, text, t))]


def _without_times(text: str, t: Language, today: date) -> list[str]:
    """Of hours that name no times the days; of a mere remark only that of appointments."""
    if APPOINTMENT.search(text):
        return [t("By appointment")]
    if text in ("off", "closed"):
        return [t("Closed")]
    week = _usual_week(text, today - timedelta(days=today.weekday()))
    if week is None or len(set(week)) == 1:
        return []
    names = get_day_names("wide", "stand-alone", t.locale)
    open_days = ", ".join(names[n] for n in range(7) if week[n])
    return [t("{days}; the times are not known to us", days=open_days[:1].upper() + open_days[1:])]
