"""The connection scan against a labelling of whole trips, over random small timetables."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locator.travel.timetable.building import build_timetable
from locator.travel.timetable.changes import Changes, changes_of
from locator.travel.timetable.rides import Rides, ToStops
from locator.travel.timetable.scan import NEVER
from locator.travel.timetable.schedule import Schedule
from tests.travel.timetable import feeds

EIGHT = datetime(2026, 12, 1, 8)
MOST = 7200


@st.composite
def timetables(draw):
    """Rows of stop_times, transfers, walks between stops."""
    count = draw(st.integers(2, 6))
    stops = "ABCDEF"[:count]
    rows, trips = [], draw(st.integers(1, 7))
    for trip in range(trips):
        at = draw(st.integers(-20, 40)) * 60
        calls = draw(st.lists(st.sampled_from(stops), min_size=2, max_size=5))
        for number, stop in enumerate(calls):
            arrival = at + draw(st.sampled_from((0, 0, 30, 60, 180, 600))) * bool(number)
            at = arrival + draw(st.sampled_from((0, 0, 0, 30, 120)))
            kinds = draw(st.sampled_from((",", ",", ",", "1,", ",1")))
            rows.append(f"{trip},{_time(arrival)},{_time(at)},{stop},{number},{kinds}")
    pair = st.tuples(st.sampled_from(stops), st.sampled_from(stops))
    rules = draw(
        st.lists(st.tuples(pair, st.sampled_from(("0,", "1,", "2,200", "3,"))), max_size=3)
    )
    walks = draw(st.lists(st.tuples(pair, st.integers(1, 300)), max_size=5))
    return stops, rows, [str(t) for t in range(trips)], rules, walks


def _time(seconds: int) -> str:
    seconds += 8 * 3600
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def built(folder, case):
    stops, rows, trips, rules, walks = case
    texts = feeds.files(
        (),
        trips,
        stops=feeds.lines("stop_id,stop_lat,stop_lon", [f"{s},55.7,12.5" for s in stops]),
        stop_times=feeds.lines(feeds.STOP_TIMES + ",pickup_type,drop_off_type", rows),
        transfers=feeds.lines(
            "from_stop_id,to_stop_id,transfer_type,min_transfer_time",
            [f"{a},{b},{rule}" for (a, b), rule in rules],
        ),
    )
    build_timetable([feeds.feed(folder / "feed.zip", texts)], folder / "made")
    schedule = Schedule(folder / "made")
    row = {name.decode(): at for at, name in enumerate(schedule["stop_id"])}
    known = [(row[a], row[b], s) for (a, b), s in walks if a != b and a in row and b in row]
    pairs = {(min(a, b), max(a, b)): s for a, b, s in known}
    both = np.array(
        [(*p, s) for p, s in pairs.items()] + [(b, a, s) for (a, b), s in pairs.items()]
    )
    both = both.reshape(-1, 3).astype(np.int64)
    changes = changes_of(schedule, both[:, 0], both[:, 1], both[:, 2])
    return schedule, Rides(schedule.connections(EIGHT, 2 * MOST), changes, 60)


def labelled(
    schedule: Schedule, changes: Changes, ready: dict[int, int], most: int
) -> dict[int, int]:
    """When one gets off at each stop, trip by trip until nothing gets better."""
    alight: dict[int, int] = {}
    better = True
    while better:
        better = False
        for trip in range(len(schedule["trip_route"])):
            riding = False
            for at in range(*schedule["trip_begin"][trip : trip + 2]):
                stop, flags = int(schedule["time_stop"][at]), int(schedule["time_flags"][at])
                arrival, leaves = (int(schedule[f"time_{k}"][at]) for k in ("arrival", "departure"))
                if riding and flags & 2 and arrival < alight.get(stop, NEVER):
                    alight[stop], better = arrival, True
                    for to in range(*changes.begin[stop : stop + 2]):
                        other, when = int(changes.to[to]), arrival + int(changes.seconds[to])
                        ready[other] = min(ready.get(other, NEVER), when)
                last = at == schedule["trip_begin"][trip + 1] - 1
                riding = riding and (last or leaves <= most)
                if not last and flags & 1 and ready.get(stop, NEVER) <= leaves <= most:
                    riding = True
    return alight


@given(case=timetables(), origin=st.integers(0, 5), wait=st.integers(0, 1500))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_scan_equals_a_labelling_of_whole_trips(tmp_path, case, origin, wait):
    schedule, rides = built(tmp_path, case)
    origin %= schedule.stops
    moment = 8 * 3600 + wait
    start = np.array([origin], np.int32), np.array([30], np.int32)
    found = rides.arrivals(*start, moment, MOST)
    expected = labelled(schedule, rides.changes, {origin: moment + 90}, moment + MOST)
    assert {s: int(t) for s, t in enumerate(found.alight) if t < NEVER} == expected


@given(case=timetables(), goals=st.sets(st.integers(0, 5), min_size=1, max_size=2))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_forward_from_a_stop_equals_backward_from_a_set(tmp_path, case, goals):
    schedule, rides = built(tmp_path, case)
    goals = sorted({goal % schedule.stops for goal in goals})
    size = len(goals)
    egress = ToStops(
        np.arange(size + 1, dtype=np.int32), np.array(goals, np.int32), np.full(size, 45, np.int32)
    )
    profile = rides.profile(egress)
    moments = (8 * 3600 + np.arange(0, 1800, 150)).astype(np.int32)
    for stop in range(schedule.stops):
        access = np.array([stop], np.int32), np.zeros(1, np.int32)
        forward = np.full((len(moments), size), NEVER, np.int32)
        rides.lower(access, egress, moments, 2 * MOST, forward)
        taken, place = (
            np.full((1, len(moments)), NEVER, np.int32),
            np.zeros((1, len(moments)), np.int32),
        )
        profile.lower(ToStops(np.array([0, 1], np.int32), *access), 60, moments, taken, place)
        assert taken[0].tolist() == forward.min(axis=1).tolist()
        rows = np.flatnonzero(taken[0] < NEVER)
        assert (forward[rows, place[0, rows]] == taken[0, rows]).all()


def test_nobody_changes_without_time_to_change(tmp_path):
    """Two buses that meet to the second: the next one is taken, a minute is needed."""
    rows = [
        "1,8:00:00,8:00:00,A,1", "1,8:10:00,8:10:00,B,2",
        "2,8:10:00,8:10:59,B,1", "2,8:20:00,8:20:00,C,2",
        "3,8:11:00,8:11:00,B,1", "3,8:30:00,8:30:00,C,2",
    ]  # fmt: skip
    build_timetable([feeds.feed(tmp_path / "f.zip", feeds.files(rows, "123"))], tmp_path / "t")
    schedule = Schedule(tmp_path / "t")
    nothing = np.zeros(0, np.int64)
    rides = Rides(schedule.connections(EIGHT, MOST), changes_of(schedule, *[nothing] * 3), 60)
    found = rides.arrivals(np.array([0], np.int32), np.array([-60], np.int32), 8 * 3600, MOST)
    assert found.alight[2] == pytest.approx(8.5 * 3600)
