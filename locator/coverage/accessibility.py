"""What people can reach: cumulative opportunities, gravity, and floating catchment areas.

i are places of demand with P_i people, j facilities with S_j supply (capacity, jobs, desks; 1
where none is given), c_ij the cost, f a decay function (see `locator.coverage.decay`).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from locator.coverage.cost import Costs, Floats
from locator.coverage.decay import Decay


def cumulative(costs: Costs, supply: npt.ArrayLike, limit: float) -> Floats:
    """A_i = sum of S_j with c_ij <= limit (inclusive), shape (demand,), unit of the supply."""
    near = costs.within(limit)
    return near.by_origin(np.asarray(supply, float)[near.destination])


def cumulative_interval(costs: Costs, supply: npt.ArrayLike, limits: Sequence[float]) -> Floats:
    """Mean of the cumulative opportunities over several limits, shape (demand,).

    Tomasiello et al. (2023), doi:10.1016/j.apgeog.2023.102968 (there with mean or median).
    """
    return np.asarray(
        np.mean([cumulative(costs, supply, limit) for limit in limits], axis=0), float
    )


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
    weight = decay(costs.cost)
    demand = costs.by_destination(np.asarray(people, float)[costs.origin] * weight)
    ratio = _ratio(np.asarray(supply, float), demand)
    return costs.by_origin(ratio[costs.destination] * weight)


def balanced(costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, decay: Decay) -> Floats:
    """Balanced floating catchment area, shape (demand,): neither people nor supply counted twice.

    The weights are shared out to 1 for each origin (demand) and each destination (supply). Paez,
    Higgins and Vivona (2019), doi:10.1371/journal.pone.0218773.
    """
    weight = decay(costs.cost)
    of_origin = _ratio(weight, costs.by_origin(weight)[costs.origin])
    of_destination = _ratio(weight, costs.by_destination(weight)[costs.destination])
    demand = costs.by_destination(np.asarray(people, float)[costs.origin] * of_origin)
    ratio = _ratio(np.asarray(supply, float), demand)
    return costs.by_origin(ratio[costs.destination] * of_destination)


def spatial_availability(
    costs: Costs,
    supply: npt.ArrayLike,
    people: npt.ArrayLike,
    decay: Decay,
    alpha: float = 1.0,
) -> Floats:
    """The supply shared out over places by people^alpha and closeness, shape (demand,).

    The result sums to the supply that anybody can reach. Soukhov et al. (2023),
    doi:10.1371/journal.pone.0278468.
    """
    claim = np.asarray(people, float)[costs.origin] ** alpha * decay(costs.cost)
    part = _ratio(claim, costs.by_destination(claim)[costs.destination])
    return costs.by_origin(np.asarray(supply, float)[costs.destination] * part)


def _ratio(of: Floats, to: Floats) -> Floats:
    """of / to, and 0 where nobody is there to share with."""
    return np.divide(of, to, out=np.zeros_like(to), where=to > 0)
