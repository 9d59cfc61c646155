"""A search is called by what a person would call it, and kept from others where it must be."""

from datetime import UTC, datetime

import pytest

from locator.directory.completeness import KnownIn
from locator.directory.records import load
from locator.find.listed import Listed, Part
from locator.find.search import ANYWHERE, Search
from locator.find.search_around import find
from locator.find.telling import (
    is_sensitive,
    known_text,
    narrowed,
    near,
    radius_text,
    section_title,
    tally_text,
    title,
)
from locator.find.wishes import Tally
from locator.geocoding.answer import Answer
from locator.language.catalogue import language
from locator.settings import settings
from locator.travel.units import Limit, Unit

EN = language("en")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def geocoder():
    from locator.geocoding.chained import chain

    return chain(settings())


def place(geocoder, text: str) -> Answer:
    return geocoder.answer(text)


def test_the_heading_counts_and_says_where(geocoder):
    origin = place(geocoder, "Istedgade 50, 1650")
    search = Search(group="food", within=Limit(5_000.0, Unit.METRE))
    found = find(load(), origin, search, NOW)
    near_here = Listed(Part.PLACES, found.hits)
    assert section_title(near_here, origin, EN) == f"{len(found.hits)} places near Istedgade"
    assert section_title(near_here, origin, EN, own=True).endswith("near your position")


@pytest.mark.parametrize(
    ("text", "says"),
    [("Istedgade 50, 1650", "Istedgade"), ("2200", "København N"), ("Ribe", "Ribe")],
)
def test_a_place_in_a_word_or_two(geocoder, text, says):
    assert near(place(geocoder, text), EN) == says


def test_a_title_says_what_and_about_where(geocoder):
    origin = place(geocoder, "Istedgade 50, 1650")
    assert title(Search(group="food"), origin, EN) == "Food and shelter near 1650 – Nærved"
    assert title(Search(categories=("food_bank",)), None, EN) == "Food banks – Nærved"
    assert "Istedgade" not in title(Search(group="food"), origin, EN)


@pytest.mark.parametrize(
    "search", [Search(group="emergency"), Search(categories=("domestic_violence_help",))]
)
def test_a_title_keeps_quiet_about_violence(geocoder, search):
    assert is_sensitive(search)
    assert title(search, place(geocoder, "1650"), EN) == "Help near 1650 – Nærved"
    assert title(search, None, EN) == "Find help – Nærved"


def test_other_searches_need_no_hiding():
    assert not is_sensitive(Search())
    assert not is_sensitive(Search(group="food"))


def test_filters_are_counted_beside_what_and_how_far():
    assert (
        narrowed(Search(group="food", categories=("food_bank",), within=Limit(1_000.0, Unit.METRE)))
        == 0
    )
    assert (
        narrowed(Search(categories=("food_bank", "community_meal"), free=True, language="ar")) == 3
    )


def test_how_far_in_words():
    assert radius_text(Search(within=ANYWHERE), EN) == "all of Denmark"
    assert radius_text(Search(within=Limit(5_000.0, Unit.METRE)), EN) == "within 5 km"


def test_each_kind_says_how_complete_it_is():
    jobs, food = KnownIn("jobcentre", 30, 98, here=False), KnownIn("food_bank", 25, 98, here=True)
    assert known_text([], EN) == ""
    assert known_text([jobs], EN) == ("Jobcentres: known in 30 of 98 municipalities, not in yours")
    assert known_text([food], EN) == "Food banks: known in 25 of 98 municipalities"
    assert known_text([jobs, food], EN) == (
        "Of 98 municipalities, we know of one in: Jobcentres 30 · Food banks 25"
    )


def test_what_a_wish_leaves_out_is_counted():
    tally = Tally("open", yes=9, unknown=174, no=14)
    assert tally_text(tally, EN) == "Open now: 9 · hours unknown: 174 · closed: 14"
    assert tally_text(Tally("free", 1, 2, 3), EN) == "Free: 1 · cost unknown: 2 · costs money: 3"
