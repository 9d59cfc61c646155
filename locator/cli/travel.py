"""`python -m locator travel`: streets and timetables of this machine, and how long ways take."""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from tabulate import tabulate

from locator.cli._journey import journey
from locator.cli._options import LimitType, format_option, operator
from locator.cli._streets import (
    areas_geojson,
    open_streets,
    size_of,
    street_facts,
    street_matrix,
    street_pairs,
)
from locator.cli._transit import (
    open_timetable,
    timetable_facts,
    transit_matrix,
    transit_options,
    transit_pairs,
)
from locator.cli._travel_options import (
    network_option,
    out_option,
    point_of,
    read_pairs,
    read_places,
    speed_option,
    write_csv,
)
from locator.errors import InputError
from locator.files import replace_file
from locator.travel import STREETS, TIMETABLE, TRANSIT, TRAVEL_MODES

if TYPE_CHECKING:
    from locator.travel import Limit

mode_option = click.option(
    "--mode",
    type=click.Choice(TRAVEL_MODES),
    default="foot",
    show_default=True,
    help="How one travels; transit is public transport.",
)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEGATIVE = {"ignore_unknown_options": True}  # a latitude may begin with a minus


@click.group()
def command() -> None:
    """Make a network of streets and timetables, and measure how long ways along it take."""


command.add_command(journey)


@command.command("build")
@click.argument("file", type=_file)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    callback=lambda context, _, given: given or operator(context).network,
    help="Folder to put it in (else where it is looked for).",
)
@click.option(
    "--gtfs",
    "feeds",
    multiple=True,
    type=_file,
    help="A timetable feed (GTFS zip); several are one timetable.",
)
def _build(file: Path, out: Path, feeds: tuple[Path, ...]) -> None:
    """Build the street network of FILE, an OpenStreetMap extract (.osm.pbf), and a timetable.

    For feet, bicycles and cars, with ferries; for public transport too, with --gtfs. What is in
    use stays until the new one is whole, and the app takes up the new one by itself.
    """
    from locator.travel import build_streets

    begun = time.perf_counter()

    def tell(what: str) -> None:
        click.echo(f"{time.perf_counter() - begun:6.1f} s  {what}", err=True)

    about = build_streets(file, out / STREETS, tell)
    click.echo(
        f"{about['junctions']} junctions, {about['edges']} edges and {about['kilometres']} km of "
        f"streets in {out / STREETS} ({size_of(out / STREETS) / 1e6:.1f} MB), made in "
        f"{time.perf_counter() - begun:.1f} s."
    )
    if feeds:
        _build_timetable(feeds, out)


@command.command("timetable")
@click.argument("feeds", nargs=-1, required=True, type=_file)
@network_option
def _timetable(feeds: tuple[Path, ...], network: Path) -> None:
    """Build the timetable alone from FEEDS (GTFS zips; several are one timetable)."""
    _build_timetable(feeds, network)


def _build_timetable(feeds: tuple[Path, ...], network: Path) -> None:
    from locator.travel import build_timetable

    begun = time.perf_counter()
    build_timetable(feeds, network / TIMETABLE)
    _echo(timetable_facts(network / TIMETABLE))
    click.echo(f"Made in {time.perf_counter() - begun:.1f} s.")


def _echo(facts: dict[str, str]) -> None:
    click.echo(tabulate(facts.items(), tablefmt="plain", disable_numparse=True))


@command.command("info")
@network_option
@format_option("table", "json")
def _info(network: Path, form: str) -> None:
    """Say what the network in use holds: extent, date, source, licence, days covered, sizes."""
    from locator.travel import Schedule, open_network

    folder, times = network / STREETS, network / TIMETABLE
    there = times.is_dir()
    if form == "json":
        told = {"path": str(folder), "bytes": size_of(folder), **open_network(folder).about}
        meta = {"timetable": Schedule(times).meta} if there else {}
        click.echo(json.dumps(told | meta, ensure_ascii=False))
        return
    none = {"timetable": "none: python -m locator travel timetable FEED.zip"}
    _echo(street_facts(folder) | (timetable_facts(times) if there else none))


@command.command("times")
@click.option(
    "--file",
    required=True,
    type=_file,
    help="Pairs: CSV or a workbook with columns from_lat, from_lon, to_lat, to_lon.",
)
@mode_option
@speed_option
@network_option
@out_option("CSV: the same rows and columns, and what was measured.")
@transit_options
def _times(
    file: Path,
    mode: str,
    speed: float | None,
    network: Path,
    out: Path,
    **asked: Any,  # noqa: ANN401 (what `transit_options` asks)
) -> None:
    """Measure the way of each pair of a table.

    Adds seconds (all), network_seconds (along the streets, or without the walks to them), metres
    (along the streets), snap_from_m and snap_to_m (from the points to the streets, walked), and
    note; with --percentiles seconds_p10 and so on in place of seconds. A pair without a way has
    empty fields and the reason.
    """
    table = read_pairs(file)
    if mode == TRANSIT:
        added, rows = transit_pairs(network, speed, table, **asked)
    else:
        added, rows = street_pairs(network, mode, speed, table)
    kept = [n for n, title in enumerate(table.header) if title.strip() not in added]
    write_csv(
        out,
        [*(table.header[n] for n in kept), *added],
        (
            [*(cells[n] if n < len(cells) else "" for n in kept), *more]
            for cells, more in zip(table.rows, rows, strict=True)
        ),
    )
    found = sum(bool(row[0]) for row in rows)
    click.echo(f"{len(rows)} pairs, {found} with a way, in {out}.")


@command.command("matrix")
@click.option("--origins", required=True, type=_file, help="Table with lat, lon and perhaps id.")
@click.option("--destinations", required=True, type=_file, help="The same of destinations.")
@click.option("--within", type=LimitType(), help="Only pairs this near, for example 30min.")
@mode_option
@speed_option
@network_option
@out_option("CSV: origin, destination, seconds; pairs without a way are left out.")
@transit_options
def _matrix(
    origins: Path,
    destinations: Path,
    within: "Limit | None",
    mode: str,
    speed: float | None,
    network: Path,
    out: Path,
    **asked: Any,  # noqa: ANN401 (what `transit_options` asks)
) -> None:
    """Measure from each of the origins to each of the destinations.

    What comes out is a cost table as `coverage --cost` takes it; with --percentiles it has
    seconds_p10 and so on in place of seconds.
    """
    start, end = read_places(origins), read_places(destinations)
    heads: tuple[str, ...] = ("origin", "destination", "seconds")
    rows: Iterable[list[str]]
    if mode == TRANSIT:
        heads, rows = transit_matrix(network, speed, start, end, within, **asked)
    else:
        rows = street_matrix(open_streets(network, mode, speed), start, end, within)
    pairs = 0

    def counted() -> Iterable[list[str]]:
        nonlocal pairs
        for row in rows:
            pairs += 1
            yield row

    write_csv(out, heads, counted())
    click.echo(
        f"{pairs} pairs of {len(start.ids)} origins and {len(end.ids)} destinations, in {out}."
    )


@command.command("isochrone", context_settings=_NEGATIVE)
@click.argument("point")
@click.option(
    "--within", default="5min,10min,15min", show_default=True, help="Limits with commas between."
)
@mode_option
@speed_option
@network_option
@out_option("GeoJSON; else it is printed.", required=False)
@transit_options
def _isochrone(
    point: str,
    within: str,
    mode: str,
    speed: float | None,
    network: Path,
    out: Path | None,
    **asked: Any,  # noqa: ANN401 (what `transit_options` asks)
) -> None:
    """Draw what can be reached from POINT (LAT,LON) within each limit, as GeoJSON."""
    from locator.language import language
    from locator.travel import Unit, limit_text, parse_limits, reached

    at = point_of(point)
    limits = sorted(parse_limits(within))
    if mode == TRANSIT:
        metric, walked = open_timetable(network, speed, **asked)
        streets, areas = walked.streets, [metric.around(at, limit) for limit in limits]
    else:
        streets = open_streets(network, mode, speed)
        areas = reached(streets, at, [limit.under(Unit.SECOND) for limit in limits])
    drawn = [area for area in areas if area is not None]
    if len(drawn) < len(limits):
        raise InputError(
            "There is no street for this within 500 m of {point} in {file}: choose another point, "
            "or build the network of a larger extract.",
            point=point,
            file=streets.network.about["file"],
        )
    said = [(limit_text(limit, language("en")), limit.under(Unit.SECOND)) for limit in limits]
    text = areas_geojson(drawn, said, mode, streets)
    if out is None:
        click.echo(text)
        return
    with replace_file(out) as new:
        new.write_text(text + "\n", encoding="utf-8")
    click.echo(f"{len(limits)} areas in {out}.")
