"""What tags mean on the street: a cross of roads, drawn for each test."""

import pytest

from locator.earth import Point
from locator.travel import Limit, Places, StreetNetwork, build_streets, open_network
from locator.travel.streets.tags import crossing_seconds, profile, speed_limit

# A cross about node 5, arms of about 1,100 m (north and south) and 630 m (east and west), and a
# road around it from the west over the north to the east.
NODES = {1: (12.0, 55.0), 2: (12.02, 55.0), 3: (12.01, 55.01), 4: (12.01, 54.99), 5: (12.01, 55.0)}
WEST, EAST, NORTH, SOUTH = (
    Point(55, 12.001),
    Point(55, 12.019),
    Point(55.009, 12.01),
    Point(54.991, 12.01),
)
PLAIN = {"highway": "residential", "maxspeed": "50"}


def cross(tmp_path, more=(), tags=None, node="", extra=""):
    """The network of the cross; `more`: further ways by their nodes and tags."""
    ways = [((1, 5), PLAIN), ((5, 2), PLAIN), ((3, 5), PLAIN), ((5, 4), PLAIN), *more]
    ways = [(nodes, (tags or {}).get(n, own)) for n, (nodes, own) in enumerate(ways, 1)]
    text = ['<osm version="0.6">']
    for number, (lon, lat) in NODES.items():
        inside = node if number == 5 else ""
        text.append(f'<node id="{number}" version="1" lat="{lat}" lon="{lon}">{inside}</node>')
    for number, (nodes, own) in enumerate(ways, 1):
        inside = "".join(f'<nd ref="{n}"/>' for n in nodes)
        inside += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in own.items())
        text.append(f'<way id="{number}" version="1">{inside}</way>')
    file = tmp_path / "cross.osm"
    file.write_text("\n".join([*text, extra, "</osm>"]), encoding="utf-8")
    build_streets(file, tmp_path / "streets")
    return open_network(tmp_path / "streets")


def seconds(network, mode, start, end):
    places = Places.at(end)
    return float(StreetNetwork(network.streets(mode)).nearest(Places.at(start), places).cost[0, 0])


def turn(kind, came, goes):
    return (
        '<relation id="1" version="1"><tag k="type" v="restriction"/>'
        f'<tag k="restriction" v="{kind}"/><member type="way" ref="{came}" role="from"/>'
        f'<member type="node" ref="5" role="via"/><member type="way" ref="{goes}" role="to"/>'
        "</relation>"
    )


AROUND = [((1, 3), PLAIN), ((3, 2), PLAIN)]


@pytest.mark.parametrize(("kind", "goes"), [("no_straight_on", 2), ("only_left_turn", 3)])
def test_a_car_keeps_to_the_turns_that_are_allowed(tmp_path, kind, goes):
    free = cross(tmp_path, AROUND)
    usual = seconds(free, "car", WEST, EAST)
    bound = cross(tmp_path, AROUND, extra=turn(kind, 1, goes))
    assert seconds(bound, "car", WEST, EAST) > usual + 60  # over the north
    assert seconds(bound, "car", EAST, WEST) == pytest.approx(seconds(free, "car", EAST, WEST))
    assert seconds(bound, "foot", WEST, EAST) == seconds(free, "foot", WEST, EAST)
    metric = StreetNetwork(bound.streets("car"))
    (way,) = metric.ways(WEST, Places.at(EAST), 1)
    assert way.line[1].max() > 55.005
    assert way.seconds == pytest.approx(seconds(bound, "car", WEST, EAST))


@pytest.mark.parametrize(
    ("kind", "goes"), [("no_straight_on", 4), ("no_u_turn", 1), ("no_entry", 77)]
)
def test_another_turn_is_no_hindrance(tmp_path, kind, goes):
    free = seconds(cross(tmp_path, AROUND), "car", WEST, EAST)
    assert seconds(cross(tmp_path, AROUND, extra=turn(kind, 1, goes)), "car", WEST, EAST) == free


def test_a_one_way_binds_wheels_and_not_feet(tmp_path):
    network = cross(tmp_path, tags={2: {**PLAIN, "oneway": "yes"}})
    assert seconds(network, "car", WEST, EAST) < 300
    assert seconds(network, "car", EAST, WEST) == float("inf")
    assert seconds(network, "foot", EAST, WEST) == seconds(network, "foot", WEST, EAST)
    assert seconds(network, "bicycle", EAST, WEST) > 1.5 * seconds(network, "bicycle", WEST, EAST)
    free = {**PLAIN, "oneway": "yes", "oneway:bicycle": "no"}
    network = cross(tmp_path, tags={2: free})
    assert seconds(network, "bicycle", EAST, WEST) == pytest.approx(
        seconds(network, "bicycle", WEST, EAST)
    )


def test_a_bollard_stops_cars_and_a_gate_delays_them(tmp_path):
    free = cross(tmp_path)
    bollard = cross(tmp_path, node='<tag k="barrier" v="bollard"/>')
    assert seconds(bollard, "car", WEST, EAST) == float("inf")
    assert seconds(bollard, "bicycle", WEST, EAST) == seconds(free, "bicycle", WEST, EAST)
    gate = cross(tmp_path, node='<tag k="barrier" v="gate"/>')
    assert seconds(gate, "car", WEST, EAST) == pytest.approx(seconds(free, "car", WEST, EAST) + 60)
    shut = cross(tmp_path, node='<tag k="barrier" v="gate"/><tag k="access" v="private"/>')
    assert seconds(shut, "foot", WEST, EAST) == float("inf")


def test_where_there_are_ferries_alone_nobody_can_start(tmp_path):
    ferry = {"route": "ferry", "duration": "10"}
    network = cross(tmp_path, tags=dict.fromkeys((1, 2, 3, 4), ferry))
    assert seconds(network, "foot", WEST, EAST) == float("inf")
    assert StreetNetwork(network.streets("foot")).around(WEST, Limit(600)) is None


def test_stairs_are_told(tmp_path):
    network = cross(tmp_path, tags={2: {"highway": "steps"}})
    (way,) = StreetNetwork(network.streets("foot")).ways(WEST, Places.at(EAST), 1)
    assert way.steps == pytest.approx(574, rel=0.02)


SPEEDS = [
    ({"highway": "cycleway"}, (False, True, False)),
    ({"highway": "cycleway", "foot": "designated"}, (True, True, False)),
    ({"highway": "motorway"}, (False, False, True)),
    ({"highway": "residential", "access": "no", "foot": "yes"}, (True, True, False)),
    ({"highway": "service", "access": "private"}, (False, False, False)),
    ({"highway": "footway"}, (True, True, False)),  # bicycles are pushed
    ({"highway": "track"}, (True, True, False)),
    ({"highway": "pedestrian", "motor_vehicle": "no"}, (True, True, False)),
    ({"highway": "primary", "motorroad": "yes"}, (False, False, True)),
    ({"route": "ferry"}, (True, True, False)),
    ({"route": "ferry", "motor_vehicle": "yes", "bicycle": "no"}, (True, False, True)),
    ({"man_made": "pier"}, (True, True, False)),
    ({"highway": "construction"}, (False, False, False)),
]


@pytest.mark.parametrize(("tags", "expected"), SPEEDS, ids=[str(t) for t, _ in SPEEDS])
def test_who_may_use_a_way(tags, expected):
    found = profile(tags)
    speeds = found.speeds if found else ((0.0, 0.0),) * 3
    assert tuple(there > 0 for there, _ in speeds) == expected


def test_durations_and_limits_are_read_as_people_write_them():
    written = ("1:00", "60", "01:00:00", "PT1H", "PT60M")
    assert [crossing_seconds(text) for text in written] == [3600.0] * 5
    assert crossing_seconds("an hour") == 0.0
    assert [speed_limit(t) for t in ("50", "DK:urban", "30 mph", "fast")] == pytest.approx(
        [50, 50, 48.28, 0], abs=0.01
    )
