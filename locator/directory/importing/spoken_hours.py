"""Opening hours as people write them in Danish and English, in OpenStreetMap's syntax.

"Man-tors 15-17", "hverdage kl. 10.00–16.30, lukket i juli", "første lørdag i måneden 11-14". A text
is understood as a whole or not at all: what is left over might be that it is closed.
"""

import re
from dataclasses import dataclass, field

from opening_hours import validate

from locator.directory.importing.hour_words import Token, tokens
from locator.directory.week import ALL_DAY, BY_APPOINTMENT, Day, Week, hours_of

_EVENING = 17  # the hour from which on a place may close in the night
_EARLY = 6  # nothing opens before it, except at midnight: "2-4" is in the afternoon
_OSM = re.compile(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b.*\d\d:\d\d|24/7")


class _NotUnderstoodError(Exception):
    """The words mean something else, or may mean two things."""


def hours_in(text: str) -> str | None:
    """The opening hours that `text` tells, in OpenStreetMap's syntax; None where it is not sure."""
    text = " ".join(text.split("\n"))
    if _OSM.search(text) and validate(text.strip(" ;")):
        return text.strip(" ;")
    found = tokens(text)
    if not found:
        return None
    try:
        hours = _Reading(found).hours()
    except _NotUnderstoodError:
        return None
    return hours if hours and validate(hours) else None


@dataclass
class _Reading:
    """Tokens read from left to right, and what they came to."""

    left: list[Token]
    days: dict[int, Day] = field(default_factory=dict)
    holidays: Day | None = None
    special: list[str] = field(default_factory=list)

    def hours(self) -> str:
        """All of it."""
        if self._is("always", alone=True):
            return "24/7"
        if self._is("appointment", alone=True):
            return BY_APPOINTMENT
        while self.left:
            if not self._take("stop") and not self._take("and"):
                self._rule()
        base = self._base()
        return "; ".join(filter(None, (base, *self.special)))

    def _base(self) -> str:
        if not any(not day.is_closed for day in self.days.values()):
            if self.days or not any("off" not in rule for rule in self.special):
                raise _NotUnderstoodError  # when it is open is not said
            return ""
        week = Week(tuple(self.days.get(at, Day()) for at in range(7)), self.holidays)
        return hours_of(week)

    def _rule(self) -> None:
        if self._take("closed"):
            self._closed()
            return
        if parity := self._take("parity"):
            self._by_week(parity.value)
            return
        nth = self._take("nth")
        days = self._days()
        if not nth and (parity := self._take("parity")):
            self._add_by_week(parity.value, days)
            return
        if nth:
            self._need("of_month")
        self._take("colon")
        day = self._day()
        if not nth and (weeks := self._parity_behind()):
            self._by_parity(weeks, days, day)
            return
        if nth:
            if len(days) != 1 or days[0] in self.days:
                raise _NotUnderstoodError
            self.special.append(
                _written(Day(day.spans, day.by_appointment), days, f"[{nth.value}]")
            )
        else:
            for at in days:
                self._add(at, day)

    def _add(self, at: int, day: Day) -> None:
        """A second time of a day is another span of it; that it is closed then, is nonsense."""
        if at == 7:
            self.holidays = day
            return
        there = self.days.get(at)
        if there and (there.is_closed or day.is_closed or there.by_appointment):
            raise _NotUnderstoodError
        spans = (*there.spans, *day.spans) if there else day.spans
        self.days[at] = Day(tuple(sorted(spans)), day.by_appointment)

    def _closed(self) -> None:
        """ "lukket i juli", "lukket lørdag og søndag", "lukket på helligdage"."""
        if months := self._take("months"):
            self.special.append(f"{months.value} off")
            return
        if weeks := self._take("weeks"):
            self.special.append(f"week {weeks.value} off")
            return
        if self._peek() == "days" and self.left[0].days == (7,):
            self._add(self.left.pop(0).days[0], Day())
            return
        for at in self._days():
            self._add(at, Day())

    def _by_week(self, weeks: str) -> None:
        """ "lige uger: tirsdag 16-18"."""
        self._take("colon")
        self._add_by_week(weeks, self._days())

    def _add_by_week(self, weeks: str, days: list[int]) -> None:
        self._take("colon")
        self._by_parity(weeks, days, self._day())

    def _by_parity(self, weeks: str, days: list[int], day: Day) -> None:
        if set(days) & self.days.keys():
            raise _NotUnderstoodError
        self.special.append(f"week {weeks} {_written(day, days)}")

    def _parity_behind(self) -> str:
        """ "tirsdag 16-18 (lige uger)"; not where it begins what comes next."""
        ahead = 1 if self._peek() == "and" else 0
        if self._peek(ahead) != "parity" or self._peek(ahead + 1) in ("days", "colon"):
            return ""
        del self.left[:ahead]
        return self.left.pop(0).value

    def _days(self) -> list[int]:
        """One day or more: "mandag", "man-tors", "man, ons og fre"."""
        days: list[int] = []
        while day := self._take("days"):
            found = list(day.days)
            if self._peek() == "range" and self._peek(1) == "days":
                self._take("range")
                last = self._need("days")
                if len(found) != 1 or len(last.days) != 1 or last.days[0] <= found[0]:
                    raise _NotUnderstoodError
                found = list(range(found[0], last.days[0] + 1))
            days += found
            if self._peek() == "and" and self._peek(1) == "days":
                self._take("and")
            elif self._peek(1) == "days" and self._peek() == "onwards" and self.left[0].value:
                self._take("onwards")  # "man + ons"
        if not days:
            raise _NotUnderstoodError
        return sorted(set(days))

    def _day(self) -> Day:
        if self._take("closed"):
            return Day()
        if self._take("appointment"):
            return Day((), True)
        if self._take("always"):
            return Day((ALL_DAY,))
        spans = [self._span()]
        while self._peek() == "and" and self._peek(1) in ("time", "from"):
            self._take("and")
            spans.append(self._span())
        return Day(tuple(sorted(spans)), bool(self._take("appointment")))

    def _span(self) -> str:
        is_open_end = bool(self._take("from"))
        start = self._need("time")
        if self._take("range"):
            return _joined(start, self._need("time"))
        if is_open_end or self._take("onwards"):
            return f"{start.value}+"
        raise _NotUnderstoodError

    def _need(self, kind: str) -> Token:
        found = self._take(kind)
        if found is None:
            raise _NotUnderstoodError
        return found

    def _take(self, kind: str) -> Token | None:
        return self.left.pop(0) if self._peek() == kind else None

    def _peek(self, ahead: int = 0) -> str:
        return self.left[ahead].kind if len(self.left) > ahead else ""

    def _is(self, kind: str, *, alone: bool) -> bool:
        return self._peek() == kind and (not alone or len(self.left) == 1)


def _written(day: Day, days: list[int], suffix: str = "") -> str:
    """A rule of some days, in the syntax."""
    if day.is_closed or 7 in days:
        raise _NotUnderstoodError
    week = Week(tuple(day if at in days else Day() for at in range(7)))
    text = hours_of(week)
    name, _, hours = text.partition(" ")
    return f"{name}{suffix} {hours}"


def _joined(start: Token, end: Token) -> str:
    """ "10:00-16:00"; "1-3 pm" is in the afternoon, and what else is odd is not understood."""
    first, last = start.value, end.value
    if end.half == "pm" and not start.half and int(first[:2]) + 12 < int(last[:2]):
        first = f"{int(first[:2]) + 12}{first[2:]}"
    begin, finish = int(first[:2]), int(last[:2])
    if 0 < begin < _EARLY and not (start.half or end.half):
        raise _NotUnderstoodError
    if last <= first and not (begin >= _EVENING and finish < 12):
        raise _NotUnderstoodError
    return f"{first}-{last}"
