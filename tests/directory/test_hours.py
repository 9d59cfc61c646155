"""Open or closed, on ordinary days, on holidays and when the clocks change."""

import re
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.directory.hours import DENMARK, OpenState, open_state, state_text
from locator.language.catalogue import language

OFFICE = "Mo-Fr 09:00-15:00"
OPEN, CLOSED, UNKNOWN = OpenState.Kind.OPEN, OpenState.Kind.CLOSED, OpenState.Kind.UNKNOWN
ENGLISH = language("en")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


def said(hours, when):
    return state_text(open_state(hours, at(when)), ENGLISH, at(when))


@pytest.mark.parametrize(
    ("hours", "when", "text"),
    [
        (OFFICE, "2026-11-23T10:00", "Open now, until 15:00"),
        (OFFICE, "2026-11-23T14:40", "Closes in 20 min"),
        (OFFICE, "2026-11-23T08:30", "Opens in 30 min"),
        (OFFICE, "2026-11-23T06:00", "Opens today 09:00"),
        (OFFICE, "2026-11-23T15:00", "Opens tomorrow 09:00"),
        (OFFICE, "2026-11-21T12:00", "Opens Monday 09:00"),
        ("Th 10:00-17:00", "2026-11-23T15:00", "Opens Thursday 10:00"),
        ("Jun-Aug Mo-Su 10:00-18:00", "2026-11-23T15:00", "Opens 1 June 10:00"),
        ("24/7", "2026-12-25T03:00", "Open 24 hours"),
        ("Mo-Su 00:00-24:00", "2026-12-25T03:00", "Open 24 hours"),
        ("off", "2026-11-23T10:00", "Closed"),
        ("", "2026-11-23T10:00", "Opening hours unknown"),
        ('"by appointment"', "2026-11-23T10:00", "By appointment"),
        ('Mo-Fr 10:00-12:00 "efter aftale"', "2026-11-23T10:30", "By appointment"),
        ("Tu", "2026-11-24T10:00", "Opening hours unknown"),
        ("Mo-Su 18:00+", "2026-11-23T23:50", "Open now"),
    ],
)
def test_what_a_person_reads(hours, when, text):
    if "1 June" in text:
        text = state_text(open_state(hours, at(when)), ENGLISH, at(when))
        assert text in ("Opens 1 June 10:00", "Opens June 1 10:00")
    else:
        assert said(hours, when) == text


def test_the_day_is_named_in_the_language():
    now = at("2026-11-23T15:00")
    said = state_text(open_state("Th 10:00-17:00", now), language("da"), now)
    assert said == "Åbner torsdag 10:00"


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027])
def test_offices_close_exactly_on_holidays_5_june_and_24_december(year):
    public = set(holidays.country_holidays("DK", years=year))
    expected = public | {date(year, 6, 5), date(year, 12, 24)}
    days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
    weekdays = [d for d in days if d.weekday() < 5]
    closed = {d for d in weekdays if open_state(OFFICE, at(f"{d}T12:00")).kind is CLOSED}
    assert closed == {d for d in expected if d.weekday() < 5}


def test_general_prayer_day_only_until_2023():
    assert open_state(OFFICE, at("2023-05-05T12:00")).kind is CLOSED
    assert open_state(OFFICE, at("2024-04-26T12:00")).kind is OPEN


def test_an_office_closed_for_easter_opens_after_it():
    assert said(OFFICE, "2026-04-01T16:00") == "Opens Tuesday 09:00"


@pytest.mark.parametrize(
    ("hours", "kind"),
    [
        ("24/7", OpenState.Kind.ALWAYS),
        ("Mo-Fr 09:00-15:00; PH off", CLOSED),
        ("Mo-Fr,PH 09:00-15:00", OPEN),
        ("Mo-Fr 16:00-08:00; Sa-Su,PH 00:00-24:00", OPEN),
        ("Mo-Sa 09:00-15:00", CLOSED),
        ("Mo-Su 09:00-15:00", UNKNOWN),  # opens on Sundays, so it may open today too
        ("Mo-Su 09:00-15:00; PH off", CLOSED),
    ],
)
def test_christmas_day(hours, kind):
    assert open_state(hours, at("2026-12-25T12:00")).kind is kind


def test_days_that_are_no_public_holidays_follow_what_the_text_says_of_holidays():
    assert open_state("Mo-Fr 09:00-15:00; PH off", at("2026-06-05T12:00")).kind is CLOSED
    assert open_state("Mo-Fr,PH 09:00-15:00", at("2026-06-05T12:00")).kind is OPEN
    named = "Mo-Fr 09:00-15:00; Dec 24 09:00-13:00"
    assert open_state(named, at("2026-12-24T12:00")).kind is OPEN


def test_over_midnight():
    line = "Mo-Su 23:30-07:00"
    assert said(line, "2026-11-23T23:45") == "Open now, until 07:00"
    assert said(line, "2026-11-24T06:30") == "Closes in 30 min"
    assert said(line, "2026-11-24T08:00") == "Opens today 23:30"


@pytest.mark.parametrize(
    ("when", "minutes"),
    [("2026-03-29T01:30", 30), ("2026-10-25T01:30", 150), ("2026-11-23T01:30", 90)],
)
def test_minutes_left_are_real_ones_when_clocks_change(when, minutes):
    # The clock leaps from 2 to 3 in March and goes from 3 back to 2 in October.
    now = at(when)
    closes = open_state("Mo-Su 22:00-03:00", now).closes_at
    assert (closes.astimezone(UTC) - now.astimezone(UTC)) == timedelta(minutes=minutes)
    assert state_text(open_state("Mo-Su 22:00-03:00", now), ENGLISH, now) == (
        f"Closes in {minutes} min" if minutes <= 60 else "Open now, until 03:00"
    )


def test_any_time_zone_will_do():
    assert open_state(OFFICE, datetime(2026, 11, 23, 8, 30, tzinfo=UTC)).kind is OPEN
    assert open_state(OFFICE, datetime(2026, 11, 23, 7, 30, tzinfo=UTC)).kind is CLOSED
    assert open_state(OFFICE, datetime(2026, 11, 23, 9, 30)).kind is OPEN


@pytest.mark.parametrize(
    "text", ["garbage", "Mo-Fr 10-16", "Mo-Fr 25:00-99:00", "Su 11:00", "Mo-Fr;;", "☃" * 500]
)
def test_what_cannot_be_read_is_unknown_never_closed(text):
    assert open_state(text, at("2026-11-23T12:00")).kind is UNKNOWN


# Pieces of the syntax in any order: much of it parses, all of it must be survived.
SYNTAX = """Mo-Fr  Sa  PH  SH  off  unknown  08:00-15:00  22:00-06:00  18:00+  24/7  week 1-53/2
Dec 24  easter  2020-2030/2  Mo[1]  "x"  ;  ,  sunset-"""
piece = st.sampled_from(re.split("  |\n", SYNTAX))


@given(
    st.one_of(st.text(max_size=40), st.lists(piece, max_size=6).map(" ".join)),
    st.datetimes(allow_imaginary=True),
)
def test_never_raises(text, now):
    state = open_state(text, now)
    assert state_text(state, ENGLISH, now)
    if state.closes_at:
        assert state.closes_at > now.replace(tzinfo=DENMARK) - timedelta(minutes=1)
