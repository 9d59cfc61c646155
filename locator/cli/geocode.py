"""`python -m locator geocode`: from an address, postcode or place to a point."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from tabulate import tabulate

from locator.cli._options import FORMATS, addresses_option, format_option, operator
from locator.errors import InputError
from locator.geocoding import (
    COLUMNS,
    SERVICES,
    Answer,
    CurrentIndex,
    Finder,
    as_collection,
    as_object,
    as_row,
    asked_text,
    chain,
    geocode_table,
    read_addresses,
)
from locator.language import spreadsheet_cell

_TABLE = ("address", "lat", "lon", "precision", "accuracy_m", "confidence", "notes")


@click.command()
@click.argument("text", required=False)
@format_option(*FORMATS)
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=10,
    show_default=True,
    help="At most so many answers where several are as good.",
)
@click.option(
    "--file",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV or workbook (.xlsx, .ods) to geocode row by row, in place of TEXT.",
)
@click.option("--column", default="address", show_default=True, help="Its column of addresses.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="CSV file to write.")
@click.option(
    "--online",
    is_flag=True,
    help="Agree that TEXT is sent to the service that NAERVED_ONLINE names, where needed.",
)
@addresses_option
def command(
    text: str | None,
    form: str,
    limit: int,
    source: Path | None,
    column: str,
    out: Path | None,
    online: bool,
    addresses: Path,
) -> None:
    """Find the point of TEXT: an address, street, postcode, place or LAT,LON in Denmark.

    The best answer comes first; more follow only where they may be meant as well. Where nothing
    is certain but the country, the first one has no point.

    With --file, find the point of every row: --out gets the file's own columns and lat, lon,
    precision, accuracy_m, confidence, matched, question, alternatives and notes. A row whose
    question is not empty has only what is certain. Files are never sent to a service.
    """
    if (text is None) == (source is None) or (source is None) != (out is None):
        raise click.UsageError("Give TEXT, or --file with --out.")
    if source and out:
        if online:
            raise click.UsageError("--online is for TEXT only: a file is never sent to a service.")
        _geocode_file(source, column, out, addresses)
        return
    geocoders = chain(replace(operator(click.get_current_context()), addresses=addresses))
    if online and not geocoders.service:
        raise InputError(
            "--online needs a service: set NAERVED_ONLINE to {known}.", known=" or ".join(SERVICES)
        )
    best = geocoders.answer(text or "", agreed=online)
    if best.question and form == "table":
        click.echo(asked_text(best.question).text(), err=True)
    click.echo(show((best, *best.alternatives)[:limit], form))


def _geocode_file(source: Path, column: str, out: Path, addresses: Path) -> None:
    if out.suffix.lower() in (".xlsx", ".xls", ".ods"):
        raise InputError("{path} is written as CSV: give it a name that ends in .csv.", path=out)
    CurrentIndex(addresses).index()  # a broken index is said now, not in every row
    table = read_addresses(source, column)
    geocoder = Finder(addresses)
    bar: Any = click.progressbar(length=table.rows, label=source.name, file=sys.stderr)
    with bar:
        summary = geocode_table(table, out, geocoder.answer, bar.update)
    counts = ", ".join(f"{count} {precision}" for precision, count in summary.found.most_common())
    click.echo(
        f"{summary.rows} rows: {counts or 'no answers'}; {summary.unanswered} without an answer. "
        f"Written to {out}.",
        err=True,
    )


def show(answers: Sequence[Answer], form: str) -> str:
    """The answers as text in one of `FORMATS`."""
    if form == "json":
        return json.dumps([as_object(a) for a in answers], ensure_ascii=False, indent=2)
    if form == "geojson":
        return json.dumps(as_collection(answers), ensure_ascii=False, indent=2)
    rows = [as_row(a) | {"notes": " ".join(n.text() for n in a.notes)} for a in answers]
    if form == "csv":
        return _csv(rows)
    cells = [[row[name] for name in _TABLE] for row in rows]
    return tabulate(cells, headers=_TABLE, disable_numparse=True, maxcolwidths=[None] * 6 + [60])


def _csv(rows: Sequence[dict[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = {name: spreadsheet_cell(str(value)) for name, value in row.items()}
        writer.writerow(cells)
    return text.getvalue().rstrip("\n")
