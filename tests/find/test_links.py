"""What a shared link tells of a person: filters, and a place only as exact as they chose."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.earth import Point, Precision
from locator.find import RADII, Search, link, place_for_link, read_search, write_search
from locator.geocoding import Answer, Confidence

WORDS = st.text(st.characters(categories=("Ll",), max_codepoint=122), min_size=1, max_size=20)
SEARCHES = st.builds(
    Search,
    group=st.one_of(st.just(""), WORDS),
    categories=st.lists(WORDS, unique=True, max_size=5).map(tuple),
    within=st.sampled_from(RADII),
    open_now=st.booleans(),
    free=st.booleans(),
    language=st.one_of(st.just(""), WORDS),
    wheelchair=st.booleans(),
)
DANISH = st.builds(Point, st.floats(54.5, 57.8), st.floats(8, 15.2))


def answer(point: Point, postcode: str = "") -> Answer:
    return Answer("Istedgade 1", point, Precision.ADDRESS, Confidence.A, "Istedgade", "1", postcode)


@given(SEARCHES)
def test_a_link_brings_back_the_search_it_was_made_of(search):
    params = parse_qs(urlsplit(link("https://a.dk/?x=1", search, lang="da")).query)
    assert read_search(params) == search
    assert params["lang"] == ["da"]


@given(st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=200), max_size=60)))
def test_whatever_a_link_says_makes_a_search(params):
    found = read_search(params)
    assert found.within in RADII
    assert len(found.categories) <= 50


@given(DANISH, st.sampled_from(["", "1650"]))
def test_no_place_leaves_nothing_behind(point, postcode):
    assert place_for_link(answer(point, postcode), "none") == ""
    assert "at=" not in link("https://a.dk", Search(), lang="en", place="")


@given(DANISH)
def test_a_rounded_place_is_one_of_few(point):
    """Everyone in the same cell of about a kilometre shares the same text."""
    text = place_for_link(answer(point, "1650"), "rounded")
    assert re.fullmatch(r"\d\d\.\d\d,\d{1,2}\.\d\d", text)
    lat, lon = map(float, text.split(","))
    assert abs(lat - point.lat) <= 0.00501
    assert abs(lon - point.lon) <= 0.00501


@given(DANISH)
def test_where_no_postcode_is_known_a_link_by_postcode_rounds(point):
    assert place_for_link(answer(point), "postcode") == place_for_link(answer(point), "rounded")
    assert place_for_link(answer(point, "1650"), "postcode") == "1650"


@pytest.mark.parametrize("exactness", ["none", "postcode", "rounded"])
def test_only_an_exact_link_tells_the_door(exactness):
    point = Point(55.671234, 12.558768)
    text = place_for_link(answer(point, "1650"), exactness)
    assert "55.671" not in text
    assert place_for_link(answer(point, "1650"), "exact") == "55.67123,12.55877"


def test_what_is_as_by_default_is_left_out():
    assert write_search(Search()) == {}
