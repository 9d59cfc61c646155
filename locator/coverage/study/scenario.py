"""What would change: facilities opened or closed, and the figures before and after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from locator.coverage.inputs import Layer
from locator.coverage.study.covered import Coverage
from locator.earth import Point
from locator.errors import InputError

NEW = "new-"  # ids of opened facilities begin so
_SAME = 0.001  # metres; the bulk search is exact to this


def opened(facilities: Layer, points: Sequence[Point]) -> Layer:
    """`facilities` and new ones of supply 1 at `points`, with the ids "new-1", "new-2", ..."""
    x, y = facilities.points()
    ids = [f"{NEW}{number}" for number in range(1, len(points) + 1)]
    return replace(
        facilities,
        ids=[*facilities.ids, *ids],
        weight=np.append(facilities.weight, np.ones(len(points))),
        x=np.append(x, [point.lon for point in points]),
        y=np.append(y, [point.lat for point in points]),
        table=facilities.table.reset_index(drop=True).reindex(range(len(facilities) + len(points))),
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
    kept = [row for row, name in enumerate(facilities.ids) if name not in set(ids)]
    x, y = facilities.points()
    return replace(
        facilities,
        ids=[facilities.ids[row] for row in kept],
        weight=facilities.weight[kept],
        x=x[kept],
        y=y[kept],
        table=facilities.table.iloc[kept].reset_index(drop=True),
    )


def changed(study: Coverage, points: Sequence[Point] = (), ids: Collection[str] = ()) -> Coverage:
    """The study with facilities opened at `points` and those with these ids closed.

    Raises:
        InputError: an id is not among them, or nothing is left.
    """
    return study.to(opened(closed(study.facilities, ids), points))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenarios over the same demand.

    Attributes:
        limit: metres.
        before, after: people within the limit.
        nearer, farther: people whose facility is nearer, or farther, than before.
        mean_before, mean_after: metres, over people who reach a facility in both.
    """

    limit: float
    before: float
    after: float
    nearer: float
    farther: float
    mean_before: float
    mean_after: float


def compare(before: Coverage, after: Coverage, limit: float) -> Comparison:
    """What the second scenario changes within `limit` metres.

    Raises:
        InputError: the two have different cells of demand.
    """
    if before.cells.ids != after.cells.ids:
        raise InputError("Compare scenarios over the same demand at the same resolution.")
    people, old, new = before.cells.weight, before.metres, after.metres
    both = np.isfinite(old) & np.isfinite(new)
    reached = people[both].sum()
    means = [
        float((metres[both] * people[both]).sum() / reached) if reached else float("nan")
        for metres in (old, new)
    ]
    return Comparison(
        limit=limit,
        before=float(people[old <= limit].sum()),
        after=float(people[new <= limit].sum()),
        nearer=float(people[old - new > _SAME].sum()),
        farther=float(people[new - old > _SAME].sum()),
        mean_before=means[0],
        mean_after=means[1],
    )
