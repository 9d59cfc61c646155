"""What is known without asking anybody: the embedded tables, and an address index over them."""

from pathlib import Path

from locator.earth import Point, Precision, check_point, parse_point
from locator.errors import InputError
from locator.geocoding.accuracy import measured
from locator.geocoding.addresses import (
    AddressIndex,
    CurrentIndex,
    Layers,
    full_text,
    postcode_answer,
    street_index,
)
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.coordinates import point_answer, refuse_abroad
from locator.geocoding.query import parse
from locator.geocoding.resolve import resolve
from locator.geocoding.sites import suggested
from locator.language import clean
from locator.places import city

_DOOR_BESIDE = 100.0  # metres
_DOOR_NEAR = 1000.0  # metres: further off, the index may simply not cover the point


class Finder:
    """Addresses, streets, postcodes and places of Denmark without internet.

    Args:
        addresses: where the address index is, or will be (`locator.settings` knows the
            operator's); None to do without. A new one is picked up at the next question.
    """

    def __init__(self, addresses: Path | None = None) -> None:
        self._current = CurrentIndex(addresses)
        self._kept: Layers | None = None

    def answer(self, text: str, language: str = "en") -> Answer:
        """The best answer to free text, or what is certain and a question (see `Answer`).

        Args:
            text: an address, street, postcode, place, or "LAT,LON" in degrees.
            language: of the person; place names are Danish in all languages here.

        Raises:
            InputError: nothing was written.
            NotFoundError: nothing in Denmark matches.
        """
        line = clean(text[:1000])
        if not line:
            raise InputError("Write an address, a postcode or a town.")
        point = parse_point(line)
        if point:
            return point_answer(point)
        return resolve(self._layers(), line, parse(text))

    def suggest(self, text: str, limit: int = 8) -> tuple[Answer, ...]:
        """Answers that what is typed so far may become, the likeliest first; () for none."""
        return suggested(self._layers(), text, limit)

    def example(self, postcode: str) -> str:
        """An address of the postcode as one may type it, "" where none is known."""
        return self._layers().embedded.example(postcode)

    def areas(self) -> dict[str, dict[str, float]]:
        """The postcodes and municipalities the address index covers, and how completely."""
        return self._layers().areas

    def nearest_address(self, point: Point) -> tuple[Answer, float]:
        """The nearest known address and its distance in metres on the ellipsoid.

        Far from all doors that are known, the nearest postcode's point.

        Raises:
            NotFoundError: the point is not in Denmark.
        """
        refuse_abroad(check_point(*point))
        from locator.places import nearest_postcode  # reads scipy, which no address needs

        postcode, metres = nearest_postcode(point)
        best = postcode_answer(postcode), metres
        layers = self._layers()
        # The embedded doors are too few for one farther off to say where the point is.
        reaches = {layers.embedded: _DOOR_BESIDE, layers.imported: max(_DOOR_NEAR, metres)}
        for index in reversed(layers.indexes):
            nearest = index.nearest(point)
            if nearest and nearest[1] <= reaches[index]:
                best = _door_answer(index, nearest[0]), nearest[1]
        return best

    def _layers(self) -> Layers:
        index = self._current.index()
        if self._kept is None or self._kept.imported is not index:
            self._kept = Layers(street_index(), index)
        return self._kept


def _door_answer(index: AddressIndex, at: int) -> Answer:
    door, pair = index.door(at), index.pair_of(at)
    street, postcode = index.street(pair), index.postcode(pair)
    precision = Precision.ADDRESS if door.house else Precision.STREET
    return Answer(
        full_text(street, door.house, postcode),
        door.point,
        precision,
        Confidence.A,
        street=street,
        number=door.house,
        postcode=postcode,
        city=city(postcode),
        source=index.source(at),
        id=index.id(at),
        accuracy_m=measured()[precision.value],
    )
