"""Measures that look at all people and all facilities at once, not at one place after another."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from locator.coverage.measures.decay import Decay
from locator.errors import InputError
from locator.travel import Costs, Floats

CONSTRAINTS = ("total", "singly", "doubly")

_SWEEPS = 10_000
_EVEN = 1e-10  # of RAAM: how much dearer a facility may be than the best one that people could take
_MARGIN = 1e-9  # of flows: how far a sum may be from what it must be, relatively
_PATIENCE = 200  # rounds of fitting between two looks at whether it still comes nearer
_BETTER = 0.01


class Joint(NamedTuple):
    """What a measure says of everybody.

    Attributes:
        places: of each place of demand, shape (demand,).
        facilities: of each facility, shape (facilities,).
        flows: of each pair of the costs, shape (pairs,); None where it has none.
    """

    places: Floats
    facilities: Floats
    flows: Floats | None = None


def raam(costs: Costs, supply: npt.ArrayLike, people: npt.ArrayLike, tau: float) -> Joint:
    """Rational agent access model: what travel and crowding cost people who choose the best.

    Everybody takes a facility j for which D_j / (rho S_j) + c_ij / tau is least, D_j being those
    who take it and rho all people over all supply: no one gains by taking another. Saxon and Snow
    (2020), doi:10.1080/24694452.2019.1629870. PySAL's `access` comes near this equilibrium in a
    number of rounds; here it is found.

    Args:
        tau: the cost of the way that weighs as much as the mean crowding, in the unit of the
            costs.

    Returns:
        The cost of each place (1 for crowding as in the mean and no way at all; inf where no
        facility with supply can be reached), and the people who take each facility.

    Raises:
        InputError: `tau` is not above 0.
    """
    if not tau > 0:
        raise InputError("tau must be above 0, not {tau}: --tau 60.", tau=tau)
    from locator.coverage.measures.equilibrium import settle

    given, held = np.asarray(supply, float), np.asarray(people, float)
    usable = given[costs.destination] > 0
    origin, to = costs.origin[usable], costs.destination[usable]
    starts = np.searchsorted(origin, np.arange(len(held) + 1))
    total = given[given > 0].sum()
    if not (held.sum() > 0 and total > 0):
        return Joint(np.full(len(held), np.inf), np.zeros(len(given)))
    slope = np.divide(total / held.sum(), given, out=np.zeros_like(given), where=given > 0)
    way = costs.cost[usable] / tau
    takes = settle(starts, to, way, held, slope, _SWEEPS, _EVEN)
    dear = np.full(len(held), np.inf)
    np.minimum.at(dear, origin, way + takes[to] * slope[to])
    return Joint(dear, takes)


def constrained(
    costs: Costs,
    supply: npt.ArrayLike,
    people: npt.ArrayLike,
    decay: Decay,
    constraint: str = "total",
) -> Joint:
    """Accessibility as a share of what there is, so that its sum is known beforehand.

    Soukhov et al. (2025), the family of accessibility measures from spatial interaction, after
    Wilson (1971), doi:10.1068/a030001; P_i people, S_j supply, f the decay.

    - "total": places share out all supply by S_j f(c_ij); facilities all people by P_i f(c_ij).
    - "singly": the supply of each facility is shared out by P_i f(c_ij) (spatial availability),
      the people of each place by S_j f(c_ij).
    - "doubly": flows A_i P_i B_j S_j f(c_ij) that leave each place with its people and fill each
      facility with its supply. Where there are more people than supply, or fewer, the supply is
      scaled to the people: flows are in people.

    Returns:
        Supply of each place, people of each facility; for "doubly" sums of the flows.

    Raises:
        InputError: no such constraint, or no flows fit the two margins.
    """
    if constraint not in CONSTRAINTS:
        raise InputError(
            "There is no constraint {name}: choose one of {names}.",
            name=repr(constraint),
            names=", ".join(CONSTRAINTS),
        )
    weight = decay(costs.cost)
    given, held = np.asarray(supply, float), np.asarray(people, float)
    active, passive = given[costs.destination] * weight, held[costs.origin] * weight
    if constraint == "total":
        places, facilities = costs.by_origin(active), costs.by_destination(passive)
        return Joint(_scaled(places, given.sum()), _scaled(facilities, held.sum()))
    if constraint == "singly":
        by_facility = _share(given, costs.by_destination(passive))[costs.destination] * passive
        by_place = _share(held, costs.by_origin(active))[costs.origin] * active
        return Joint(costs.by_origin(by_facility), costs.by_destination(by_place))
    flows = _fitted(costs, held, _scaled(given, held.sum()), weight)
    return Joint(costs.by_origin(flows), costs.by_destination(flows), flows)


def _fitted(costs: Costs, people: Floats, supply: Floats, weight: Floats) -> Floats:
    """Factors of places and facilities that fit both margins: Deming and Stephan (1940)."""
    from scipy.sparse import csr_matrix

    way = csr_matrix((weight, (costs.origin, costs.destination)), costs.shape)
    back = way.T.tocsr()
    filled, best = np.ones(len(supply)), np.inf
    with np.errstate(over="ignore", invalid="ignore"):
        for sweep in range(_SWEEPS):
            leave = _share(people, np.asarray(way @ filled))
            filled = _share(supply, np.asarray(back @ leave))
            left = float(np.abs(leave * (way @ filled) - people).max(initial=0))
            full = float(np.abs(filled * (back @ leave) - supply).max(initial=0))
            if max(left, full) <= _MARGIN * people.max(initial=0):
                return leave[costs.origin] * weight * filled[costs.destination]
            if sweep % _PATIENCE == 0:
                if not left < best * (1 - _BETTER):
                    break  # it no longer comes nearer: some people have no room within reach
                best = left
    raise InputError(
        "No flows bring all people to all supply within reach: somewhere there is less supply than "
        "people, and no way to more. Raise the limit, or ask for --constraint total or singly."
    )


def _scaled(of: Floats, total: float) -> Floats:
    """To a sum of `total`; unchanged where there is nothing."""
    there = float(of.sum())
    return of * (total / there) if there > 0 else of


def _share(of: Floats, by: Floats) -> Floats:
    return np.divide(of, by, out=np.zeros_like(by), where=by > 0)
