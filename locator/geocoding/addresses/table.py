"""Addresses of a table: the address register's own, or any, its columns told by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from locator.earth import Point
from locator.errors import DataError, InputError
from locator.geocoding.addresses.rows import Progress, Row, uuid_parts
from locator.sheets import decimal, find_columns, open_sheet, place_of

REGISTER_NAME = "Klimadatastyrelsen (Danmarks Adresseregister)"
REGISTER_LICENCE = "CC BY 4.0"
REGISTER_CRS = "EPSG:25832"

_BATCH = 10_000  # rows whose coordinates are changed at once
_PARTS = ("street", "number", "postcode", "city", "lat", "lon", "x", "y", "alias", "address_id")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a table; "" lets its own column names decide.

    Attributes:
        street, number, postcode, city, lat, lon, x, y: names of columns.
        crs: of x and y, such as "EPSG:25832"; degrees WGS84 for lat and lon.
        delimiter: one character, of CSV; "" finds it.
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
    names = {name.strip().casefold() for name in open_sheet(path).header}
    return {"adgangsadresseid", "vejnavn"} <= names


def read_table(path: Path, mapping: Mapping, progress: Progress) -> Iterator[Row]:
    """The addresses of a table; a row that is not empty is one.

    Raises:
        DataError: a column that is needed is not there, or a row cannot be read.
        InputError: the mapping has a column that the file has not, or an unknown EPSG code.
    """
    given = [column for part in _PARTS if (column := getattr(mapping, part, ""))]
    sheet = open_sheet(path, given, mapping.delimiter)
    layout = _layout(path, sheet.header, mapping)
    change = _transformer(mapping.crs) if "lat" not in layout.at else None
    rows = ((line, cells) for line, cells in sheet.rows(progress) if any(cells))
    while batch := list(islice(rows, _BATCH)):
        yield from _rows(batch, layout, change)
    progress(1.0)


def _layout(path: Path, names: Sequence[str], mapping: Mapping) -> _Layout:
    at = find_columns(names, _PARTS)
    for part in _PARTS:
        if column := getattr(mapping, part, ""):
            at[part] = place_of(names, column, path)
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
            id=uuid_parts(layout.cell(cells, "address_id")),
        )


def _number(text: str) -> float:
    """The cell as a number, a decimal comma allowed; infinite where it is none."""
    try:
        return decimal(text)
    except ValueError:
        return float("inf")
