"""What people can reach: cumulative opportunities, gravity, and floating catchment areas.

i are places of demand with P_i people, j facilities with S_j supply (capacity, jobs, desks; 1
where none is given), c_ij the cost, f a decay function (see `locator.coverage.decay`).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from locator.coverage.measures.decay import Decay
from locator.travel import Costs, Floats


def cumulative(costs: Costs, supply: npt.ArrayLike, limit: float) -> Floats:
    """A_i = sum of S_j with c_ij <= limit (inclusive), shape (demand,), unit of the supply."""
    near = costs.within(limit)
    return near.by_origin(np.asarray(supply, float)[near.destination])


def interval(
    costs: Costs, supply: npt.ArrayLike, limits: Sequence[float], middle: str = "mean"
) -> Floats:
    """Mean, or median, of the cumulative opportunities over several limits, shape (demand,).

    Tomasiello et al. (2023), doi:10.1016/j.apgeog.2023.103007.
    """
    each = [cumulative(costs, supply, limit) for limit in limits]
    of = np.median(each, axis=0) if middle == "median" else np.mean(each, axis=0)
    return np.asarray(of, float)


def gravity(costs: Costs, supply: npt.ArrayLike, decay: Decay) -> Floats:
    """A_i = sum of S_j f(c_ij), shape (demand,).

    Hansen (1959), "How accessibility shapes land use".
    """
    return costs.by_origin(np.asarray(supply, float)[costs.destination] * decay(costs.cost))


def two_step(costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, decay: Decay) -> Floats:
    """Two-step floating catchment area: supply per person that each place can reach.

    R_j = S_j / sum_i P_i f(c_ij);  A_i = sum_j R_j f(c_ij), shape (demand,). So sum_i P_i A_i is
    the supply of all facilities that anybody can reach: supply is conserved. With a binary f it
    is the 2SFCA of Luo and Wang (2003), doi:10.1068/b29120; with a stepped f, or any other, the
    E2SFCA of Luo and Qi (2009), doi:10.1016/j.healthplace.2009.06.002.
    """
    return TWO_STEP.access(costs, supply, people, decay, TWO_STEP.claims(costs, people, decay))


def balanced(costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, decay: Decay) -> Floats:
    """Balanced floating catchment area, shape (demand,): neither people nor supply counted twice.

    The weights are shared out to 1 for each origin (demand) and each destination (supply). Paez,
    Higgins and Vivona (2019), doi:10.1371/journal.pone.0218773.
    """
    return BALANCED.access(costs, supply, people, decay, BALANCED.claims(costs, people, decay))


def spatial_availability(
    costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, decay: Decay
) -> Floats:
    """The supply shared out over places by people and closeness, shape (demand,).

    The result sums to the supply that anybody can reach. Soukhov et al. (2023),
    doi:10.1371/journal.pone.0278468 (there also with people^alpha; here alpha = 1).
    """
    claims = AVAILABILITY.claims(costs, people, decay)
    return AVAILABILITY.access(costs, supply, people, decay, claims)


def three_stage(costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, decay: Decay) -> Floats:
    """Three-stage floating catchment area: supply per person, of facilities that compete too.

    G_ij = f(c_ij) / sum_k f(c_ik), the chance that people of i choose j; then the two steps with
    f G in place of f: R_j = S_j / sum_i P_i G_ij f(c_ij);  A_i = sum_j R_j G_ij f(c_ij), shape
    (demand,). Wan, Zou and Sternberg (2012), doi:10.1080/13658816.2011.624987.
    """
    return THREE_STAGE.access(
        costs, supply, people, decay, THREE_STAGE.claims(costs, people, decay)
    )


def balancing(
    costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, increment: float = 1.0
) -> Floats:
    """Balancing cost: the cost at which a place reaches as much supply as it has people.

    The least multiple of `increment` (in the unit of the costs) within which the supply is at
    least the people of the place, shape (demand,); 0 where nobody lives, inf where it never is.
    Barboza et al. (2021), doi:10.1016/j.jtrangeo.2020.102924.
    """
    held = np.asarray(people, float)
    order = np.lexsort((costs.cost, costs.origin))
    at, of = costs.origin[order], costs.cost[order]
    running = np.cumsum(np.asarray(supply, float)[costs.destination[order]])
    before = np.concatenate(([0.0], running))[costs.starts[:-1]]
    # A hair less, for rounding of the sum.
    enough = np.flatnonzero(running - before[at] >= held[at] * (1 - 1e-12))
    found = np.full(len(held), np.inf)
    np.minimum.at(found, at[enough], of[enough])
    stepped = np.ceil(found / increment * (1 - 1e-12)) * increment
    return np.where(held > 0, stepped, 0.0)


class Competition(NamedTuple):
    """A measure in two passes, so that the demand may come in parts.

    Attributes:
        claims: what the people of `costs` claim of each facility, shape (sums, facilities); the
            claims of several parts of the demand are added.
        access: what each place of `costs` gets, shape (demand,), given the claims of all.
    """

    claims: Callable[[Costs, npt.ArrayLike, Decay], Floats]
    access: Callable[[Costs, npt.ArrayLike, npt.ArrayLike, Decay, Floats], Floats]


def _demand(costs: Costs, people: npt.ArrayLike, decay: Decay) -> Floats:
    claim = np.asarray(people, float)[costs.origin] * decay(costs.cost)
    return costs.by_destination(claim)[None]


def _two_step_access(
    costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, decay: Decay, claims: Floats
) -> Floats:
    ratio = _ratio(np.asarray(supply, float), claims[0])
    return costs.by_origin(ratio[costs.destination] * decay(costs.cost))


def _balanced_claims(costs: Costs, people: npt.ArrayLike, decay: Decay) -> Floats:
    weight = decay(costs.cost)
    of_origin = _ratio(weight, costs.by_origin(weight)[costs.origin])
    demand = costs.by_destination(np.asarray(people, float)[costs.origin] * of_origin)
    return np.stack((demand, costs.by_destination(weight)))


def _balanced_access(
    costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, decay: Decay, claims: Floats
) -> Floats:
    ratio = _ratio(_ratio(np.asarray(supply, float), claims[0]), claims[1])
    return costs.by_origin(ratio[costs.destination] * decay(costs.cost))


def _availability_access(
    costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, decay: Decay, claims: Floats
) -> Floats:
    each = _two_step_access(costs, supply, people, decay, claims)
    return np.asarray(people, float) * each


def _chosen(costs: Costs, decay: Decay) -> Floats:
    """f G of each pair (see `three_stage`)."""
    weight = decay(costs.cost)
    return weight * _ratio(weight, costs.by_origin(weight)[costs.origin])


def _three_stage_claims(costs: Costs, people: npt.ArrayLike, decay: Decay) -> Floats:
    claim = np.asarray(people, float)[costs.origin] * _chosen(costs, decay)
    return costs.by_destination(claim)[None]


def _three_stage_access(
    costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, decay: Decay, claims: Floats
) -> Floats:
    ratio = _ratio(np.asarray(supply, float), claims[0])
    return costs.by_origin(ratio[costs.destination] * _chosen(costs, decay))


TWO_STEP = Competition(_demand, _two_step_access)
BALANCED = Competition(_balanced_claims, _balanced_access)
THREE_STAGE = Competition(_three_stage_claims, _three_stage_access)
AVAILABILITY = Competition(_demand, _availability_access)


def _ratio(of: Floats, to: Floats) -> Floats:
    """of / to, and 0 where nobody is there to share with."""
    return np.divide(of, to, out=np.zeros_like(to), where=to > 0)
