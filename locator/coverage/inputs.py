"""What a question of coverage is asked of: demand, facilities, and the costs between them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from locator.answer import Note
from locator.coverage.cost import Costs, geodesic, planar
from locator.coverage.ids import match, text_ids
from locator.coverage.layer import Layer
from locator.coverage.tables import column, numbers, read_table
from locator.errors import DataError, InputError

_MOST_PAIRS = 60_000_000


@dataclass(frozen=True)
class Inputs:
    """Demand (rows of `costs`), facilities (its columns), and the unit of cost ("" if unknown)."""

    demand: Layer
    facilities: Layer
    costs: Costs
    unit: str
    notes: tuple[Note, ...] = ()


def from_points(
    demand: Layer, facilities: Layer, *, distance: str = "geodesic", limit: float = np.inf
) -> Inputs:
    """Distances between the points of both layers, "geodesic" or "planar", up to `limit`.

    Raises:
        InputError: a layer has no points, or there are too many pairs.
    """
    here, there = demand.points(), facilities.points()
    pairs = len(demand) * len(facilities)
    if pairs > _MOST_PAIRS and not np.isfinite(limit):
        raise InputError(
            "{pairs} pairs of place and facility are too many to list: give a limit, or aggregate "
            "the demand.",
            pairs=pairs,
        )
    measure = planar if distance == "planar" else geodesic
    costs = measure(*here, *there, limit)
    return Inputs(demand, facilities, costs, "m", (*demand.notes, *facilities.notes))


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
    notes = (*demand.notes, *facilities.notes, *_unknown(path, int((~known).sum())))
    return Inputs(demand, facilities, costs, "", notes)


def _unknown(path: Path, count: int) -> tuple[Note, ...]:
    if not count:
        return ()
    template = (
        "{path}: {count} rows are of places or facilities that are not in the other files; "
        "they are left out."
    )
    return (Note(template, {"path": str(path), "count": str(count)}),)


def _long(
    table: pd.DataFrame, columns: tuple[str, str, str], path: Path
) -> tuple[list[str], list[str], np.ndarray]:
    origin, destination = (text_ids(column(table, name, path)) for name in columns[:2])
    cost = numbers(column(table, columns[2], path), columns[2], path).to_numpy(float)
    _refuse_negative(cost, path)
    return origin, destination, cost


def _wide(table: pd.DataFrame, path: Path) -> tuple[list[str], list[str], np.ndarray]:
    names = [str(name) for name in table.columns[1:]]
    cost = np.column_stack([numbers(table[name], name, path) for name in names])
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
