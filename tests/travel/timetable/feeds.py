"""Small GTFS feeds for tests."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

AGENCY = "agency_id,agency_name,agency_url,agency_timezone\nA,Bus,http://x,Europe/Copenhagen\n"
DAILY = (
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "D,1,1,1,1,1,1,1,20261201,20261231\n"
)
STOP_TIMES = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"


def lines(header: str, rows: Sequence[str]) -> str:
    return "\n".join((header, *rows)) + "\n"


def files(times: Sequence[str], names: Sequence[str] = ("T",), **more: str) -> dict[str, str]:
    """A feed of one route and four stops 1 km apart, with these rows of stop_times.txt."""
    stops = [f"{name},{name} street,55.{7000 + 90 * at},12.5" for at, name in enumerate("ABCD")]
    base = {
        "agency": AGENCY,
        "calendar": DAILY,
        "stops": lines("stop_id,stop_name,stop_lat,stop_lon", stops),
        "routes": "route_id,route_short_name,route_long_name,route_type\nR,5A,Long,3\n",
        "trips": lines(
            "route_id,service_id,trip_id,trip_headsign", [f"R,D,{t},City" for t in names]
        ),
        "stop_times": lines(STOP_TIMES, times),
    }
    return base | more


def feed(path: Path, texts: Mapping[str, str], folder: str = "") -> Path:
    """The zip of these files; an empty text leaves the file out."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in texts.items():
            if text:
                packed.writestr(f"{folder}{name}.txt", text)
    return path
