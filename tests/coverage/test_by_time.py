"""Coverage in minutes: on foot and by car in Rønne, by public transport in Porto Alegre."""

import json
import math
import pickle
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from locator.cli import coverage
from locator.cli import site as site_command
from locator.coverage import Parameters, Request, Sources, Transport, ask
from locator.coverage.results.sidecar import NAME
from locator.errors import InputError, NotFoundError
from locator.travel import (
    Limit,
    Places,
    StreetNetwork,
    Unit,
    build_streets,
    build_timetable,
    open_network,
)

# On a lattice over Rønne 200 m apart; one place in Aarhus, and one at sea outside the harbour.
LON, LAT = np.meshgrid(np.arange(14.700, 14.725, 0.0031), np.arange(55.095, 55.112, 0.0018))
AWAY = [("aarhus", 10.2, 56.15, 1000), ("sea", 14.66, 55.10, 7)]
FACILITIES = """id,lon,lat,name
library,14.7065,55.1003,The library
school,14.7180,55.1080,The school
far,10.21,56.16,Aarhus
"""


@pytest.fixture(scope="session")
def ronne(tmp_path_factory, shared) -> Path:
    """The network of Rønne."""
    folder = tmp_path_factory.mktemp("ronne") / "network"
    build_streets(shared / "osm" / "ronne_2017.osm.pbf", folder / "streets")
    return folder


@pytest.fixture(scope="session")
def metric(ronne) -> StreetNetwork:
    return StreetNetwork(open_network(ronne / "streets").streets("foot"))


@pytest.fixture
def tables(tmp_path, ronne) -> list[str]:
    homes = [
        (f"home-{row}", x, y, 10 + row % 3)
        for row, (x, y) in enumerate(zip(LON.ravel(), LAT.ravel(), strict=True))
    ]
    lines = [f"{name},{x:.5f},{y:.5f},{people}" for name, x, y, people in [*homes, *AWAY]]
    (tmp_path / "homes.csv").write_text("\n".join(["id,lon,lat,people", *lines]))
    (tmp_path / "places.csv").write_text(FACILITIES)
    return [
        *("--demand", str(tmp_path / "homes.csv"), "--population", "people"),
        *("--facilities", str(tmp_path / "places.csv")),
        *("--travel", "foot", "--network", str(ronne)),
    ]


def run(*arguments, command=coverage.command):
    result = CliRunner().invoke(command, [str(part) for part in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def figures(*arguments) -> dict:
    return json.loads(run(*arguments, "--format", "json").stdout)


@pytest.fixture(scope="module")
def at_streets(metric) -> np.ndarray:
    """Which of the homes in town the network reaches."""
    known = np.asarray(metric.knows(Places(LON.ravel().round(5), LAT.ravel().round(5))))
    assert known.sum() > 50
    return known


def test_minutes_are_those_of_the_streets(tables, metric, at_streets):
    found = figures(*tables, "--within", "5min,10min")
    assert found["unit"] == "s"
    assert [share["limit"] for share in found["shares"]] == [300, 600]
    rows = np.flatnonzero(at_streets)
    here = Places(LON.ravel().round(5)[rows], LAT.ravel().round(5)[rows])
    there = Places(np.array([14.7065, 14.7180]), np.array([55.1003, 55.1080]))
    seconds = metric.nearest(here, there).cost[:, 0]
    for row, cost in zip(rows, seconds, strict=True):
        assert math.isclose(found["values"][f"home-{row}"], cost, rel_tol=1e-9)
    people = (10 + np.arange(LON.size) % 3)[rows]
    assert found["shares"][1]["people"] == people[seconds <= 600].sum()


def test_who_lives_beyond_the_network_is_not_measured_and_that_is_said(tables, at_streets):
    result = run(*tables, "--within", "10min", "--format", "json")
    found = json.loads(result.stdout)
    assert not {"aarhus", "sea"} & found["values"].keys()
    people = 10 + np.arange(LON.size) % 3
    assert found["summary"]["people"] == people[at_streets].sum()
    assert found["summary"]["people_unreached"] == 0
    lost = 1007 + people[~at_streets].sum()
    assert f"{lost} people live more than 500 m from every street" in result.stderr
    assert "not measured" in result.stderr
    assert "1 of 3 places of help lie more than 500 m" in result.stderr
    assert "data of 2015-05-05" in result.stderr


def test_a_network_that_reaches_nobody_says_what_to_do(tables, tmp_path):
    (tmp_path / "homes.csv").write_text("id,lon,lat,people\na,10.2,56.15,5\n")
    with pytest.raises(InputError, match=r"reaches none of the places.*travel build"):
        run(*tables, "--within", "10min")


def test_no_place_of_help_in_the_network(tables, tmp_path):
    (tmp_path / "places.csv").write_text("id,lon,lat\nfar,10.21,56.16\n")
    with pytest.raises(NotFoundError, match="lies at a street of ronne_2017"):
        run(*tables, "--within", "10min")


def test_without_a_network_it_says_how_to_build_one(tables, tmp_path):
    asked = [*tables[:-1], str(tmp_path / "none")]
    with pytest.raises(NotFoundError, match=r"no street network at .*travel build"):
        run(*asked, "--within", "10min")


def test_a_length_is_no_limit_of_minutes(tables):
    with pytest.raises(InputError, match="is a length"):
        run(*tables, "--within", "5km")


def test_by_car_it_is_not_as_long_and_slower_walkers_take_longer(tables):
    car = [*tables, "--travel", "car"]
    slow = [*tables, "--speed", "2.52km/h"]
    walked, driven, slowly = (figures(*asked)["summary"]["mean"] for asked in (tables, car, slow))
    assert driven < walked / 2
    assert math.isclose(slowly, 2 * walked, rel_tol=1e-6)


@pytest.mark.parametrize(
    "measure",
    [
        ("share",),
        ("cumulative",),
        ("2sfca",),
        ("gini",),
        ("balancing", "--increment", "60"),
        ("raam", "--tau", "10min"),
    ],
)
def test_every_kind_of_measure_takes_minutes(tables, measure):
    name, *more = measure
    assert figures(*tables, "--measure", name, "--within", "10min", *more)["measure"] == name


def test_cells_gaps_map_and_report(tables, tmp_path, at_streets):
    run(*tables, "--within", "5min,8min", "--resolution", 9, "--out", tmp_path / "out")
    cells = gpd.read_parquet(tmp_path / "out" / "cells.parquet")
    people = 10 + np.arange(LON.size) % 3
    assert cells["people"].sum() == people[at_streets].sum()
    # Nobody is out of reach because of where the middle of a cell lies.
    assert cells["travel_s"].notna().all()
    gaps = gpd.read_file(tmp_path / "out" / "coverage.gpkg", layer="gaps")
    assert len(gaps)
    assert gaps["municipality"].eq("Bornholm").all()
    assert (gaps["travel_s"] > 480).all()
    report = (tmp_path / "out" / "report.html").read_text()
    for text in ("8 min", "on foot along streets", "ronne_2017.osm.pbf"):
        assert text in report
    # Whom the figures leave out stands before them.
    assert report.index("not measured") < report.index("Within reach")


def test_the_sidecar_makes_the_same_again_and_knows_the_network(tables, tmp_path, ronne):
    run(*tables, "--within", "10min", "--resolution", 9, "--out", tmp_path / "out")
    told = json.loads((tmp_path / "out" / NAME).read_text())
    assert told["parameters"]["sources"]["travel"]["mode"] == "foot"
    assert str(ronne / "streets" / "about.json") in told["inputs"]
    assert not any(Path(name).name.startswith("car_") for name in told["inputs"])
    (source,) = [one for one in told["sources"] if one["title"] == "ronne_2017.osm.pbf"]
    assert (source["licence"], source["date"]) == ("ODbL 1.0", "2015-05-05")
    run("--from-sidecar", tmp_path / "out" / NAME, "--out", tmp_path / "again")
    for file in (tmp_path / "out").iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_what_if_one_more_were_opened(tables):
    opened = ("--open", "55.0975,14.7020", "--resolution", 9)
    (found,) = figures(*tables, "--within", "5min", *opened)
    assert found["after"] > found["before"]
    assert found["mean_after"] < found["mean_before"]


def test_siting_in_minutes_over_places_and_over_cells(tables):
    asked = [*tables, "--objective", "mclp", "--p", "1", "--within", "8min", "--format", "json"]
    for more in ([], ["--resolution", "9"]):
        result = run(*asked, *more, command=site_command.command)
        found = json.loads(result.stdout)
        assert found["sites"] in (["library"], ["school"])
        assert 0 < found["people_covered"] < found["people"]
        assert "not measured" in result.stderr


def test_elsewhere_it_is_measured_the_same(tables, ronne, tmp_path):
    """What goes to a worker is the network's folder; it comes to the same figures there."""

    def sent(work, parts):
        for part in parts:
            yield pickle.loads(pickle.dumps(work))(pickle.loads(pickle.dumps(part)))

    asked = Request(
        Sources(
            demand=str(tmp_path / "homes.csv"),
            population="people",
            facilities=str(tmp_path / "places.csv"),
            travel=Transport("bicycle", str(ronne)),
        ),
        parameters=Parameters(within=(Limit(5, Unit.MINUTE),)),
        resolution=9,
    )
    here, there = ask(asked), ask(asked, sent)
    assert here.study is not None
    assert there.study is not None
    assert np.array_equal(here.values.places["nearest"], there.values.places["nearest"])
    assert np.array_equal(here.study.cost, there.study.cost)
    assert here.notes == there.notes


def test_rough_points_of_the_directory_are_told(ronne, tmp_path):
    """The embedded directory has places of which the town or postcode alone is known."""
    from locator.coverage.inputs import directory_facilities
    from locator.coverage.inputs.by_time import with_a_way
    from locator.directory import load

    record = next(r for r in load().records if r.precision == "postcode" and r.point)
    facilities = directory_facilities(record.categories[:1])
    row = facilities.ids.index(record.id)
    there = facilities.some(np.array([row]))
    moved = type(there)(
        there.ids, there.weight, np.array([14.7065]), np.array([55.1003]), there.crs, there.table
    )
    (note,) = with_a_way(moved, Transport("foot", str(ronne))).notes
    assert "only the town or postcode is known" in note.text()


@pytest.fixture(scope="session")
def porto_alegre(tmp_path_factory, shared) -> Path:
    """The streets and the timetables of Porto Alegre."""
    city, folder = shared / "gtfs" / "porto_alegre", tmp_path_factory.mktemp("poa") / "network"
    build_streets(city / "poa_osm.pbf", folder / "streets")
    feeds = [city / "poa_eptc.zip", city / "poa_trensurb.zip"]
    build_timetable(feeds, folder / "timetable")
    return folder


@pytest.fixture
def by_transit(tmp_path, shared, porto_alegre) -> list[str]:
    """To two hospitals, from every fortieth cell of the published grid."""
    city = shared / "gtfs" / "porto_alegre"
    grid = pd.read_csv(city / "poa_hexgrid.csv").iloc[::40]
    grid.to_csv(tmp_path / "grid.csv", index=False)
    points = pd.read_csv(city / "poa_points_of_interest.csv")
    points[points["id"].str.contains("hospital")].to_csv(tmp_path / "places.csv", index=False)
    return [
        *("--demand", str(tmp_path / "grid.csv"), "--population", "population"),
        *("--facilities", str(tmp_path / "places.csv"), "--travel", "transit"),
        *("--network", str(porto_alegre)),
    ]


def test_by_public_transport_a_percentile_of_the_window(by_transit):
    when = ("--depart", "2019-05-13 08:00", "--window", "20min", "--within", "30min,45min")
    result = run(*by_transit, *when, "--format", "json")
    found = json.loads(result.stdout)
    assert found["unit"] == "s"
    assert [share["limit"] for share in found["shares"]] == [1800, 2700]
    assert "a departure each minute for 20 minutes from 2019-05-13 08:00" in result.stderr
    assert "percentile of time, not of access" in result.stderr
    assert "poa_eptc.zip (2019-" in result.stderr
    assert "more than 120 minutes, and walks of more than 60" in result.stderr
    late = figures(*by_transit, *when, "--percentile", "90")
    walked = figures(*by_transit, "--travel", "foot", "--within", "30min,45min")
    assert 0 < found["shares"][0]["people"] < found["shares"][1]["people"]
    assert walked["shares"][1]["people"] <= found["shares"][1]["people"]
    means = [one["summary"]["mean"] for one in (walked, late, found)]
    assert means[0] > means[1] > means[2]


def test_the_same_departures_again_from_the_sidecar(by_transit, tmp_path):
    when = ("--depart", "2019-05-13 08:00", "--window", "5min", "--within", "30min")
    run(*by_transit, *when, "--out", tmp_path / "out")
    told = json.loads((tmp_path / "out" / NAME).read_text())
    travel = told["parameters"]["sources"]["travel"]
    assert (travel["depart"], travel["window"]) == ("2019-05-13 08:00", 300)
    titles = {source["title"] for source in told["sources"]}
    assert {"poa_osm.pbf", "poa_eptc.zip", "poa_trensurb.zip"} <= titles
    run("--from-sidecar", tmp_path / "out" / NAME, "--out", tmp_path / "again")
    for file in (tmp_path / "out").iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_a_day_that_no_timetable_covers_and_no_day_at_all(by_transit):
    with pytest.raises(InputError, match=r"2026-12-01 is not in the timetable: .* covers 2019"):
        run(*by_transit, "--depart", "2026-12-01 08:00", "--within", "30min")
    with pytest.raises(InputError, match=r"give --depart .* from 2019"):
        run(*by_transit, "--within", "30min")


def test_streets_alone_are_no_timetable(tables):
    asked = [*tables, "--travel", "transit", "--depart", "2026-12-01 08:00"]
    with pytest.raises(NotFoundError, match=r"no timetable at .*travel timetable"):
        run(*asked, "--within", "30min")
