"""`travel` by public transport, in Porto Alegre."""

import csv
import json

import pytest
import shapely
from click.testing import CliRunner

from locator.cli import main

# Minutes that r5r publishes, see tests/travel/timetable/test_porto_alegre.py.
MINUTES = {"gasometer_museum": 12, "townhall": 3, "farrapos_station": 20}


def asked(*arguments: str) -> str:
    done = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def network(tmp_path_factory, shared):
    city, folder = shared / "gtfs" / "porto_alegre", tmp_path_factory.mktemp("poa") / "network"
    feeds = [f"--gtfs={city / name}" for name in ("poa_eptc.zip", "poa_trensurb.zip")]
    told = asked("travel", "build", str(city / "poa_osm.pbf"), "--out", str(folder), *feeds)
    assert "poa_eptc.zip" in told
    return folder


@pytest.fixture(scope="module")
def points(shared):
    with (shared / "gtfs" / "porto_alegre" / "poa_points_of_interest.csv").open() as file:
        return {row["id"]: (row["lat"], row["lon"]) for row in csv.DictReader(file)}


def times(tmp_path, network, pairs, *options: str) -> list[dict[str, str]]:
    """What `travel times` writes of these pairs of points."""
    rows = [",".join((*start, *end)) for start, end in pairs]
    text = "\n".join(("from_lat,from_lon,to_lat,to_lon", *rows))
    (tmp_path / "pairs.csv").write_text(text, encoding="utf-8")
    out = tmp_path / "out.csv"
    where = ("--network", str(network), "--out", str(out), "--file", str(tmp_path / "pairs.csv"))
    asked("travel", "times", "--mode", "transit", *where, *options)
    with out.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_published_minutes_are_met(tmp_path, network, points):
    pairs = [(points["public_market"], points[name]) for name in MINUTES]
    when = ("--depart", "2019-05-13 14:00", "--window", "10min", "--percentiles", "50")
    rows = times(tmp_path, network, pairs, *when, "--speed", "3.6km/h")
    for row, minutes in zip(rows, MINUTES.values(), strict=True):
        assert abs(float(row["seconds_p50"]) // 60 - minutes) <= 1


def test_percentiles_rise_and_pairs_without_a_way_say_so(tmp_path, network, points):
    far = ("-29.5", "-51.2")
    pairs = [(points["public_market"], points["pucrs"]), (points["public_market"], far)]
    when = ("--depart", "2019-05-13 14:00", "--window", "30min", "--percentiles", "10,50,90")
    found, lost = times(tmp_path, network, pairs, *when)
    columns = [f"seconds_p{p}" for p in (10, 50, 90)]
    seconds = [float(found[column]) for column in columns]
    assert 0 < seconds[0] < seconds[1] < seconds[2]
    assert "seconds" not in found
    assert [lost[column] for column in columns] == ["", "", ""]
    assert lost["note"]


def test_one_departure_has_seconds(tmp_path, network, points):
    pairs = [(points["public_market"], points["farrapos_station"])]
    (row,) = times(tmp_path, network, pairs, "--depart", "2019-05-13 14:00")
    assert 600 < float(row["seconds"]) < 1500
    assert float(row["network_seconds"]) <= float(row["seconds"])


def test_a_day_that_the_feeds_do_not_cover_is_refused(tmp_path, network, points):
    (tmp_path / "pairs.csv").write_text("from_lat,from_lon,to_lat,to_lon\n-30.02,-51.2,-30,-51\n")
    arguments = ["travel", "times", "--mode", "transit", "--network", str(network)]
    arguments += ["--file", str(tmp_path / "pairs.csv"), "--out", str(tmp_path / "out.csv")]
    done = CliRunner().invoke(main, [*arguments, "--depart", "2019-08-01 08:00"])
    assert "poa_eptc.zip covers 2019-04-15 to 2019-07-15" in str(done.exception)
    assert not (tmp_path / "out.csv").exists()


def test_days_covered_are_told(network):
    told = asked("travel", "info", "--network", str(network))
    assert "2019-04-15 to 2019-07-15" in told
    told = json.loads(asked("travel", "info", "--network", str(network), "--format", "json"))
    assert [feed["first"] for feed in told["timetable"]["feeds"]] == ["2019-04-15", "2019-03-01"]


def test_a_journey_is_told(network, points):
    ends = [",".join(points[name]) for name in ("public_market", "farrapos_station")]
    where = ("--network", str(network), "--depart", "2019-05-13 14:00")
    told = asked("travel", "journey", *ends, *where)
    assert "train LINHA1 from ESTACAO MERCADO to ESTACAO FARRAPOS" in told


def test_a_newer_feed_comes_alone_and_a_newer_map_leaves_it(tmp_path, shared, network):
    city, copy = shared / "gtfs" / "porto_alegre", tmp_path / "network"
    asked("travel", "timetable", str(city / "poa_trensurb.zip"), "--network", str(copy))
    asked("travel", "build", str(city / "poa_osm.pbf"), "--out", str(copy))
    told = asked("travel", "info", "--network", str(copy))
    assert "2019-03-01 to 2019-12-31" in told
    assert "poa_eptc" not in told


def test_a_matrix_and_an_area(tmp_path, network, points):
    lines = ["id,lat,lon", *(",".join((name, *points[name])) for name in MINUTES)]
    (tmp_path / "places.csv").write_text("\n".join(lines), encoding="utf-8")
    out, table = tmp_path / "out.csv", str(tmp_path / "places.csv")
    where = ("--mode", "transit", "--network", str(network), "--depart", "2019-05-13 14:00")
    window = ("--window", "10min", "--percentiles", "10,90", "--out", str(out))
    asked("travel", "matrix", "--origins", table, "--destinations", table, *where, *window)
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 9
    assert all(float(row["seconds_p10"]) <= float(row["seconds_p90"]) for row in rows)
    at = ",".join(points["townhall"])
    drawn = json.loads(asked("travel", "isochrone", at, "--within", "10min,20min", *where))
    large, small = (shapely.geometry.shape(f["geometry"]) for f in drawn["features"])
    assert large.area > 2 * small.area


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--depart", "tomorrow", "write 2026-12-01 08:00"),
        ("--percentiles", "0,50", "above 0 to 100"),
        ("--max-walk", "800m", "a length where a time is asked"),
    ],
)
def test_what_is_not_understood_is_refused(network, option, value, said):
    arguments = ["travel", "journey", "-30.0,-51.2", "-30.1,-51.2", "--network", str(network)]
    if option != "--depart":
        arguments += ["--depart", "2019-05-13 14:00"]
    done = CliRunner().invoke(main, [*arguments, option, value])
    assert said in done.output + str(done.exception)
