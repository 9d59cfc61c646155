"""Opening hours in words: by weekday, in any language, and never in the files' own syntax."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from babel.dates import format_skeleton, get_day_names, get_month_names
from opening_hours import State

from locator.directory.hours import DENMARK, holidays_kept
from locator.directory.week import ALL_DAY, APPOINTMENT, Day, Rule, rules_of, runs, week_of_rules
from locator.language import Language

# Without the place, it cannot be told when the sun rises.
_SUN = re.compile(r"sun|dawn|dusk")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class HoursLine(NamedTuple):
    """Which days, and when it is open on them: "Monday–Thursday", "10:00–16:00"."""

    days: str
    hours: str


def hours_lines(text: str, t: Language, now: datetime) -> list[HoursLine]:
    """The opening hours by weekday, days of the same hours together; empty where unreadable.

    Hours that no week can tell are told for the seven days from `now`.
    """
    rules = rules_of(text)
    if rules is None:
        return list(_coming(text, t, now))
    always = [rule for rule in rules if not (rule.season or rule.nth)]
    special = [rule for rule in rules if rule.season or rule.nth]
    if always == [Rule(tuple(range(7)), Day((ALL_DAY,)))] and not special:
        return [HoursLine(t("Every day"), t("open 24 hours"))]
    lines = list(_week(always, {at for rule in special for at in rule.days}, t))
    lines += [
        HoursLine(_sentence(_on(rule, t)), day_text(rule.day, t, rule.comment)) for rule in special
    ]
    return lines


def day_text(day: Day, t: Language, comment: str = "") -> str:
    """The hours of one day: "10:00–12:00, 13:00–16:00", "closed", "by appointment"."""
    if day.is_closed:
        return t("closed")
    spans = ", ".join(_span(span, t) for span in day.spans)
    appointed = t("by appointment") if day.by_appointment else ""
    return ", ".join(filter(None, (spans, appointed, comment)))


def day_names(t: Language) -> list[str]:
    """The weekdays from Monday on."""
    names = get_day_names("wide", "stand-alone", t.locale)
    return [str(names[at]) for at in range(7)]


def _week(rules: Sequence[Rule], elsewhere: set[int], t: Language) -> Iterator[HoursLine]:
    """Monday to Sunday; closed is not said of a day that opens in some season."""
    if not rules:
        return
    week = week_of_rules(rules)
    comments = {at: rule.comment for rule in rules for at in rule.days}
    told = [
        (day, comments.get(at, ""), at)
        for at, day in enumerate(week.days)
        if not (day.is_closed and at in elsewhere)
    ]
    for (day, comment), group in groupby(told, key=lambda one: one[:2]):
        days = _day_range([at for _, _, at in group], t)
        yield HoursLine(_sentence(days), day_text(day, t, comment))
    if week.holidays is not None:
        yield HoursLine(t("Public holidays"), day_text(week.holidays, t, comments.get(7, "")))


def _day_range(days: Sequence[int], t: Language) -> str:
    if len(days) == 7:
        return t("Every day")
    names = [*day_names(t), t("Public holidays")]
    parts = []
    for first, last in runs(days):
        link = ", " if last - first == 1 or last == 7 else "–"
        parts.append(names[first] if first == last else f"{names[first]}{link}{names[last]}")
    return ", ".join(parts)


def _on(rule: Rule, t: Language) -> str:
    """The days of a rule that does not hold all the year."""
    days = "" if rule.days == tuple(range(7)) and rule.season else _day_range(rule.days, t)
    if rule.nth:
        names = {"1": t("first"), "2": t("second"), "3": t("third"), "4": t("fourth")}
        names |= {"5": t("fifth"), "-1": t("last")}
        which = ", ".join(names.get(one, one) for one in rule.nth.split(","))
        days = t("{which} {day} of the month", which=which, day=days)
    return ", ".join(filter(None, (days, _season(rule.season, t))))


def _season(season: str, t: Language) -> str:
    if season.startswith("week"):
        weeks, _, step = season.removeprefix("week").strip().partition("/")
        first, _, last = weeks.partition("-")
        if step == "2":
            return t("in odd weeks") if int(first) % 2 else t("in even weeks")
        return t("in weeks {first} to {last}", first=int(first), last=int(last or first))
    parts = [_dates(part, t) for part in season.split(",") if part]
    return ", ".join(parts)


def _dates(span: str, t: Language) -> str:
    """ "Oct-Mar" as "October–March", "Dec 24-Dec 26" as "24 December–26 December"."""
    names = get_month_names("wide", "format", t.locale)
    said = []
    for part in span.split("-"):
        month, _, day = part.partition(" ")
        if month not in _MONTHS:
            said.append(part)
            continue
        number = _MONTHS.index(month) + 1
        date = datetime(2024, number, int(day)) if day else None
        said.append(format_skeleton("MMMMd", date, locale=t.locale) if date else str(names[number]))
    return "–".join(said)


def _span(span: str, t: Language) -> str:
    if span == ALL_DAY:
        return t("open 24 hours")
    if span.endswith("+"):
        return t("from {time}", time=span[:-1].partition("-")[0])
    first, _, last = span.partition("-")
    return f"{_clock(first)}–{_clock(last)}"


def _clock(moment: str) -> str:
    """ "26:00" is two in the night."""
    hour, _, minute = moment.partition(":")
    return moment if int(hour) <= 24 else f"{int(hour) - 24:02}:{minute}"


def _coming(text: str, t: Language, now: datetime) -> Iterator[HoursLine]:
    moment = now.astimezone(DENMARK) if now.tzinfo else now.replace(tzinfo=DENMARK)
    hours = None if _SUN.search(text) else holidays_kept(text, moment.year)
    if hours is None:
        return
    for ahead in range(7):
        day = moment.date() + timedelta(days=ahead)
        start = datetime.combine(day, time(), DENMARK)
        end = datetime.combine(day + timedelta(days=1), time(), DENMARK)
        said = [
            _interval(f"{begin:%H:%M}-{finish:%H:%M}", state, comment, t)
            for begin, finish, state, comment in hours.intervals(start, end)
            if state != State.CLOSED
        ]
        date = format_skeleton("MMMMd", day, locale=t.locale)
        which = f"{day_names(t)[day.weekday()]} {date}"
        yield HoursLine(_sentence(which), ", ".join(said) or t("closed"))


def _interval(span: str, state: State, comment: str, t: Language) -> str:
    if state == State.UNKNOWN:
        return t("not known")
    if APPOINTMENT.search(comment):
        return t("by appointment")
    return _span(re.sub("-00:00$", "-24:00", span), t)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
