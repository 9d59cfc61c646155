"""`python -m locator addresses`: the index of every address, made on this machine."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from tabulate import tabulate

from locator.cli._options import addresses_option, format_option, operator
from locator.errors import NotFoundError
from locator.geocoding import COMPLETE, REGISTER_CRS, CurrentIndex, Finder, Mapping, Report, build


@click.group()
def command() -> None:
    """Make and look at the index of every address."""


@command.command("build")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    callback=lambda context, _, given: given or operator(context).addresses,
    help="Where to put it (else where it is looked for).",
)
@click.option("--street-column", default="", help="CSV: column of the street's name.")
@click.option("--number-column", default="", help="CSV: column of the house number.")
@click.option("--postcode-column", default="", help="CSV: column of the postcode.")
@click.option("--city-column", default="", help="CSV: column of the town.")
@click.option("--lat-column", default="", help="CSV: column of the latitude, degrees WGS84.")
@click.option("--lon-column", default="", help="CSV: column of the longitude, degrees WGS84.")
@click.option("--x", default="", help="CSV: column of the easting.")
@click.option("--y", default="", help="CSV: column of the northing.")
@click.option("--crs", default=REGISTER_CRS, show_default=True, help="CSV: system of x and y.")
@click.option("--delimiter", default="", help="CSV: character between cells (else found out).")
@click.option("--source", default="", help="CSV: name of the source, for attribution.")
@click.option("--licence", default="", help="CSV: licence of the source.")
def _build(
    files: tuple[Path, ...],
    out: Path,
    source: str,
    licence: str,
    delimiter: str,
    **columns: str,
) -> None:
    """Build the index from FILES: OpenStreetMap (.osm.pbf, .osm, .osm.gz, .osm.bz2) or CSV.

    The address register's CSV is known by its columns. An index in use stays until the new one
    is whole, and the app takes up the new one by itself.
    """
    names = {name.removesuffix("_column"): given for name, given in columns.items()}
    mapping = Mapping(**names, delimiter=delimiter.replace("\\t", "\t"))
    with click.progressbar(length=len(files) * 1000, label="Reading", file=sys.stderr) as bar:

        def progress(path: Path, part: float) -> None:
            bar.update(int((files.index(path) + part) * 1000) - bar.pos)

        report = build(files, out, mapping, progress, name=source, licence=licence)
    click.echo(_summary(report, out))


def _summary(report: Report, target: Path) -> str:
    lines = [
        f"{report.read} rows read, {sum(report.rejected.values())} rejected, "
        f"{report.merged} duplicates merged, {report.kept} addresses kept in {target}."
    ]
    lines += [f"  {number} rejected: {reason}" for reason, number in report.rejected.most_common()]
    return "\n".join([*lines, *(f"  for example {example}" for example in report.examples)])


def _covered(shares: dict[str, float]) -> str:
    """How many areas the index has all streets of, or nearly, and how many only a part of."""
    whole = sum(share >= COMPLETE for share in shares.values())
    return f"{whole} whole, {len(shares) - whole} in part (elsewhere the embedded streets answer)"


@command.command("info")
@addresses_option
@format_option("table", "json")
def _info(addresses: Path, form: str) -> None:
    """Say what the index in use holds."""
    index = CurrentIndex(addresses).index()
    if index is None:
        raise NotFoundError(
            "There is no address index at {path}. Build it: "
            "python -m locator addresses build FILE.",
            path=addresses,
        )
    about: dict[str, Any] = {
        "path": str(addresses),
        "bytes": addresses.stat().st_size,
        **index.about,
        "coverage": Finder(addresses).areas(),
    }
    if form == "json":
        click.echo(json.dumps(about, ensure_ascii=False, indent=2))
        return
    west, south, east, north = about["bbox"]
    facts = {
        "file": f"{about['path']} ({about['bytes'] / 1e6:.1f} MB)",
        "addresses": about["rows"],
        "streets by postcode": about["streets"],
        "built": about["built"],
        "postcodes": _covered(about["coverage"]["postcodes"]),
        "municipalities": _covered(about["coverage"]["municipalities"]),
        "bounding box": f"{south:.4f}, {west:.4f} to {north:.4f}, {east:.4f} (lat, lon, WGS84)",
    }
    click.echo(tabulate(facts.items(), tablefmt="plain"))
    click.echo()
    click.echo(tabulate(about["sources"], headers="keys"))
