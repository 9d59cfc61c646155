"""What a person is shown first, for every need in every municipality: 1,274 searches."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from locator.directory import Record, can_be_acted_on, groups, known_in, load
from locator.earth import Precision
from locator.find import Hit, Listed, Part, Search, contacts, find, listing
from locator.geocoding import Answer, Confidence
from locator.places import CHRISTIANSOE, municipalities

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
NIGHT = datetime(2026, 11, 29, 3, tzinfo=ZoneInfo("Europe/Copenhagen"))  # to a Sunday
FIRST = 10
DIRECTORY = load()
CODES = sorted(municipalities().keys() - {CHRISTIANSOE})
NEEDS = [group.id for group in groups()]


def town_hall(code: str) -> Answer:
    """Where the municipality's own desk is; where that is not known, in the middle of it."""
    desk = contacts(DIRECTORY)[code]
    return Answer(
        desk.name,
        desk.point or municipalities()[code].point,
        Precision.ADDRESS,
        Confidence.A,
        postcode=desk.postcode,
        city=desk.city,
        accuracy_m=20.0,
    )


def shown(code: str, search: Search, when: datetime = TUESDAY) -> list[Listed]:
    return listing(find(DIRECTORY, town_hall(code), search, when))


def records(parts: list[Listed]) -> list[Record]:
    """All that stands open on the page, from the top."""
    items = (one for part in parts if not part.folded for one in part.items)
    return [one.record if isinstance(one, Hit) else one for one in items]


def test_the_table_is_whole():
    assert len(CODES) == 98
    assert len(NEEDS) == 13


@pytest.mark.parametrize("need", NEEDS)
def test_what_can_be_acted_on_comes_first_and_no_screen_is_a_dead_end(need):
    for code in CODES:
        first = records(shown(code, Search(group=need)))[:FIRST]
        ways = [can_be_acted_on(record) for record in first]
        assert ways == sorted(ways, reverse=True), code
        assert any(ways), code


@pytest.mark.parametrize("when", [TUESDAY, NIGHT])
def test_violence_at_home_is_answered_first_by_a_telephone_that_never_closes(when):
    for code in CODES:
        parts = shown(code, Search(categories=("domestic_violence_help",)), when)
        first = records(parts)[0]
        assert parts[0].part is Part.URGENT, code
        assert first.phones, code
        assert first.opening_hours == "24/7", code
        assert first.scope == "national", code


def test_who_uses_violence_is_helped_elsewhere():
    search = Search(categories=("domestic_violence_help",))
    assert not any("violence_treatment" in r.categories for r in records(shown("0101", search)))


@pytest.mark.parametrize(
    "kind", ["hospital_emergency", "danish_course", "jobcentre", "debt_advice"]
)
def test_where_none_is_known_the_municipality_or_the_regions_number_is(kind):
    for code in CODES:
        parts = {one.part: one for one in shown(code, Search(categories=(kind,)))}
        near = [p for p in (Part.PLACES, Part.UNPLACED) if p in parts]
        asked = parts.get(Part.MUNICIPALITY)
        assert near or (asked and asked.items), code
        if asked:
            (contact,) = records([asked])
            assert contact.service_area == (code,)
            assert contact.phones or contact.website or contact.address, code


def test_an_emergency_room_is_never_without_the_number_of_the_region():
    for code in CODES:
        (urgent, *_) = shown(code, Search(categories=("hospital_emergency",)))
        assert urgent.part is Part.URGENT
        named = {record.id for record in records([urgent])}
        assert {"emergency-112", "police-114"} <= named, code
        assert any(r.scope == "regional" and code in r.service_area for r in records([urgent]))


def test_every_municipality_has_a_line_of_its_own():
    assert sorted(contacts(DIRECTORY)) == CODES


def test_a_kind_says_in_how_many_municipalities_it_is_known():
    (jobs,) = known_in(DIRECTORY, ["jobcentre"], ("0461",), TUESDAY)
    assert (jobs.of, jobs.here) == (98, False)
    assert 18 <= jobs.count < 98
    assert known_in(DIRECTORY, ["library", "crisis_line"], (), TUESDAY) == []
