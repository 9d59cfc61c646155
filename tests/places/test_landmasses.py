"""Which points one gets between without a ferry, and how much sea a straight line crosses."""

import csv

import pytest

from locator.earth import Point, distance
from locator.places.landmasses import fixed_links, landmasses_of
from locator.places.water import sea_between
from locator.settings import GEODATA

# Latitude, longitude.
MAIN = {
    "Aarhus": (56.157, 10.21),
    "Odense": (55.396, 10.388),
    "Copenhagen": (55.676, 12.568),
    "Kastrup, on Amager": (55.635, 12.64),
    "Nykøbing Falster": (54.766, 11.87),
    "Nakskov, on Lolland": (54.83, 11.14),
    "Stege, on Møn": (54.985, 12.285),
    "Nykøbing Mors": (56.796, 8.86),
    "Hjørring, north of the Limfjord": (57.46, 9.98),
    "Rudkøbing, on Langeland": (54.937, 10.72),
    "Nordborg, on Als": (55.057, 9.74),
    "Rømø, over its causeway": (55.12, 8.53),
    "Malmö": (55.6, 13.0),
    "Flensburg": (54.78, 9.43),
    "Esbjerg's harbour": (55.465, 8.435),
}
ISLANDS = {
    "Bornholm": (55.101, 14.706),
    "Samsø": (55.86, 10.6),
    "Læsø": (57.27, 11.0),
    "Anholt": (56.71, 11.52),
    "Ærø": (54.888, 10.411),
    "Fanø": (55.446, 8.403),
    "Tunø": (55.95, 10.44),
    "Endelave": (55.765, 10.3),
    "Fur": (56.82, 9.0),
    "Orø": (55.78, 11.81),
    "Sejerø": (55.889, 11.1426),
    "Fejø": (54.945, 11.4),
}


def at(place, off=0.0, codes=None):
    lat, lon = place
    return landmasses_of([lon], [lat], off, [codes] if codes else None)[0]


@pytest.mark.parametrize("name", MAIN)
def test_bridges_make_one_land_of_all_that_they_join(name):
    found = at(MAIN[name])
    assert found
    assert found.main


@pytest.mark.parametrize("name", ISLANDS)
def test_an_island_without_a_bridge_is_a_land_of_its_own(name):
    found = at(ISLANDS[name])
    assert found
    assert found.islands[0] == name
    assert found.ferry
    assert not found.main


def test_what_is_not_known_is_not_claimed():
    assert at((55.283, 8.55)) is None  # Mandø, whose road the tide takes
    assert at((56.3, 11.2)) is None  # the Kattegat
    assert at((55.456, 8.42)) is None  # the water between Fanø and Esbjerg


def test_a_point_that_may_be_on_either_side_is_told_by_its_municipality_alone():
    esbjerg = (55.47, 8.45)
    assert at(esbjerg).main
    assert at(esbjerg, 4_000.0) is None
    assert at(esbjerg, 4_000.0, ["0561"]).main
    assert not at(ISLANDS["Fanø"], 4_000.0, ["0563"]).main


def test_every_link_stands_where_both_its_islands_are_near():
    with (GEODATA / "islands.csv").open(encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    for link in fixed_links():
        assert {link.one, link.other} <= names
        ashore = landmasses_of([link.lon], [link.lat], 9_000.0)
        assert ashore[0] is None or {link.one, link.other} <= set(ashore[0].islands), link.name


def sea(one, other):
    (found,) = sea_between(Point(*one), [other[1]], [other[0]])
    return found


def test_a_line_over_a_belt_or_bay_crosses_much_sea():
    aarhus, ebeltoft = (56.15, 10.2), (56.195, 10.68)
    found = sea(aarhus, ebeltoft)
    assert 6_000 < found.metres < 12_000
    assert not found.link
    assert found == sea(ebeltoft, aarhus)


def test_a_line_along_a_bridge_names_it():
    nyborg, korsoer = (55.312, 10.79), (55.33, 11.14)
    found = sea(nyborg, korsoer)
    assert 15_000 < found.metres < 20_000
    assert found.link == "Storebæltsforbindelsen"
    assert distance(10.79, 55.312, 11.14, 55.33) > found.metres


def test_a_harbour_or_a_sound_under_a_bridge_is_not_much():
    assert sea((55.676, 12.568), (55.63, 12.6)).metres < 500
    assert sea((57.048, 9.92), (57.065, 9.92)).metres < 1_000
    assert sea((55.67, 12.4), (55.67, 12.5)).metres == 0
