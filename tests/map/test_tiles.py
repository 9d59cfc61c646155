"""The street map: what is drawn of an extract, and what is said of one that cannot be."""

import gzip
from math import asinh, pi, radians, tan

import mapbox_vector_tile
import pytest
import shapely
from pmtiles.tile import zxy_to_tileid
from shapely.geometry import shape

from locator.earth import Point
from locator.errors import DataError
from locator.map import CurrentTiles, TileArchive, build_tiles

TUNOE_TOWN = Point(55.9505, 10.4492)


def tile_of(lat, lon, zoom):
    """The tile that a point lies in."""
    y = (1 - asinh(tan(radians(lat))) / pi) / 2
    return zoom, int((lon + 180) / 360 * 2**zoom), int(y * 2**zoom)


def content(archive, zoom, at=TUNOE_TOWN):
    body = archive.tile(*tile_of(at.lat, at.lon, zoom))
    return mapbox_vector_tile.decode(gzip.decompress(body)) if body else {}


def values(layer, key):
    return {found["properties"].get(key) for found in layer["features"]}


@pytest.fixture(scope="module")
def tunoe(shared, tmp_path_factory):
    target = tmp_path_factory.mktemp("tiles") / "map.pmtiles"
    build_tiles(shared / "osm" / "tunoe_2024.osm.pbf", target, lambda what: None)
    return TileArchive(target)


def test_the_deepest_zoom_has_streets_by_name_buildings_and_house_numbers(tunoe):
    layers = content(tunoe, 15)
    assert (
        "Hovedgaden" in values(layers["streets"], "name") | values(layers["through"], "name")
        if ("through" in layers)
        else values(layers["streets"], "name")
    )
    assert len(layers["buildings"]["features"]) > 20
    assert all(values(layers["numbers"], "number"))
    assert {"ground"} <= set(layers)


def test_from_afar_there_is_land_in_the_sea_and_no_clutter(tunoe):
    layers = content(tunoe, 11)
    assert {"ground", "sea", "ferries"} <= set(layers)
    assert not {"buildings", "numbers", "paths"} & set(layers)


def test_the_island_is_land_and_the_harbour_is_at_its_shore(tunoe):
    decoded = content(tunoe, 11)
    land = shapely.union_all([shape(one["geometry"]) for one in decoded["ground"]["features"]])
    sea = shapely.union_all([shape(one["geometry"]) for one in decoded["sea"]["features"]])
    assert land.area > 0
    assert sea.area > 0
    assert land.intersection(sea).area < 0.02 * land.area


def test_no_tile_outside_of_the_extract(tunoe):
    assert tunoe.tile(*tile_of(57.05, 9.92, 15)) is None
    assert tunoe.tile(99, 0, 0) is None
    assert tunoe.tile(3, 9, 0) is None


def test_tiles_are_small(tunoe):
    assert len(tunoe.tile(*tile_of(*TUNOE_TOWN, 15))) < 100_000


def test_an_extract_whose_objects_are_out_of_order_is_drawn_too(shared, tmp_path):
    path = shared / "osm" / "nodebo_2024.osm.pbf"
    built = build_tiles(path, tmp_path / "map.pmtiles", lambda what: None)
    assert built.things["streets"]


@pytest.mark.parametrize(
    ("name", "cut", "says"),
    [
        ("map.txt", None, "no OpenStreetMap file"),
        ("half.osm.pbf", 40_000, "damaged or only half there"),
        ("empty.osm.pbf", 0, "damaged or only half there"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_leaves_the_old_map(shared, tmp_path, name, cut, says):
    whole = (shared / "osm" / "tunoe_2024.osm.pbf").read_bytes()
    (tmp_path / name).write_bytes(whole if cut is None else whole[:cut])
    (tmp_path / "map.pmtiles").write_bytes(b"old")
    with pytest.raises(DataError, match=says):
        build_tiles(tmp_path / name, tmp_path / "map.pmtiles", lambda what: None)
    assert (tmp_path / "map.pmtiles").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2


def test_half_a_map_is_not_taken_for_one(tunoe, shared, tmp_path):
    target = tmp_path / "map.pmtiles"
    build_tiles(shared / "osm" / "nodebo_2024.osm.pbf", target, lambda what: None)
    target.write_bytes(target.read_bytes()[:-100])
    with pytest.raises(DataError, match="Build it again"):
        CurrentTiles(target).archive()
    target.write_text("no map")
    with pytest.raises(DataError, match="Build it again"):
        CurrentTiles(target).archive()


def test_tiles_are_numbered_as_the_format_says():
    # The format's own example: the first tile of zoom 3 comes after the 21 of zooms 0 to 2.
    assert zxy_to_tileid(3, 0, 0) == 21
