"""Demand in parts, read, measured and let go one at a time, here or on a cluster.

However large the demand, only what a part gives is kept: a sum a facility, a number a place.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
import pandas as pd

from locator.coverage.inputs.layer import WGS84, Layer, Reading, as_layer
from locator.coverage.inputs.tables import (
    MOST_ROWS,
    check_file,
    numbered,
    read_row_group,
    refuse_size,
    row_group_sizes,
)
from locator.errors import InputError
from locator.geocoding import DEGREE, AddressIndex
from locator.notes import Note

T = TypeVar("T")

ROWS = 200_000  # of a part that we make ourselves


class Part(Protocol):
    """Some rows of the demand."""

    def load(self) -> Layer:
        """Read and check them."""


# Applies a function to every part and gives the results in their order, as `map` does.
Run = Callable[[Callable[[Part], T], Sequence[Part]], Iterable[T]]


@dataclass(frozen=True)
class Held:
    """Rows in memory."""

    layer: Layer

    def load(self) -> Layer:
        """The rows."""
        return self.layer


@dataclass(frozen=True)
class RowGroup:
    """A row group of a GeoParquet (or plain Parquet) file.

    Attributes:
        path: the file.
        number: of the row group.
        before: rows of the demand before it.
        how: to read it.
        demand: the file or folder that was asked for, for notes.
    """

    path: Path
    number: int
    before: int
    how: Reading
    demand: Path

    def load(self) -> Layer:
        """Read and check the group; errors as in `layer.as_layer`."""
        table = numbered(read_row_group(self.path, self.number), self.before)
        layer = as_layer(table, self.path, self.how, self.before)
        named = {"path": str(self.demand)}
        notes = tuple(Note(note.template, {**note.values, **named}) for note in layer.notes)
        return replace(layer, notes=notes)


@dataclass(frozen=True)
class Doors:
    """Addresses of an index, from one door up to (and without) another; each weighs 1."""

    path: Path
    first: int
    last: int

    def load(self) -> Layer:
        """The doors, EPSG:4326, their ids "Nørregade 10A, 1165"."""
        index = AddressIndex.open(self.path)
        columns = index.columns
        here = slice(self.first, self.last)
        pair = np.searchsorted(columns["pair_door"], np.arange(self.first, self.last), "right") - 1
        named = {int(p): (index.street(int(p)), index.postcode(int(p))) for p in np.unique(pair)}
        numbers, letters = columns["door_number"][here], columns["door_letter"][here]
        ids = [
            f"{named[p][0]} {n or ''}{chr(64 + c) if c else ''}, {named[p][1]}".replace(" ,", ",")
            for p, n, c in zip(pair.tolist(), numbers.tolist(), letters.tolist(), strict=True)
        ]
        lon, lat = (columns[f"door_{axis}"][here] / DEGREE for axis in ("lon", "lat"))
        table = pd.DataFrame({"postcode": [named[p][1] for p in pair.tolist()]})
        return Layer(ids, np.ones(len(ids)), lon, lat, WGS84, table)


def held(layer: Layer, rows: int = ROWS) -> list[Part]:
    """The layer in parts of at most so many rows."""
    return [Held(layer.rows(at, at + rows)) for at in range(0, max(len(layer), 1), rows)]


def row_groups(path: Path, how: Reading) -> list[Part]:
    """The parts of a GeoParquet file, or of all those in a folder, by name.

    Raises:
        InputError: no such files, no rows, or a row group that is too large.
    """
    if not path.is_dir():
        check_file(path)
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    parts: list[Part] = []
    before = 0
    for file in files:
        for number, size in enumerate(row_group_sizes(file)):
            if size > MOST_ROWS:
                refuse_size(file, size)
            if size:
                parts.append(RowGroup(file, number, before, how, path))
            before += size
    if not parts:
        raise InputError(
            "{path} has no rows: give GeoParquet files with at least one place.", path=path
        )
    return parts


def doors(path: Path) -> tuple[list[Part], tuple[Note, ...]]:
    """Every address of the index, and what it holds.

    Raises:
        DataError: no index there.
    """
    index = AddressIndex.open(path)
    size = len(index)
    parts: list[Part] = [
        Doors(path, at, min(at + ROWS, size)) for at in range(0, max(size, 1), ROWS)
    ]
    sources = ", ".join(source["name"] for source in index.about["sources"])
    postcodes = len(np.unique(index.columns["pair_postcode"]))
    values = {"count": f"{size:,}", "sources": sources, "postcodes": f"{postcodes:,}"}
    note = Note(
        "The demand is {count} addresses of {sources}, in {postcodes} of Denmark's 1,089 "
        "postcodes; each counts once.",
        values,
    )
    return parts, (note,)


def whole(parts: Sequence[Part]) -> Layer:
    """All parts in one layer; of several, without their other columns.

    Raises:
        InputError: of several, one has no coordinates.
    """
    layers = [part.load() for part in parts]
    if len(layers) == 1:
        return layers[0]
    x, y = zip(*(layer.points() for layer in layers), strict=True)
    return Layer(
        [name for layer in layers for name in layer.ids],
        np.concatenate([layer.weight for layer in layers]),
        np.concatenate(x),
        np.concatenate(y),
        layers[0].crs,
        pd.DataFrame(),
        merged(note for layer in layers for note in layer.notes),
    )


def merged(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Each note once; what several parts of a file count is added up."""
    kept: dict[tuple[str, str], Note] = {}
    for note in notes:
        key = (note.template, note.values.get("path", ""))
        if key in kept and "count" in note.values and "path" in note.values:
            count = int(kept[key].values["count"]) + int(note.values["count"])
            note = Note(note.template, {**kept[key].values, "count": str(count)})
        kept[key] = note
    return tuple(kept.values())
