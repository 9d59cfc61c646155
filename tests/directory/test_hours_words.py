"""Hours are read by weekday, in words; what is not known of them is not said."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.directory import load
from locator.directory.hours import DENMARK
from locator.directory.hours_words import hours_lines
from locator.directory.week import Day, Week, hours_of, week_of
from locator.language import language

NOW = datetime(2026, 11, 24, 12, tzinfo=DENMARK)  # a Tuesday


def said(text, code="en"):
    return [tuple(line) for line in hours_lines(text, language(code), NOW)]


def test_days_of_the_same_hours_stand_together():
    assert said("Mo-We 10:00-14:00; Th 10:00-12:00,13:00-17:00; Fr 10:00-14:00") == [
        ("Monday–Wednesday", "10:00–14:00"),
        ("Thursday", "10:00–12:00, 13:00–17:00"),
        ("Friday", "10:00–14:00"),
        ("Saturday, Sunday", "closed"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24/7", [("Hver dag", "åbent døgnet rundt")]),
        ("Mo-Su 18:00+", [("Hver dag", "fra 18:00")]),
        ("week 1-53/2 Th 16:30-18:30", [("Torsdag, i ulige uger", "16:30–18:30")]),
        ("Sa[1] 12:00-16:00", [("Første lørdag i måneden", "12:00–16:00")]),
        ("Jun-Aug Mo-Su 10:00-18:00", [("Juni–august", "10:00–18:00")]),
        ('Mo-Su "by appointment"', [("Hver dag", "efter aftale")]),
    ],
)
def test_seasons_weeks_and_appointments_are_said_in_danish(text, words):
    assert said(text, "da") == words


def test_a_day_is_not_called_closed_that_opens_in_some_season():
    days = dict(said("Mo-Sa 10:00-16:00; Oct-Mar Su 11:00-15:00"))
    assert days["Monday–Saturday"] == "10:00–16:00"
    assert "closed" not in days.values()


def test_what_no_week_can_tell_is_told_for_the_coming_days():
    lines = said('Tu 10:00-12:00 || "by appointment"')
    assert len(lines) == 7
    assert lines[0] == ("Tuesday November 24", "10:00–12:00")
    assert lines[1] == ("Wednesday November 25", "by appointment")


@pytest.mark.parametrize("text", ["", "mandag 10-12", "Tu", "sunrise-sunset"])
def test_what_is_not_known_is_not_said(text):
    assert said(text) == []


def test_all_hours_of_the_directory_can_be_told():
    timed = [record.opening_hours for record in load() if record.opening_hours]
    assert [text for text in timed if not said(text)] == []


def test_a_week_of_the_directory_is_the_same_after_a_form():
    weeks = [week for record in load() if (week := week_of(record.opening_hours))]
    assert len(weeks) > 100
    assert all(week_of(hours_of(week)) == week for week in weeks)


hour = st.integers(0, 23).map("{:02}".format)
span = st.tuples(hour, hour).filter(lambda h: h[0] != h[1]).map(lambda h: f"{h[0]}:00-{h[1]}:30")
day = st.one_of(
    st.just(Day()),
    st.just(Day((), True)),
    span.map(lambda one: Day((one,))),
    st.just(Day(("18:00+",))),
)


@given(st.lists(day, min_size=7, max_size=7))
def test_any_week_is_written_and_read_back(days):
    week = Week(tuple(days))
    assert week_of(hours_of(week)) == week
