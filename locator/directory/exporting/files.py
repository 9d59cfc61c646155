"""Whole directories as files in common forms."""

from collections.abc import Sequence
from pathlib import Path

import geopandas

from locator.directory.exporting.rows import Row, as_row, attribution, csv_text, geojson_text
from locator.directory.hsds import UNATTACHED, export_package
from locator.directory.store import FolderStore
from locator.errors import InputError
from locator.files import replace_file
from locator.language import Language

FORMATS = ("hsds", "geojson", "gpkg", "csv")


def export(form: str, out: Path, t: Language, store: FolderStore) -> int:
    """Write all records to `out`; how many.

    Args:
        form: hsds (a folder; a zip or JSON where `out` ends so), geojson (RFC 7946), gpkg
            (GeoPackage, EPSG:4326, lon/lat) or csv.
        t: the language of names and descriptions; hsds has those of all languages.

    Raises:
        InputError: no such directory, or `out` cannot be written to.
        DataError: a line of the directory is no record.
    """
    records = store.directory()
    if form == "hsds":
        export_package(records.whole, out, store.beside(UNATTACHED))
        return len(records)
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
