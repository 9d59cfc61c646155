"""How far off a place is, never more exactly than both ends are known."""

import math
from collections.abc import Iterable
from dataclasses import replace

from locator.earth import Precision
from locator.find.nearby import Hit, off_by
from locator.find.over_water import crossing_text
from locator.find.trips import Trip
from locator.geocoding import Answer, municipalities_of
from locator.language import (
    Language,
    direction_text,
    rough_distance_text,
    rough_duration_text,
)
from locator.places import landmasses_of
from locator.travel import TRANSIT, Limit, Unit, cost_text


def as_sure(hits: Iterable[Hit], origin: Answer) -> list[Hit]:
    """The hits with what is not known of where they are measured from.

    How far off their distances may be: what is not known at either end adds up. On which landmass
    the origin is, where that is known.
    """
    off = origin.accuracy_m or 0.0
    codes = municipalities_of(origin)
    (here,) = landmasses_of([origin.point.lon], [origin.point.lat], off, [codes])
    return [replace(hit, off_m=math.hypot(off, off_by(hit.record)), here=here) for hit in hits]


def distance_words(hit: Hit, t: Language) -> str:
    """The way there: "350 m north", "about 2 km east", "1 to 3 km", "in this postcode".

    A straight line that does not tell the way says so: "9 km north · on another island, by ferry".
    """
    return " · ".join(filter(None, (_distance(hit, t), crossing_text(hit, t))))


def _distance(hit: Hit, t: Language) -> str:
    if hit.distance_m < 1 and not (hit.record.precision and hit.record.precision.exact):
        # Both points stand for the same area: 0 m would promise too much.
        return {
            Precision.STREET: t("in this street"),
            Precision.POSTCODE: t("in this postcode"),
            Precision.VILLAGE: t("in this village"),
            Precision.PLACE: t("in this town"),
        }.get(hit.record.precision or Precision.PLACE, "")
    if hit.trip:
        return _trip(hit, hit.trip, t)
    line = rough_distance_text(hit.distance_m, hit.off_m, t)
    if hit.distance_m >= 1 and hit.off_m <= hit.distance_m / 2:
        line = f"{line} {direction_text(hit.bearing, t)}"
    if hit.is_straight:
        return line
    return t("{cost} ({line} in a straight line)", cost=cost_text(hit.cost, hit.unit, t), line=line)


def _trip(hit: Hit, trip: Trip, t: Language) -> str:
    """How long it takes, how far it is, and what is on the way."""
    time = rough_duration_text(Limit(hit.cost, hit.unit).under(Unit.SECOND), hit.off, t)
    cost = {
        "foot": t("{time} on foot", time=time),
        "bicycle": t("{time} by bicycle", time=time),
        "car": t("{time} by car", time=time),
        TRANSIT: t("{time} by public transport", time=time),
    }[trip.mode]
    if trip.metres is None:
        line = rough_distance_text(hit.distance_m, hit.off_m, t)
        parts = [t("{cost} ({line} in a straight line)", cost=cost, line=line)]
    else:
        parts = [cost, rough_distance_text(trip.metres, hit.off_m, t)]
    for name, seconds in trip.ferries:
        ferry = _ferry(seconds, t)
        parts.append(f"{name}: {ferry}" if name else ferry)
    if trip.steps:
        parts.append(t("steps on the way"))
    return " · ".join(parts)


def _ferry(seconds: float | None, t: Language) -> str:
    if seconds is None:
        return t("ferry, how long it takes is not known")
    time = rough_duration_text(seconds, 0, t)
    return t("ferry, crossing {time}, without waiting", time=time)
