"""How far off the point of an answer may be: measured, see geodata/accuracy.json.

`accuracy_m` is a radius in metres that holds the true place nine times in ten. For a door, a
street and a village one figure was measured; that of a town or a postcode grows with its size.
"""

import json
import math
from functools import cache

from locator.earth import Precision
from locator.places import postcodes
from locator.settings import GEODATA

INNER = 2000  # postcodes below are a street or two in inner Copenhagen


@cache
def measured() -> dict[str, float]:
    """The figures by name, in metres."""
    table = json.loads((GEODATA / "accuracy.json").read_text(encoding="utf-8"))
    return {name: float(level["metres"]) for name, level in table["levels"].items()}


def of_street(precision: Precision, postcode: str, streets: int) -> float:
    """Metres for a street that is known, by what its point stands for.

    Args:
        streets: how many streets of the postcode lie in its town, and not in a village.
    """
    if precision is Precision.PLACE:
        return measured()["place_per_root_street"] * math.sqrt(max(streets, 1))
    if precision is Precision.STREET and _is_inner(postcode):
        return measured()["street_inner"]
    if precision is Precision.POSTCODE:
        inner = _is_inner(postcode)
        return measured()["postcode_inner_street"] if inner else of_postcode(postcode)
    return measured()[precision.value]


def of_beside(apart: int) -> float:
    """Metres from the door of another number of the street, so many numbers off."""
    side = "across" if apart % 2 else "beside"
    return measured()[side] + measured()[f"{side}_per_number"] * apart


def of_place(precision: Precision, postcode: str) -> float:
    """Metres for a place that is known by this precision and its postcode, which may be "".

    0 where the point is the place's own.
    """
    if precision.exact:
        return 0.0
    if postcode not in postcodes():
        return measured()["village"]
    from locator.geocoding.addresses import street_index

    return of_street(precision, postcode, street_index().streets_in_town(postcode))


def of_postcode(postcode: str) -> float:
    """Metres for any door of a postcode."""
    if _is_inner(postcode):
        return measured()["postcode_inner"]
    return measured()["postcode_per_radius"] * math.sqrt(_land_km2(postcode) / math.pi)


def _is_inner(postcode: str) -> bool:
    return int(postcode) < INNER


def _land_km2(postcode: str) -> float:
    found = postcodes().get(postcode)
    return found.land_km2 if found else 0.0
