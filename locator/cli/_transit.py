"""What the command line asks about public transport."""

import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from locator.cli._options import Command, LimitType
from locator.cli._streets import size_of
from locator.cli._travel_options import PairTable, PlaceTable, seconds_of
from locator.travel import STREETS, TIMETABLE

if TYPE_CHECKING:
    from locator.travel import Limit, StreetNetwork, Timetable


class DepartureType(click.ParamType[datetime]):
    """A local day and time, "2026-12-01 08:00"."""

    name = "day and time"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it."""
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is no day and time: write 2026-12-01 08:00.", param, ctx)


class PercentilesType(click.ParamType[tuple[float, ...]]):
    """Percentiles with commas between, "10,50,90"."""

    name = "percentiles"

    def convert(
        self,
        value: str | tuple[float, ...],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[float, ...]:
        """Read them."""
        if isinstance(value, tuple):
            return value
        try:
            found = tuple(float(part) for part in value.split(","))
        except ValueError:
            found = (0.0,)
        if not all(0 < percentile <= 100 for percentile in found):
            self.fail(
                f"{value!r} are no percentiles: write numbers above 0 to 100, as 10,50,90.",
                param,
                ctx,
            )
        return found


_OPTIONS = (
    click.option(
        "--depart",
        type=DepartureType(),
        help='Public transport: the first departure, local time, as "2026-12-01 08:00" (else now).',
    ),
    click.option(
        "--window",
        type=LimitType(),
        help="Public transport: a departure at each minute of so long a time, for example 60min.",
    ),
    click.option(
        "--percentiles",
        type=PercentilesType(),
        help="Public transport: of the window's departures, for example 10,50,90 (else the "
        "median); a departure without a way counts as endless.",
    ),
    click.option(
        "--max-walk",
        type=LimitType(),
        help="Public transport: the longest walk before, after or instead of riding (else the "
        "longest journey).",
    ),
    click.option(
        "--max-duration",
        type=LimitType(),
        default="120min",
        show_default=True,
        help="Public transport: the longest journey; what takes longer is no way.",
    ),
)


def transit_options(command: Command) -> Command:
    """`--depart`, `--window`, `--percentiles`, `--max-walk`, `--max-duration`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def open_timetable(
    network: Path,
    speed: float | None,
    depart: datetime | None,
    window: "Limit | None",
    percentiles: tuple[float, ...] | None,
    max_walk: "Limit | None",
    max_duration: "Limit",
) -> "tuple[Timetable, StreetNetwork]":
    """The metric for what `transit_options` asks, at the first of its percentiles; and the streets.

    Args:
        network: folder of streets and timetable.
        speed: km/h on foot, None for the usual.

    Raises:
        NotFoundError: no street network or no timetable is there.
        InputError: the day is not covered, or a limit is a length.
    """
    from locator.travel import Schedule, StreetNetwork, Timetable, Walks, open_network

    schedule = Schedule(network / TIMETABLE)
    streets = StreetNetwork(open_network(network / STREETS).streets("foot", speed))
    departure = depart or datetime.now(schedule.zones[0]).replace(second=0, microsecond=0)
    schedule.check_day(schedule.day_of(departure))
    most = seconds_of(max_duration)
    found = Timetable(
        schedule,
        Walks(streets.streets.pace, streets),
        departure,
        seconds_of(window) if window else 0.0,
        percentiles[0] if percentiles else 50.0,
        min(seconds_of(max_walk), most) if max_walk else most,
        most,
    )
    return found, streets


def second_columns(percentiles: tuple[float, ...] | None) -> tuple[str, ...]:
    """Names of the columns of seconds: "seconds", or "seconds_p10", "seconds_p50", ..."""
    return tuple(f"seconds_p{p:g}" for p in percentiles or ()) or ("seconds",)


def transit_pairs(
    network: Path,
    speed: float | None,
    table: PairTable,
    **asked: Any,  # noqa: ANN401 (what `transit_options` asks)
) -> tuple[tuple[str, ...], list[list[str]]]:
    """What `travel times` adds to a table of pairs: heads, and cells row by row.

    Percentiles have no network_seconds of their own: they are the whole way's.
    """
    import numpy as np

    from locator.travel import Places

    metric, streets = open_timetable(network, speed, **asked)
    percentiles = asked["percentiles"]
    start, end = Places(*table.origin), Places(*table.destination)
    seconds = metric.between(start, end, percentiles or (metric.percentile,))
    snaps = [np.asarray(streets.snapped(places).metres, float) for places in (start, end)]
    columns = list(seconds)
    if not percentiles:
        walked = sum(np.where(np.isfinite(metres), metres, 0.0) for metres in snaps)
        columns.append(np.maximum(seconds[0] - walked / metric.walks.pace, 0))
    heads = [*second_columns(percentiles), *([] if percentiles else ["network_seconds"])]
    columns += [np.full(len(table.rows), np.inf), *snaps]
    notes = [
        _note(np.isfinite(near), bool(lost), metric.most)
        for near, lost in zip(np.transpose(snaps), np.isinf(seconds.min(axis=0)), strict=True)
    ]
    cells = [[cell_of(value) for value in row] for row in np.transpose(columns)]
    rows = [[*row, note] for row, note in zip(cells, notes, strict=True)]
    return (*heads, "metres", "snap_from_m", "snap_to_m", "note"), rows


def cell_of(figure: float) -> str:
    """A figure in a table, empty where it is endless."""
    return f"{figure:.1f}" if math.isfinite(figure) else ""


def _note(near: Sequence[bool], lost: bool, most: float) -> str:
    """Which ends lie at no street, and whether there is no way."""
    told = [
        f"no street near the {name}: walked straight to stops"
        for name, there in zip(("start", "end"), near, strict=True)
        if not there
    ]
    if lost:
        told.append(f"no journey of at most {most / 60:.0f} min")
    return "; ".join(told)


def transit_matrix(
    network: Path,
    speed: float | None,
    start: PlaceTable,
    end: PlaceTable,
    within: "Limit | None",
    **asked: Any,  # noqa: ANN401 (what `transit_options` asks)
) -> tuple[tuple[str, ...], list[list[str]]]:
    """What `travel matrix` writes: heads, and a row for each pair that has a way."""
    import numpy as np

    from locator.travel import Places

    metric, _ = open_timetable(network, speed, **asked)
    here, there = Places(start.lon, start.lat), Places(end.lon, end.lat)
    percentiles = asked["percentiles"]
    found = metric.quantiles(here, there, percentiles or (metric.percentile,), within)
    seconds = np.array([costs.matrix() for costs in found])
    pairs = np.argwhere(np.isfinite(seconds).any(axis=0))
    rows = [
        [start.ids[at], end.ids[to], *(cell_of(value) for value in seconds[:, at, to])]
        for at, to in pairs.tolist()
    ]
    return ("origin", "destination", *second_columns(percentiles)), rows


def timetable_facts(folder: Path) -> dict[str, str]:
    """What a timetable holds, for people."""
    from locator.travel import Schedule

    schedule = Schedule(folder)
    facts = {"timetable": f"{folder} ({size_of(folder) / 1e6:.1f} MB)"}
    for feed in schedule.meta["feeds"]:
        left_out = feed["trips_left_out"]
        facts[feed["file"]] = (
            f"{feed['first']} to {feed['last']}, {feed['publisher']}, {feed['timezone']}"
            + (f"; {left_out} trips left out, whose times run back" if left_out else "")
        )
    facts["stops, trips"] = f"{schedule.stops}, {len(schedule['trip_route'])}"
    return facts
