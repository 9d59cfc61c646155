"""What a question of coverage is asked of: demand, facilities, and what lies between them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from locator.coverage.inputs.ids import match, text_ids
from locator.coverage.inputs.layer import Layer
from locator.coverage.inputs.parts import Held, Part
from locator.coverage.inputs.tables import column, read_table
from locator.earth import Floats, distance
from locator.errors import DataError, InputError
from locator.notes import Note
from locator.sheets import figures
from locator.travel import Costs, FacilityGrid, Nearest, Points, geodesic, nearest_by_cost, planar

_PAIRS = 4_000_000  # held at once


# From the x and y of places, then of facilities, and a limit.
CostsOfPoints = Callable[[Floats, Floats, Floats, Floats, float], Costs]


class Metric(Protocol):
    """What it costs to get from places of demand to facilities."""

    def blocks(
        self, demand: Layer, facilities: Layer, limit: float
    ) -> Iterator[tuple[Layer, Costs]]:
        """Some rows of the demand after another, with their costs up to `limit`."""

    def nearest(self, demand: Layer, facilities: Layer, k: int) -> Nearest:
        """The k-th nearest facility of each row of the demand."""


class _Straight:
    """What both straight distances do alike."""

    costs: CostsOfPoints

    def blocks(
        self, demand: Layer, facilities: Layer, limit: float
    ) -> Iterator[tuple[Layer, Costs]]:
        """Blocks of rows whose pairs are few enough to hold."""
        step = max(1, _PAIRS // max(len(facilities), 1))
        for at in range(0, len(demand), step):
            some = demand.rows(at, at + step)
            yield some, self.costs(*some.points(), *facilities.points(), limit)


class Geodesic(_Straight):
    """Metres along the WGS84 ellipsoid; layers in degrees (EPSG:4326)."""

    costs = staticmethod(geodesic)

    def nearest(self, demand: Layer, facilities: Layer, k: int) -> Nearest:
        """By `grid.FacilityGrid`, then measured by `pyproj.Geod`."""
        (lon, lat), (lons, lats) = demand.points(), facilities.points()
        row = FacilityGrid(lons, lats).nearest(Points(lon, lat), k).facility
        if k > len(facilities):
            return Nearest(np.full(len(demand), np.inf), row.astype(np.int64))
        return Nearest(distance(lon, lat, lons[row], lats[row]), row.astype(np.int64))


class Planar(_Straight):
    """Straight lines in the plane, in the unit of the coordinates."""

    costs = staticmethod(planar)

    def nearest(self, demand: Layer, facilities: Layer, k: int) -> Nearest:
        """By a k-d tree."""
        if k > len(facilities):
            return Nearest(np.full(len(demand), np.inf), np.full(len(demand), -1))
        tree = cKDTree(np.column_stack(facilities.points()))
        cost, row = map(np.asarray, tree.query(np.column_stack(demand.points()), [k]))
        return Nearest(cost[:, 0].astype(float), row[:, 0].astype(np.int64))


@dataclass(frozen=True)
class Table:
    """A ready cost table, whose rows are those of the whole demand."""

    costs: Costs

    def blocks(
        self, demand: Layer, facilities: Layer, limit: float
    ) -> Iterator[tuple[Layer, Costs]]:
        """All of it."""
        yield demand, self.costs.within(limit) if np.isfinite(limit) else self.costs

    def nearest(self, demand: Layer, facilities: Layer, k: int) -> Nearest:
        """By sorting the table."""
        return nearest_by_cost(self.costs, k)


@dataclass(frozen=True)
class Inputs:
    """Demand in parts, facilities, the metric between them, and what a person should know."""

    parts: Sequence[Part]
    facilities: Layer
    metric: Metric
    notes: tuple[Note, ...] = ()


def from_table(
    path: Path,
    columns: tuple[str, str, str] | None,
    demand: Layer | None,
    facilities: Layer | None,
) -> Inputs:
    """A ready cost table.

    Args:
        path: long form (a row a pair), or wide form (a row a place whose first column is its id,
            a column a facility; an empty cell is unreachable).
        columns: of origin, destination and cost in long form; None for wide form.
        demand, facilities: those of the table, in order of their ids, where None.

    Raises:
        InputError, DataError: columns are missing, costs negative, or no ids match.
    """
    table = read_table(path)
    origin, destination, cost = _long(table, columns, path) if columns else _wide(table, path)
    demand = demand or _bare(sorted(set(origin)))
    facilities = facilities or _bare(sorted(set(destination)))
    at, to = _rows(origin, demand.ids), _rows(destination, facilities.ids)
    known = (at >= 0) & (to >= 0)
    if not known.any():
        raise InputError(
            "No ids of {path} are ids of the demand and the facilities (it has {a} and {b}): name "
            "the id columns with --demand-id and --facility-id.",
            path=path,
            a=repr(origin[0]),
            b=repr(destination[0]),
        )
    costs = Costs.from_pairs(at[known], to[known], cost[known], (len(demand), len(facilities)))
    twice = (np.diff(costs.origin) == 0) & (np.diff(costs.destination) == 0)
    if twice.any():
        pair = int(twice.argmax())
        raise DataError(
            "{path}: the pair {a}, {b} is there twice. Keep one row a pair.",
            path=path,
            a=demand.ids[costs.origin[pair]],
            b=facilities.ids[costs.destination[pair]],
        )
    notes = (*facilities.notes, *_unknown(path, int((~known).sum())))
    return Inputs([Held(demand)], facilities, Table(costs), notes)


def _unknown(path: Path, count: int) -> tuple[Note, ...]:
    if not count:
        return ()
    values = {"path": str(path), "count": str(count)}
    return (
        Note(
            "{path}: {count} rows are of places or facilities that are not in the other files; "
            "they are left out.",
            values,
        ),
    )


def _long(
    table: pd.DataFrame, columns: tuple[str, str, str], path: Path
) -> tuple[list[str], list[str], np.ndarray]:
    origin, destination = (text_ids(column(table, name, path)) for name in columns[:2])
    cost = figures(column(table, columns[2], path), columns[2], path).to_numpy(float)
    _refuse_negative(cost, path)
    return origin, destination, cost


def _wide(table: pd.DataFrame, path: Path) -> tuple[list[str], list[str], np.ndarray]:
    names = [str(name) for name in table.columns[1:]]
    cost = np.column_stack([figures(table[name], name, path) for name in names])
    _refuse_negative(cost.ravel(), path)
    ids = text_ids(table.iloc[:, 0])
    return list(np.repeat(ids, len(names))), names * len(ids), cost.ravel()


def _refuse_negative(cost: np.ndarray, path: Path) -> None:
    if (cost < 0).any():
        raise DataError("{path}: some costs are below 0. Costs are 0 or more.", path=path)


def _rows(names: list[str], ids: list[str]) -> np.ndarray:
    codes, distinct = pd.factorize(np.asarray(names, object))
    return match([str(name) for name in distinct], ids)[codes]


def _bare(ids: list[str]) -> Layer:
    return Layer(ids, np.ones(len(ids)), None, None, "", pd.DataFrame({"id": ids}))
