"""Options that `coverage` and `site` share, and the inputs that they name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from locator.cli._options import LimitType, addresses_option
from locator.cli._transit import DepartureType
from locator.cli._travel_options import network_option, seconds_of, speed_option
from locator.coverage import ADDRESSES, Sources, Transport, naming
from locator.directory import FolderStore
from locator.notes import Note
from locator.travel import TRANSIT, TRAVEL_MODES, Limit, parse_limits

Command = TypeVar("Command", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path)

_OPTIONS = (
    click.option(
        "--demand",
        help="Places with people: csv, gpkg, geojson, parquet (or a folder of parquet files, read "
        "part by part); the word addresses for every address of the index.  [default: the "
        "embedded towns and postcodes]",
    ),
    click.option("--population", help="Column of people in --demand (else 1 each)."),
    click.option("--demand-id", help="Column of ids in --demand (else id, else row numbers)."),
    click.option("--areas", help="A map of areas, for figures by each."),
    click.option("--area-name", default="name", show_default=True, help="Their column of names."),
    click.option("--category", "-c", multiple=True, help="Facilities of the directory."),
    click.option("--language", multiple=True, help="Only those that speak it: en, ar, uk."),
    click.option("--audience", multiple=True, help="Only those for these people."),
    click.option("--municipality", multiple=True, help="Only those of this code: 0101."),
    click.option("--free", is_flag=True, help="Only those that are free."),
    click.option("--wheelchair", is_flag=True, help="Only those that a wheelchair can enter."),
    click.option("--facilities", type=_FILE, help="Facilities, or candidate sites, of your own."),
    click.option("--capacity", help="Column of supply in --facilities (else 1 each)."),
    click.option("--facility-id", help="Column of ids in --facilities (else id, else numbers)."),
    click.option(
        "--distance",
        type=click.Choice(("geodesic", "planar")),
        default="geodesic",
        show_default=True,
        help="On the WGS84 ellipsoid, or straight in the plane of --crs.",
    ),
    click.option(
        "--travel",
        type=click.Choice(TRAVEL_MODES),
        help="Measure how long the way takes (limits such as 15min), along the streets of "
        "--network; transit is public transport.",
    ),
    click.option(
        "--depart",
        type=DepartureType(),
        help='Public transport: the first departure, local time: "2026-12-01 08:00".',
    ),
    click.option(
        "--window",
        type=LimitType(),
        default="60min",
        show_default=True,
        help="Public transport: a departure at each minute of so long a time.",
    ),
    click.option(
        "--percentile",
        type=click.FloatRange(0, 100, min_open=True),
        default=50.0,
        show_default=True,
        help="Public transport: of the times of these departures.",
    ),
    click.option(
        "--max-duration",
        type=LimitType(),
        default="120min",
        show_default=True,
        help="Public transport: the longest journey; what takes longer is no way.",
    ),
    click.option(
        "--max-walk",
        type=LimitType(),
        default="60min",
        show_default=True,
        help="Public transport: the longest walk before, after or instead of riding.",
    ),
    click.option("--crs", help="EPSG:N of coordinate columns; with planar, the plane."),
    click.option("--cost", type=_FILE, help="A ready cost table, in long or wide form."),
    click.option(
        "--cost-columns", help="ORIGIN,DESTINATION,COST in long form; leave out for wide form."
    ),
    click.option(
        "--cost-unit",
        help="What its costs are: minutes, seconds, hours, metres or kilometres.  [default: as "
        "their column's name says]",
    ),
)


def input_options(command: Command) -> Command:
    """The options that say what is measured: demand, facilities, costs."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return network_option(speed_option(addresses_option(command)))


def sources_of(given: dict[str, Any], store: FolderStore) -> Sources:
    """What the options of `input_options` name."""
    columns = given["cost_columns"]
    demand = _path(given["demand"])
    directory, overlay = naming(store)
    return Sources(
        demand=demand,
        population=given["population"],
        demand_id=given["demand_id"],
        addresses=_path(given["addresses"]) if demand == ADDRESSES else "",
        areas=_path(given["areas"]),
        area_name=given["area_name"],
        facilities=_path(given["facilities"]),
        categories=given["category"],
        languages=given["language"],
        audience=given["audience"],
        municipalities=given["municipality"],
        free=given["free"],
        wheelchair=given["wheelchair"],
        capacity=given["capacity"],
        facility_id=given["facility_id"],
        distance=given["distance"],
        crs=given["crs"],
        cost=_path(given["cost"]),
        cost_columns=tuple(part.strip() for part in columns.split(",")) if columns else (),
        cost_unit=given["cost_unit"],
        directory=directory,
        overlay=overlay,
        travel=_travel(given),
    )


def _travel(given: dict[str, Any]) -> Transport | None:
    """How one travels; None where ways are not measured in time."""
    if given["travel"] is None:
        return None
    how = Transport(given["travel"], str(given["network"].resolve()), given["speed"])
    if how.mode != TRANSIT:
        return how
    depart = given["depart"]
    return replace(
        how,
        depart=depart.isoformat(" ", "minutes") if depart else "",
        window=seconds_of(given["window"]),
        percentile=given["percentile"],
        longest=seconds_of(given["max_duration"]),
        walk=seconds_of(given["max_walk"]),
    )


def told_by(given: dict[str, Any]) -> str | None:
    """The column that a map of areas gives to the demand."""
    return given["area_name"] if given["areas"] else None


def _path(given: str | Path | None) -> str:
    """As text that holds wherever it is read; the word for addresses stays."""
    if given is None:
        return ""
    if str(given) == ADDRESSES and not Path(given).exists():
        return ADDRESSES
    return str(Path(given).resolve())


def limits(texts: tuple[str, ...]) -> tuple[Limit, ...]:
    """All limits of a repeatable `--within`."""
    return tuple(limit for text in texts for limit in parse_limits(text))


def tell(notes: tuple[Note, ...]) -> None:
    """Say notes on stderr, so that stdout stays the answer alone."""
    for note in notes:
        click.echo(note.text(), err=True)
