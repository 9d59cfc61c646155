"""New records of OpenStreetMap joined to a directory, in a file of their own for their licence."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from locator.directory.fields import fields_of, validated
from locator.directory.importing import Match, Report, conflate
from locator.directory.lines import line_files
from locator.directory.record import Record
from locator.directory.records import read_records, write_records
from locator.directory.store import FolderStore
from locator.directory.texts import FOLDER
from locator.errors import InputError
from locator.files import replaced_folder

OPENSTREETMAP = "openstreetmap.jsonl"


def join_openstreetmap(records: Iterable[Record], store: FolderStore, out: Path | None) -> Report:
    """Find records of OpenStreetMap in a directory, and write to folder `out` what is new.

    Records that came from OpenStreetMap already get what they lack from their matches; a curated
    record never takes a value from there. An import of the store gets these two alone; any other
    folder is a whole directory: the files of the store's, and these.

    Raises:
        InputError: `out` holds something else than a directory.
    """
    report = conflate(records, store.directory().whole)
    if out is None:
        return report
    if out.exists() and any(
        p.suffix not in (".jsonl", ".json") and p.name != FOLDER for p in out.iterdir()
    ):
        raise InputError("{path} holds other files: give a new or empty folder.", path=out)
    is_import = store.imports is not None and out.parent == store.imports
    own = {r.id: r for file in store.beside(OPENSTREETMAP) for r in read_records(file)}
    matches = (*report.merged, *report.conflicting)
    filled = [_filled(own[m.existing.id], m) for m in matches if m.existing.id in own]
    there = own
    if is_import:
        file = out / OPENSTREETMAP
        there = {r.id: r for r in (read_records(file) if file.exists() else ())}
        filled = [record for record in filled if record != own[record.id]]
    joined = there | {record.id: record for record in (*filled, *report.new)}
    with replaced_folder(out) as new:
        before = out if is_import else store.folder
        if not is_import:
            for file in (*line_files(before), *before.glob("*.json")):
                shutil.copyfile(file, new / file.name)
        if (before / FOLDER).is_dir():
            shutil.copytree(before / FOLDER, new / FOLDER)
        write_records(new / OPENSTREETMAP, joined.values())
    return report


def _filled(record: Record, match: Match) -> Record:
    adds = {field: getattr(match.imported, field) for field in match.adds}
    source = match.imported.sources[0]
    adds["sources"] = (*record.sources, *({source} - set(record.sources)))
    return validated(fields_of(record.model_copy(update=adds)))
