"""What would change: facilities opened or closed, and the figures before and after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from locator.coverage.inputs import Layer, of_ids
from locator.coverage.study.covered import Coverage
from locator.earth import Point
from locator.errors import InputError

NEW = "new-"  # ids of opened facilities begin so
_SAME = 0.001  # of any unit; less is rounding


def opened(facilities: Layer, points: Sequence[Point]) -> Layer:
    """`facilities` and new ones of supply 1 at `points`, with the ids "new-1", "new-2", ..."""
    ids = [f"{NEW}{number}" for number in range(1, len(points) + 1)]
    lon, lat = [point.lon for point in points], [point.lat for point in points]
    return _more(facilities, ids, lon, lat) if points else facilities


def opened_by_name(facilities: Layer, ids: Sequence[str]) -> Layer:
    """`facilities` and others of supply 1 with these ids, at points that need not be known.

    Raises:
        InputError: an id is among them already.
    """
    twice = sorted(set(ids) & set(facilities.ids))
    if twice:
        raise InputError("{ids} is open already.", ids=", ".join(twice[:5]))
    nowhere = [np.nan] * len(ids)
    return _more(facilities, list(dict.fromkeys(ids)), nowhere, nowhere) if ids else facilities


def _more(facilities: Layer, ids: list[str], x: list[float], y: list[float]) -> Layer:
    old = (facilities.x, facilities.y)
    new_x, new_y = (
        None if v is None else np.append(v, np.asarray(more, float))
        for v, more in zip(old, (x, y), strict=True)
    )
    return replace(
        facilities,
        ids=[*facilities.ids, *ids],
        weight=np.append(facilities.weight, np.ones(len(ids))),
        x=new_x,
        y=new_y,
        table=facilities.table.reset_index(drop=True).reindex(range(len(facilities) + len(ids))),
    )


def closed(facilities: Layer, ids: Collection[str]) -> Layer:
    """`facilities` without those named.

    Raises:
        InputError: an id is not among them.
    """
    unknown = sorted(set(ids) - set(facilities.ids))
    if unknown:
        raise InputError(
            "There is no facility {ids}: see the ids in the export.", ids=", ".join(unknown[:5])
        )
    gone = set(ids)
    kept = [row for row, name in enumerate(facilities.ids) if name not in gone]
    x, y = (None if v is None else v[kept] for v in (facilities.x, facilities.y))
    return replace(
        facilities,
        ids=[facilities.ids[row] for row in kept],
        weight=facilities.weight[kept],
        x=x,
        y=y,
        table=facilities.table.iloc[kept].reset_index(drop=True),
    )


def changed(
    study: Coverage,
    points: Sequence[Point] = (),
    ids: Collection[str] = (),
    names: Sequence[str] = (),
) -> Coverage:
    """The study with some facilities opened and others closed.

    Args:
        points: of new ones.
        ids: of those that close.
        names: ids of others that open, where the metric knows the way to them.

    Raises:
        InputError: an id is not among them, nothing is left, or the metric cannot tell how far it
            is to a new one.
    """
    if points and not study.metric.anywhere:
        raise InputError(
            "The cost table does not say how far it is to a new place at {lat}, {lon}: add rows "
            "for it to the table, or open one that the table leads to, by its id.",
            lat=points[0].lat,
            lon=points[0].lon,
        )
    if names and study.metric.anywhere:
        raise InputError(
            "{ids} is no point: give LAT,LON, for example 55.676,12.568.", ids=names[0]
        )
    if names and not (knows := study.metric.knows(of_ids(list(names)).places)).all():
        raise InputError(
            "The cost table does not lead to {ids}: add rows for it to the table.",
            ids=names[int(knows.argmin())],
        )
    left = opened(opened_by_name(closed(study.facilities, ids), names), points)
    if not len(left):
        raise InputError("No place of help is left: leave one open.")
    return study.to(left)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenarios over the same demand.

    Attributes:
        limit: in the unit of the metric.
        before, after: people within the limit.
        nearer, farther: people whose facility is nearer, or farther, than before.
        mean_before, mean_after: costs, over people who reach a facility in both.
    """

    limit: float
    before: float
    after: float
    nearer: float
    farther: float
    mean_before: float
    mean_after: float


def compare(before: Coverage, after: Coverage, limit: float) -> Comparison:
    """What the second scenario changes within `limit`, in the unit of their metric.

    Raises:
        InputError: the two have different cells of demand.
    """
    if before.cells.ids != after.cells.ids:
        raise InputError("Compare scenarios over the same demand at the same resolution.")
    people, old, new = before.cells.weight, before.cost, after.cost
    both = np.isfinite(old) & np.isfinite(new)
    reached = people[both].sum()
    means = [
        float((cost[both] * people[both]).sum() / reached) if reached else float("nan")
        for cost in (old, new)
    ]
    return Comparison(
        limit=limit,
        before=float(people[old <= limit].sum()),
        after=float(people[new <= limit].sum()),
        nearer=float(people[new < old - _SAME].sum()),
        farther=float(people[old < new - _SAME].sum()),
        mean_before=means[0],
        mean_after=means[1],
    )
