"""The nearest is what measuring every geodesic says, in the same order, wherever one stands."""

from dataclasses import replace
from functools import cache

import numpy as np
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
from locator.language.lengths import direction_text, distance_text
from locator.language.tags import locale_of
from locator.travel.straight_line import PointIndex

GEOD = Geod(ellps="WGS84")
SKAGEN = Point(57.7209, 10.5839)
BORNHOLM = Point(55.10, 14.70)


def brute_force(lons, lats, point, k, within=None):
    """(distance, index) of the k nearest by measuring all of them one by one."""
    measured = sorted(
        (GEOD.inv(point.lon, point.lat, lon, lat)[2], i)
        for i, (lon, lat) in enumerate(zip(lons, lats, strict=True))
    )
    return [(d, i) for d, i in measured if within is None or d <= within][:k]


def check(lons, lats, point, k, within=None):
    found = PointIndex(lons, lats).query(point, k, within)
    expected = brute_force(lons, lats, point, k, within)
    assert found.indices.tolist() == [i for _, i in expected]
    assert found.distances.tolist() == [d for d, _ in expected]


# Grid points repeat and mirror each other, which makes ties; free ones do not.
coarse = st.tuples(
    st.integers(16, 30).map(lambda i: i / 2), st.integers(109, 116).map(lambda i: i / 2)
)
fine = st.tuples(st.floats(7.9, 15.4), st.floats(54.4, 57.9))
world = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(
    st.lists(st.one_of(coarse, fine), max_size=60),
    st.one_of(coarse, fine),
    st.integers(0, 25),
    st.one_of(st.none(), st.floats(0, 400_000)),
)
def test_equals_brute_force_in_denmark(points, origin, k, within):
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    check(lons, lats, Point(origin[1], origin[0]), k, within)


@given(st.lists(world, max_size=40), world, st.integers(1, 12))
def test_equals_brute_force_anywhere(points, origin, k):
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    check(lons, lats, Point(origin[1], origin[0]), k)


@pytest.mark.parametrize("point", [SKAGEN, BORNHOLM, Point(55.6761, 12.5683), Point(54.56, 11.97)])
@pytest.mark.parametrize("k", [1, 10, 200])
def test_equals_brute_force_among_many(point, k):
    rng = np.random.default_rng(7)
    lons, lats = rng.uniform(7.9, 15.4, 3000), rng.uniform(54.4, 57.9, 3000)
    check(lons, lats, point, k)
    check(lons, lats, point, k, within=25_000)


def test_all_within_a_radius():
    rng = np.random.default_rng(8)
    lons, lats = rng.uniform(7.9, 15.4, 500), rng.uniform(54.4, 57.9, 500)
    check(lons, lats, SKAGEN, None, within=100_000)
    check(lons, lats, SKAGEN, None)


def test_a_point_exactly_at_the_radius_is_within():
    metres = GEOD.inv(SKAGEN.lon, SKAGEN.lat, 10.0, 57.0)[2]
    assert len(PointIndex([10.0], [57.0]).query(SKAGEN, 1, within=metres).indices) == 1
    assert len(PointIndex([10.0], [57.0]).query(SKAGEN, 1, within=metres - 1e-6).indices) == 0


def test_many_points_at_one_spot_come_in_their_own_order():
    lons, lats = [12.0] * 50, [55.0] * 50
    found = PointIndex(lons, lats).query(Point(55.5, 12.5), 7)
    assert found.indices.tolist() == list(range(7))


def test_bearing_is_where_to_walk():
    found = PointIndex([10.0, 11.0, 10.0, 9.0], [57.0, 56.0, 55.0, 56.0]).query(
        Point(56.0, 10.0), 4
    )
    by_index = dict(zip(found.indices.tolist(), found.bearings.tolist(), strict=True))
    assert [direction_text(by_index[i], language("en")) for i in range(4)] == [
        "north",
        "east",
        "south",
        "west",
    ]


def test_no_points_and_none_wanted():
    assert PointIndex([], []).query(SKAGEN, 5).indices.tolist() == []
    assert PointIndex([10.0], [56.0]).query(SKAGEN, 0).indices.tolist() == []


@pytest.mark.parametrize(
    ("lon", "lat"), [(float("nan"), 55), (10, float("inf")), (10, 91), (181, 55)]
)
def test_a_point_off_the_earth_is_refused_with_its_row(lon, lat):
    with pytest.raises(InputError, match="Point number 2"):
        PointIndex([12.0, lon], [55.0, lat])


@pytest.mark.parametrize(
    ("bearing", "words"), [(0, "north"), (22.4, "north"), (22.6, "north-east"), (359.9, "north")]
)
def test_compass_words(bearing, words):
    assert direction_text(bearing, language("en")) == words


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "0 m"),
        (4.4, "4 m"),
        (347, "350 m"),
        (994, "990 m"),
        (996, "1 km"),
        (1234, "1.2 km"),
        (9960, "10 km"),
        (12_345, "12 km"),
        (300_123, "300 km"),
    ],
)
def test_distance_text(metres, text):
    assert distance_text(metres, language("en")) == text


def test_distance_text_in_other_languages():
    assert "1,2" in distance_text(1234, language("da"))
    ukrainian = replace(language("en"), code="uk", locale=locale_of("uk"))
    assert distance_text(350, ukrainian) == "350 м"


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
        nearest(directory, SKAGEN, within=-1)
