"""The shore of the map without an extract, from close up: harbours are water, quays are land."""

import pytest
import shapely

from locator.map.embedded_shore import SHORE_LAT, SHORE_LON, shore_cell


def land_at(lat, lon):
    cell = shore_cell(int(lat // SHORE_LAT), int(lon // SHORE_LON))
    return [
        any(
            shapely.Polygon(outer, holes).contains(shapely.Point(lat, lon))
            for outer, *holes in part
        )
        for part in cell
    ]


@pytest.mark.parametrize(
    ("place", "lat", "lon", "land"),
    [
        ("Copenhagen's inner harbour", 55.6825, 12.5985, False),
        ("under Knippelsbro", 55.6745, 12.5870, False),
        ("Christianshavn", 55.6730, 12.5920, True),
        ("Refshaleøen", 55.6910, 12.6120, True),
        ("Esbjerg", 55.4670, 8.4520, True),
        ("between Esbjerg and Fanø", 55.4700, 8.4100, False),
        ("Løgstør Bredning", 56.9500, 9.2000, False),
        ("Rønne", 55.1005, 14.7050, True),
        ("Tunø", 55.9505, 10.4492, True),
        ("Christiansø", 55.3200, 15.1870, True),
    ],
)
def test_land_is_land_and_water_is_water(place, lat, lon, land):
    assert land_at(lat, lon)[0] == land, place


def test_the_neighbours_are_not_home():
    assert land_at(56.048, 12.71) == [False, True]  # Helsingborg


def test_a_cell_with_none_of_denmark_is_left_to_the_coarse_coast():
    assert shore_cell(0, 0) is None
