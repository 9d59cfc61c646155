"""`python -m locator map`: the street map, made on this machine."""

import json
import time
from pathlib import Path

import click
from tabulate import tabulate

from locator.cli._options import format_option, operator
from locator.errors import NotFoundError
from locator.map import ATTRIBUTION, CurrentTiles, build_tiles


@click.group()
def command() -> None:
    """Make and look at the street map."""


@command.command("build")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    callback=lambda context, _, given: given or operator(context).tiles,
    help="Where to put it (else where it is looked for).",
)
def _build(file: Path, out: Path) -> None:
    """Build the street map of FILE, an OpenStreetMap extract (.osm.pbf).

    A map in use stays until the new one is whole, and the app takes up the new one by itself.
    """
    start = time.perf_counter()

    def tell(what: str) -> None:
        click.echo(f"{time.perf_counter() - start:6.1f} s  {what}", err=True)

    built = build_tiles(file, out, tell)
    seconds = time.perf_counter() - start
    things = ", ".join(f"{number} {name}" for name, number in built.things.items() if number)
    click.echo(f"{out}: {built.size / 1e6:.1f} MB in {seconds:.1f} s")
    click.echo(f"  drawn: {things}")


@command.command("info")
@format_option("table", "json")
@click.pass_context
def _info(context: click.Context, form: str) -> None:
    """Say what the street map in use covers."""
    path = operator(context).tiles
    archive = CurrentTiles(path).archive()
    if archive is None:
        raise NotFoundError(
            "There is no street map at {path}. Build it: python -m locator map build FILE.osm.pbf.",
            path=path,
        )
    west, south, east, north = archive.bounds
    about = {"path": str(path), "bytes": path.stat().st_size, "zooms": archive.zooms}
    if form == "json":
        click.echo(json.dumps({**about, "bbox": archive.bounds}, indent=2))
        return
    facts = {
        "file": f"{path} ({path.stat().st_size / 1e6:.1f} MB)",
        "bounding box": f"{south:.4f}, {west:.4f} to {north:.4f}, {east:.4f} (lat, lon, WGS84)",
        "zooms": "{} to {}".format(*archive.zooms),
        "source": ATTRIBUTION,
    }
    click.echo(tabulate(facts.items(), tablefmt="plain"))
