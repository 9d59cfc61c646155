"""`travel`: a network is made, told about, and asked; what cannot be is refused in words."""

import csv
import json
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner, Result

from locator.cli import main
from locator.errors import DataError, InputError, LocatorError, NotFoundError


def run(*arguments: object) -> Result:
    done = CliRunner().invoke(main, ["travel", *map(str, arguments)])
    if done.exception and isinstance(done.exception, LocatorError):
        raise done.exception
    return done


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def ronne(shared, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("network")
    done = run("build", shared / "osm" / "ronne_2017.osm.pbf", "--out", folder)
    assert "junctions" in done.stdout
    return folder


def test_the_network_says_what_it_is(ronne):
    told = json.loads(run("info", "--network", ronne, "--format", "json").stdout)
    assert told["licence"] == "ODbL 1.0"
    assert told["date"] == "2015-05-05"
    assert told["file"] == "ronne_2017.osm.pbf"
    assert set(told["modes"]) == {"foot", "bicycle", "car"}
    west, south, east, north = told["bbox"]
    assert west < 14.7 < east
    assert south < 55.1 < north
    assert "ODbL" in run("info", "--network", ronne).stdout


PAIRS = """who;from_lat;from_lon;to_lat;to_lon
a;55,0987;14,728965;55,09549;14,709232
b;55.0987;14.728965;55.09549;14.709232
c;55.0987;14.728965;55.7;12.5
"""


@pytest.mark.parametrize("mode", ["foot", "bicycle", "car"])
def test_a_table_of_pairs_keeps_its_columns_and_gets_its_times(ronne, tmp_path, mode):
    pairs, out = tmp_path / "pairs.csv", tmp_path / "out.csv"
    pairs.write_text(PAIRS, encoding="utf-8")
    run("times", "--file", pairs, "--mode", mode, "--network", ronne, "--out", out)
    a, b, c = table(out)
    assert list(a)[:5] == ["who", "from_lat", "from_lon", "to_lat", "to_lon"]
    assert [a["who"], a["from_lat"]] == ["a", "55,0987"]
    assert a["seconds"] == b["seconds"]
    walks = (float(a["snap_from_m"]) + float(a["snap_to_m"])) / 1.4
    assert float(a["seconds"]) == pytest.approx(float(a["network_seconds"]) + walks, abs=0.3)
    assert 1_000 < float(a["metres"]) < 2_500
    assert [c[k] for k in ("seconds", "network_seconds", "metres")] == ["", "", ""]
    assert c["note"].startswith("the end lies outside of ronne_2017.osm.pbf")


def test_slower_walkers_take_longer(ronne, tmp_path):
    pairs, out = tmp_path / "pairs.csv", tmp_path / "out.csv"
    pairs.write_text(PAIRS, encoding="utf-8")
    taken = []
    for speed in ("5.04km/h", "2,52", "0.7m/s"):
        run("times", "--file", pairs, "--speed", speed, "--network", ronne, "--out", out)
        taken.append(float(table(out)[0]["seconds"]))
    assert taken[1] == pytest.approx(2 * taken[0], abs=0.2)
    assert taken[1] == taken[2]


def test_a_matrix_is_a_cost_table(ronne, tmp_path):
    places, out = tmp_path / "places.csv", tmp_path / "out.csv"
    places.write_text("id,lat,lon\nx,55.0987,14.7289\ny,55.0955,14.7092\n", encoding="utf-8")
    run(
        *("matrix", "--origins", places, "--destinations", places),
        *("--network", ronne, "--out", out),
    )
    found = {(row["origin"], row["destination"]): float(row["seconds"]) for row in table(out)}
    assert found.keys() == {("x", "x"), ("x", "y"), ("y", "x"), ("y", "y")}
    assert found["x", "y"] > 600


def test_what_can_be_reached_is_drawn(ronne):
    done = run("isochrone", "55.0987,14.7289", "--within", "5min,10min", "--network", ronne)
    large, small = json.loads(done.stdout)["features"]
    assert [f["properties"]["within"] for f in (large, small)] == ["10 min", "5 min"]
    assert shapely.from_geojson(json.dumps(large["geometry"])).contains(
        shapely.Point(14.7289, 55.0987)
    )


def test_what_is_asked_of_the_wrong_network_is_refused(ronne, tmp_path):
    with pytest.raises(InputError, match="network of a larger extract"):
        run("isochrone", "55.68,12.57", "--network", ronne)
    with pytest.raises(NotFoundError, match="travel build"):
        run("info", "--network", tmp_path)


def test_pairs_without_coordinates_are_refused(ronne, tmp_path):
    pairs, out = tmp_path / "pairs.csv", tmp_path / "out.csv"
    pairs.write_text("from_lat,from_lon,to_lat\n55,14,55\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column to_lon"):
        run("times", "--file", pairs, "--network", ronne, "--out", out)
    pairs.write_text("from_lat,from_lon,to_lat,to_lon\n55,14,55,14\n55,14,,14\n", "utf-8")
    with pytest.raises(DataError, match="row 3: to_lat"):
        run("times", "--file", pairs, "--network", ronne, "--out", out)
    assert not out.exists()


def broken(shared: Path, how: str) -> bytes:
    whole = (shared / "osm" / "ronne_2017.osm.pbf").read_bytes()
    return {"half": whole[: len(whole) // 2], "empty": b"", "text": b"not a map" * 99}[how]


@pytest.mark.parametrize("how", ["half", "empty", "text"])
def test_a_damaged_file_leaves_the_network_that_was_there(shared, ronne, tmp_path, how):
    file = tmp_path / "denmark.osm.pbf"
    file.write_bytes(broken(shared, how))
    before = json.loads(run("info", "--network", ronne, "--format", "json").stdout)
    with pytest.raises(DataError, match="could not be read to its end"):
        run("build", file, "--out", ronne)
    assert json.loads(run("info", "--network", ronne, "--format", "json").stdout) == before
    assert [part.name for part in ronne.iterdir()] == ["streets"]


def test_a_file_without_streets_is_refused(tmp_path):
    file = tmp_path / "addresses.osm"
    file.write_text(
        '<osm version="0.6"><node id="1" lat="55" lon="12" version="1">'
        '<tag k="addr:housenumber" v="1"/></node></osm>',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="no streets"):
        run("build", file, "--out", tmp_path / "network")
    assert not (tmp_path / "network").exists()
    other = tmp_path / "table.csv"
    other.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(DataError, match="no OpenStreetMap file"):
        run("build", other, "--out", tmp_path / "network")
