"""The offline map: land where people live, labels in an order that a browser can rely on."""

import csv
import json

import pytest
import shapely
from shapely.geometry import shape
from shapely.ops import nearest_points

from locator.earth.geodesic import distance
from locator.map.basemap import base_map
from locator.settings import GEODATA


@pytest.fixture(scope="module")
def base():
    return base_map()


@pytest.fixture(scope="module")
def denmark(base):
    return shapely.union_all(
        [shape(f["geometry"]) for f in base["land"]["features"] if f["properties"]["home"]]
    )


def test_is_small_enough_to_send(base):
    assert len(json.dumps(base, ensure_ascii=False, separators=(",", ":")).encode()) < 400_000


def test_land_is_valid_and_denmark_is_painted_last(base):
    features = base["land"]["features"]
    assert all(shape(f["geometry"]).is_valid for f in features)
    assert [f["properties"]["home"] for f in features] == [False, True]


def test_nearly_all_postcodes_lie_on_the_land(denmark):
    with (GEODATA / "postcodes.csv").open(encoding="utf-8", newline="") as file:
        points = [(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)]
    # East-west degrees are 0.56 as long as north-south ones here.
    squeezed = shapely.transform(denmark, lambda at: at * (0.56, 1.0))
    metres = []
    for lon, lat in points:
        nearest, _ = nearest_points(squeezed, shapely.Point(lon * 0.56, lat))
        metres.append(float(distance(lon, lat, nearest.x / 0.56, nearest.y)))
    assert sum(m < 0.1 for m in metres) / len(metres) > 0.99
    assert sum(m <= 100 for m in metres) / len(metres) > 0.995
    assert max(metres) < 5_000  # a sea fort off Copenhagen has a postcode of its own


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Bornholm", 14.92, 55.13),
        ("Skagen", 10.57, 57.72),
        ("Læsø", 11.0, 57.27),
        ("Ærø", 10.35, 54.88),
        ("Sejerø", 11.14, 55.89),
        ("Anholt", 11.56, 56.70),
        ("Tunø", 10.44, 55.95),
    ],
)
def test_the_far_corners_are_there(denmark, name, lon, lat):
    assert denmark.contains(shapely.Point(lon, lat)), name


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [("Malmö", 13.0, 55.6), ("Flensburg", 9.43, 54.77), ("Sylt", 8.33, 54.91)],
)
def test_the_neighbours_are_not_home(base, denmark, name, lon, lat):
    away = shape(base["land"]["features"][0]["geometry"])
    assert away.contains(shapely.Point(lon, lat)), name
    assert not denmark.contains(shapely.Point(lon, lat)), name


def test_the_largest_towns_come_first_and_show_from_afar(base):
    first = base["labels"][0]
    assert first[2:4] == ("København", "city")
    assert first[4] <= 6
    zooms = {text: zoom for _, _, text, kind, zoom in base["labels"] if kind != "postcode"}
    assert zooms["Odense"] < zooms["Skagen"]


def test_a_hamlet_is_not_shown_as_a_city(base):
    # GeoNames gives Klinteby Frihed the 43,000 people of all Lolland.
    kinds = {text: kind for _, _, text, kind, _ in base["labels"]}
    assert kinds["Klinteby Frihed"] == "town"
    assert kinds["Esbjerg"] == "city"


def test_every_postcode_is_named_once_with_its_place_or_street(base):
    texts = [text for _, _, text, kind, _ in base["labels"] if kind == "postcode"]
    assert len(texts) == len(set(texts)) == 1089
    assert {"8000 Aarhus C", "3700 Rønne", "Nyhavn 1051"} <= set(texts)
