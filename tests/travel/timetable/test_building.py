"""GTFS feeds as they come: what is read, what is filled in, what is refused."""

from datetime import date, datetime

import numpy as np
import pytest

from locator.errors import DataError, InputError
from locator.travel.timetable import Schedule, build_timetable
from tests.travel.timetable import feeds

TWO = ["T,8:00:00,8:00:00,A,1", "T,8:10:00,8:10:00,B,2"]


def made(tmp_path, *texts, folder=""):
    paths = [feeds.feed(tmp_path / f"f{n}.zip", t, folder) for n, t in enumerate(texts)]
    build_timetable(paths, tmp_path / "made")
    return Schedule(tmp_path / "made")


def rides(schedule, when, hours=1):
    """(start, end, leaves, arrives) of all rides within the hours, local time."""
    found = schedule.connections(datetime.fromisoformat(when), int(hours * 3600) - 1)
    return [
        (
            schedule.text("stop_id", a),
            schedule.text("stop_id", b),
            f"{found.clock(d):%d %H:%M:%S}",
            f"{found.clock(e):%d %H:%M:%S}",
        )
        for a, b, d, e in zip(found.start, found.end, found.departure, found.arrival, strict=True)
    ]


def test_headers_with_spaces_and_a_mark_of_byte_order_within_a_folder(tmp_path):
    texts = feeds.files(TWO)
    texts = {name: "\ufeff" + text.replace(",", ", ").rstrip() for name, text in texts.items()}
    schedule = made(tmp_path, texts, folder="gtfs/")
    assert rides(schedule, "2026-12-01 08:00") == [("A", "B", "01 08:00:00", "01 08:10:00")]
    assert schedule.text("stop_name", 0) == "A street"


def test_blank_times_are_filled_by_the_way_between_stops(tmp_path):
    """C lies three times as far from B as B from A: a quarter of the time, then the rest."""
    times = ["T,8:00:00,8:00:00,A,1", "T,,,B,2", "T,8:20:00,8:21:00,D,4"]
    stops = "stop_id,stop_lat,stop_lon\nA,55.70,12.5\nB,55.71,12.5\nD,55.74,12.5\n"
    schedule = made(tmp_path, feeds.files(times, stops=stops))
    assert schedule["time_arrival"].tolist() == [28800, 29100, 30000]
    assert schedule["time_departure"].tolist() == [28800, 29100, 30060]


def test_a_stated_way_counts_before_the_straight_one(tmp_path):
    rows = ["T,8:00:00,8:00:00,A,1,0", "T,,,B,2,9", "T,8:20:00,8:20:00,D,4,10"]
    times = feeds.lines(feeds.STOP_TIMES + ",shape_dist_traveled", rows)
    schedule = made(tmp_path, feeds.files((), stop_times=times))
    assert schedule["time_arrival"][1] == 28800 + 1080


def test_times_over_midnight_belong_to_the_day_before(tmp_path):
    schedule = made(tmp_path, feeds.files(["T,23:50:00,23:50:00,A,1", "T,25:10:00,25:10:00,B,2"]))
    assert rides(schedule, "2026-12-01 23:00") == [("A", "B", "01 23:50:00", "02 01:10:00")]
    late = made(tmp_path, feeds.files(["T,24:50:00,24:50:00,A,1", "T,25:10:00,25:10:00,B,2"]))
    assert rides(late, "2026-12-02 00:30") == [("A", "B", "02 00:50:00", "02 01:10:00")]
    assert rides(late, "2026-12-01 00:30") == []  # the service begins on that day
    early = made(tmp_path, feeds.files(["T,0:10:00,0:10:00,A,1", "T,0:20:00,0:20:00,B,2"]))
    assert rides(early, "2026-12-01 23:30") == [("A", "B", "02 00:10:00", "02 00:20:00")]


def test_times_are_counted_from_noon_where_clocks_change(tmp_path):
    """GTFS: from twelve hours before noon, so that 8:00 is 8:00 on the Sunday of the change."""
    week = feeds.DAILY.replace("20261201,20261231", "20260301,20260401")
    schedule = made(tmp_path, feeds.files(TWO, calendar=week))
    assert rides(schedule, "2026-03-29 08:00") == [("A", "B", "29 08:00:00", "29 08:10:00")]


def test_days_alone_and_exceptions_to_the_week(tmp_path):
    alone = "service_id,date,exception_type\nD,20261224,1\n"
    schedule = made(tmp_path, feeds.files(TWO, calendar="", calendar_dates=alone))
    assert schedule.first == schedule.last == date(2026, 12, 24)
    assert len(rides(schedule, "2026-12-24 08:00")) == 1
    not_then = "service_id,date,exception_type\nD,20261224,2\n"
    schedule = made(tmp_path, feeds.files(TWO, calendar_dates=not_then))
    assert [len(rides(schedule, f"2026-12-{day} 08:00")) for day in (23, 24, 25)] == [1, 0, 1]


@pytest.mark.parametrize(("exact", "headway"), [("1", 0), ("0", 900), ("", 900)])
def test_every_so_many_minutes(tmp_path, exact, headway):
    rows = f"trip_id,start_time,end_time,headway_secs,exact_times\nT,8:00:00,9:00:00,900,{exact}\n"
    other = ["S,8:03:00,8:03:00,A,1", "S,8:13:00,8:13:00,B,2"]
    schedule = made(tmp_path, feeds.files(TWO + other, "TS", frequencies=rows))
    leaves = [ride[2] for ride in rides(schedule, "2026-12-01 08:00")]
    assert leaves == [f"01 08:{minute:02}:00" for minute in (0, 3, 15, 30, 45)]
    assert sorted(map(schedule.headway, range(5))) == [0, *[headway] * 4]
    assert schedule.is_exact == (not headway)


def test_stops_where_one_may_not_get_on_or_off(tmp_path):
    rows = ["T,8:00:00,8:00:00,A,1,,1", "T,8:10:00,8:10:00,B,2,1,", "T,8:20:00,8:20:00,C,3,2,1"]
    header = feeds.STOP_TIMES + ",pickup_type,drop_off_type"
    schedule = made(tmp_path, feeds.files((), stop_times=feeds.lines(header, rows)))
    found = schedule.connections(datetime(2026, 12, 1, 8), 3600)
    assert found.flags.tolist() == [3, 0]


def test_several_feeds_are_one_timetable(tmp_path):
    far = feeds.AGENCY.replace("Europe/Copenhagen", "Europe/London")
    schedule = made(tmp_path, feeds.files(TWO), feeds.files(TWO, agency=far))
    assert schedule.stops == 4
    assert rides(schedule, "2026-12-01 08:00", 2) == [
        ("A", "B", "01 08:00:00", "01 08:10:00"),
        ("A", "B", "01 09:00:00", "01 09:10:00"),  # eight o'clock in London
    ]


def test_stops_of_one_station_belong_together(tmp_path):
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code\n"
        "S,Central,55.7,12.5,1,,\nA,Central,55.7,12.5,0,S,1\nB,Central,55.7,12.501,0,S,2\n"
    )
    schedule = made(tmp_path, feeds.files(TWO, stops=stops))
    assert schedule["stop_station"].tolist() == [0, 0]
    assert schedule["stop_platform"].tolist() == [b"1", b"2"]


def test_a_day_that_is_not_covered_is_refused(tmp_path):
    schedule = made(tmp_path, feeds.files(TWO))
    with pytest.raises(InputError, match=r"2027-01-01.*f0.zip covers 2026-12-01 to 2026-12-31"):
        schedule.connections(datetime(2027, 1, 1, 8), 3600)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stops": ""}, r"f0.zip lacks stops.txt"),
        ({"calendar": ""}, r"f0.zip lacks calendar.txt"),
        ({"trips": "route_id,service_id\nR,D\n"}, "trips.txt lacks the column trip_id"),
        (
            {"stop_times": feeds.lines(feeds.STOP_TIMES, ["T,8:00,x,A,1"])},
            "line 2: 'x'.*departure_",
        ),
        (
            {"stop_times": feeds.lines(feeds.STOP_TIMES, ["U,8:00,8:00,A,1"])},
            "trip_id 'U'.*trips.txt",
        ),
        ({"calendar": feeds.DAILY.replace("20261201", "1 Dec")}, "line 2: '1 Dec'.*start_date"),
        ({"calendar": feeds.DAILY.replace("1,1,1,1,1,1,1", "0,0,0,0,0,0,0")}, "no service runs"),
        ({"agency": "agency_timezone\nDenmark/Here\n"}, "'Denmark/Here' is no time zone"),
        ({"trips": "route_id,service_id,trip_id\nR,D,T\nR,D,T\n"}, "trips.txt has 'T' twice"),
        ({"stops": "stop_id,stop_lat,stop_lon\nA,95,12\nB,55,12\n"}, "stop 'A' has no place"),
    ],
)
def test_a_feed_that_is_not_right_is_named_and_nothing_is_built(tmp_path, change, said):
    with pytest.raises(DataError, match=said):
        made(tmp_path, feeds.files(TWO, **change))
    assert not (tmp_path / "made").exists()


def test_what_is_no_feed_is_refused_and_the_old_timetable_stays(tmp_path):
    made(tmp_path, feeds.files(TWO))
    whole = (tmp_path / "f0.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=r"half.zip is not a GTFS feed"):
        build_timetable([tmp_path / "half.zip"], tmp_path / "made")
    assert len(rides(Schedule(tmp_path / "made"), "2026-12-01 08:00")) == 1


def test_a_bus_that_comes_to_the_door_is_left_out(tmp_path):
    """GTFS-Flex: times of areas, not of stops."""
    schedule = made(tmp_path, feeds.files([*TWO, "U,,,,1", "U,,,,2"], "TU"))
    assert len(rides(schedule, "2026-12-01 08:00")) == 1


def test_a_trip_that_runs_back_in_time_is_left_out_and_counted(tmp_path):
    rows = [*TWO, "U,8:00:00,8:00:00,A,1", "U,7:00:00,7:00:00,B,2"]
    schedule = made(tmp_path, feeds.files(rows, "TU"))
    assert schedule.meta["feeds"][0]["trips_left_out"] == 1
    assert len(rides(schedule, "2026-12-01 07:00", 2)) == 1


def test_porto_alegre(tmp_path, shared):
    city = shared / "gtfs" / "porto_alegre"
    paths = [city / "poa_eptc.zip", city / "poa_trensurb.zip"]
    build_timetable(paths, tmp_path / "made")
    schedule = Schedule(tmp_path / "made")
    day = schedule.connections(datetime(2019, 5, 13), 86_399)
    assert (schedule.stops, len(day)) == (4010, 133_463)
    assert (np.diff(day.departure) >= 0).all()
    assert (day.arrival >= day.departure).all()


def test_where_only_a_headway_is_known_each_draw_starts_at_random(tmp_path):
    rows = "trip_id,start_time,end_time,headway_secs\nT,8:00:00,9:00:00,900\n"
    schedule = made(tmp_path, feeds.files(TWO, frequencies=rows))
    firsts = []
    for draw in range(200):
        found = schedule.connections(datetime(2026, 12, 1, 8), 7200, draw)
        late = found.departure - 8 * 3600
        assert (np.diff(late) == 900).all()
        assert 3600 - 900 <= late[-1] < 3600
        firsts.append(late[0])
    assert 0 <= min(firsts) < 60
    assert 840 < max(firsts) < 900
    assert abs(np.mean(firsts) - 450) < 60
    again = schedule.connections(datetime(2026, 12, 1, 8), 7200, 0)
    assert again.departure[0] - 8 * 3600 == firsts[0]
