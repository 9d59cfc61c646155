"""`python -m locator coverage`: how far people are from help, and where it is missing."""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import click
from tabulate import tabulate

from locator.cli._coverage_options import input_options, limits, read_inputs, tell
from locator.cli._options import directory_option, format_option
from locator.coverage.figures import MEASURES, PLACES, Parameters, figures
from locator.coverage.request import Request, request, run, write_export
from locator.coverage.sidecar import read_sidecar
from locator.text import spreadsheet_cell

_FOLDER = click.Path(path_type=Path)

_SHOWN = 20  # places of a table on the screen


@click.command()
@input_options
@click.option(
    "--measure",
    "-m",
    "names",
    multiple=True,
    type=click.Choice(MEASURES),
    help="What to measure; may be repeated.  [default: nearest]",
)
@click.option("--within", multiple=True, help="Limits of cost: 5km, 800m, 30 or 1km,5km,10km.")
@click.option("--by", help="For share: a column of the demand, municipality or region.")
@click.option("--k", default=1, show_default=True, help="The k-th nearest, not the nearest.")
@click.option("--decay", help="exp(-0.2), power(2), linear(30), gaussian(10), dai(30), ...")
@click.option("--steps", help="Weights by steps of cost: 2km:1,5km:0.68,10km:0.22.")
@click.option(
    "--of",
    type=click.Choice(PLACES),
    default="cumulative",
    show_default=True,
    help="What gini, palma, fgt and concentration are measured of.",
)
@click.option("--income", help="Column of income per person in --demand.")
@click.option("--poverty-line", type=float, help="For fgt: the least that is enough.")
@click.option("--corrected", is_flag=True, help="Erreygers' corrected concentration index.")
@click.option("--out", type=_FOLDER, help="Write cells, gaps, map and report to this folder.")
@click.option("--resolution", default=7, show_default=True, help="H3 resolution for --out.")
@click.option("--bom", is_flag=True, help="Begin CSV files so that Excel reads them right.")
@click.option("--from-sidecar", type=_FOLDER, help="Make the export of this sidecar again.")
@format_option("table", "json", "csv")
@directory_option
def command(
    names: tuple[str, ...],
    within: tuple[str, ...],
    by: str | None,
    k: int,
    decay: str | None,
    steps: str | None,
    of: str,
    income: str | None,
    poverty_line: float | None,
    corrected: bool,
    out: Path | None,
    resolution: int,
    bom: bool,
    from_sidecar: Path | None,
    form: str,
    directory: Path | None,
    **given: Any,  # noqa: ANN401 (the options of `input_options`)
) -> None:
    """Measure how people are covered, over the embedded demand or any tables of your own.

    Costs are metres between points, or whatever unit the table of --cost has; limits of both are
    inclusive.
    """
    if from_sidecar is not None:
        _export(Request(**read_sidecar(from_sidecar)), out or from_sidecar.parent)
        return
    if out is not None:
        _export(request(given, limits(within), k, resolution, bom, directory), out)
        return
    asked = Parameters(limits(within), by, k, decay, steps, of, income, poverty_line, corrected)
    inputs = read_inputs(given, directory, float("inf"))
    tell(inputs.notes)
    found = {name: figures(inputs, name, asked) for name in names or ("nearest",)}
    click.echo({"json": _json, "csv": _csv, "table": _table}[form](found), nl=form != "csv")


def _export(asked: Request, out: Path) -> None:
    study, notes = run(asked)
    tell(notes)
    for file in write_export(asked, study, notes, out):
        click.echo(str(file))


def _json(found: dict[str, dict[str, Any]]) -> str:
    """One measure as an object with its name; several as an object of objects by name."""
    one = len(found) == 1
    answer = [{"measure": name, **parts} for name, parts in found.items()]
    whole = _no_nan(answer[0] if one else found)
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False)


def _no_nan(value: Any) -> Any:  # noqa: ANN401 (any JSON)
    """JSON knows no NaN and no infinity: both are null."""
    if isinstance(value, dict):
        return {key: _no_nan(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_no_nan(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _rows(found: dict[str, dict[str, Any]]) -> list[list[Any]]:
    names = [name for name, parts in found.items() if "values" in parts]
    ids = found[names[0]]["values"] if names else ()
    return [["id", *names], *([i, *(found[name]["values"][i] for name in names)] for i in ids)]


def _csv(found: dict[str, dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in _rows(found):
        writer.writerow([spreadsheet_cell(c) if isinstance(c, str) else c for c in row])
    return text.getvalue()


def _table(found: dict[str, dict[str, Any]]) -> str:
    parts = []
    head, *rows = _rows(found)
    if rows:
        parts.append(tabulate(rows[:_SHOWN], head, disable_numparse=[0]))
    if len(rows) > _SHOWN:
        parts.append(f"... {len(rows)} places in all; --format csv or json prints every one.")
    for name, figure in found.items():
        if figure.get("shares"):
            parts.append(tabulate(figure["shares"][:_SHOWN], "keys"))
        if figure.get("groups"):
            parts.append(tabulate(figure["groups"], "keys"))
        lone = figure.get("summary") or {k: v for k, v in figure.items() if isinstance(v, float)}
        if lone:
            parts.append(tabulate([(f"{name}: {k}", v) for k, v in lone.items()]))
    return "\n\n".join(parts)
