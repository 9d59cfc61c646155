"""How far off a place is, never more exactly than both ends are known."""

import math
from collections.abc import Iterable
from dataclasses import replace

from locator.directory import Record
from locator.earth import Precision
from locator.find.nearby import Hit
from locator.geocoding import Answer, of_place
from locator.language import Language, direction_text, rough_distance_text
from locator.travel import cost_text


def as_sure(hits: Iterable[Hit], origin: Answer) -> list[Hit]:
    """The hits with how far off their distances may be: what is not known at either end adds up."""
    here = origin.accuracy_m or 0.0
    return [replace(hit, off_m=math.hypot(here, _off(hit.record))) for hit in hits]


def _off(record: Record) -> float:
    return of_place(record.precision, record.postcode) if record.precision else 0.0


def distance_words(hit: Hit, t: Language) -> str:
    """The way there: "350 m north", "about 2 km east", "1 to 3 km", "in this postcode"."""
    if hit.distance_m < 1 and not (hit.record.precision and hit.record.precision.exact):
        # Both points stand for the same area: 0 m would promise too much.
        return {
            Precision.STREET: t("in this street"),
            Precision.POSTCODE: t("in this postcode"),
            Precision.VILLAGE: t("in this village"),
            Precision.PLACE: t("in this town"),
        }.get(hit.record.precision or Precision.PLACE, "")
    line = rough_distance_text(hit.distance_m, hit.off_m, t)
    if hit.distance_m >= 1 and hit.off_m <= hit.distance_m / 2:
        line = f"{line} {direction_text(hit.bearing, t)}"
    if hit.is_straight:
        return line
    return t("{cost} ({line} in a straight line)", cost=cost_text(hit.cost, hit.unit, t), line=line)
