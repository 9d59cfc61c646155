"""Points read from text, and those that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.earth import Point, check_point, in_denmark, parse_point
from locator.errors import InputError

LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


@given(LATS, LONS, st.sampled_from([",", ", ", ";", " ", " , "]))
def test_a_point_written_down_is_read_back(lat, lon, between):
    found = parse_point(f"{lat:.7f}{between}{lon:.7f}")
    assert found == pytest.approx((lat, lon), abs=1e-7)


@pytest.mark.parametrize("text", ["", "8000", "Nyropsgade 1", "55.6", "55,67,12", "1602 København"])
def test_an_address_is_no_point(text):
    assert parse_point(text) is None


@pytest.mark.parametrize("text", ["91, 12", "55.6, 181", "-100 12"])
def test_a_point_off_the_earth_says_what_to_write(text):
    with pytest.raises(InputError, match=r"latitude .* then longitude"):
        parse_point(text)


@pytest.mark.parametrize(("lat", "lon"), [(float("nan"), 12), (55, float("inf"))])
def test_what_is_no_number_is_no_point(lat, lon):
    with pytest.raises(InputError):
        check_point(lat, lon)


def test_denmark_reaches_from_gedser_to_skagen_and_to_christiansoe():
    for lat, lon in [(54.56, 11.97), (57.75, 10.59), (55.56, 8.08), (55.32, 15.19)]:
        assert in_denmark(Point(lat, lon))
    for lat, lon in [(59.33, 18.07), (52.52, 13.40), (51.5, -0.1)]:
        assert not in_denmark(Point(lat, lon))


@pytest.mark.parametrize(
    "text", ["55.676 12.568", "55.676° N, 12.568° E", "N 55.676 E 12.568", "55,676 12,568"]
)
def test_a_point_is_read_as_maps_and_people_write_it(text):
    assert parse_point(text) == Point(55.676, 12.568)
