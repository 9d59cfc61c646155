"""The files of the map, as its frame fetches them."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from locator.api import map_routes
from locator.geocoding import CurrentIndex
from locator.geocoding.addresses.importer import build
from locator.geocoding.addresses.table import Mapping
from locator.map import LocalMap

ROWS = """street,number,postcode,city,lat,lon
</script><b>Vej,1,5000,Odense C,55.4001,10.3801
"""


@pytest.fixture
def client(tmp_path):
    return TestClient(Starlette(routes=map_routes(CurrentIndex(tmp_path / "index"))))


def test_all_that_the_map_names_is_served(client):
    made = LocalMap("/map")
    for _, link in [*made.default_js, *made.default_css]:
        assert client.get(link).status_code == 200, link
    assert client.get("/map/images/marker-icon.png").status_code == 200
    assert client.get("/map/basemap.json").json()["land"]


def test_a_browser_that_has_the_base_map_is_not_sent_it_again(client):
    first = client.get("/map/basemap.json")
    again = client.get("/map/basemap.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_new_index_names_its_streets_at_once(client, tmp_path):
    assert client.get("/map/streets/1108_103.json").json() == []
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    build([tmp_path / "rows.csv"], tmp_path / "index", Mapping(), lambda path, part: None)
    answer = client.get("/map/streets/1108_103.json")
    assert answer.json() == [[55.4001, 10.3801, "</script><b>Vej"]]
    assert "<" not in answer.text


@pytest.mark.parametrize("path", ["../webmap.py", "%2e%2e/webmap.py", "streets/x.json", "nothing"])
def test_nothing_else_is_served(client, path):
    assert client.get(f"/map/{path}").status_code == 404


def test_the_shore_comes_in_small_pieces(client):
    copenhagen = client.get("/map/shore/278_31.json")
    home, _ = copenhagen.json()
    assert home
    assert len(copenhagen.content) < 30_000
    assert client.get("/map/shore/0_0.json").json() is None
