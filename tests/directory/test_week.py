"""Opening hours in words: what a person reads in place of the syntax."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.directory.hours import OpenState, open_state
from locator.directory.week import hours_lines
from locator.language.catalogue import language

EN, DA = language("en"), language("da")
NOW = datetime(2026, 11, 24, 12)  # a Tuesday
SEASONS = "Mo-Th 10:00-19:00; Fr 10:00-18:00; Sa 10:00-14:00; Oct-Mar Su 11:00-15:00"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Mo-Th 10:00-17:00; Fr 10:00-14:00",
            ["Monday to Thursday 10:00–17:00", "Friday 10:00–14:00", "Saturday and Sunday: closed"],
        ),
        ("24/7", ["Day and night, every day"]),
        ("Mo-Su 18:00+", ["Every day from 18:00"]),
        ("Mo-Su 11:00-04:00", ["Every day 11:00–04:00"]),  # each night belongs to its evening
        (
            "Mo-Fr 16:00-08:00; Sa-Su,PH 00:00-24:00",
            [
                "Monday to Thursday 16:00–08:00",
                "Friday 16:00–24:00",
                "Saturday and Sunday day and night",
                "Public holidays day and night",
            ],
        ),
        (
            "Mo-Fr 09:00-12:00,13:00-15:00; PH off",
            [
                "Monday to Friday 09:00–12:00, 13:00–15:00",
                "Saturday and Sunday: closed",
                "Public holidays: closed",
            ],
        ),
        (
            'Mo 10:00-12:00 "by appointment"',
            ["Monday 10:00–12:00 (by appointment)", "Tuesday to Sunday: closed"],
        ),
        ("Tu", ["Tuesday; the times are not known to us"]),
        ("Tu,Fr", ["Tuesday, Friday; the times are not known to us"]),
        ('"by appointment"', ["By appointment"]),
    ],
)
def test_hours_are_said_by_weekday(text, lines):
    assert hours_lines(text, EN, NOW) == lines


def test_hours_that_change_are_told_for_the_coming_seven_days_only():
    winter = hours_lines(SEASONS, EN, NOW)
    assert winter[0] == "These hours change over the year. The coming seven days:"
    assert "Sunday 11:00–15:00" in winter
    assert "Sunday: closed" in hours_lines(SEASONS, EN, datetime(2026, 7, 7, 12))


def test_in_danish():
    assert hours_lines("Mo,Tu 10:00-12:00", DA, NOW) == [
        "Mandag og tirsdag 10:00–12:00",
        "Onsdag til søndag: lukket",
    ]


@pytest.mark.parametrize("text", ["", "man-fre 10-16", "Mo-Fr 10-16", "<b>", '"ring"'])
def test_what_cannot_be_read_is_not_shown_as_it_stands(text):
    assert hours_lines(text, EN, NOW) == []


hour = st.integers(0, 23)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), hour, st.integers(1, 23)), min_size=1, max_size=3))
def test_a_day_said_to_be_closed_is_closed(rules):
    names = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    text = "; ".join(f"{names[d]} {h:02}:00-{(h + n) % 24:02}:00" for d, h, n in rules)
    lines = hours_lines(text, EN, NOW)
    assert lines
    noon = datetime(2026, 11, 25, 12)  # a week without holidays
    for day in range(7):
        when = noon + timedelta(days=day)
        if f"{when:%A}: closed" in lines:
            kind = open_state(text, when.replace(hour=23, minute=59)).kind
            assert kind in (OpenState.Kind.CLOSED, OpenState.Kind.UNKNOWN)
