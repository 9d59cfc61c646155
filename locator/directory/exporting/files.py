"""Whole directories as files: exports in common forms, and new records beside the curated ones."""

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import geopandas

from locator.directory.exporting.rows import Row, as_row, attribution, csv_text, geojson_text
from locator.directory.hsds import export_package
from locator.directory.importing import Match, Report, conflate
from locator.directory.lines import line_files
from locator.directory.record import Record
from locator.directory.records import load, read_records, write_records
from locator.directory.texts import FOLDER
from locator.errors import InputError
from locator.files import replace_file, replaced_folder
from locator.language import Language
from locator.settings import EMBEDDED

FORMATS = ("hsds", "geojson", "gpkg", "csv")
OPENSTREETMAP = "openstreetmap.jsonl"


def export(form: str, out: Path, t: Language, directory: Path | None = None) -> int:
    """Write all records to `out`; how many.

    Args:
        form: hsds (a folder; a zip or JSON where `out` ends so), geojson (RFC 7946), gpkg
            (GeoPackage, EPSG:4326, lon/lat) or csv.
        t: the language of names and descriptions; hsds has those of all languages.
        directory: the folder; else the embedded one.

    Raises:
        InputError: no such directory, or `out` cannot be written to.
        DataError: a line of the directory is no record.
    """
    if form == "hsds":
        return export_package(directory, out)
    records = load(directory)
    rows = [as_row(record, records.reader(t)) for record in records]
    if out.is_dir():
        raise InputError("{path} is a folder: give the name of a file.", path=out)
    with replace_file(out) as temporary:
        if form == "gpkg":
            _write_gpkg(temporary, rows)
        else:
            text = csv_text(rows, bom=True) if form == "csv" else geojson_text(rows)
            temporary.write_text(text, encoding="utf-8", newline="")
    return len(rows)


def _write_gpkg(path: Path, rows: Sequence[Row]) -> None:
    flat = [
        {k: ";".join(v) if isinstance(v, list) else v for k, v in row.items()}
        | {"attribution": "; ".join(attribution([row]))}
        for row in rows
    ]
    points = geopandas.points_from_xy([r["lon"] for r in rows], [r["lat"] for r in rows])
    # The driver makes a new file only; what is there is the empty one that it shall replace.
    path.unlink()
    frame = geopandas.GeoDataFrame(flat, geometry=points, crs="EPSG:4326")
    frame.drop(columns=["distance_m", "bearing"]).to_file(
        path, layer="directory", driver="GPKG", engine="pyogrio"
    )


def merge_openstreetmap(
    records: Iterable[Record], directory: Path | None = None, out: Path | None = None
) -> Report:
    """Find records of OpenStreetMap in a directory; with `out`, write the directory with them.

    In `out`, new records stand in openstreetmap.jsonl, apart for their licence; records that are
    in that file already get what they lack from their matches. All other files are copied as they
    are: a curated record never takes a value from OpenStreetMap.

    Raises:
        InputError: `out` holds something else than a directory.
    """
    folder = directory or EMBEDDED
    report = conflate(records, load(directory).whole)
    if out is None:
        return report
    if out.exists() and any(
        p.suffix not in (".jsonl", ".json") and p.name != FOLDER for p in out.iterdir()
    ):
        raise InputError("{path} holds other files: give a new or empty folder.", path=out)
    own = read_records(folder / OPENSTREETMAP) if (folder / OPENSTREETMAP).exists() else ()
    matches = {m.existing.id: m for m in (*report.merged, *report.conflicting)}
    kept = [
        _filled(record, matches[record.id]) if record.id in matches else record for record in own
    ]
    with replaced_folder(out) as new:
        for file in (*line_files(folder), *folder.glob("*.json")):
            shutil.copyfile(file, new / file.name)
        if (folder / FOLDER).is_dir():
            shutil.copytree(folder / FOLDER, new / FOLDER)
        write_records(new / OPENSTREETMAP, [*kept, *report.new])
    return report


def _filled(record: Record, match: Match) -> Record:
    adds = {field: getattr(match.imported, field) for field in match.adds}
    source = match.imported.sources[0]
    adds["sources"] = (*record.sources, *({source} - set(record.sources)))
    return Record.model_validate_json(
        json.dumps(record.model_copy(update=adds).model_dump(mode="json", exclude_defaults=True))
    )
