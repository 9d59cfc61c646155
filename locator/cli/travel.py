"""`python -m locator travel`: streets of this machine, and how long ways along them take."""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from tabulate import tabulate

from locator.cli._options import LimitType, format_option, operator
from locator.cli._travel_options import (
    STREETS,
    network_option,
    out_option,
    read_pairs,
    read_places,
    speed_option,
    write_csv,
)
from locator.errors import InputError
from locator.files import replace_file

if TYPE_CHECKING:
    from locator.travel import Limit, Streets, Way

MODES = ("foot", "bicycle", "car")
ADDED = ("seconds", "network_seconds", "metres", "snap_from_m", "snap_to_m", "note")

mode_option = click.option(
    "--mode", type=click.Choice(MODES), default="foot", show_default=True, help="How one travels."
)


@click.group()
def command() -> None:
    """Make a network of streets, and measure how long ways along it take."""


@command.command("build")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    callback=lambda context, _, given: given or operator(context).network,
    help="Folder to put it in (else where it is looked for).",
)
def _build(file: Path, out: Path) -> None:
    """Build the street network of FILE, an OpenStreetMap extract (.osm.pbf).

    For feet, bicycles and cars, with ferries. A network in use stays until the new one is whole,
    and the app takes up the new one by itself.
    """
    from locator.travel import build_streets

    begun = time.perf_counter()

    def tell(what: str) -> None:
        click.echo(f"{time.perf_counter() - begun:6.1f} s  {what}", err=True)

    about = build_streets(file, out / STREETS, tell)
    size = sum(part.stat().st_size for part in (out / STREETS).iterdir())
    click.echo(
        f"{about['junctions']} junctions, {about['edges']} edges and {about['kilometres']} km of "
        f"streets in {out / STREETS} ({size / 1e6:.1f} MB), made in "
        f"{time.perf_counter() - begun:.1f} s."
    )


@command.command("info")
@network_option
@format_option("table", "json")
def _info(network: Path, form: str) -> None:
    """Say what the network in use holds: extent, date, source, licence, ways to travel, sizes."""
    from locator.travel import open_network

    folder = network / STREETS
    about = open_network(folder).about
    size = sum(part.stat().st_size for part in folder.iterdir())
    if form == "json":
        click.echo(json.dumps({"path": str(folder), "bytes": size, **about}, ensure_ascii=False))
        return
    west, south, east, north = about["bbox"]
    modes = about["modes"]
    facts = {
        "folder": f"{folder} ({size / 1e6:.1f} MB)",
        "extent": f"{south:.4f}, {west:.4f} to {north:.4f}, {east:.4f} (lat, lon, WGS84)",
        "made from": about["file"],
        "date of the data": about["date"] or "not said",
        "built": about["built"],
        "source": f"{about['source']}, {about['licence']}",
        "junctions, edges": f"{about['junctions']}, {about['edges']} ({about['kilometres']} km)",
        **{f"edges for {m}": f"{n['edges']} ({n['connected']} well connected)"
           for m, n in modes.items()},
        "ferries": ", ".join(filter(None, about["ferries"].values())) or "none with a name",
    }  # fmt: skip
    click.echo(tabulate(facts.items(), tablefmt="plain", disable_numparse=True))


def _streets(network: Path, mode: str, speed: float | None) -> "Streets":
    from locator.travel import open_network

    return open_network(network / STREETS).streets(mode, speed)


@command.command("times")
@click.option(
    "--file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Pairs: CSV or a workbook with columns from_lat, from_lon, to_lat, to_lon.",
)
@mode_option
@speed_option
@network_option
@out_option("CSV: the same rows and columns, and what was measured.")
def _times(file: Path, mode: str, speed: float | None, network: Path, out: Path) -> None:
    """Measure the way of each pair of a table.

    Adds seconds (all), network_seconds (along the streets), metres (along the streets),
    snap_from_m and snap_to_m (from the points to the streets, walked), and note. A pair without a
    way has empty fields and the reason.
    """
    from locator.travel import pair_ways

    table = read_pairs(file)
    streets = _streets(network, mode, speed)
    rows: list[list[str]] = [[] for _ in table.rows]
    found = 0
    with click.progressbar(length=len(rows), label="Measuring", file=sys.stderr) as bar:
        for row, way in pair_ways(streets, table.origin, table.destination):
            rows[row] = _measured(way)
            found += not isinstance(way, str)
            bar.update(1)
    kept = [n for n, title in enumerate(table.header) if title.strip() not in ADDED]
    write_csv(
        out,
        [*(table.header[n] for n in kept), *ADDED],
        (
            [*(cells[n] if n < len(cells) else "" for n in kept), *more]
            for cells, more in zip(table.rows, rows, strict=True)
        ),
    )
    click.echo(f"{len(rows)} pairs, {found} with a way, in {out}.")


def _measured(way: "Way | str") -> list[str]:
    if isinstance(way, str):
        return ["", "", "", "", "", way]
    figures = (way.seconds, way.network_seconds, way.metres, way.snap_from, way.snap_to)
    notes = []
    for ferry in way.ferries:
        name = f"ferry {ferry.name}".strip()
        if ferry.seconds is None:
            notes.append(f"{name}, crossing time not known, without waiting")
        else:
            notes.append(f"{name}, crossing {ferry.seconds / 60:.0f} min, without waiting")
    if way.steps >= 1:
        notes.append(f"{way.steps:.0f} m of steps")
    return [*(f"{figure:.1f}" for figure in figures), "; ".join(notes)]


_table = click.Path(exists=True, dir_okay=False, path_type=Path)


@command.command("matrix")
@click.option("--origins", required=True, type=_table, help="Table with lat, lon and perhaps id.")
@click.option("--destinations", required=True, type=_table, help="The same of destinations.")
@click.option("--within", type=LimitType(), help="Only pairs this near, for example 30min.")
@mode_option
@speed_option
@network_option
@out_option("CSV: origin, destination, seconds; pairs without a way are left out.")
def _matrix(
    origins: Path,
    destinations: Path,
    within: "Limit | None",
    mode: str,
    speed: float | None,
    network: Path,
    out: Path,
) -> None:
    """Measure from each of the origins to each of the destinations.

    What comes out is a cost table as `coverage --cost` takes it.
    """
    from locator.travel import Places, StreetNetwork

    start, end = read_places(origins), read_places(destinations)
    metric = StreetNetwork(_streets(network, mode, speed))
    here, there = Places(start.lon, start.lat), Places(end.lon, end.lat)
    pairs = 0

    def rows() -> Any:  # noqa: ANN401
        nonlocal pairs
        for block, costs in metric.costs(here, there, within):
            pairs += len(costs.cost)
            for at, to, cost in zip(costs.origin, costs.destination, costs.cost, strict=True):
                yield start.ids[block.start + at], end.ids[to], f"{cost:.1f}"

    write_csv(out, ("origin", "destination", "seconds"), rows())
    click.echo(f"{pairs} pairs of {len(here)} origins and {len(there)} destinations, in {out}.")


@command.command("isochrone")
@click.argument("point")
@click.option(
    "--within", default="5min,10min,15min", show_default=True, help="Limits with commas between."
)
@mode_option
@speed_option
@network_option
@out_option("GeoJSON; else it is printed.", required=False)
def _isochrone(
    point: str, within: str, mode: str, speed: float | None, network: Path, out: Path | None
) -> None:
    """Draw what can be reached from POINT (LAT,LON) within each limit, as GeoJSON."""
    from locator.earth import parse_point
    from locator.language import language
    from locator.travel import Unit, limit_text, parse_limits, reached

    at = parse_point(point)
    if at is None:
        raise InputError(
            "{point} is no point: write LAT,LON, for example 55.68,12.57.", point=point
        )
    limits = sorted(parse_limits(within))
    streets = _streets(network, mode, speed)
    areas = reached(streets, at, [limit.under(Unit.SECOND) for limit in limits])
    if areas[0] is None:
        raise InputError(
            "There is no street for this within 500 m of {point} in {file}: choose another point, "
            "or build the network of a larger extract.",
            point=point,
            file=streets.network.about["file"],
        )
    text = _geojson(areas, [(limit_text(v, language("en")), v) for v in limits], mode, streets)
    if out is None:
        click.echo(text)
        return
    with replace_file(out) as new:
        new.write_text(text + "\n", encoding="utf-8")
    click.echo(f"{len(limits)} areas in {out}.")


def _geojson(areas: Any, limits: Any, mode: str, streets: "Streets") -> str:  # noqa: ANN401
    """The largest first, so that the smaller lie over it."""
    from shapely.geometry import mapping

    from locator.travel import Unit

    about = streets.network.about
    features = [
        {
            "type": "Feature",
            "properties": {
                "mode": mode,
                "within": text,
                "seconds": limit.under(Unit.SECOND),
                "source": f"{about['source']}, {about['licence']}",
                "date": about["date"],
            },
            "geometry": mapping(area),
        }
        for area, (text, limit) in reversed(list(zip(areas, limits, strict=True)))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})
