"""A distance is never said more exactly than the place is known."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from locator.directory.records import load
from locator.earth.point import Precision
from locator.find.cards import card
from locator.find.search import Search
from locator.find.search_around import find, order_may_differ
from locator.geocoding.finder import Finder
from locator.language.catalogue import language
from locator.map.webmap import origin_mark
from locator.travel import Limit

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
READER = load().reader(language("en"))


@pytest.fixture(scope="module")
def street():
    """A street of which only the town is known."""
    answer = Finder().answer("Algade 12, 4000 Roskilde")
    assert answer.precision is Precision.PLACE
    return answer


def around(origin):
    return find(load(), origin, Search(within=Limit(25_000.0)), NOW)


def test_what_is_near_a_town_is_at_no_exact_distance(street):
    hit = next(h for h in around(street).hits if h.record.precision is Precision.ADDRESS)
    assert street.accuracy_m > 2 * hit.distance_m
    assert card(hit.record, READER, NOW, hit)["distance"].startswith("up to ")


def test_what_is_far_is_about_so_far_and_in_a_direction(street):
    far = [h for h in around(street).hits if h.distance_m > 4 * street.accuracy_m]
    exact = next(h for h in far if h.record.precision is Precision.ADDRESS)
    said = card(exact.record, READER, NOW, exact)["distance"]
    assert said.startswith("about ")
    assert said.split()[-1] in "north north-east east south-east south south-west west north-west"


def test_from_a_door_distances_are_plain(street):
    door = replace(street, precision=Precision.ADDRESS, accuracy_m=5.0)
    hit = next(h for h in around(door).hits if h.record.precision is Precision.ADDRESS)
    assert card(hit.record, READER, NOW, hit)["distance"][0].isdigit()


def test_the_order_may_differ_where_the_place_is_not_exact(street):
    assert order_may_differ(around(street))
    exact = replace(street, precision=Precision.ADDRESS, accuracy_m=0.0)
    hits = [h for h in around(exact).hits if h.record.precision is Precision.ADDRESS][:5]
    assert not order_may_differ(replace(around(exact), hits=tuple(hits[::2])))


def test_the_map_shows_where_the_place_may_be(street):
    mark = origin_mark(street, Limit(10_000.0), language("en"))
    assert mark["off"] == street.accuracy_m
    exact = replace(street, accuracy_m=5.0)
    assert origin_mark(exact, Limit(10_000.0), language("en"))["off"] == 0
