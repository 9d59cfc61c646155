"""A week that a form shows is the week that the file has."""

from hypothesis import given
from hypothesis import strategies as st

from locator.directory import load
from locator.directory.week import Day, Week, hours_of, week_of


def test_a_week_of_the_directory_is_the_same_after_a_form():
    weeks = [week for record in load() if (week := week_of(record.opening_hours))]
    assert len(weeks) > 100
    assert all(week_of(hours_of(week)) == week for week in weeks)


def test_what_is_not_the_same_all_year_is_no_week():
    for hours in (
        "Jun-Aug Mo 10:00-12:00",
        "Sa[1] 10:00-12:00",
        "week 1-53/2 Th 16:00-18:00",
        "Tu",
    ):
        assert week_of(hours) is None


hour = st.integers(0, 23).map("{:02}".format)
span = st.tuples(hour, hour).filter(lambda h: h[0] != h[1]).map(lambda h: f"{h[0]}:00-{h[1]}:30")
closed, booked, open_end = Day(), Day((), True), Day(("18:00+",))
day = st.one_of(st.sampled_from([closed, booked, open_end]), span.map(lambda one: Day((one,))))


@given(st.lists(day, min_size=7, max_size=7))
def test_any_week_is_written_and_read_back(days):
    week = Week(tuple(days))
    assert week_of(hours_of(week)) == week
