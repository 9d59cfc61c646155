"""Help by how long it takes to get there, along the streets of inner Copenhagen."""

import csv
import io
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.record import Record
from locator.directory.records import Directory, load
from locator.earth.point import Point, Precision
from locator.errors import InputError
from locator.find import ANYWHERE, Part, Search, find, listing, read_search, to_json, write_search
from locator.find.cards import card
from locator.find.distances import distance_words
from locator.find.telling import order_text, radius_text
from locator.find.trips import Trip
from locator.geocoding import Answer, Confidence
from locator.language.catalogue import language
from locator.travel import Installed, Limit, Unit, build_streets, build_timetable
from tests.travel.timetable.feeds import feed, files, lines

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENGLISH = language("en")
TOWN_HALL_SQUARE = Point(55.6761, 12.5683)


@pytest.fixture(scope="module")
def network(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("travel") / "network"
    build_streets(shared / "osm" / "inner_copenhagen_2025.osm.pbf", folder / "streets")
    return folder


@pytest.fixture(scope="module")
def installed(network):
    return Installed(network)


def origin(accuracy=5.0):
    return Answer("", TOWN_HALL_SQUARE, Precision.ADDRESS, Confidence.A, accuracy_m=accuracy)


def found(installed, search, accuracy=5.0, directory=None):
    metric = installed.metric(search.travel, NOW)
    return find(directory or load(), origin(accuracy), search, NOW, metric)


def test_a_way_of_travelling_is_offered_where_the_network_reaches_alone(installed, tmp_path):
    assert installed.reaching(TOWN_HALL_SQUARE) == ("foot", "bicycle", "car")
    assert installed.reaching(Point(55.4, 10.4)) == ()
    assert Installed(tmp_path / "none").reaching(TOWN_HALL_SQUARE) == ()


def test_a_network_that_is_built_later_is_taken_up(shared, tmp_path):
    later = Installed(tmp_path)
    assert later.reaching(TOWN_HALL_SQUARE) == ()
    build_streets(shared / "osm" / "inner_copenhagen_2025.osm.pbf", tmp_path / "streets")
    assert "foot" in later.reaching(TOWN_HALL_SQUARE)
    build_streets(shared / "osm" / "ronne_2017.osm.pbf", tmp_path / "streets")
    assert later.reaching(TOWN_HALL_SQUARE) == ()
    assert "foot" in later.reaching(Point(55.1009, 14.7066))


@pytest.mark.parametrize(("mode", "said"), [("foot", "on foot"), ("bicycle", "by bicycle")])
def test_the_list_is_in_order_of_time_and_tells_minutes_and_metres(installed, mode, said):
    search = Search(travel=mode, plain=True)
    hits = found(installed, search).hits
    assert len(hits) > 10
    assert [hit.cost for hit in hits] == sorted(hit.cost for hit in hits)
    exact = next(hit for hit in hits if hit.off_m == pytest.approx(5.0))
    assert exact.trip.metres >= exact.distance_m * 0.99
    told = card(exact.record, load().reader(ENGLISH), NOW, exact)["distance"]
    minutes, metres = told.split(" · ")
    assert minutes == f"{max(round(exact.cost / 60), 1)} min {said}"
    assert metres.endswith((" m", " km"))


def test_the_way_goes_from_the_person_to_the_place(installed):
    hit = found(installed, Search(travel="foot", plain=True)).hits[3]
    line = hit.trip.line
    assert len(line) > 2
    for (lat, lon), there in ((line[0], TOWN_HALL_SQUARE), (line[-1], hit.record.point)):
        assert abs(lat - there.lat) < 0.002
        assert abs(lon - there.lon) < 0.003


def test_within_is_a_time(installed):
    near = found(installed, Search(travel="foot", within=Limit(10.0, Unit.MINUTE)))
    assert 0 < len(near.hits) < len(found(installed, Search(travel="foot")).hits)
    assert all(hit.cost <= 600 for hit in near.hits)
    assert radius_text(Search(travel="foot"), ENGLISH) == "within 30 min"
    assert order_text(near, Search(travel="foot", plain=True), ENGLISH).startswith("Quickest")


def test_what_is_not_known_exactly_is_in_about_so_many_minutes(installed):
    hits = found(installed, Search(travel="foot")).hits
    rough = [hit for hit in hits if hit.off_m > 150 and hit.distance_m > 500]
    assert rough
    for hit in rough:
        assert not distance_words(hit, ENGLISH)[0].isdigit() or " to " in distance_words(
            hit, ENGLISH
        )
    somewhere = found(installed, Search(travel="foot"), accuracy=400.0)
    assert all(
        said.startswith(("about", "up to")) or " to " in said
        for said in (distance_words(hit, ENGLISH) for hit in somewhere.hits[:5])
    )


def test_near_in_a_straight_line_but_without_a_way_is_told_apart(installed):
    sources = ({"url": "https://example.dk/"},)
    far_out = Record(
        id="pier", name="Pier", categories=("library",), lat=55.6761, lon=12.5400,
        precision="address", sources=sources, website="https://example.dk/",
    )  # fmt: skip
    told = found(installed, Search(travel="car", within=ANYWHERE), directory=Directory([far_out]))
    assert told.hits == ()
    parts = listing(told)
    (apart,) = [part for part in parts if part.part is Part.UNREACHED]
    assert [hit.record.id for hit in apart.items] == ["pier"]
    assert "1.8 km west" in distance_words(apart.items[0], ENGLISH)


def test_ferries_and_steps_are_said(installed):
    hit = found(installed, Search(travel="foot", plain=True)).hits[0]
    trip = Trip("foot", 1200.0, ferries=(("Havnebussen", 300.0), ("", None)), steps=12.0)
    said = distance_words(replace(hit, cost=900.0, distance_m=1000.0, trip=trip), ENGLISH)
    assert "15 min on foot · 1.2 km" in said
    assert "Havnebussen: ferry, crossing 5 min, without waiting" in said
    assert "ferry, how long it takes is not known" in said
    assert said.endswith("steps on the way")


def test_steps_are_told_to_whom_asks_for_a_wheelchair_alone(installed):
    plain = found(installed, Search(travel="foot")).hits
    assert not any(hit.trip.steps for hit in plain)


def test_a_link_keeps_the_way_of_travelling():
    search = Search(travel="foot", within=Limit(15.0, Unit.MINUTE))
    assert write_search(search) == {"travel": ["foot"], "within": ["15min"]}
    assert read_search(write_search(search)) == search
    later = Search(travel="transit", depart="2026-12-01T08:00")
    assert read_search(write_search(later)) == later
    # Metres say nothing of a time: what was chosen for straight lines falls back to the usual.
    assert read_search({"travel": ["foot"], "within": ["5000"]}) == Search(travel="foot")
    assert read_search({"travel": ["broom"], "depart": ["soon"]}) == Search()


def test_exports_tell_how_one_goes(installed):
    hits = found(installed, Search(travel="foot")).hits[:5]
    rows = json.loads(to_json(hits, [], load().reader(ENGLISH), origin()))
    assert [row["travel_s"] for row in rows] == [hit.cost for hit in hits]
    assert {row["mode"] for row in rows} == {"foot"}
    assert all(row["travel_m"] >= row["distance_m"] * 0.9 for row in rows)
    assert "crossing" not in rows[0]


def test_the_command_line_measures_along_streets(network):
    def run(*more):
        args = ["nearest", "55.6761,12.5683", "--limit", "3", "--network", str(network), *more]
        return CliRunner().invoke(main, args)

    table = csv.DictReader(io.StringIO(run("--travel", "foot", "--format", "csv").stdout))
    rows = list(table)
    assert [row["mode"] for row in rows] == ["foot"] * 3
    assert {row["ordered_by"] for row in rows} == {"time"}
    assert float(rows[0]["travel_s"]) <= float(rows[2]["travel_s"])
    assert "on foot" in run("--travel", "foot", "--within", "15min").stdout
    assert "on foot" in run("--travel", "foot", "--order", "help").stdout
    refused = run("--travel", "foot", "--within", "2km")
    assert refused.exit_code == 1
    assert "write 30min" in str(refused.exception)
    assert "no timetable" in str(run("--travel", "transit").exception)


@pytest.fixture(scope="module")
def with_buses(network, tmp_path_factory):
    """A bus every ten minutes from Nørreport to Christianshavn, in December 2026."""
    rows = [
        f"T{n},{8 + n // 6:02}:{n % 6}0:00,{8 + n // 6:02}:{n % 6}0:00,A,1\n"
        f"T{n},{8 + n // 6:02}:{n % 6}6:00,{8 + n // 6:02}:{n % 6}6:00,B,2"
        for n in range(24)
    ]
    stops = ("A,Nørreport,55.6831,12.5715", "B,Christianshavn,55.6723,12.5914")
    texts = files(rows, [f"T{n}" for n in range(24)])
    texts["stops"] = lines("stop_id,stop_name,stop_lat,stop_lon", stops)
    source = feed(tmp_path_factory.mktemp("feed") / "bus.zip", texts)
    build_timetable([source], network / "timetable")
    yield Installed(network)
    shutil.rmtree(network / "timetable")


def test_public_transport_leaves_when_the_person_says(with_buses):
    here = Point(55.6830, 12.5720)
    assert with_buses.reaching(here)[-1] == "transit"
    place = Record(
        id="there", name="There", categories=("library",), lat=55.6725, lon=12.5912,
        precision="address", sources=({"url": "https://example.dk/"},),
        website="https://example.dk/",
    )  # fmt: skip
    eight = datetime(2026, 12, 1, 8, 4)
    search = Search(travel="transit", depart=eight.isoformat(timespec="minutes"))
    metric = with_buses.metric("transit", eight)
    near = replace(origin(), point=here)
    (hit,) = find(Directory([place]), near, search, NOW, metric).hits
    shown = card(hit.record, Directory([place]).reader(ENGLISH), NOW, hit)
    assert shown["distance"].split(" by ")[1].startswith("public transport (1.7 km in a straight")
    (way,) = [one for one in shown["details"] if one["key"] == "journey"]
    assert "08:20 bus 5A from Nørreport to Christianshavn, there at 08:26" in way["value"]
    assert 22 * 60 <= hit.cost <= 25 * 60  # the bus of 08:10 is missed


def test_a_day_that_no_timetable_covers_is_told(with_buses):
    with pytest.raises(InputError, match="2027-03-01 is not in the timetable"):
        with_buses.metric("transit", datetime(2027, 3, 1, 8))
