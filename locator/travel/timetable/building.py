"""From GTFS feeds to a folder of arrays that is opened in no time."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from locator.errors import InputError
from locator.files import replaced_folder
from locator.travel.timetable.feed import Feed
from locator.travel.timetable.feed_arrays import Arrays, arrays_of
from locator.travel.timetable.schedule import FORMAT, META

# Of each array, the one whose rows its numbers are, and which grows by those of every feed.
_POINTS_TO = {
    "trip_route": "route_name",
    "trip_service": "service_days",
    "trip_headsign": "headsign",
    "time_stop": "stop_id",
    "transfer_from": "stop_id",
    "transfer_to": "stop_id",
    "trip_begin": "time_stop",
}
# The same, -1 for none.
_OR_NONE = {"stop_station": "stop_id", "trip_span": "span_headway"}


def build_timetable(feeds: Sequence[Path], folder: Path) -> dict[str, Any]:
    """Read feeds and replace the folder by what is in them, all of it or nothing.

    Args:
        feeds: GTFS zips, of which several are one timetable.
        folder: gets one `.npy` an array, and `meta.json`.

    Returns:
        what `meta.json` has.

    Raises:
        InputError: there is no feed.
        DataError: a feed cannot be read; says file, row and field.
    """
    if not feeds:
        raise InputError("Give at least one GTFS feed.")
    read = [arrays_of(Feed(path)) for path in feeds]
    first = min(part.first for part in read)
    last = max(part.last for part in read)
    joined = _joined(read, first, (last - first).days + 1)
    meta = {
        "format": FORMAT,
        "feeds": [part.about for part in read],
        "first": first.isoformat(),
        "last": last.isoformat(),
        "longest": int(joined["time_arrival"].max(initial=0)),
    }
    with replaced_folder(folder) as new:
        for name, array in joined.items():
            np.save(new / f"{name}.npy", array, allow_pickle=False)
        (new / META).write_text(json.dumps(meta, indent=1, ensure_ascii=False), encoding="utf-8")
    return meta


def _joined(read: Sequence[Arrays], first: date, days: int) -> dict[str, Any]:
    """The arrays of all feeds behind one another, their numbers moved on."""
    for part in read:
        runs = np.zeros((len(part.arrays["service_days"]), days), bool)
        start = (part.first - first).days
        runs[:, start : start + part.arrays["service_days"].shape[1]] = part.arrays["service_days"]
        part.arrays["service_days"] = np.packbits(runs, axis=1)
    size = [{name: len(array) for name, array in part.arrays.items()} for part in read]
    joined = {}
    for name in read[0].arrays:
        columns = []
        for number, part in enumerate(read):
            column = part.arrays[name]
            if name in _POINTS_TO:
                column = column + sum(before[_POINTS_TO[name]] for before in size[:number])
            elif name in _OR_NONE:
                above = sum(before[_OR_NONE[name]] for before in size[:number])
                column = np.where(column < 0, column, column + above)
            elif name == "trip_feed":
                column = np.full(len(column), number, np.int16)
            columns.append(column[(1 if name == "trip_begin" and number else 0) :])
        joined[name] = np.concatenate(columns)
    return joined
