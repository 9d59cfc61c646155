"""Addresses of a CSV file: the address register's own, or any, its columns told by name."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from locator.earth import Point
from locator.errors import DataError, InputError
from locator.geocoding.addresses.rows import Progress, Row, uuid_parts

REGISTER_NAME = "Klimadatastyrelsen (Danmarks Adresseregister)"
REGISTER_LICENCE = "CC BY 4.0"
REGISTER_CRS = "EPSG:25832"

_BATCH = 10_000  # rows whose coordinates are changed at once
_DELIMITERS = ";,\t|"

# What a column is called in the address register, DAWA's files, OpenStreetMap and elsewhere.
_KNOWN: dict[str, tuple[str, ...]] = {
    "street": ("vejnavn", "street", "addr:street", "gade", "vej", "gadenavn"),
    "number": ("husnr", "housenumber", "house_number", "number", "husnummer", "addr:housenumber"),
    "postcode": ("postnr", "postcode", "postal_code", "zip", "postnummer", "addr:postcode"),
    "city": ("postnrnavn", "city", "by", "postdistrikt", "addr:city"),
    "lat": ("lat", "latitude", "wgs84koordinat_bredde", "breddegrad"),
    "lon": ("lon", "lng", "longitude", "wgs84koordinat_længde", "længdegrad"),
    "x": ("x", "etrs89koordinat_øst", "easting", "east"),
    "y": ("y", "etrs89koordinat_nord", "northing", "north"),
    "alias": ("adresseringsvejnavn",),
    "id": ("adgangsadresseid", "husnummerid", "id"),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a CSV file; "" lets the file's own column names decide.

    Attributes:
        street, number, postcode, city, lat, lon, x, y: names of columns.
        crs: of x and y, such as "EPSG:25832"; degrees WGS84 for lat and lon.
        delimiter: one character; "" finds it.
    """

    street: str = ""
    number: str = ""
    postcode: str = ""
    city: str = ""
    lat: str = ""
    lon: str = ""
    x: str = ""
    y: str = ""
    crs: str = REGISTER_CRS
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Positions of the columns in a row; None for a column the file does not have."""

    at: dict[str, int]

    def cell(self, row: Sequence[str], part: str) -> str:
        at = self.at.get(part)
        return row[at] if at is not None and at < len(row) else ""


def is_register(path: Path) -> bool:
    """Whether the file's columns are the address register's."""
    with path.open(encoding=_encoding(path), newline="") as file:
        head = file.readline().casefold()
    return "adgangsadresseid" in head and "vejnavn" in head


def read_table(path: Path, mapping: Mapping, progress: Progress) -> Iterator[Row]:
    """The addresses of a CSV file.

    Raises:
        DataError: a column that is needed is not there.
        InputError: the mapping has a column that the file has not, or an unknown EPSG code.
    """
    size = max(path.stat().st_size, 1)
    with path.open(encoding=_encoding(path), newline="") as file:
        head = file.readline()
        delimiter = mapping.delimiter or max(_DELIMITERS, key=head.count)
        names = next(csv.reader([head], delimiter=delimiter), [])
        layout = _layout(path, names, mapping)
        change = _transformer(mapping.crs) if "lat" not in layout.at else None
        batch: list[tuple[int, list[str]]] = []
        for line, cells in _lines(path, file, delimiter):
            batch.append((line, cells))
            if len(batch) == _BATCH:
                yield from _rows(batch, layout, change)
                batch.clear()
                progress(min(file.buffer.tell() / size, 1.0))  # type: ignore[attr-defined]
        yield from _rows(batch, layout, change)
    progress(1.0)


def _lines(path: Path, file: IO[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(line of the file, cells) of each row after the head."""
    reader = csv.reader(file, delimiter=delimiter)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num + 1, cells
    except csv.Error as error:
        raise DataError(
            "{path}, line {line}: {error}. Save the file as CSV again.",
            path=path,
            line=reader.line_num + 1,
            error=error,
        ) from error


def _encoding(path: Path) -> str:
    """UTF-8 if the whole file is, else Windows' Western European, which Danish files often are."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"


def _layout(path: Path, names: list[str], mapping: Mapping) -> _Layout:
    plain = [name.strip().casefold() for name in names]
    at: dict[str, int] = {}
    for part, known in _KNOWN.items():
        given = getattr(mapping, part, "")
        if given and given.casefold() not in plain:
            raise InputError(
                "{path} has no column “{column}”. It has: {columns}.",
                path=path,
                column=given,
                columns=", ".join(names),
            )
        found = [name for name in ([given.casefold()] if given else known) if name in plain]
        if found:
            at[part] = plain.index(found[0])
    if ("x" in at and "y" in at) and (mapping.x or not ("lat" in at and "lon" in at)):
        at.pop("lat", None)
    missing = [part for part in ("street", "number") if part not in at]
    if not ({"lat", "lon"} <= at.keys() or {"x", "y"} <= at.keys()):
        missing.append("lat and lon, or x and y")
    if missing:
        raise DataError(
            "{path} has no column for {missing}. It has: {columns}. Name them with options such as "
            "--street-column.",
            path=path,
            missing=", ".join(missing),
            columns=", ".join(names),
        )
    return _Layout(at)


def _transformer(crs: str) -> Transformer:
    try:
        return Transformer.from_crs(CRS.from_user_input(crs), "EPSG:4326", always_xy=True)
    except CRSError as error:
        raise InputError(
            "{crs} is no coordinate system. Write it as EPSG:25832.", crs=crs
        ) from error


def _rows(
    batch: list[tuple[int, list[str]]], layout: _Layout, change: Transformer | None
) -> Iterator[Row]:
    east, north = ("x", "y") if change else ("lon", "lat")
    lons = [_number(layout.cell(cells, east)) for _, cells in batch]
    lats = [_number(layout.cell(cells, north)) for _, cells in batch]
    if change:
        lons, lats = (list(map(float, part)) for part in change.transform(lons, lats))
    for (line, cells), lat, lon in zip(batch, lats, lons, strict=True):
        yield Row(
            f"line {line}",
            layout.cell(cells, "street"),
            layout.cell(cells, "number"),
            layout.cell(cells, "postcode"),
            Point(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None,
            alias=layout.cell(cells, "alias"),
            id=uuid_parts(layout.cell(cells, "id")),
        )


def _number(text: str) -> float:
    """The cell as a number, a decimal comma allowed; infinite where it is none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return float("inf")
