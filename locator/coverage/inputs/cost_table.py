"""A ready cost table that an analyst brings: which ids it joins, and what its costs are."""

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from locator.coverage.inputs.ids import match, text_ids
from locator.coverage.inputs.layer import Layer, of_ids, placed
from locator.coverage.inputs.tables import column, read_table
from locator.errors import DataError, InputError
from locator.notes import Note
from locator.sheets import figures
from locator.travel import Costs, CostTable, Integers, Unit, parse_unit


class FromTable(NamedTuple):
    """A cost table and what it joins, and what a person should know.

    Places without coordinates whose ids are H3 cells are at the middle of these.
    """

    demand: Layer
    facilities: Layer
    metric: CostTable
    notes: tuple[Note, ...]


def from_table(
    path: Path,
    columns: tuple[str, str, str] | None,
    unit: str | None,
    demand: Layer | None,
    facilities: Layer | None,
) -> FromTable:
    """Read a ready cost table.

    Args:
        path: long form (a row a pair), or wide form (a row a place whose first column is its id,
            a column a facility; an empty cell is unreachable).
        columns: of origin, destination and cost in long form; None for wide form.
        unit: of the costs, in a word ("minutes"); where None it is told from their column's name.
        demand, facilities: those of the table, in order of their ids, where None.

    Raises:
        InputError, DataError: columns are missing, costs negative, no such unit, or no ids match.
    """
    table = read_table(path)
    origin, destination, cost = _long(table, columns, path) if columns else _wide(table, path)
    factor, sign, told = _unit(path, columns[2] if columns else "", unit)
    demand = demand or of_ids(sorted(set(origin)))
    facilities = facilities or of_ids(sorted(set(destination)))
    at, origins = _joined(origin, demand.ids)
    to, destinations = _joined(destination, facilities.ids)
    known = (at < len(demand)) & (to < len(facilities))
    if not known.any():
        raise InputError(
            "No ids of {path} are ids of the demand and the facilities (it has {a} and {b}): name "
            "the id columns with --demand-id and --facility-id.",
            path=path,
            a=repr(origin[0]),
            b=repr(destination[0]),
        )
    costs = Costs.from_pairs(at, to, cost * factor, (len(origins), len(destinations)))
    twice = (np.diff(costs.origin) == 0) & (np.diff(costs.destination) == 0)
    if twice.any():
        pair = int(twice.argmax())
        raise DataError(
            "{path}: the pair {a}, {b} is there twice. Keep one row a pair.",
            path=path,
            a=origins[costs.origin[pair]],
            b=destinations[costs.destination[pair]],
        )
    notes = (*facilities.notes, *told, *_unknown(path, int((~known).sum())))
    metric = CostTable(costs, origins, destinations, sign)
    return FromTable(placed(demand), placed(facilities), metric, notes)


# What such columns hold in the tables of r5r, accessibility and spopt; other names say nothing.
_USUAL = ((re.compile(r"travel_?time"), "minutes"), (re.compile(r"distance"), "metres"))


def _unit(path: Path, name: str, given: str | None) -> tuple[float, Unit, tuple[Note, ...]]:
    """How many of the unit one cost is, the unit, and how sure that is."""
    if given is not None:
        return *parse_unit(given), ()
    for word in reversed(re.findall(r"[a-zæøå]+", name.lower())):
        try:
            return *parse_unit(word), ()
        except InputError:
            continue
    for pattern, usual in _USUAL:
        if pattern.match(name.lower()):
            taken = Note(
                "{path}: the costs are taken to be {unit}, by the name of their column, {column}. "
                "Where they are not, say what they are with --cost-unit.",
                {"path": str(path), "unit": usual, "column": name},
            )
            return *parse_unit(usual), (taken,)
    unknown = Note(
        "{path} does not say the unit of its costs: name it with --cost-unit, for example "
        "--cost-unit minutes.",
        {"path": str(path)},
    )
    return 1.0, Unit.UNKNOWN, (unknown,)


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


def _joined(names: list[str], ids: list[str]) -> tuple[Integers, list[str]]:
    """The row of each name among `ids`, then among those that follow; and all of these.

    What the table knows beside the ids asked for stays in it, so that it can be opened.
    """
    codes, distinct = pd.factorize(np.asarray(names, object))
    rows = match([str(name) for name in distinct], ids)
    others = np.flatnonzero(rows < 0)
    rows[others] = len(ids) + np.arange(len(others))
    return rows[codes], [*ids, *(str(distinct[row]) for row in others)]
