"""From files to an address index, all or nothing."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from locator import openstreetmap
from locator.errors import DataError, InputError
from locator.geocoding.addresses import osm, table
from locator.geocoding.addresses.build import Table, columns
from locator.geocoding.addresses.columns import Array, Columns, write
from locator.geocoding.addresses.grid import DEGREE
from locator.geocoding.addresses.rows import Report, add_row
from locator.language import key

_NEAR_STREET = 2000.0  # metres: doors of one street this near share its postcode
_NEAR_DOOR = 300.0
_METRES = np.array([111_200.0, 62_300.0])  # of a degree of latitude and of longitude at 56° N


def build(
    files: Sequence[Path],
    out: Path,
    mapping: table.Mapping,
    progress: Callable[[Path, float], None],
    *,
    name: str = "",
    licence: str = "",
) -> Report:
    """Read the files and put an index of their addresses in the place of `out`, in one step.

    Args:
        files: OpenStreetMap extracts, the address register's CSV, or other CSV.
        mapping: the columns of CSV files.
        progress: called with a file and the share of it that is read.
        name, licence: of CSV files that are not the register's.

    Raises:
        InputError, DataError: a file cannot be read, or no address is left; `out` is untouched.
    """
    gathered, report = Table(), Report()
    sources = []
    for number, path in enumerate(files):
        before = report.kept
        source = _source(path, name, licence)
        _gather(path, gathered, number, mapping, report, partial(progress, path))
        sources.append(source | {"rows": report.kept - before})
    _fill_postcodes(gathered, report)
    if not len(gathered):
        names = ", ".join(path.name for path in files)
        why = "; ".join(f"{reason} ({n})" for reason, n in report.rejected.most_common())
        raise DataError(
            "No address in {files} can be used: {reasons}.", files=names, reasons=why or "-"
        )
    found, report.merged = columns(gathered)
    report.kept = len(found["door_number"])
    write(out, found, _about(found, sources))
    return report


def _gather(
    path: Path,
    gathered: Table,
    source: int,
    mapping: table.Mapping,
    report: Report,
    progress: Callable[[float], None],
) -> None:
    rows = (
        osm.read_osm(path, progress) if _is_osm(path) else table.read_table(path, mapping, progress)
    )
    for row in rows:
        report.read += 1
        reason = add_row(gathered, row, source)
        if reason:
            report.reject(path, row.where, reason)
        else:
            report.kept += 1


def _is_osm(path: Path) -> bool:
    return path.name.lower().endswith(openstreetmap.SUFFIXES)


def _source(path: Path, name: str, licence: str) -> dict[str, Any]:
    """What is known of a file: name for attribution, licence, date."""
    try:
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
        if _is_osm(path):
            known = (openstreetmap.NAME, openstreetmap.LICENCE, openstreetmap.date_of(path))
        elif table.is_register(path):
            known = (table.REGISTER_NAME, table.REGISTER_LICENCE, "")
        else:
            known = (name or path.stem, licence, "")
    except (OSError, RuntimeError) as error:
        raise InputError("{path} cannot be read: {error}.", path=path, error=error) from error
    return {
        "name": known[0],
        "licence": known[1],
        "date": known[2] or written,
        "file": path.name,
    }


def _about(found: Columns, sources: list[dict[str, Any]]) -> dict[str, Any]:
    lat, lon = found["door_lat"] / DEGREE, found["door_lon"] / DEGREE
    return {
        "rows": len(lat),
        "streets": len(found["pair_name"]),
        "built": datetime.now(UTC).replace(microsecond=0).isoformat(),
        "sources": sources,
        "bbox": [float(v) for v in (lon.min(), lat.min(), lon.max(), lat.max())],
    }


def _fill_postcodes(gathered: Table, report: Report) -> None:
    """Give addresses without a postcode that of their street nearby, else of the next door.

    One that has neither is left out.
    """
    postcode = np.array(gathered.postcode, np.uint16)
    lacking = np.flatnonzero(postcode == 0)
    if not len(lacking):
        return
    places = np.column_stack((gathered.lat, gathered.lon)) / DEGREE * _METRES
    keys = {name: key(name) for name in gathered.names}
    numbers = {each: number for number, each in enumerate(dict.fromkeys(keys.values()))}
    street_of = np.array([numbers[keys[name]] for name in gathered.names])
    street = street_of[np.array(gathered.name)]
    having = np.flatnonzero(postcode)
    tree = cKDTree(places[having]) if len(having) else None
    order = having[np.argsort(street[having], kind="stable")]
    ordered = street[order]
    found = np.zeros(len(lacking), np.uint16)
    for at, door in enumerate(lacking.tolist()):
        first, last = ordered.searchsorted([street[door], street[door] + 1])
        found[at] = _nearest_code(places, postcode, order[first:last], door, _NEAR_STREET)
        if not found[at] and tree is not None:
            off, which = tree.query(places[door])
            found[at] = postcode[having[which]] if off <= _NEAR_DOOR else 0
    postcode[lacking] = found
    gathered.keep(postcode)
    lost = int((found == 0).sum())
    if lost:
        report.rejected["no postcode, and none to be known from addresses nearby"] += lost


def _nearest_code(places: Array, codes: Array, others: Array, door: int, limit: float) -> int:
    """The postcode of the nearest of `others`, 0 where none is within `limit` metres."""
    if not len(others):
        return 0
    off = np.hypot(*(places[others] - places[door]).T)
    best = int(np.argmin(off))
    return int(codes[others[best]]) if off[best] <= limit else 0
