"""The nearest is what measuring every geodesic says, in the same order, wherever one stands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from locator.earth import Point
from locator.errors import InputError
from locator.travel import Limit, Places, StraightLine

GEOD = Geod(ellps="WGS84")
SKAGEN = Point(57.7209, 10.5839)
BORNHOLM = Point(55.10, 14.70)


def places(lons, lats):
    return Places(np.array(lons, float), np.array(lats, float))


def brute_force(lons, lats, point, k, within=None):
    """(distance, index) of the k nearest by measuring all of them one by one."""
    measured = sorted(
        (GEOD.inv(point.lon, point.lat, lon, lat)[2], i)
        for i, (lon, lat) in enumerate(zip(lons, lats, strict=True))
    )
    return [(d, i) for d, i in measured if within is None or d <= within][:k]


def check(lons, lats, point, k, within=None):
    facilities = places(lons, lats)
    limit = None if within is None else Limit(within)
    # Alone, and among others, which takes another way.
    for origins in ([point], [point, Point(55.0, 9.0)]):
        lat, lon = np.array(origins).T
        found = StraightLine().nearest(Places(lon, lat), facilities, k, limit)
        expected = brute_force(lons, lats, point, k, within)
        rows, metres = found.facility[0], found.cost[0]
        assert rows[rows >= 0].tolist() == [i for _, i in expected]
        assert metres[rows >= 0].tolist() == [d for d, _ in expected]
        assert np.isinf(metres[rows < 0]).all()


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
    check([10.0], [57.0], SKAGEN, 1, within=metres)
    assert len(brute_force([10.0], [57.0], SKAGEN, 1, within=metres)) == 1
    check([10.0], [57.0], SKAGEN, 1, within=metres - 1e-6)


def test_many_points_at_one_spot_come_in_their_own_order():
    lons, lats = [12.0] * 50, [55.0] * 50
    found = StraightLine().nearest(Places.at(Point(55.5, 12.5)), places(lons, lats), 7)
    assert found.facility[0].tolist() == list(range(7))


def test_no_points_and_none_wanted():
    check([], [], SKAGEN, 5)
    check([10.0], [56.0], SKAGEN, 0)


@pytest.mark.parametrize(
    ("lon", "lat"), [(float("nan"), 55), (10, float("inf")), (10, 91), (181, 55)]
)
def test_a_point_off_the_earth_is_refused_with_its_row(lon, lat):
    with pytest.raises(InputError, match="Point number 2"):
        StraightLine().nearest(Places.at(SKAGEN), places([12.0, lon], [55.0, lat]))


def test_what_is_around_a_point_is_a_circle():
    area = StraightLine().around(SKAGEN, Limit(5000.0))
    lons, lats = np.array(area.exterior.coords).T
    metres = GEOD.inv(*np.broadcast_arrays(SKAGEN.lon, SKAGEN.lat, lons, lats))[2]
    assert metres == pytest.approx(5000)


def test_a_limit_measures_the_same_pairs_as_none():
    rng = np.random.default_rng(3)
    at, to = rng.uniform((8, 55), (12, 57), (40, 2)), rng.uniform((8, 55), (12, 57), (9, 2))
    every, near = (
        list(StraightLine().costs(places(*at.T), places(*to.T), within))
        for within in (None, Limit(60_000.0))
    )
    ((rows, whole),), ((same, some),) = every, near
    assert rows == same == slice(0, 40)
    assert np.array_equal(whole.within(60_000).matrix(), some.matrix())
