"""The commands of `python -m locator directory` that bring records in."""

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from locator.cli._options import addresses_option, directory_option, operator
from locator.cli._tables import echo_table
from locator.directory import (
    DENMARK,
    POINT_SOURCE,
    FolderStore,
    Match,
    Record,
    RowReport,
    Table,
    count_rows,
    import_package,
    is_withheld,
    join_openstreetmap,
    open_store,
    read_csv,
    read_extract,
    read_records,
    write_records,
    write_review,
)
from locator.errors import DataError
from locator.geocoding import OfflineGeocoder
from locator.language import plain

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


@click.command("import")
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


@click.command("import-osm")
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
    echo_table(
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
    echo_table(("OpenStreetMap", "record", "adds", "differs (ours / theirs)"), rows)


def _text(record: Record, field: str) -> str:
    value = getattr(record, field)
    if field == "phones":
        return ", ".join(phone.number for phone in value)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@click.command("import-csv")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write the rows that are sure; else only report.")
@_out_option
@click.option("--source", default="", help="Web address that the rows come from.")
@_category_option
@click.option(
    "--review",
    type=click.Path(path_type=Path),
    help="Where the rows go that a person must look at (else beside FILE, “…-review.csv”).",
)
@click.option("--accept-doubts", is_flag=True, help="Take what you have looked at as it stands.")
@addresses_option
def import_csv(
    file: Path,
    write: bool,
    out: Path | None,
    source: str,
    category: str | None,
    review: Path | None,
    accept_doubts: bool,
    addresses: Path,
) -> None:
    """Read a spreadsheet FILE (CSV or workbook) whose columns may have any likely name.

    What a row says is never changed. Opening hours in words become hours, or stay as a note; the
    rules of `directory check` hold. A row that is doubtful is not written: it goes, with the
    reason, to a file of its own, to be mended and imported. Addresses are geocoded offline.
    Nothing is written without --write, and nothing where no row can be used.
    """
    store = _store()
    folder = out or store.import_folder(file.stem)
    target = folder / f"{file.stem}.jsonl"
    before = read_records(target) if target.exists() else ()
    own = {record.id for record in before}
    others = [record for record in store.directory().whole if record.id not in own]
    table = _read(file, OfflineGeocoder(addresses=addresses), source, category, others)
    kept = [row for row in table.rows if row.record and (row.is_sure or accept_doubts)]
    doubtful = [row for row in table.rows if row not in kept]
    click.echo(
        f"{len(kept)} of {len(table.rows)} rows can be used, {len(doubtful)} must be looked at."
    )
    if not kept:
        raise DataError("{path}: no row can be used, and nothing was written.", path=file)
    if not write:
        click.echo("Nothing was written: give --write to write them.")
        return
    if doubtful:
        review = review or file.with_name(f"{file.stem}-review.csv")
        write_review(review, table.header, doubtful)
        click.echo(f"To be looked at: {review}")
    records = [row.record for row in kept if row.record]
    fresh = {record.id for record in records}
    write_records(target, [*(r for r in before if r.id not in fresh), *records])
    click.echo(f"Written to {target}")
    _echo_use(records, folder, out)


def _read(
    file: Path,
    geocoder: OfflineGeocoder,
    source: str,
    category: str | None,
    there: Sequence[Record],
) -> Table:
    """The table as read, told on the screen."""
    bar: ProgressBar[int]
    with click.progressbar(label="Rows", length=count_rows(file), file=sys.stderr) as bar:
        table = read_csv(
            file,
            geocoder.answer,
            source=source,
            category=category,
            there=there,
            now=datetime.now(DENMARK),
            progress=bar.update,
        )
    click.echo("Columns: " + ", ".join(f"{f} = {at + 1}" for f, at in table.columns.items()))
    if table.left_out:
        click.echo(plain("Columns that are left out: " + ", ".join(table.left_out)))
    echo_table(("row", "record", "category", "place", "notes"), map(_report_row, table.rows))
    return table


def _report_row(report: RowReport) -> tuple[str, ...]:
    record = report.record
    notes = "; ".join(note.text() for note in (*report.doubts, *report.notes))
    if record is None:
        return (str(report.line), "not used", "", "", notes)
    point = record.precision.value if record.precision else "no point"
    name = record.id if report.is_sure else f"? {record.id}"
    return (str(report.line), name, record.categories[0], f"{record.place} ({point})", notes)
