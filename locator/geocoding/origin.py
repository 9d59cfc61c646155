"""The place that everything is measured from: a point with a name, in a municipality."""

from dataclasses import replace

from locator.earth import Point, Precision
from locator.geocoding.answer import Answer
from locator.geocoding.coordinates import point_answer
from locator.geocoding.finder import Finder
from locator.notes import Note
from locator.places import postcodes

_FAR = 1500.0  # metres: from here on it is said in kilometres, and near no more


def origin_at(geocoder: Finder, point: Point, accuracy_m: float | None = None) -> Answer:
    """A chosen point (a click, a phone's position) as an answer that names the nearest address.

    The point stays as it is, and is no address: `Precision.POINT`; at sea a note says so.

    Args:
        accuracy_m: metres that the phone says its position is right to.

    Raises:
        LocatorError: the point is not on the earth, or not in Denmark.
    """
    answer = point_answer(point)
    near, metres = geocoder.nearest_address(point)
    known = {"address": near.address, "metres": f"{metres:.0f}", "km": f"{metres / 1000:.0f}"}
    if metres < _FAR:
        note = Note("Near {address}, {metres} m away", known)
    else:
        note = Note("{address} is about {km} km away", known)
    return replace(
        answer,
        postcode=near.postcode,
        city=near.city,
        notes=(*answer.notes, note),
        accuracy_m=answer.accuracy_m if accuracy_m is None else accuracy_m,
    )


def municipalities_of(origin: Answer) -> tuple[str, ...]:
    """Codes of the municipalities that the origin may lie in, the likeliest first.

    Those at its point, where that is its own; else those of its postcode, if it has one.
    """
    known = postcodes()
    exact = origin.precision in (Precision.POINT, Precision.ADDRESS)
    if origin.postcode in known and not exact:
        return known[origin.postcode].municipalities
    from locator.places import municipalities_near  # reads shapely, which no postcode needs

    return municipalities_near(origin.point)
