"""Options of `travel`, and the tables that it reads and writes."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from locator.cli._options import Command, operator
from locator.errors import DataError, InputError
from locator.files import replace_file
from locator.sheets import Sheet, decimal, find_columns, open_sheet

if TYPE_CHECKING:
    import numpy as np

    from locator.earth import Point
    from locator.travel import Floats, Limit

_SPEED = re.compile(r"(\d+(?:[.,]\d+)?)\s*(km/h|kmh|kmt|m/s|)", re.IGNORECASE)


class SpeedType(click.ParamType[float]):
    """A speed: "3.6km/h", "1m/s" or a bare number of km/h; km/h."""

    name = "speed"

    def convert(
        self, value: "str | float", param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        if isinstance(value, float):
            return value
        match = _SPEED.fullmatch(value.strip())
        if not match:
            self.fail(f"{value!r} is no speed: write 3.6km/h.", param, ctx)
        return float(match[1].replace(",", ".")) * (3.6 if match[2].lower() == "m/s" else 1.0)


def network_option(command: Command) -> Command:
    """`--network DIR`: the folder of streets and timetables to use."""
    return click.option(
        "--network",
        type=click.Path(path_type=Path),
        callback=lambda context, _, given: given or operator(context).network,
        help="Folder of streets and timetables (else NAERVED_NETWORK, else the data folder's).",
    )(command)


def speed_option(command: Command) -> Command:
    """`--speed 3.6km/h`: of walking or riding."""
    return click.option(
        "--speed",
        type=SpeedType(),
        help="Of walking (else 5.04km/h) or of riding on good ground (else 15.5km/h).",
    )(command)


class PairTable(NamedTuple):
    """A table of pairs. Attributes: its heading, its rows as text, and points in degrees."""

    header: tuple[str, ...]
    rows: list[list[str]]
    origin: "tuple[Floats, Floats]"
    destination: "tuple[Floats, Floats]"


def read_pairs(path: Path) -> PairTable:
    """A table with columns from_lat, from_lon, to_lat and to_lon.

    Raises:
        InputError: a column is missing.
        DataError: a cell of these is no coordinate.
    """
    names = ("from_lat", "from_lon", "to_lat", "to_lon")
    sheet = open_sheet(path, names)
    titles = [title.strip().lower() for title in sheet.header]
    missing = [name for name in names if name not in titles]
    if missing:
        raise InputError(
            "{path} has no column {missing}: pairs need from_lat, from_lon, to_lat and to_lon, "
            "in degrees.",
            path=path.name,
            missing=", ".join(missing),
        )
    rows = _filled(sheet)
    lat, lon, to_lat, to_lon = (_coordinates(rows, titles.index(n), n, path) for n in names)
    return PairTable(sheet.header, [cells for _, cells in rows], (lon, lat), (to_lon, to_lat))


class PlaceTable(NamedTuple):
    """Attributes: ids (rows' numbers where there is no column id), longitude, latitude."""

    ids: list[str]
    lon: "Floats"
    lat: "Floats"


def read_places(path: Path) -> PlaceTable:
    """A table of places: lat, lon and, if there is one, id.

    Raises:
        InputError: a column is missing.
        DataError: a cell of these is no coordinate.
    """
    sheet = open_sheet(path, ("lat", "lon"))
    found = find_columns(sheet.header, ("lat", "lon", "id"))
    if not {"lat", "lon"} <= found.keys():
        raise InputError("{path} needs columns lat and lon, in degrees.", path=path.name)
    rows = _filled(sheet)
    lat, lon = (_coordinates(rows, found[name], name, path) for name in ("lat", "lon"))
    at = found.get("id")
    ids = [str(nth) if at is None else cells[at] for nth, (_, cells) in enumerate(rows, 1)]
    return PlaceTable(ids, lon, lat)


def _filled(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, with their numbers."""
    return [(n, cells) for n, cells in sheet.rows() if any(cell.strip() for cell in cells)]


def _coordinates(
    rows: Sequence[tuple[int, list[str]]], column: int, name: str, path: Path
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    import numpy as np

    most = 90 if name.endswith("lat") else 180
    found = np.empty(len(rows))
    for nth, (number, cells) in enumerate(rows):
        cell = cells[column].strip() if column < len(cells) else ""
        try:
            found[nth] = decimal(cell)
        except ValueError:
            found[nth] = np.nan
        if not abs(found[nth]) <= most:
            raise DataError(
                "{path}, row {row}: {name} {cell} is no coordinate in degrees.",
                path=path.name,
                row=number,
                name=name,
                cell=repr(cell),
            )
    return found


def write_csv(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A CSV file, whole or not at all."""
    with replace_file(path) as new, new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def out_option(help_: str, required: bool = True) -> Callable[[Command], Command]:
    """`--out PATH`."""
    return click.option(
        "--out", type=click.Path(path_type=Path, dir_okay=False), required=required, help=help_
    )


def point_of(text: str) -> "Point":
    """LAT,LON as it is typed.

    Raises:
        InputError: it is none.
    """
    from locator.earth import parse_point

    at = parse_point(text)
    if at is None:
        raise InputError("{point} is no point: write LAT,LON, for example 55.68,12.57.", point=text)
    return at


def seconds_of(limit: "Limit") -> float:
    """A span of time; a bare number is minutes.

    Raises:
        InputError: it is a length.
    """
    from locator.travel import Unit

    if limit.unit is Unit.METRE:
        raise InputError(
            "{limit} is a length where a time is asked: write 30min.", limit=str(limit)
        )
    return limit.under(Unit.MINUTE) * 60
