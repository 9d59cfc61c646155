"""A siting problem from demand, facilities and the metric between them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from locator.coverage.inputs import Inputs, Layer, match, merged, whole
from locator.coverage.study import cells, finest, gathered, of_cells, opened_by_name
from locator.errors import InputError
from locator.notes import Note
from locator.travel import Costs, Limit, Metric

_PAIRS = 60_000_000  # that a problem may have
_NAMED = 5  # facilities named in a note


@dataclass(frozen=True)
class Problem:
    """Demand, candidate facilities, and all that is known of going between them.

    Attributes:
        existing: rows of the facilities that stay open.
        between: from each facility to each, where it was asked for.
    """

    demand: Layer
    facilities: Layer
    costs: Costs
    notes: tuple[Note, ...]
    existing: tuple[int, ...] = ()
    between: Costs | None = None


def siting_problem(
    inputs: Inputs,
    limit: float = math.inf,
    resolution: int | None = None,
    existing: Sequence[str] = (),
    *,
    apart: bool = False,
) -> Problem:
    """All pairs, over the places of demand or, with a resolution, over H3 cells.

    Where they are too many, only those up to `limit`, in the unit of the metric.

    Args:
        existing: ids of the facilities that stay open.
        apart: whether to find how far the facilities are from one another too.

    Raises:
        InputError: there are too many pairs, or an existing facility is none of those known.
    """
    demand, metric = _demand(inputs, resolution)
    facilities, rows, told = _with_existing(inputs, existing)
    shape = (len(demand), len(facilities))
    pairs = shape[0] * shape[1]
    if pairs <= _PAIRS:
        limit = math.inf
    elif not math.isfinite(limit):
        raise InputError(
            "{pairs} pairs of place and site are too many: gather the demand in cells with "
            "--resolution 7, or lower.",
            pairs=pairs,
        )
    within = Limit(limit) if math.isfinite(limit) else None
    blocks = metric.costs(demand.places, facilities.places, within)
    notes = merged((*inputs.notes, *demand.notes, *told))
    costs = Costs.joined(blocks, shape)
    between = _between(inputs.metric, facilities) if apart else None
    return Problem(demand, facilities, costs, notes, rows, between)


def _between(metric: Metric, facilities: Layer) -> Costs:
    count = len(facilities)
    if count * count > _PAIRS:
        raise InputError(
            "{count} sites are too many to keep apart: choose among fewer.", count=count
        )
    blocks = metric.costs(facilities.places, facilities.places, None)
    return Costs.joined(blocks, (count, count))


def _with_existing(
    inputs: Inputs, existing: Sequence[str]
) -> tuple[Layer, tuple[int, ...], tuple[Note, ...]]:
    """The facilities, those that a cost table leaves out among them, and rows of the existing."""
    facilities = inputs.facilities
    notes: tuple[Note, ...] = ()
    lost = sorted(
        {one for one, row in zip(existing, match(existing, facilities.ids), strict=True) if row < 0}
    )
    if lost and inputs.metric.anywhere:
        raise InputError(
            "{id} is none of the candidate sites, and existing facilities must be among them: see "
            "its id in the table of --existing.",
            id=repr(lost[0]),
        )
    if lost:
        # Tables are clipped: where nobody is near, there is no row.
        facilities = opened_by_name(facilities, lost)
        named = {"count": str(len(lost)), "ids": ", ".join(lost[:_NAMED])}
        notes = (
            Note(
                "{count} existing facilities are not in the cost table ({ids}): they stay open and "
                "cover nobody.",
                named,
            ),
        )
    rows = match(existing, facilities.ids)
    return facilities, tuple(sorted(set(rows.tolist()))), notes


def _demand(inputs: Inputs, resolution: int | None) -> tuple[Layer, Metric]:
    if resolution is None:
        return whole(inputs.parts), inputs.metric
    if inputs.metric.anywhere:
        parts = [gathered(part, resolution) for part in inputs.parts]
        notes = merged(note for part in inputs.parts for note in part.load().notes)
        return cells(parts, notes, inputs.metric), inputs.metric
    places = whole(inputs.parts)
    resolution = min(resolution, finest(places.ids))
    demand = cells([gathered(part, resolution) for part in inputs.parts], ())
    return demand, of_cells(inputs.metric, places, demand, resolution)
