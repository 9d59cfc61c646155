"""The place that everything is measured from: a point with a name, in a municipality."""

from dataclasses import replace

from locator.earth import Point
from locator.geocoding.answer import Answer
from locator.geocoding.coordinates import point_answer
from locator.geocoding.offline import OfflineGeocoder
from locator.notes import Note
from locator.places import postcodes
from locator.travel import PointIndex


def origin_at(geocoder: OfflineGeocoder, point: Point) -> Answer:
    """A chosen point (a click, a phone's position) as an answer that names the nearest address.

    The point stays as it is, and is no address: `Precision.POINT`; at sea a note says so.

    Raises:
        LocatorError: the point is not on the earth, or not in Denmark.
    """
    answer = point_answer(point)
    near, metres = geocoder.nearest_address(point)
    note = Note(
        "Near {address}, {metres} m away", {"address": near.address, "metres": f"{metres:.0f}"}
    )
    return replace(answer, postcode=near.postcode, city=near.city, notes=(*answer.notes, note))


def municipalities_of(origin: Answer) -> tuple[str, ...]:
    """Codes of the municipalities that the origin may lie in: those of its postcode.

    Where the answer has no postcode, that of the nearest postcode point is taken.
    """
    known = postcodes()
    if origin.postcode in known:
        return known[origin.postcode].municipalities
    every = list(known.values())
    points = PointIndex([p.point.lon for p in every], [p.point.lat for p in every])
    return every[int(points.query(origin.point, 1).indices[0])].municipalities
