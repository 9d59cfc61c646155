"""A siting problem from demand, facilities and the metric between them."""

import math
from dataclasses import dataclass

import numpy as np

from locator.coverage.inputs import Inputs, Layer, merged, whole
from locator.coverage.study import cells, gathered
from locator.errors import InputError
from locator.notes import Note
from locator.travel import Costs

_PAIRS = 60_000_000  # that a problem may have


@dataclass(frozen=True)
class Problem:
    """Demand, candidate facilities, and all that is known of going between them."""

    demand: Layer
    facilities: Layer
    costs: Costs
    notes: tuple[Note, ...]


def problem(inputs: Inputs, limit: float = math.inf, resolution: int | None = None) -> Problem:
    """All pairs, over the places of demand or, with a resolution, over H3 cells.

    Where they are too many, only those up to `limit`.

    Raises:
        InputError: there are too many pairs.
    """
    if resolution is not None:
        demand = cells([gathered(part, resolution) for part in inputs.parts], ())
    else:
        demand = whole(inputs.parts)
    pairs = len(demand) * len(inputs.facilities)
    if pairs <= _PAIRS:
        limit = math.inf
    elif not math.isfinite(limit):
        raise InputError(
            "{pairs} pairs of place and site are too many: gather the demand in cells with "
            "--resolution 7, or lower.",
            pairs=pairs,
        )
    blocks = list(inputs.metric.blocks(demand, inputs.facilities, limit))
    starts = np.cumsum([0, *(len(some) for some, _ in blocks)])
    costs = Costs(
        np.concatenate([part.origin + at for at, (_, part) in zip(starts, blocks, strict=False)]),
        np.concatenate([part.destination for _, part in blocks]),
        np.concatenate([part.cost for _, part in blocks]),
        (len(demand), len(inputs.facilities)),
    )
    return Problem(demand, inputs.facilities, costs, merged((*inputs.notes, *demand.notes)))
