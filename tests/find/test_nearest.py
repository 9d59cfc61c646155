"""The help nearest to a point, in order, of the kinds asked for."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from locator.directory.record import Record
from locator.directory.records import Directory, load
from locator.earth.point import Point
from locator.errors import InputError
from locator.find.nearby import nearest, placeless
from locator.geocoding.offline import OfflineGeocoder
from locator.language.catalogue import language
from locator.language.lengths import direction_text
from locator.travel import Limit

GEOD = Geod(ellps="WGS84")
SKAGEN = Point(57.7209, 10.5839)
BORNHOLM = Point(55.10, 14.70)

fine = st.tuples(st.floats(7.9, 15.4), st.floats(54.4, 57.9))


@pytest.fixture(scope="module")
def directory():
    return load()


def ids(hits):
    return [hit.record.id for hit in hits]


def record(id, *categories, point=(55.0, 12.0), **fields):
    place = {"lat": point[0], "lon": point[1], "precision": "address"} if point else {}
    return Record(
        id=id,
        name=id,
        categories=categories or ("library",),
        sources=({"url": "https://example.dk/"},),
        **place,
        **fields,
    )


ICS = ("international_citizen_service",)


def test_bearing_is_where_to_walk():
    around = {"a": (57.0, 10.0), "b": (56.0, 11.0), "c": (55.0, 10.0), "d": (56.0, 9.0)}
    directory = Directory([record(id, point=point) for id, point in around.items()])
    hits = nearest(directory, Point(56.0, 10.0))
    words = {hit.record.id: direction_text(hit.bearing, language("en")) for hit in hits}
    assert words == {"a": "north", "b": "east", "c": "south", "d": "west"}


def test_newcomers_are_sent_to_the_office_nearest_to_them(directory):
    town_hall = OfflineGeocoder().answer("Rådhuspladsen 1, 1550 København V").point
    first = nearest(directory, town_hall, categories=ICS, limit=1)[0].record
    assert (first.id, first.address) == ("ics-copenhagen", "Nyropsgade 1")
    assert ids(nearest(directory, SKAGEN, categories=ICS, limit=1)) == ["ics-aalborg"]
    assert ids(nearest(directory, BORNHOLM, categories=ICS, limit=1)) == ["ics-copenhagen"]


def test_every_office_is_nearest_to_itself(directory):
    offices = [r for r in directory if ICS[0] in r.categories]
    assert len(offices) == 6
    for office in offices:
        first = nearest(directory, office.point, categories=ICS, limit=1)[0]
        assert (first.record.id, first.distance_m) == (office.id, 0.0)


@settings(deadline=None)  # the first builds the tree
@given(fine, st.integers(1, 30), st.sampled_from([("library",), ("library", "food_bank"), ()]))
def test_records_equal_brute_force(origin, limit, categories):
    records = [
        r for r in load_once() if r.point and (not categories or {*categories} & {*r.categories})
    ]
    expected = sorted((GEOD.inv(*origin, r.point.lon, r.point.lat)[2], r.id) for r in records)[
        :limit
    ]
    hits = nearest(load_once(), Point(origin[1], origin[0]), categories=categories, limit=limit)
    assert [(hit.distance_m, hit.record.id) for hit in hits] == expected


@cache
def load_once():
    return load()


def test_equally_far_records_come_in_the_order_of_ids():
    directory = Directory([record("b"), record("c"), record("a")])
    assert ids(nearest(directory, Point(55.5, 12.5), limit=2)) == ["a", "b"]


def test_a_record_of_two_categories_is_found_once():
    directory = Directory([record("both", "library", "food_bank"), record("other", point=(56, 12))])
    hits = nearest(directory, Point(55, 12), categories=("food_bank", "library"))
    assert ids(hits) == ["both", "other"]


def test_categories_without_places_find_nothing(directory):
    assert nearest(directory, SKAGEN, categories=("emergency_line",)) == []
    assert nearest(Directory([]), SKAGEN) == []
    assert nearest(Directory([record("line", point=None)]), SKAGEN) == []


def test_phone_lines_are_found_apart(directory):
    lines = placeless(directory, ("emergency_line",))
    assert any(phone.number == "112" for line in lines for phone in line.phones)
    assert all(line.point is None for line in lines)
    assert placeless(Directory([record("a")])) == []


def test_a_municipal_line_serves_its_residents_only():
    lines = [
        record("nation", point=None, scope="national"),
        record("aarhus", point=None, scope="municipal", municipality_code="0751"),
        record("region", point=None, scope="municipal", service_area=("0751", "0730")),
    ]
    everyone = Directory(lines)
    assert [r.id for r in placeless(everyone)] == ["aarhus", "nation", "region"]
    assert [r.id for r in placeless(everyone, municipalities=["0730"])] == ["nation", "region"]
    assert [r.id for r in placeless(everyone, municipalities=[])] == ["nation"]


def test_what_exists_no_more_is_left_out():
    gone = [record("gone", status="defunct"), record("line", point=None, status="inactive")]
    directory = Directory([*gone, record("here"), record("closed", status="temporarily closed")])
    assert ids(nearest(directory, Point(55, 12))) == ["closed", "here"]
    assert placeless(directory) == []


def test_filters_narrow_the_search():
    directory = Directory([record("a", cost="fee"), record("b", cost="free"), record("c")])
    assert ids(nearest(directory, Point(55, 12), free=True)) == ["b"]


def test_a_negative_length_is_refused(directory):
    with pytest.raises(InputError, match="0 or more"):
        nearest(directory, SKAGEN, within=Limit(-1.0))
