"""From a point to what a page lists: filters, counts, lines, and what lies beyond."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.directory import Directory, Record, categories, groups, load
from locator.earth import Point, Precision
from locator.find import ANYWHERE, RADII, Search, find, languages_to_wish, without_languages
from locator.find.listed import Part, listing
from locator.find.wishes import Tally
from locator.geocoding import Answer, Confidence
from locator.travel import Limit, Unit

DAY = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))  # a Tuesday, at noon
HERE = Point(55.67, 12.55)
WIDE = Limit(25_000.0, Unit.METRE)


NEW = {"sources": ({"url": "https://example.dk/", "date": "2026-10"},)}


def place(name: str, *, east: float = 0.0, kind: str = "food_bank", **more) -> Record:
    at = {"lat": HERE.lat, "lon": HERE.lon + east, "precision": "address"}
    return Record(
        id=name,
        name=name,
        categories=(kind,),
        **(
            {"address": "Istedgade 1", "postcode": "1650", **at, "point_source": "own"} | NEW | more
        ),
    )


def line(name: str, *, kind: str = "food_bank", **more) -> Record:
    none = {"lat": None, "lon": None, "precision": None, "point_source": "", "address": ""}
    said = {"scope": "national", "postcode": "", "phones": [{"number": "12 34 56 78"}]}
    return place(name, kind=kind, **(said | none | more))


def origin(point: Point = HERE) -> Answer:
    return Answer("Here", point, Precision.POINT, Confidence.A)


RECORDS = Directory(
    [
        place("near", east=0.01),
        place("far", east=0.2, cost="free"),
        place("shut", east=0.02, opening_hours="Mo-Fr 18:00-20:00"),
        place("open", east=0.03, opening_hours="Mo-Fr 09:00-15:00"),
        place("books", east=0.01, kind="library"),
        line("call"),
        line("theirs", scope="municipal", municipality_code="0751"),
    ]
)


def names(found) -> list[str]:
    return [hit.record.name for hit in found.hits]


def test_the_nearest_come_first_within_the_radius():
    found = find(RECORDS, origin(), Search(categories=("food_bank",)), DAY)
    assert names(found) == ["near", "shut", "open"]
    assert [hit.distance_m for hit in found.hits] == sorted(h.distance_m for h in found.hits)
    assert names(find(RECORDS, origin(), Search(categories=("food_bank",), within=WIDE), DAY)) == [
        "near",
        "shut",
        "open",
        "far",
    ]


def test_what_is_known_to_be_open_comes_first_and_what_may_be_is_kept_apart():
    found = find(RECORDS, origin(), Search(categories=("food_bank",), open_now=True), DAY)
    assert names(found) == ["open"]
    assert [one.name if isinstance(one, Record) else one.record.name for one in found.unknown] == [
        "near",
        "call",
    ]
    assert found.tallies == (Tally("open", yes=1, unknown=2, no=1),)


def test_counts_are_of_every_kind_whichever_is_chosen():
    found = find(RECORDS, origin(), Search(categories=("library",)), DAY)
    assert names(found) == ["books"]
    assert found.counts == {"food_bank": 4, "library": 1}  # three places and the national line


def test_a_group_stands_for_all_of_its_kinds():
    group = categories()["food_bank"].group
    kinds = next(g.categories for g in groups() if g.id == group)
    found = find(RECORDS, origin(), Search(group=group), DAY)
    expected = find(RECORDS, origin(), Search(categories=tuple(k.id for k in kinds)), DAY)
    assert found == expected


def test_a_line_of_another_municipality_is_not_offered():
    found = find(RECORDS, origin(), Search(categories=("food_bank",)), DAY)
    assert [record.name for record in found.placeless] == ["call"]
    there = find(RECORDS, origin(Point(56.15, 10.2)), Search(categories=("food_bank",)), DAY)
    assert [record.name for record in there.placeless] == ["call"]
    assert [record.name for record in there.unplaced] == ["theirs"]


def test_beyond_the_radius_the_nearest_is_told():
    search = Search(categories=("food_bank",), within=RADII[0])
    found = find(RECORDS, origin(Point(55.67, 12.5)), search, DAY)
    assert found.hits == ()
    assert found.beyond
    assert found.beyond.record.name == "near"
    assert find(RECORDS, origin(), Search(categories=("food_bank",)), DAY).beyond is None
    assert find(RECORDS, origin(), Search(categories=("hospital",)), DAY).beyond is None


def test_without_a_place_only_what_needs_none_is_shown():
    found = find(RECORDS, None, Search(categories=("food_bank",)), DAY)
    assert (found.hits, found.beyond) == ((), None)
    assert {record.name for record in found.placeless} >= {"call"}


OFFICE = {"lat": None, "lon": None, "precision": None, "address": "", "municipality_code": "0101"}
OLD = ({"url": "https://example.dk/", "date": "2019"},)


def listed(*records: Record, search: Search | None = None) -> list[tuple[Part, list[str]]]:
    search = search or Search(categories=("food_bank",))
    told = listing(find(Directory(records), origin(), search, DAY))
    return [
        (one.part, [i.name if isinstance(i, Record) else i.record.name for i in one.items])
        for one in told
    ]


def test_three_kinds_of_knowledge_stand_apart():
    office = place("office", scope="municipal", phones=[{"number": "12 34 56 78"}], **OFFICE)
    assert office.place_kind == "unknown_place"
    assert listed(place("door"), office, line("call")) == [
        (Part.PLACES, ["door"]),
        (Part.UNPLACED, ["office"]),
        (Part.LINES, ["call"]),
    ]


def test_what_nobody_can_act_on_is_folded_under_all_the_rest():
    helpless = place("helpless", address="", precision="place")
    old = place("old", east=0.001, sources=OLD)
    assert listed(place("far", east=0.1), helpless, old) == [
        (Part.PLACES, ["far"]),
        (Part.UNCERTAIN, ["helpless", "old"]),
    ]
    phone = old.model_copy(update={"website": "https://example.dk/"})
    assert listed(phone) == [(Part.PLACES, ["old"])]


def test_where_none_is_known_near_the_municipality_is_asked_then_the_nearest_then_the_nation():
    town = place("town-hall", kind="municipality", service_area=("0101",), website="https://x.dk")
    assert listed(town, place("far", east=0.2), line("call")) == [
        (Part.MUNICIPALITY, ["town-hall"]),
        (Part.NEAREST, ["far"]),
        (Part.LINES, ["call"]),
    ]
    assert listed(town) == [(Part.MUNICIPALITY, ["town-hall"])]


def test_less_certain_ones_near_are_not_said_to_be_none():
    old = place("old", sources=OLD)
    (none, doubtful) = listing(find(Directory([old]), origin(), Search(group="food"), DAY))
    assert (none.part, none.doubtful) == (Part.MUNICIPALITY, True)
    assert (doubtful.part, doubtful.folded) == (Part.UNCERTAIN, True)


def test_nothing_is_said_to_be_missing_of_what_has_no_places():
    assert listed(line("call")) == [(Part.LINES, ["call"])]


def test_in_a_crisis_a_telephone_that_is_answered_now_comes_before_places():
    always = line("always", kind="crisis_line", opening_hours="24/7")
    night = line("night", kind="crisis_line", opening_hours="Mo-Su 20:00-23:00")
    hospital = place("hospital", kind="hospital_emergency")
    alarm = line("alarm", kind="emergency_line")
    search = Search(group="emergency")
    assert listed(hospital, night, always, alarm, search=search) == [
        (Part.URGENT, ["alarm", "always"]),
        (Part.PLACES, ["hospital"]),
        (Part.LINES, ["night"]),
    ]
    only = Search(categories=("hospital_emergency",))  # call before you go
    assert listed(hospital, alarm, always, search=only)[0] == (Part.URGENT, ["alarm"])


def test_no_wish_takes_a_number_for_an_emergency_away():
    police = line("police", kind="emergency_line", languages=("da",))
    search = Search(group="emergency", open_now=True, language="ar", wheelchair=True)
    assert listed(police, search=search) == [(Part.URGENT, ["police"])]


def test_what_does_not_fit_is_hidden_and_what_may_is_folded():
    asked = Search(categories=("food_bank",), free=True)
    shown = listed(
        place("free", cost="free"), place("fee", cost="fee"), place("who-knows"), search=asked
    )
    assert shown == [(Part.PLACES, ["free"]), (Part.UNKNOWN, ["who-knows"])]
    told = listing(find(Directory([place("who-knows")]), origin(), asked, DAY))
    assert [one.folded for one in told] == [False]  # never a screen with nothing on it


def test_who_has_not_told_of_languages_is_counted_of_what_is_found():
    told = place("told", languages=("da",))
    every = Directory([told, place("silent"), place("far", east=1.0), line("line")])
    arabic = Search(categories=("food_bank",), language="ar")
    assert without_languages(find(every, origin(), replace(arabic, language=""), DAY)) == 2
    assert without_languages(find(every, origin(), arabic, DAY)) == 2
    assert {"da", "ur", "so"} <= set(languages_to_wish(every))


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load()


@settings(max_examples=25, deadline=None)
@given(
    st.builds(Point, st.floats(54.8, 57.6), st.floats(8.3, 12.6)),
    st.sampled_from(sorted(categories())),
    st.sampled_from(RADII),
)
def test_a_wider_circle_finds_all_that_a_narrower_one_does(directory, point, kind, within):
    search = Search(categories=(kind,), within=within, plain=True)
    narrow = find(directory, origin(point), search, DAY)
    wide = find(directory, origin(point), replace(search, within=ANYWHERE), DAY)
    # In one order; what is farther off yet on the same island may come between.
    near = {hit.record.id for hit in narrow.hits}
    assert tuple(hit for hit in wide.hits if hit.record.id in near) == narrow.hits
    if not any(hit.apart for hit in narrow.hits):
        assert wide.hits[: len(narrow.hits)] == narrow.hits
    if narrow.beyond:
        assert not narrow.hits
        assert wide.hits[0] == narrow.beyond
