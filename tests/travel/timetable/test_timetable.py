"""Travel times and journeys, as a person would check them by the timetable on the wall."""

import pickle
from datetime import datetime

import numpy as np
import pytest

from locator.earth import Point
from locator.errors import InputError
from locator.language import language
from locator.travel import Limit, Places, Unit
from locator.travel.timetable import (
    Ride,
    Schedule,
    Timetable,
    Walk,
    Walks,
    build_timetable,
    journey_lines,
)
from tests.travel.timetable import feeds

# Stops A, B, C, D lie 1 km apart on a line to the north; all walk 1 m/s.
ROWS = [
    *("1,8:05:00,8:05:00,A,1", "1,8:08:00,8:08:00,B,2", "1,8:11:00,8:11:00,C,3"),
    *("2,8:20:00,8:20:00,A,1", "2,8:23:00,8:23:00,B,2", "2,8:26:00,8:26:00,C,3"),
    *("3,8:15:00,8:15:00,C,1", "3,8:18:00,8:18:00,D,2"),
]
START = Point(55.6991, 12.5)  # 100 m south of A
END = Point(55.7279, 12.5)  # 100 m north of D


def schedule(tmp_path, rows=ROWS, names="123", **more):
    build_timetable(
        [feeds.feed(tmp_path / "f.zip", feeds.files(rows, names, **more))], tmp_path / "t"
    )
    return Schedule(tmp_path / "t")


def timetable(made, when="08:00", window=0, percentile=50, **more):
    leaves = datetime.fromisoformat(f"2026-12-01 {when}")
    return Timetable(made, Walks(1.0), leaves, window, percentile, **more)


def places(*points):
    return Places(np.array([p.lon for p in points]), np.array([p.lat for p in points]))


def cost(metric, start=START, end=END):
    return next(c.matrix()[0, 0] for _, c in metric.costs(places(start), places(end)))


def test_a_journey_is_told_leg_by_leg(tmp_path):
    journey = timetable(schedule(tmp_path)).journey(START, END)
    assert journey_lines(journey, language("en")) == [
        "Walk 2 min to A street",
        "08:05 bus 5A from A street to C street, there at 08:11",
        "Change at C street",
        "08:15 bus 5A from C street to D street, there at 08:18",
        "Walk 2 min to the place",
    ]
    walk = journey.legs[0]
    assert isinstance(walk, Walk)
    assert walk.seconds == pytest.approx(100, abs=2)
    # One must be at the stop a minute before.
    assert f"{journey.leaves:%H:%M}" == "08:02"
    assert journey.seconds == pytest.approx(18 * 60 + 110, abs=15)


def test_a_walk_between_stops_is_told(tmp_path):
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon\nA,A street,55.7,12.5\nC,C street,55.718,12.5\n"
        "E,East,55.718,12.503\nD,D street,55.727,12.5\n"
    )
    rows = [row for row in ROWS if ",B," not in row]
    rows = [row.replace("3,8:15:00,8:15:00,C", "3,8:16:00,8:16:00,E") for row in rows]
    journey = timetable(schedule(tmp_path, rows, stops=stops)).journey(START, END)
    assert "Walk 3 min to East" in journey_lines(journey, language("en"))


def test_who_is_quicker_on_foot_walks(tmp_path):
    near = Point(55.7015, 12.5)
    journey = timetable(schedule(tmp_path)).journey(START, near)
    assert [type(leg) for leg in journey.legs] == [Walk]
    assert journey.seconds == pytest.approx(267, abs=2)
    assert timetable(schedule(tmp_path), max_walk=200).journey(START, near) is None


def test_one_meets_the_bus_where_it_can_be_met_latest(tmp_path):
    """From beside B one could still walk back to A in time."""
    beside = Point(55.7089, 12.5)
    journey = timetable(schedule(tmp_path), "07:40", max_walk=1200).journey(beside, END)
    assert journey.rides[0].start == "B street"
    assert f"{journey.leaves:%H:%M}" == "08:06"


def test_there_is_no_journey_after_the_last_bus(tmp_path):
    made = schedule(tmp_path)
    assert timetable(made, "08:19", max_walk=1800).journey(START, END) is None
    assert np.isinf(cost(timetable(made, "08:19", max_walk=1800)))


def test_a_platform_a_headway_and_an_order_are_told(tmp_path):
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon,platform_code\nA,Central,55.7,12.5,3\n"
        "B,Harbour,55.8,12.5,\n"
    )
    header = feeds.STOP_TIMES + ",pickup_type"
    times = feeds.lines(header, ["1,0:00:00,0:00:00,A,1,2", "1,0:09:00,0:09:00,B,2,"])
    often = "trip_id,start_time,end_time,headway_secs\n1,8:00:00,9:00:00,600\n"
    made = schedule(tmp_path, (), "1", stops=stops, stop_times=times, frequencies=often)
    lines = journey_lines(timetable(made).journey(START, Point(55.8, 12.5)), language("en"))
    assert lines == [
        "Walk 2 min to Central",
        "bus 5A, about every 10 min, from Central, platform 3 to Harbour",
        "This comes only when it is ordered beforehand.",
    ]


@pytest.mark.parametrize(
    ("percentile", "departure"), [(10, "08:02"), (25, "08:02"), (50, "08:01"), (100, "08:00")]
)
def test_a_percentile_is_the_time_of_a_departure(tmp_path, percentile, departure):
    """8:00, 8:01 and 8:02 catch the same bus: the later one leaves, the less one waits."""
    made = schedule(tmp_path)
    expected = cost(timetable(made, departure))
    assert cost(timetable(made, window=180, percentile=percentile)) == expected


@pytest.mark.parametrize(("percentile", "reached"), [(10, True), (40, True), (50, False)])
def test_a_departure_without_a_way_counts_as_endless(tmp_path, percentile, reached):
    """Of the ten minutes from 8:14 those to 8:17 still catch the bus of 8:20."""
    window = timetable(schedule(tmp_path), "08:14", 600, percentile, max_walk=600)
    assert np.isfinite(cost(window, end=Point(55.718, 12.5))) == reached


def test_the_longest_journey_is_a_limit(tmp_path):
    made = schedule(tmp_path)
    assert np.isinf(cost(timetable(made, most=900, max_walk=900)))
    limited = timetable(made).costs(places(START), places(END), Limit(15, Unit.MINUTE))
    assert [len(c.cost) for _, c in limited] == [0]


@pytest.mark.parametrize("window", [0, 1800])
def test_forward_backward_and_the_nearest_agree(tmp_path, window):
    made = schedule(tmp_path)
    metric = timetable(made, "08:00", window)
    some = places(*(Point(55.695 + 0.002 * n, 12.5) for n in range(20)))
    goals = places(END, Point(55.709, 12.505))
    forward = np.vstack(
        [metric.quantiles(some.some([n]), goals, (50,))[0].matrix() for n in range(20)]
    )
    back = np.hstack([metric.quantiles(some, goals.some([n]), (50,))[0].matrix() for n in range(2)])
    assert forward.tolist() == back.tolist()
    nearest = metric.nearest(some, goals)
    assert (nearest.cost[:, 0] <= forward.min(axis=1)).all()
    if not window:
        assert nearest.cost[:, 0].tolist() == forward.min(axis=1).tolist()
        assert nearest.facility[:, 0].tolist() == forward.argmin(axis=1).tolist()
    ranked = metric.nearest(some, goals, 2)
    assert ranked.cost.tolist() == np.sort(forward, axis=1).tolist()


def test_stops_of_a_station_are_joined_though_far_apart(tmp_path):
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon,parent_station\nS,Central,55.71,12.5,\n"
        "A,A street,55.7,12.5,\nC,Central,55.718,12.5,S\nB,Central,55.709,12.5,S\n"
        "D,D street,55.727,12.5,\n"
    )
    rows = [
        *(row for row in ROWS if ",B," not in row),
        "4,8:40:00,8:40:00,B,1",
        "4,8:50:00,8:50:00,D,2",
    ]
    rows = [row for row in rows if not row.startswith("3")]
    journey = timetable(schedule(tmp_path, rows, "124", stops=stops), max_walk=600).journey(
        START, END
    )
    assert [leg.start for leg in journey.legs if isinstance(leg, Ride)] == ["A street", "Central"]


@pytest.mark.parametrize(
    ("rule", "reached"),
    [("C,C,2,180", True), ("C,C,2,300", False), ("C,C,3,", False), ("A,C,3,", True)],
)
def test_what_the_feed_says_of_a_change_counts(tmp_path, rule, reached):
    """Bus 1 is at C at 8:11, bus 3 leaves there at 8:15 and is the last."""
    header = "from_stop_id,to_stop_id,transfer_type,min_transfer_time"
    made = schedule(tmp_path, transfers=f"{header}\n{rule}\n")
    assert (timetable(made, max_walk=900).journey(START, END) is not None) == reached


def test_a_vehicle_that_waits_is_met_at_once(tmp_path):
    rows = [row.replace("8:15:00", "8:11:30") for row in ROWS]
    header = "from_stop_id,to_stop_id,transfer_type\n"
    for transfers, reached in (("", False), (f"{header}C,C,1\n", True)):
        made = schedule(tmp_path, rows, transfers=transfers)
        assert (timetable(made, max_walk=900).journey(START, END) is not None) == reached


def test_a_percentile_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputError, match="0 is no percentile"):
        timetable(schedule(tmp_path), percentile=0)


@pytest.mark.parametrize("apart", [0.0, 1e-5])
def test_pairs_are_what_the_whole_table_has(tmp_path, apart):
    """Few places in many pairs, or each pair with places of its own."""
    made = schedule(tmp_path)
    metric = timetable(made, window=600)
    origins = places(*(Point(55.699 + apart * n, 12.5) for n in range(12)))
    goals = places(*(Point(55.727 + apart * (n % 7), 12.5) for n in range(12)))
    pairs = metric.between(origins, goals, (10, 90))
    whole = [costs.matrix().diagonal() for costs in metric.quantiles(origins, goals, (10, 90))]
    assert pairs.tolist() == np.array(whole).tolist()
    assert np.isfinite(pairs).all()


@pytest.mark.parametrize("window", [0, 600, 3600])
def test_where_only_a_headway_is_known_one_waits_half_of_it(tmp_path, window):
    """A bus every ten minutes, nine minutes' ride: waits spread evenly from none to ten."""
    often = "trip_id,start_time,end_time,headway_secs\n1,7:00:00,12:00:00,600\n"
    rows = ["1,0:00:00,0:00:00,A,1", "1,0:09:00,0:09:00,D,2"]
    made = schedule(tmp_path, rows, "1", frequencies=often)
    metric = timetable(made, window=window, max_walk=900)
    least = 101 + 60 + 540 + 101
    found = [c.matrix()[0, 0] for c in metric.quantiles(places(START), places(END), (10, 50, 90))]
    assert found == pytest.approx([least + 60, least + 300, least + 540], abs=60)
    assert metric.journey(START, END).seconds == pytest.approx(least + 300, abs=60)


def test_another_process_measures_the_same(tmp_path):
    metric = timetable(schedule(tmp_path), window=600)
    here = cost(metric)
    assert cost(pickle.loads(pickle.dumps(metric))) == here
