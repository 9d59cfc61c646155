"""The street map's tiles, as a browser fetches them."""

import time

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from locator.api import tile_routes
from locator.map import CurrentTiles, build_tiles

TUNOE = "/tiles/15/17334/10212.mvt"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "map.pmtiles"


@pytest.fixture
def client(path):
    return TestClient(Starlette(routes=tile_routes(CurrentTiles(path))))


def build(shared, path, name="tunoe_2024"):
    build_tiles(shared / "osm" / f"{name}.osm.pbf", path, lambda what: None)


def test_without_a_map_nothing_is_served(client):
    assert client.get("/tiles/tiles.json").json() is None
    assert client.get(TUNOE).status_code == 404


def test_a_new_map_is_taken_up_at_once(client, shared, path):
    assert client.get("/tiles/tiles.json").json() is None
    build(shared, path)
    about = client.get("/tiles/tiles.json").json()
    assert "OpenStreetMap" in about["attribution"]
    answer = client.get(TUNOE)
    assert answer.status_code == 200
    assert len(answer.content) > 1_000
    build(shared, path, "nodebo_2024")
    assert client.get("/tiles/tiles.json").json()["version"] != about["version"]
    assert client.get(TUNOE).status_code == 204


def test_a_browser_keeps_a_tile_as_long_as_the_map_is_the_same(client, shared, path):
    build(shared, path)
    version = client.get("/tiles/tiles.json").json()["version"]
    kept = client.get(f"{TUNOE}?v={version}")
    assert "immutable" in kept.headers["Cache-Control"]
    assert client.get(f"{TUNOE}?v=older").headers["Cache-Control"] == "no-cache"
    again = client.get(TUNOE, headers={"If-None-Match": kept.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


# Of processor, since others may use the machine meanwhile.
def test_a_tile_takes_less_than_30_ms_nineteen_times_in_twenty(client, shared, path):
    build(shared, path)
    client.get(TUNOE)
    times = []
    for _ in range(100):
        start = time.process_time()
        client.get(TUNOE)
        times.append(time.process_time() - start)
    assert sorted(times)[94] < 0.03


@pytest.mark.parametrize("path_", ["15/0/x.mvt", "-1/0/0.mvt", "15/1.mvt", "../map.pmtiles"])
def test_nothing_else_is_served(client, path_):
    assert client.get(f"/tiles/{path_}").status_code == 404
