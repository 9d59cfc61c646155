"""`python -m locator directory`: records in, records out, and what is wrong with them."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from tabulate import tabulate

from locator.cli._options import addresses_option, directory_option, language_option, operator
from locator.directory import (
    DENMARK,
    FORMATS,
    POINT_SOURCE,
    Finding,
    FolderStore,
    Level,
    Match,
    Record,
    RowReport,
    Store,
    category,
    check,
    check_links,
    check_texts,
    count_rows,
    export,
    import_package,
    is_withheld,
    join_openstreetmap,
    kinds,
    open_store,
    read_csv,
    read_extract,
    read_records,
    write_records,
)
from locator.geocoding import OfflineGeocoder
from locator.language import language, plain

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_category_option = click.option(
    "--category", help="Category of what neither terms nor words tell the kind of."
)

_out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of records to write to (else they lie over the directory, in the data folder).",
)


@click.group()
def command() -> None:
    """Bring records in and out, and check them."""


@command.command("import")
@click.argument("package", type=click.Path(path_type=Path))
@_out_option
@_category_option
def import_(package: Path, out: Path | None, category: str | None) -> None:
    """Import an HSDS 3.0 PACKAGE: a folder, a zip, or a JSON file; all of it or nothing."""
    folder = out or _store().import_folder(package.stem)
    imported = import_package(package, folder, category)
    for record, problem in imported.problems:
        click.echo(plain(f"{record}: {problem}"), err=True)
    withheld = sum(map(is_withheld, imported.records))
    if withheld:
        click.echo(f"Protected places, kept without address and point: {withheld}", err=True)
    click.echo(f"{len(imported.records)} records in {folder}.")
    _echo_use(imported.records, folder, out)


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


@command.command("import-osm")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Let the new records lie over the directory.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write a directory of its own, with the new records, to this folder instead.",
)
@directory_option
def import_osm(file: Path, write: bool, out: Path | None, store: FolderStore) -> None:
    """Find community resources in an OpenStreetMap FILE, and in the directory.

    Which tags are which category stands in geodata/osm_tags.json. A curated record never takes a
    value from OpenStreetMap: what differs is listed for a person to decide.
    """
    extract = read_extract(file)
    folder = out or (store.import_folder("openstreetmap") if write else None)
    report = join_openstreetmap(extract.records, store, folder)
    for record, problem in extract.problems:
        click.echo(plain(f"{record}: {problem}"), err=True)
    matched = (*report.merged, *report.conflicting)
    _echo_matches("Already there", report.merged)
    _echo_matches("Already there, but different", report.conflicting)
    _echo_table(
        ("category", "found", "new", "already there"),
        _by_category(
            extract.records,
            {record.id for record in report.new},
            {match.imported.id for match in matched},
        ),
    )
    click.echo(
        f"{len(extract.records)} found: {len(report.new)} new, {len(report.merged)} merged, "
        f"{len(report.conflicting)} conflicting; {extract.withheld} protected left out. "
        f"{POINT_SOURCE}."
    )
    if folder is None:
        click.echo("Nothing was written: give --write to let them lie over the directory.")
    else:
        click.echo(f"Written to {folder}")


def _store() -> FolderStore:
    return open_store(operator(click.get_current_context()))


def _echo_use(records: Sequence[Record], folder: Path, out: Path | None) -> None:
    """Say how what was imported comes into use, and how it goes away again."""
    if out:
        click.echo(f"Use them with --directory {out}")
        return
    below = FolderStore(_store().folder).directory().by_id
    replaced = sum(record.id in below for record in records)
    click.echo(
        f"They lie over the directory now, {replaced} of them in the place of its own records. "
        f"To take them back, remove {folder}"
    )


def _by_category(
    records: Sequence[Record], new: set[str], there: set[str]
) -> list[tuple[str, ...]]:
    found = Counter(record.categories[0] for record in records)
    fresh = Counter(record.categories[0] for record in records if record.id in new)
    known = Counter(record.categories[0] for record in records if record.id in there)
    return [(kind, str(n), str(fresh[kind]), str(known[kind])) for kind, n in found.most_common()]


def _echo_matches(title: str, matches: Sequence[Match]) -> None:
    if not matches:
        return
    click.echo(f"{title}:")
    rows = [
        (
            m.imported.name,
            m.existing.id,
            ", ".join(m.adds),
            "; ".join(
                f"{field}: {_text(m.existing, field)} / {_text(m.imported, field)}"
                for field in m.conflicts
            ),
        )
        for m in matches
    ]
    _echo_table(("OpenStreetMap", "record", "adds", "differs (ours / theirs)"), rows)


def _text(record: Record, field: str) -> str:
    value = getattr(record, field)
    if field == "phones":
        return ", ".join(phone.number for phone in value)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@command.command("import-csv")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write the rows that can be used; else only report.")
@_out_option
@click.option("--source", default="", help="Web address that the rows come from.")
@_category_option
@addresses_option
def import_csv(
    file: Path,
    write: bool,
    out: Path | None,
    source: str,
    category: str | None,
    addresses: Path,
) -> None:
    """Read a spreadsheet FILE (CSV) whose columns may have any likely name, row by row.

    Says what each column was taken for and what became of each row; addresses are geocoded with
    no internet. Nothing is written without --write.
    """
    answer = OfflineGeocoder(addresses=addresses).answer
    length = count_rows(file)
    bar: ProgressBar[int]
    with click.progressbar(label="Rows", length=length, file=sys.stderr) as bar:
        columns, reports = read_csv(
            file, answer, source=source, category=category, progress=bar.update
        )
    click.echo("Columns: " + ", ".join(f"{f} = {at + 1}" for f, at in columns.items()))
    _echo_table(("row", "record", "category", "place", "notes"), map(_report_row, reports))
    records = [report.record for report in reports if report.record]
    click.echo(f"{len(records)} of {len(reports)} rows can be used.")
    if not write:
        click.echo("Nothing was written: give --write to write them.")
        return
    folder = out or _store().import_folder(file.stem)
    target = folder / f"{file.stem}.jsonl"
    there = read_records(target) if target.exists() else ()
    fresh = {record.id for record in records}
    write_records(target, [*(r for r in there if r.id not in fresh), *records])
    click.echo(f"Written to {target}")
    _echo_use(records, folder, out)


def _report_row(report: RowReport) -> tuple[str, ...]:
    record = report.record
    notes = "; ".join(report.problems)
    if record is None:
        return (str(report.line), "not used", "", "", notes)
    point = record.precision.value if record.precision else "no point"
    return (str(report.line), record.id, record.categories[0], f"{record.place} ({point})", notes)


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


def _echo_findings(findings: Sequence[Finding]) -> None:
    for one in findings:
        click.echo(plain(f"{one.level.value}: {one.record}, {one.field}: {one.problem.text()}"))


def _echo_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [40] * len(heads)
    click.echo(tabulate(cells, headers=heads, disable_numparse=True, maxcolwidths=widths) + "\n")
