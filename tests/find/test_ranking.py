"""Help comes first, but never past what distance can tell."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from locator.directory.record import Record
from locator.find.nearby import Hit
from locator.find.ranking import LEAST, by_help
from locator.travel import Unit

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
OPEN = {"opening_hours": "24/7"}
PHONE = {"phones": [{"number": "12 34 56 78"}]}


def hit(metres: float, name: str = "a", *, minutes: float | None = None, **fields) -> Hit:
    base = {"id": name, "name": name, "categories": ["library"], "address": "Torvet 1"}
    record = Record.model_validate(
        base | {"sources": [{"url": "https://example.dk/", "date": "2026"}]} | fields
    )
    if minutes is None:
        return Hit(record, metres, Unit.METRE, metres, 0.0)
    return Hit(record, minutes, Unit.MINUTE, metres, 0.0)


def names(hits, accuracy=0.0) -> str:
    return "".join(one.record.id for one in by_help(hits, accuracy, NOON))


def test_about_equally_far_the_open_one_comes_first_then_who_can_be_called():
    near = [hit(100, "a"), hit(120, "b", **PHONE), hit(140, "c", **OPEN)]
    assert names(near) == "cba"


def test_what_is_clearly_nearer_stays_first():
    assert names([hit(100, "a"), hit(100 + LEAST + 1, "b", **OPEN)]) == "ab"


def test_where_the_person_is_known_to_a_kilometre_only_a_kilometre_is_as_near():
    hits = [hit(100, "a"), hit(900, "b", **OPEN), hit(1200, "c", **OPEN)]
    assert names(hits, 1_000.0) == "bac"


def test_of_the_same_help_the_lately_checked_comes_first():
    old = {"sources": [{"url": "https://example.dk/", "date": "2015"}]}
    assert names([hit(10, "a", **old), hit(20, "b")]) == "ba"


def test_other_costs_are_about_equal_where_the_ways_are():
    hits = [hit(1_000, "a", minutes=10.0), hit(1_050, "b", minutes=10.5, **OPEN)]
    assert names(hits) == "ba"
    hits = [hit(1_000, "a", minutes=10.0), hit(1_050, "b", minutes=20.0, **OPEN)]
    assert names(hits) == "ab"


@given(
    st.lists(st.tuples(st.floats(0, 5_000), st.booleans(), st.booleans()), max_size=30),
    st.floats(0, 2_000),
)
def test_nothing_is_lost_and_nobody_is_sent_farther_than_is_known(rows, accuracy):
    hits = [
        hit(metres, f"r{at}", **(OPEN if is_open else {}), **(PHONE if phone else {}))
        for at, (metres, is_open, phone) in enumerate(sorted(rows))
    ]
    ranked = by_help(hits, accuracy, NOON)
    assert sorted(h.record.id for h in ranked) == sorted(h.record.id for h in hits)
    farthest = 0.0
    for one in ranked:
        assert one.distance_m >= farthest - max(accuracy, LEAST)
        farthest = max(farthest, one.distance_m)
