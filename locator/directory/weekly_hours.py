"""Opening hours as a week that a person can fill in: seven days, and what differs.

Read from OpenStreetMap's syntax after the library opening-hours-py has put it in order.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from opening_hours import OpeningHours, validate

from locator.directory.hours import APPOINTMENT

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
BY_APPOINTMENT = '"by appointment"'
ALL_DAY = "00:00-24:00"

_PARTS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')  # not in a comment
_SPAN = r"\d\d:\d\d(?:-\d\d:\d\d)?\+?"
_DAY = rf"(?:{'|'.join(DAYS)}|PH)(?:\[-?\d(?:,-?\d)*\])?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d\d?)?(?:-\d\d?)?"
_RULE = re.compile(
    rf"(?:(?P<season>week ?\d+(?:-\d+)?(?:/\d)?|{_MONTH}(?:[-,]{_MONTH})*)(?: |$))?"
    rf"(?:(?P<days>{_DAY}(?:[-,]{_DAY})*)(?: |$))?"
    rf"(?:(?P<times>{_SPAN}(?:,{_SPAN})*|24/7)|(?P<closed>closed|off))?"
    r' ?(?P<comment>"[^"]*")?'
)


@dataclass(frozen=True, slots=True)
class Day:
    """The hours of one day.

    Attributes:
        spans: "10:00-16:00" or, where the end is open, "18:00+"; in order. Empty: closed.
        by_appointment: whether one must book for it.
    """

    spans: tuple[str, ...] = ()
    by_appointment: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether nobody is let in."""
        return not self.spans and not self.by_appointment


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of opening hours.

    Attributes:
        days: indices of weekdays, 0 is Monday; 7 is a public holiday. All where none is named.
        nth: which of the month's, "1" or "-1"; "" for each.
        season: months or weeks, as OpenStreetMap writes them; "" for the whole year.
        comment: what is to be said of it beside that it is by appointment.
    """

    days: tuple[int, ...]
    day: Day
    nth: str = ""
    season: str = ""
    comment: str = ""


def rules_of(text: str) -> tuple[Rule, ...] | None:
    """The rules in order, the later ones above the earlier; None where they are of another form."""
    if not text or not validate(text):
        return None
    parts = _PARTS.split(str(OpeningHours(text).normalize()))
    all_day = bool(re.search(r"24:00|24/7", text))  # putting in order leaves it out
    found = [_rules(part.strip(), all_day) for part in parts]
    rules = [rule for one in found for rule in one or ()]
    return tuple(rules) if all(one is not None for one in found) else None


def _rules(text: str, all_day: bool) -> list[Rule] | None:
    match = _RULE.fullmatch(text)
    if not match or not text:
        return None
    times, closed, comment = match["times"], match["closed"], (match["comment"] or "").strip('"')
    appointed = bool(APPOINTMENT.search(comment))
    if times == "24/7" or not (times or closed or appointed):
        times = ALL_DAY if all_day else ""
        if not times and not appointed:
            return None  # "Tu": which hours is not said
    spans = tuple(times.split(",")) if times else ()
    day = Day(spans, appointed and not closed)
    said = "" if appointed else comment
    return [Rule(days, day, nth, match["season"] or "", said) for nth, days in _days(match["days"])]


def _days(text: str | None) -> list[tuple[str, tuple[int, ...]]]:
    """Which weekdays, by which of the month they are."""
    if not text:
        return [("", tuple(range(7)))]
    names = (*DAYS, "PH")
    by_nth: dict[str, list[int]] = {}
    for part in re.split(r",(?![^\[]*\])", text):
        first, _, last = re.sub(r"\[.*?\]", "", part).partition("-")
        start, end = names.index(first), names.index(last or first)
        nth = re.search(r"\[(.*?)\]", part)
        span = range(start, end + 1) if start <= end else (*range(start, 7), *range(end + 1))
        by_nth.setdefault(nth[1] if nth else "", []).extend(span)
    return [(nth, tuple(sorted(set(days)))) for nth, days in by_nth.items()]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from Monday on, and what holds on public holidays where that is said."""

    days: tuple[Day, ...]
    holidays: Day | None = None


def week_of(text: str) -> Week | None:
    """The week of opening hours that are the same all the year; None for any others."""
    rules = rules_of(text)
    if rules is None or any(rule.season or rule.nth or rule.comment for rule in rules):
        return None
    return week_of_rules(rules)


def week_of_rules(rules: Iterable[Rule]) -> Week:
    """What these rules, which hold all the year, make of each day."""
    days = dict.fromkeys(range(7), Day())
    days |= {at: rule.day for rule in rules for at in rule.days}
    holidays = days.pop(7, None)
    return Week(tuple(days[at] for at in range(7)), holidays)


def hours_of(week: Week) -> str:
    """The opening hours of a week in OpenStreetMap's syntax; a day not named is closed."""
    same: dict[Day, list[int]] = {}
    for at, day in enumerate(week.days):
        if not day.is_closed:
            same.setdefault(day, []).append(at)
    if list(same) == [Day((ALL_DAY,))] and len(same[Day((ALL_DAY,))]) == 7:
        rules = ["24/7"]
    else:
        rules = [f"{_named(days)} {_written(day)}" for day, days in same.items()] or ["off"]
    if week.holidays is not None:
        rules.append(f"PH {_written(week.holidays)}")
    return "; ".join(rules)


def _written(day: Day) -> str:
    parts = (",".join(day.spans), BY_APPOINTMENT if day.by_appointment else "")
    return " ".join(filter(None, parts)) or "off"


def _named(days: Sequence[int]) -> str:
    return ",".join(
        DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        for first, last in runs(days)
    )


def runs(days: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last of each run of days that follow each other."""
    groups = groupby(enumerate(days), key=lambda pair: pair[1] - pair[0])
    members = [[day for _, day in group] for _, group in groups]
    return [(group[0], group[-1]) for group in members]
