"""Options that `coverage` and `site` share, and the inputs that they name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from locator.answer import Note
from locator.coverage.embedded import embedded_demand
from locator.coverage.facilities import directory_facilities
from locator.coverage.inputs import Inputs, from_points, from_table
from locator.coverage.layer import Layer, read_layer
from locator.coverage.units import parse_limits
from locator.errors import InputError

Command = TypeVar("Command", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path)

_OPTIONS = (
    click.option("--demand", type=_FILE, help="Places with people: csv, gpkg, parquet, geojson."),
    click.option("--population", help="Column of people in --demand (else 1 each)."),
    click.option("--demand-id", help="Column of ids in --demand (else id, else row numbers)."),
    click.option("--category", "-c", multiple=True, help="Facilities of the directory."),
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
    click.option("--crs", help="EPSG:N of coordinate columns; with planar, the plane."),
    click.option("--cost", type=_FILE, help="A ready cost table, in long or wide form."),
    click.option(
        "--cost-columns", help="ORIGIN,DESTINATION,COST in long form; leave out for wide form."
    ),
)


def input_options(command: Command) -> Command:
    """The options that say what is measured: demand, facilities, costs."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_inputs(given: dict[str, Any], directory: Path | None, limit: float) -> Inputs:
    """Read what the options of `input_options` name, distances up to `limit`."""
    planar = given["distance"] == "planar"
    demand = _demand(given, planar)
    facilities = _facilities(given, planar, directory)
    if given["cost"] is not None:
        return from_table(given["cost"], _columns(given["cost_columns"]), demand, facilities)
    if facilities is None:
        raise InputError(
            "Which facilities? Name a --category of the directory, a file with --facilities, or a "
            "cost table with --cost."
        )
    return from_points(
        demand or embedded_demand(), facilities, distance=given["distance"], limit=limit
    )


def _demand(given: dict[str, Any], planar: bool) -> Layer | None:
    if given["demand"] is None:
        return None
    return read_layer(
        given["demand"],
        weight=given["population"],
        name=given["demand_id"],
        crs=given["crs"],
        planar=planar,
    )


def _facilities(given: dict[str, Any], planar: bool, directory: Path | None) -> Layer | None:
    if given["facilities"] is not None:
        return read_layer(
            given["facilities"],
            weight=given["capacity"],
            name=given["facility_id"],
            crs=given["crs"],
            planar=planar,
            what="capacity",
        )
    return directory_facilities(given["category"], directory) if given["category"] else None


def _columns(text: str | None) -> tuple[str, str, str] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 3:
        raise InputError("--cost-columns takes three names: ORIGIN,DESTINATION,COST.")
    return parts[0], parts[1], parts[2]


def limits(texts: tuple[str, ...]) -> tuple[float, ...]:
    """All limits of a repeatable `--within`, ascending, each once."""
    return tuple(sorted({limit for text in texts for limit in parse_limits(text)}))


def tell(notes: tuple[Note, ...]) -> None:
    """Say notes on stderr, so that stdout stays the answer alone."""
    for note in notes:
        click.echo(note.text(), err=True)
