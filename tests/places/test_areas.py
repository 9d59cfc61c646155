"""Which municipality a point lies in."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from locator.coverage.study.gaps import municipality_at
from locator.directory.records import load
from locator.earth.geodesic import distance
from locator.earth.point import Point, Precision
from locator.places.areas import (
    municipalities_at,
    municipalities_near,
    municipality_areas,
    nearest_postcode,
)
from locator.places.tables import municipalities, municipality_name, postcodes


def test_every_municipality_has_one_area_and_none_overlap():
    areas = municipality_areas()
    assert set(areas.codes) == set(municipalities())
    assert len(areas.codes) == len(areas.shapes) == 99
    assert shapely.coverage_is_valid(areas.shapes)
    # 42,951 square kilometres, by Statistics Denmark.
    plane = shapely.transform(areas.shapes, lambda xy: xy * (62.3, 111.3))
    assert shapely.area(plane).sum() == pytest.approx(42_951, rel=0.01)


@pytest.mark.parametrize(
    ("place", "point", "name"),
    [
        ("Bibliotekstorvet 2, 2620 Albertslund", (55.65702, 12.35625), "Albertslund"),
        ("Bredgade 34, 6800 Varde", (55.5883, 8.41684), "Varde"),
        ("Bygaden 5, 8300 Odder", (55.98042, 10.05136), "Odder"),
        ("Christiansø 1, 3760 Gudhjem", (55.32047, 15.18652), "Christiansø"),
        ("Falkoner Allé 20, 2000 Frederiksberg", (55.6840, 12.5335), "Frederiksberg"),
        ("a click off Anholt", (56.72, 11.40), "Norddjurs"),
    ],
)
def test_a_point_is_in_its_municipality_whichever_postcode_is_nearest(place, point, name):
    lat, lon = point
    assert municipality_at([lon], [lat]) == [name], place


def test_addresses_of_the_directory_lie_in_their_municipality():
    records = [
        r for r in load() if r.point and r.municipality_code and r.precision is Precision.ADDRESS
    ]
    found = municipalities_at([r.lon for r in records], [r.lat for r in records])
    wrong = [
        (r.place, municipality_name(code))
        for r, code in zip(records, found, strict=True)
        if code != r.municipality_code
    ]
    assert len(records) > 1_000
    assert not wrong


def test_every_postcode_point_lies_in_a_municipality_of_the_postcode():
    apart = [
        p
        for p in postcodes().values()
        if not set(municipalities_near(p.point)) & {*p.municipalities}
    ]
    assert not apart


@given(lat=st.floats(54.5, 57.8), lon=st.floats(8.0, 15.2), metres=st.floats(0, 20_000))
def test_near_begins_with_the_municipality_of_the_point(lat, lon, metres):
    near = municipalities_near(Point(lat, lon), metres)
    assert near[0] in municipalities_at([lon], [lat])
    assert len(near) == len(set(near))
    assert set(near) <= set(municipalities_near(Point(lat, lon), metres + 5_000))


def test_a_border_has_both_its_sides_near():
    # Rådhuspladsen is in København, 2 km from Frederiksberg.
    square = Point(55.6761, 12.5683)
    assert municipalities_near(square) == ("0101",)
    assert municipalities_near(square, 3_000)[:2] == ("0101", "0147")


@given(lat=st.floats(54.5, 57.8), lon=st.floats(8.0, 15.2))
def test_the_nearest_postcode_is_the_nearest(lat, lon):
    points = [p.point for p in postcodes().values()]
    every = distance(lon, lat, [p.lon for p in points], [p.lat for p in points])
    assert nearest_postcode(Point(lat, lon))[1] == pytest.approx(float(every.min()), abs=1e-3)
