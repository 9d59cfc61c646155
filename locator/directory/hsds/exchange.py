"""The Human Services Data Specification (HSDS 3.0), in and out.

A record is a service at a location. What the standard has and Nærved has no field for is kept with
the record (`Record.hsds`) or, where it belongs to no service, in a file beside the records.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from locator.directory.hsds.bundle import Bundles
from locator.directory.hsds.package import read_package, write_package
from locator.directory.hsds.reading import full_rows, record_of
from locator.directory.hsds.schema import Row, Tables
from locator.directory.hsds.writing import identifier
from locator.directory.importing import is_withheld
from locator.directory.record import Record
from locator.directory.records import Directory, write_records
from locator.directory.texts import FOLDER
from locator.errors import DataError, InputError
from locator.files import replace_file, replaced_folder

RECORDS = "imported.jsonl"
UNATTACHED = "hsds_unattached.json"

_PLACELESS = ("taxonomy", "taxonomy_term", "program", "meta_table_description")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a package holds.

    Attributes:
        records: one for each service at a location.
        unattached: rows that belong to no service.
        problems: (record id, what could not be used), for a person to read.
    """

    records: tuple[Record, ...]
    unattached: Tables
    problems: tuple[tuple[str, str], ...]


def read(path: Path, category: str | None = None) -> Imported:
    """Read a package: a folder, a zip, or a JSON file.

    Args:
        category: for services of which neither terms nor words tell the kind.

    Raises:
        InputError: there is nothing at `path`.
        DataError: it cannot be read, or not safely; names file, row, field and mend.
    """
    content = read_package(path)
    bundles = Bundles(content)
    every = list(bundles)
    protected = frozenset(
        place["id"]
        for bundle in every
        if is_withheld(_record(bundle, category)[0])
        for place in bundle.get("location", ())
    )
    found = [_record(bundle, category, protected) for bundle in every]
    rest = bundles.unattached()
    if any(is_withheld(record) for record, _ in found):
        # What belongs to no service may well be a shelter's place.
        rest = {name: rows for name, rows in rest.items() if name in _PLACELESS}
    return Imported(
        records=tuple(record for record, _ in found),
        unattached=rest,
        problems=tuple((record.id, doubt) for record, doubts in found for doubt in doubts),
    )


def _record(
    bundle: Tables, category: str | None, withheld: frozenset[str] = frozenset()
) -> tuple[Record, tuple[str, ...]]:
    try:
        return record_of(bundle, category, withheld)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(
            "services, id {id}, field {field}: {problem}.",
            id=bundle["service"][0]["id"],
            field=".".join(map(str, first["loc"])),
            problem=first["msg"],
        ) from error


def import_package(path: Path, out: Path, category: str | None = None) -> Imported:
    """Read a package into the folder `out`, which may not hold other files; all or nothing.

    Raises:
        InputError: `out` holds something else; two services give one id.
        DataError: as `read`.
    """
    imported = read(path, category)
    Directory(imported.records)  # raises for ids that occur twice
    if out.exists() and not (
        out.is_dir() and {p.name for p in out.iterdir()} <= {RECORDS, UNATTACHED, FOLDER}
    ):
        raise InputError("{path} holds other files: give a new or empty folder.", path=out)
    with replaced_folder(out) as folder:
        write_records(folder / RECORDS, imported.records)
        if imported.unattached:
            with replace_file(folder / UNATTACHED) as temporary:
                text = json.dumps(imported.unattached, ensure_ascii=False, indent=1)
                temporary.write_text(text, encoding="utf-8")
    return imported


def export_package(records: Iterable[Record], out: Path, unattached: Iterable[Path] = ()) -> None:
    """Write records as a package, with rows of no service from files that an import left.

    Translations are written where the records carry them (see `Directory.whole`).

    Raises:
        InputError: `out` holds other files.
    """
    rest: Tables = {}
    for file in unattached:
        for name, rows in json.loads(file.read_text("utf-8")).items():
            rest.setdefault(name, []).extend(rows)
    write_package(out, tables_of(records, rest))


def tables_of(records: Iterable[Record], unattached: dict[str, Any] | None = None) -> Tables:
    """All tables of a package of these records."""
    content: dict[str, dict[str, Row]] = {}
    for record in records:
        rows = full_rows(record)
        if _conflicts(content, rows):
            rows = _renamed(rows, content, record.id)
        _add(content, rows)
    _add(content, unattached or {})
    return {name: list(rows.values()) for name, rows in content.items()}


def _add(content: dict[str, dict[str, Row]], rows: Tables) -> None:
    for name, table in rows.items():
        for row in table:
            content.setdefault(name, {}).setdefault(row["id"], row)


def _conflicts(content: dict[str, dict[str, Row]], rows: Tables) -> set[str]:
    """Ids under which the package has another row already: one of two that shared it changed."""
    return {
        row["id"]
        for name, table in rows.items()
        for row in table
        if content.get(name, {}).get(row["id"], row) != row
    }


def _renamed(rows: Tables, content: dict[str, dict[str, Row]], record: str) -> Tables:
    new = {old: identifier("own", record, old) for old in _conflicts(content, rows)}
    return {
        name: [{column: new.get(cell, cell) for column, cell in row.items()} for row in table]
        for name, table in rows.items()
    }
