"""Places of demand, or facilities: ids, points and a weight, read from a file and checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import h3
import numpy as np
import pandas as pd

from locator.coverage.inputs.ids import text_ids
from locator.coverage.inputs.projections import system, transformed
from locator.coverage.inputs.tables import column, named_columns, read_table
from locator.earth import EAST, NORTH, SOUTH, WEST, at_sea
from locator.errors import DataError, InputError
from locator.notes import Note
from locator.sheets import figures
from locator.travel import Floats, Integers, Places

WGS84 = "EPSG:4326"


@dataclass(frozen=True)
class Layer:
    """Rows of a file, in its order.

    Attributes:
        ids: text, as in the file.
        weight: people or supply of each, shape (rows,), >= 0.
        x, y: longitude and latitude in degrees (EPSG:4326), or planar coordinates in the unit of
            `crs`; None where the file has no points.
        crs: of x and y; "" for planar coordinates of no known system.
        table: all columns, for measures that need others; its index has the rows' numbers.
        notes: what a person should know about the file.
    """

    ids: list[str]
    weight: Floats
    x: Floats | None
    y: Floats | None
    crs: str
    table: pd.DataFrame
    notes: tuple[Note, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def places(self) -> Places:
        """What a metric is asked about."""
        return Places(self.x, self.y, self.ids)

    @property
    def on_earth(self) -> bool:
        """Whether the points are known in degrees."""
        return self.x is not None and self.crs == WGS84

    def rows(self, first: int, last: int) -> "Layer":
        """The rows from `first` up to, and without, `last`."""
        x, y = (None if v is None else v[first:last] for v in (self.x, self.y))
        weight, table = self.weight[first:last], self.table.iloc[first:last]
        return replace(self, ids=self.ids[first:last], weight=weight, x=x, y=y, table=table)

    def some(self, rows: Integers) -> "Layer":
        """These rows alone, in their order."""
        x, y = (None if v is None else v[rows] for v in (self.x, self.y))
        ids = [self.ids[row] for row in rows]
        weight, table = self.weight[rows], self.table.iloc[rows]
        return replace(self, ids=ids, weight=weight, x=x, y=y, table=table)

    def points(self) -> tuple[Floats, Floats]:
        """x and y.

        Raises:
            InputError: the file has none.
        """
        return self.places.points()

    def values(self, name: str) -> Floats:
        """Another column as numbers, NaN where empty."""
        return figures(column(self.table, name, "the file"), name, "the file").to_numpy(float)


@dataclass(frozen=True)
class Reading:
    """How to read a table as a layer.

    Attributes:
        weight: column of people or supply; 1 each where None.
        name: column of ids; else one called id, else the row number.
        crs: "EPSG:N" of coordinate columns, and with `planar` the plane to measure in.
        planar: whether x and y shall be planar coordinates rather than degrees.
        what: the weight in words, for messages.
    """

    weight: str | None = None
    name: str | None = None
    crs: str | None = None
    planar: bool = False
    what: str = "population"


def of_ids(ids: list[str]) -> Layer:
    """What is known by ids alone, each of weight 1."""
    return Layer(ids, np.ones(len(ids)), None, None, "", pd.DataFrame({"id": ids}))


def placed(layer: Layer) -> Layer:
    """The layer; where it has no points and its ids are H3 cells, with the middle of each."""
    if layer.x is not None or not all(map(h3.is_valid_cell, layer.ids)):
        return layer
    lat, lon = np.array([h3.cell_to_latlng(cell) for cell in layer.ids]).T
    return replace(layer, x=lon, y=lat, crs=WGS84)


def read_layer(path: Path, how: Reading) -> Layer:
    """Read and check a whole file; errors as in `as_layer`."""
    return as_layer(read_table(path), path, how)


def as_layer(table: pd.DataFrame, path: Path, how: Reading, before: int = 0) -> Layer:
    """Check a table that was read from `path`, whose first row has `before` rows before it.

    Raises:
        InputError: missing columns, no CRS, or coordinates that are swapped.
        DataError: negative or missing weights, or ids that are there twice.
    """
    name = how.name or named_columns(table, "id").get("id")
    rows = range(before + 1, before + len(table) + 1)
    ids = text_ids(column(table, name, path)) if name else list(map(str, rows))
    _refuse_twice(ids, table.index, path)
    ones = np.ones(len(table))
    weights = _weights(table, how.weight, path, how.what) if how.weight else ones
    x, y, system = _coordinates(table, path, how.crs, how.planar)
    notes: tuple[Note, ...] = ()
    if x is not None and y is not None:
        _refuse_gaps(x, y, table.index, path)
        if system == WGS84:
            notes = _check_degrees(x, y, ids, table.index, path)
    return Layer(ids, weights, x, y, system, table, notes)


def _weights(table: pd.DataFrame, name: str, path: Path, what: str) -> Floats:
    values = figures(column(table, name, path), name, path).to_numpy(float)
    bad = ~np.isfinite(values) | (values < 0)
    if bad.any():
        row = int(bad.argmax())
        raise DataError(
            "{path}: {what} is missing or negative in {count} rows, first in row {row} ({value}). "
            "Fill in 0 where nobody lives, or remove these rows.",
            path=path,
            what=what,
            count=int(bad.sum()),
            row=table.index[row],
            value=values[row],
        )
    if not values.sum() > 0:
        raise DataError(
            "{path}: {what} is 0 in every row; is {column} the right column?",
            path=path,
            what=what,
            column=name,
        )
    return values


def _coordinates(
    table: pd.DataFrame, path: Path, crs: str | None, planar: bool
) -> tuple[Floats | None, Floats | None, str]:
    goal = (system(crs) if crs else "") if planar else WGS84
    if isinstance(table, gpd.GeoDataFrame):
        if table.crs is None and crs is None and not planar:
            raise InputError(
                "{path} does not say its coordinate reference system: name it with --crs, for "
                "example --crs EPSG:25832.",
                path=path,
            )
        missing = table.geometry.isna() | table.geometry.is_empty
        if missing.any():
            raise DataError(
                "{path}: {count} rows have no geometry, first row {row}: remove them.",
                path=path,
                count=int(missing.sum()),
                row=table.index[int(missing.to_numpy().argmax())],
            )
        shapes = table.geometry
        inside = shapes if (shapes.geom_type == "Point").all() else shapes.representative_point()
        source = table.crs.to_string() if table.crs is not None else (crs or "")
        return *transformed(inside.x.to_numpy(float), inside.y.to_numpy(float), source, goal), goal
    found = named_columns(table, "lon", "lat", "x", "y")
    x_name, y_name = found.get("lon", found.get("x")), found.get("lat", found.get("y"))
    if x_name is None or y_name is None:
        return None, None, goal
    degrees = "lon" in found
    x, y = (
        figures(table[name], name, path, degrees=degrees).to_numpy(float)
        for name in (x_name, y_name)
    )
    if degrees:
        source = WGS84 if crs else goal
    elif crs:
        source = system(crs)
    elif planar or (np.nanmax(np.abs(x)) <= 180 and np.nanmax(np.abs(y)) <= 90):
        source = goal
    else:
        raise InputError(
            "{path}: {x} and {y} are no degrees. Name their coordinate reference system with "
            "--crs, for example --crs EPSG:25832.",
            path=path,
            x=x_name,
            y=y_name,
        )
    return *transformed(x, y, source, goal), goal


def _refuse_gaps(x: Floats, y: Floats, rows: pd.Index, path: Path) -> None:
    bad = ~(np.isfinite(x) & np.isfinite(y))
    if bad.any():
        raise DataError(
            "{path}: {count} rows have no coordinates, first row {row}: fill them in, or remove "
            "these rows.",
            path=path,
            count=int(bad.sum()),
            row=rows[int(bad.argmax())],
        )


def _refuse_twice(ids: Sequence[str], rows: pd.Index, path: Path) -> None:
    if len(set(ids)) == len(ids):
        return
    seen: set[str] = set()
    for row, name in zip(rows, ids, strict=True):
        if name in seen:
            raise DataError(
                "{path}, row {row}: the id {id} is there twice. Give each row its own id, or name "
                "another column.",
                path=path,
                row=row,
                id=repr(name),
            )
        seen.add(name)


def _check_degrees(
    x: Floats, y: Floats, ids: Sequence[str], rows: pd.Index, path: Path
) -> tuple[Note, ...]:
    inside = (x >= WEST) & (x <= EAST) & (y >= SOUTH) & (y <= NORTH)
    turned = (y >= WEST) & (y <= EAST) & (x >= SOUTH) & (x <= NORTH)
    if turned.any() and turned.sum() >= len(x) / 2:
        raise InputError(
            "{path}: longitude and latitude are swapped, for Denmark lies at longitude 8 to 15 and "
            "latitude 54 to 58. Rename the columns (lon is east, lat is north).",
            path=path,
        )
    if (np.abs(y) > 90).any() or (np.abs(x) > 180).any():
        row = int(((np.abs(y) > 90) | (np.abs(x) > 180)).argmax())
        raise DataError(
            "{path}, row {row}: {x}, {y} is no longitude and latitude. If these are metres, name "
            "their system with --crs, for example --crs EPSG:25832.",
            path=path,
            row=rows[row],
            x=x[row],
            y=y[row],
        )
    outside, wet = np.flatnonzero(~inside), np.flatnonzero(inside)
    wet = wet[at_sea(x[wet], y[wet])]
    outside_note = Note(
        "{path}: {count} points lie outside Denmark, the first is {id}. They are counted; remove "
        "them if they are mistakes."
    )
    wet_note = Note(
        "{path}: {count} points lie at sea, the first is {id}. They are counted; see whether "
        "their coordinates are right."
    )
    return tuple(
        replace(note, values={"path": str(path), "count": str(len(rows)), "id": ids[rows[0]]})
        for note, rows in ((outside_note, outside), (wet_note, wet))
        if len(rows)
    )
