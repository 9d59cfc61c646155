"""Towns, postal towns and municipalities, by any of their names."""

import pytest

from locator.places import (
    city,
    find_place,
    municipalities,
    municipality_name,
    places_starting,
    postcodes,
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Aarhus", "Aarhus"),
        ("Århus", "Aarhus"),
        ("aarhus kommune", "Aarhus"),
        ("Københavns Kommune", "København"),
        ("Copenhagen", "København"),
        ("Копенгаген", "København"),
        ("كوبنهاغن", "København"),
        ("Odnese", "Odense"),
        ("Nørrebro", "Nørrebro"),
    ],
)
def test_a_place_is_found_by_its_names_and_a_slip_of_the_pen(typed, name):
    found = find_place(typed)
    assert found
    assert found.place.name == name


@pytest.mark.parametrize("typed", ["Hamburg", "Stockholm", "Xyzzyx", ""])
def test_what_is_no_place_in_denmark_is_not_made_one(typed):
    assert find_place(typed) is None


def test_while_typing_the_largest_come_first():
    assert places_starting("aar", 3)[0].name == "Aarhus"
    assert places_starting("zzz", 3) == []


def test_the_tables_agree_on_municipalities():
    codes = municipalities().keys()
    assert len(codes) == 99  # Christiansø is in no municipality, and has a code
    for postcode in postcodes().values():
        assert set(postcode.municipalities) <= codes
    assert municipality_name("0751") == "Aarhus"
    assert municipality_name("9999") == "9999"
    assert (city("8000"), city("0000")) == ("Aarhus C", "")
