"""Costs in words, for people."""

import math

from locator.language import Language, distance_text, duration_text
from locator.travel.units import Limit, Unit


def cost_text(cost: float, unit: Unit, t: Language) -> str:
    """How far it is: "1.2 km", "25 min", or the figure alone where nobody knows its unit."""
    if not math.isfinite(cost):
        return t("out of reach")
    if unit is Unit.METRE:
        return distance_text(cost, t)
    if unit is Unit.UNKNOWN:
        return t.number(cost, 0 if cost == round(cost) else 1)
    return duration_text(cost * (60 if unit is Unit.MINUTE else 1), t)


def limit_text(limit: Limit, t: Language) -> str:
    """A limit in words."""
    return cost_text(limit.value, limit.unit or Unit.UNKNOWN, t)


def cost_name(unit: Unit, t: Language) -> str:
    """What such costs are called over a column: a distance, a travel time, or a cost."""
    if unit is Unit.METRE:
        return t("Distance")
    return t("Cost") if unit is Unit.UNKNOWN else t("Travel time")
