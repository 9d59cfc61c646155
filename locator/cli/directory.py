"""`python -m locator directory`: records in, records out, and what is wrong with them."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from tabulate import tabulate

from locator.cli._imports import import_, import_csv, import_osm
from locator.cli._options import LimitType, directory_option, language_option
from locator.cli._tables import echo_table
from locator.directory import (
    DENMARK,
    FORMATS,
    Finding,
    FolderStore,
    Level,
    Store,
    category,
    check,
    check_links,
    check_texts,
    export,
    kinds,
)
from locator.files import replace_file
from locator.language import language, plain
from locator.travel import Limit

if TYPE_CHECKING:
    pass


@click.group()
def command() -> None:
    """Bring records in and out, and check them."""


command.add_command(import_)
command.add_command(import_osm)
command.add_command(import_csv)


@command.command("export")
@click.option("--format", "form", type=click.Choice(FORMATS), default="hsds", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where to write.")
@language_option
@directory_option
def export_(form: str, out: Path, lang: str, store: FolderStore) -> None:
    """Export all records; hsds is a folder, or a zip or JSON file where --out ends so.

    hsds has names and descriptions in all languages; the others have them in one, and beside it as
    the record itself has them.
    """
    count = export(form, out, language(lang), store)
    click.echo(f"{count} records in {out}")


@command.command("check")
@click.option("--links", is_flag=True, help="Also ask the websites whether they are there.")
@click.option("--errors-only", is_flag=True, help="Leave out the warnings.")
@directory_option
def check_(links: bool, errors_only: bool, store: Store) -> None:
    """List what is wrong or doubtful; exits 1 where there is an error (for use in CI)."""
    directory = store.directory()
    records = directory.whole
    findings = check(records, datetime.now(DENMARK))
    findings += [*check_texts(directory), *store.findings()]
    if links:
        with click.progressbar(label="Websites", length=len(records), file=sys.stderr) as bar:
            findings += check_links(records, progress=bar.update)
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    _echo_findings(errors if errors_only else findings)
    click.echo(
        f"{len(records)} records: {len(errors)} errors, {len(findings) - len(errors)} warnings."
    )
    sys.exit(1 if errors else 0)


@command.command("quality")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to count from (else today).")
@directory_option
@language_option
def quality_(on: datetime | None, store: Store, lang: str) -> None:
    """Print two tables: how much is known of each kind of help, and in how many municipalities.

    A record counts in each of its kinds.
    """
    t, found = language(lang), kinds(store.directory().records, on or datetime.now(DENMARK))
    amounts = [
        (category(k.category).name(t), k.records, k.located, k.timed, k.phoned, k.fresh)
        for k in sorted(found, key=lambda k: -k.records)
    ]
    heads = ("kind", "records", "point", "hours", "telephone", "checked in two years")
    click.echo(tabulate(amounts, heads, "github") + "\n")
    covered = [
        (category(k.category).name(t), len(k.there), len(k.covered), k.national)
        for k in sorted(found, key=lambda k: (-len(k.covered), -k.national))
    ]
    where = ("kind", "municipalities with one", "municipalities served", "for the whole country")
    click.echo(tabulate(covered, where, "github"))


@command.command("collect-next")
@click.option(
    "--within", type=LimitType(), default="15km", show_default=True, help="What is in reach."
)
@click.option("--most", type=click.IntRange(1), default=30, show_default=True, help="Lines.")
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Write all lines here.")
@directory_option
@language_option
def collect_next(within: Limit, most: int, table: Path | None, store: Store, lang: str) -> None:
    """List kinds of help by municipality that are not known where people live, most people first.

    In reach is a record that lies within the distance (a straight line), or that serves the
    municipality. It tells what we do not know, not what there is not.
    """
    from locator.coverage import missing_csv, what_to_collect  # pandas, which the rest can spare

    t = language(lang)
    found = what_to_collect(store.directory(), within)
    if table:
        with replace_file(table) as new:
            new.write_text(missing_csv(found, t), encoding="utf-8-sig", newline="")
    rows = [
        (
            category(one.category).name(t),
            one.where,
            str(round(one.people)),
            str(round(one.residents)),
            str(one.known),
        )
        for one in found[:most]
    ]
    heads = ("kind", "municipality", "people without one in reach", "residents", "known in all")
    echo_table(heads, rows)
    click.echo(f"{len(found)} lines" + (f" in {table}" if table else "; --csv FILE has all."))


def _echo_findings(findings: Sequence[Finding]) -> None:
    for one in findings:
        click.echo(plain(f"{one.level.value}: {one.record}, {one.field}: {one.problem.text()}"))
