"""A point of Denmark as an answer: a click on the map, a phone's position, typed coordinates."""

from locator.earth import Point, Precision, check_point, in_denmark, parse_point
from locator.errors import NotFoundError
from locator.geocoding.answer import Answer, Confidence
from locator.notes import Note


def point_answer(point: Point) -> Answer:
    """The point itself, whose note says where it lies at sea.

    Raises:
        InputError: it is not on the earth.
        NotFoundError: it is not in Denmark.
    """
    refuse_abroad(check_point(*point))
    from locator.earth import at_sea, metres_from_land  # reads the coast, which no address needs

    text = f"{point.lat:.6f}, {point.lon:.6f}"
    if not at_sea([point.lon], [point.lat])[0]:
        return Answer(text, point, Precision.POINT, Confidence.A, accuracy_m=0.0)
    metres = float(metres_from_land([point.lon], [point.lat])[0])
    note = Note("This point lies at sea, about {km} km from land.", {"km": f"{metres / 1000:.0f}"})
    return Answer(text, point, Precision.POINT, Confidence.C, notes=(note,), accuracy_m=0.0)


def is_bare(answer: Answer) -> bool:
    """Whether the answer is a point and nothing more: neither an address nor a site with a name."""
    return answer.precision is Precision.POINT and parse_point(answer.address) is not None


def refuse_abroad(point: Point) -> None:
    """See that the point is in Denmark.

    Raises:
        NotFoundError: it is not; the message says so if its coordinates are swapped.
    """
    if in_denmark(point):
        return
    swapped = Point(point.lon, point.lat)
    if in_denmark(swapped):
        raise NotFoundError(
            "{lat}, {lon} is not in Denmark, but {lon}, {lat} is: write latitude first.",
            lat=point.lat,
            lon=point.lon,
        )
    raise NotFoundError(
        "{lat}, {lon} is not in Denmark: give a latitude of 54.4 to 57.9 and a longitude of 7.9 "
        "to 15.4.",
        lat=point.lat,
        lon=point.lon,
    )
