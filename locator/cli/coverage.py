"""`python -m locator coverage`: how far people are from help, and where it is missing."""

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd
from tabulate import tabulate

from locator.cli._coverage_options import input_options, limits, sources_of, tell, told_by
from locator.cli._options import directory_option, format_option
from locator.coverage import (
    BOUNDS,
    CONSTRAINTS,
    MEASURES,
    PLACES,
    RANKS,
    Outcome,
    Parameters,
    Request,
    Tell,
    ask,
    changed,
    compare,
    demand_parts,
    merged,
    metric_of,
    overview,
    read_sidecar,
    running,
    to_csv,
    to_json,
    write_export,
)
from locator.directory import FolderStore
from locator.earth import parse_point
from locator.errors import InputError
from locator.language import CODES, SOURCE, spreadsheet_cell
from locator.travel import Limit, parse_limit

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
@click.option("--within", multiple=True, help="Limits: 5km, 800m, 30min, 30 or 1km,5km.")
@click.option("--by", help="For share, theil: a column of the demand, municipality or region.")
@click.option("--k", default=1, show_default=True, help="The k-th nearest, not the nearest.")
@click.option("--decay", help="exp(-0.2), power(2), linear(30), gaussian(10), dai(30), ...")
@click.option("--steps", help="Weights by steps of cost: 2km:1,5km:0.68,10km:0.22.")
@click.option(
    "--middle",
    type=click.Choice(("mean", "median")),
    default="mean",
    show_default=True,
    help="For interval: over the limits of --within (20..30 is each from 20 to 30).",
)
@click.option(
    "--of",
    type=click.Choice(PLACES),
    default="cumulative",
    show_default=True,
    help="What gini, theil, palma, fgt and concentration are measured of.",
)
@click.option("--tau", help="For raam: the way that weighs as much as the mean crowding: 10km.")
@click.option(
    "--increment",
    default=1.0,
    show_default=True,
    help="For balancing: costs are looked at in steps of so much.",
)
@click.option(
    "--constraint",
    type=click.Choice(CONSTRAINTS),
    default=CONSTRAINTS[0],
    show_default=True,
    help="For constrained: its sums alone, one margin, or flows that keep both.",
)
@click.option("--income", help="Column of income per person in --demand.")
@click.option("--poverty-line", type=float, help="For fgt: the least that is enough.")
@click.option("--corrected", is_flag=True, help="Erreygers' corrected concentration index.")
@click.option(
    "--ranks",
    type=click.Choice(RANKS),
    default=RANKS[0],
    show_default=True,
    help="For concentration: equal incomes share a rank, or stand in the order of the rows.",
)
@click.option(
    "--bounds",
    type=click.Choice(BOUNDS),
    default=BOUNDS[0],
    show_default=True,
    help="For --corrected: the least and most access where people live, or in all places.",
)
@click.option("--every-category", is_flag=True, help="A line for each kind of help instead.")
@click.option(
    "--open",
    "opened",
    multiple=True,
    help="What if there were one at LAT,LON (of a table: with this id) too?",
)
@click.option("--close", "closed", multiple=True, help="What if the facility with this id closed?")
@click.option("--out", type=_FOLDER, help="Write all figures, layers, map and report here.")
@click.option("--resolution", default=7, show_default=True, help="H3 resolution for --out.")
@click.option("--bom", is_flag=True, help="Begin CSV files so that Excel reads them right.")
@click.option("--lang", type=click.Choice(CODES), default=SOURCE, help="Of the report and map.")
@click.option("--licence", default="", help="Of your own files, for the sidecar.")
@click.option("--from-sidecar", type=_FOLDER, help="Make the export of this sidecar again.")
@click.option("--scheduler", help="A Dask cluster to measure on: tcp://HOST:8786.")
@format_option("table", "json", "csv")
@directory_option
def command(
    every_category: bool,
    opened: tuple[str, ...],
    closed: tuple[str, ...],
    out: Path | None,
    from_sidecar: Path | None,
    scheduler: str | None,
    form: str,
    store: FolderStore,
    **given: Any,  # noqa: ANN401 (what is asked, see `_request`)
) -> None:
    """Measure how people are covered, over the embedded demand or any tables of your own.

    Costs are metres between points, or whatever unit the table of --cost has; limits of both are
    inclusive.
    """
    asked = read_sidecar(from_sidecar) if from_sidecar else _request(given, store)
    if every_category:
        _overview(asked, store, form)
        return
    folder = out or (from_sidecar.parent if from_sidecar else None)
    is_scenario = bool(opened or closed)
    with running(scheduler) as run:
        found = ask(asked, run, mapped=folder is not None or is_scenario, tell=_bar())
    tell(found.notes)
    if is_scenario:
        click.echo(_comparison(asked, found, opened, closed, form))
    elif folder is None:
        print_as = {"json": _json, "csv": _csv, "table": _table}[form]
        click.echo(print_as(found, asked), nl=form != "csv")
    else:
        for file in write_export(asked, found, folder):
            click.echo(str(file))


def _request(given: dict[str, Any], store: FolderStore) -> Request:
    """What the options ask for; those of parameters have the names of `Parameters`."""
    parameters = {f.name: given[f.name] for f in fields(Parameters) if f.name in given}
    return Request(
        sources=sources_of(given, store),
        measures=given["names"] or ("nearest",),
        parameters=Parameters(
            **{
                **parameters,
                "within": limits(given["within"]),
                "by": given["by"] or told_by(given),
                "tau": parse_limit(given["tau"]) if given["tau"] else None,
            }
        ),
        resolution=given["resolution"],
        bom=given["bom"],
        day=date.today().isoformat(),
        lang=given["lang"],
        licence=given["licence"],
    )


def _overview(asked: Request, store: FolderStore, form: str) -> None:
    """A line for each category, for the least limit."""
    if not asked.parameters.within:
        raise InputError("--every-category needs a limit: --within 5km.")
    parts, notes = demand_parts(asked.sources)
    tell(notes)
    metric = metric_of(asked.sources)
    least = Limit(asked.parameters.limits(metric.unit)[0])
    if asked.sources.travel:
        tell(merged(note for part in parts for note in part.load().notes))
    rows = [row._asdict() for row in overview(parts, least, store.directory(), metric)]
    if form == "json":
        click.echo(to_json(rows))
    elif form == "csv":
        click.echo(to_csv(pd.DataFrame(rows)), nl=False)
    else:
        click.echo(tabulate(rows, "keys", floatfmt=("", "", ",.0f", ".1%", ",.0f", ",.0f")))


def _bar() -> Tell:
    """A progress bar on stderr, where someone looks."""
    if not sys.stderr.isatty():
        return lambda done: None
    bar = click.progressbar(length=1000, label="Measuring", file=sys.stderr)

    def told(done: float) -> None:
        bar.update(round(1000 * done) - bar.pos)
        if done >= 1:
            bar.render_finish()

    return told


def _comparison(
    asked: Request, found: Outcome, opened: tuple[str, ...], closed: tuple[str, ...], form: str
) -> str:
    """Before and after, over H3 cells, a row a limit."""
    if found.study is None:
        raise InputError(
            "What-if needs to know where people live: give the demand longitude and latitude, and "
            "leave out planar distance."
        )
    points = {text: parse_point(text) for text in opened}
    names = [text for text, point in points.items() if point is None]
    after = changed(found.study, [point for point in points.values() if point], closed, names)
    within = asked.parameters.limits(found.inputs.metric.unit)
    rows = [asdict(compare(found.study, after, limit)) for limit in within]
    return to_json(rows) if form == "json" else tabulate(rows, "keys", floatfmt=",.1f")


def _json(found: Outcome, asked: Request) -> str:
    """One measure as an object with its name; several as an object of objects by name."""
    figures = found.figures(asked)
    answers = [{"measure": name, **parts} for name, parts in figures.items()]
    return to_json(answers[0] if len(figures) == 1 else figures)


def _names(asked: Request) -> list[str]:
    return [name for name in asked.measures if name in PLACES]


def _rows(found: Outcome, names: list[str], most: int | None = None) -> Iterator[list[Any]]:
    """id and value by each measure of the first places, or of all; None where it is not finite."""
    ids, columns = found.values.ids[:most], [found.values.places[name][:most] for name in names]
    for name, *figures in zip(ids, *columns, strict=True):
        yield [str(name), *(float(v) if np.isfinite(v) else None for v in figures)]


def _csv(found: Outcome, asked: Request) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    names = _names(asked) or list(found.values.places)
    writer.writerow(["id", *names])
    for row in _rows(found, names):
        writer.writerow([spreadsheet_cell(row[0]), *row[1:]])
    return text.getvalue()


def _table(found: Outcome, asked: Request) -> str:
    parts, count, names = [], len(found.values.ids), _names(asked)
    if names:
        rows = _rows(found, names, _SHOWN)
        parts.append(tabulate(rows, ["id", *names], disable_numparse=[0]))
    if names and count > _SHOWN:
        parts.append(f"... {count} places in all; --format csv or json prints every one.")
    for name, figure in found.figures(asked, each=False).items():
        if figure.get("shares"):
            parts.append(tabulate(figure["shares"][:_SHOWN], "keys"))
        if figure.get("groups"):
            parts.append(tabulate(figure["groups"], "keys"))
        lone = figure.get("summary") or {k: v for k, v in figure.items() if isinstance(v, float)}
        if lone:
            parts.append(tabulate([(f"{name}: {k}", v) for k, v in lone.items()]))
    return "\n\n".join(parts)
