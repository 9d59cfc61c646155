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

    Tomasiello et al. (2023), doi:10.1016/j.apgeog.2023.102968.
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


TWO_STEP = Competition(_demand, _two_step_access)
BALANCED = Competition(_balanced_claims, _balanced_access)
AVAILABILITY = Competition(_demand, _availability_access)


def _ratio(of: Floats, to: Floats) -> Floats:
    """of / to, and 0 where nobody is there to share with."""
    return np.divide(of, to, out=np.zeros_like(to), where=to > 0)
