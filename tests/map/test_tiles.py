"""The street map: what is drawn of an extract, and what is said of one that cannot be."""

import gzip
from math import asinh, pi, radians, tan

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from pmtiles.tile import zxy_to_tileid
from shapely.geometry import shape

from locator.earth import Point
from locator.errors import DataError
from locator.map import CurrentTiles, TileArchive, build_tiles
from locator.map.tiles.shore import land_and_sea

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
    assert "Tunø Hovedgade" in values(layers["streets"], "name")
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


def test_land_lies_to_the_left_of_the_coast():
    """A square island, its coast run against the clock, in a square of sea."""
    coast = [np.array([(1.0, 1), (2, 1), (2, 2), (1, 2), (1, 1)])]
    land, sea = land_and_sea(coast, (0, 0, 3, 3))
    assert shapely.union_all(land).equals(shapely.box(1, 1, 2, 2))
    assert shapely.union_all(sea).area == pytest.approx(8)
    round_it, lake = land_and_sea([coast[0][::-1]], (0, 0, 3, 3))
    assert shapely.union_all(lake).equals(shapely.box(1, 1, 2, 2))
    assert shapely.union_all(round_it).area == pytest.approx(8)
    assert land_and_sea([], (0, 0, 3, 3)) == ([], [])  # where no coast is known, nothing is said


def test_what_is_cut_up_is_still_the_whole():
    turn = np.linspace(0, 2 * np.pi, 4_001)
    island = np.column_stack((np.cos(turn), np.sin(turn)))
    island[-1] = island[0]
    land, sea = land_and_sea([island], (-2, -2, 2, 2))
    assert len(land) > 4
    assert sum(part.area for part in land) == pytest.approx(np.pi, rel=1e-4)
    assert sum(part.area for part in [*land, *sea]) == pytest.approx(16)


def test_in_the_middle_of_copenhagen_there_is_land_and_a_harbour(shared, tmp_path):
    """The extract ends where its coast does not."""
    target = tmp_path / "map.pmtiles"
    build_tiles(shared / "osm" / "inner_copenhagen_2025.osm.pbf", target, lambda what: None)
    layers = content(TileArchive(target), 15, Point(55.6768, 12.5905))
    size = {
        name: sum(shape(one["geometry"]).area for one in layers[name]["features"]) / 4096**2
        for name in ("ground", "sea")
    }
    assert 0.1 < size["sea"] < 0.6
    assert 0.3 < size["ground"] < 1.1  # with what a tile has beyond its edges


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
