"""The finder in the form that all geocoders of geopy have."""

from pathlib import Path

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point as GeopyPoint

from locator.earth import Point, Precision
from locator.errors import InputError, NotFoundError
from locator.geocoding.answer import Answer
from locator.geocoding.finder import Finder


class OfflineGeocoder(Finder, Geocoder):
    """Addresses, streets, postcodes and places of Denmark without internet, in geopy's form.

    Args:
        addresses: where the address index is, or will be (`locator.settings` knows the
            operator's); None to do without. A new one is picked up at the next question.
        timeout: accepted as geopy's geocoders do; nothing here waits.
    """

    def __init__(
        self, *, addresses: Path | None = None, timeout: object = DEFAULT_SENTINEL
    ) -> None:
        Finder.__init__(self, addresses)
        Geocoder.__init__(self, timeout=timeout)

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """geopy's form of `answer`: a Location whose `raw` is the Answer; None for no match.

        Raises:
            GeocoderQueryError: the query is empty.
        """
        try:
            found = self.answer(query)
        except NotFoundError:
            return None
        except InputError as error:
            raise GeocoderQueryError(str(error)) from error
        if exactly_one:
            return None if found.precision is Precision.COUNTRY else _location(found)
        answers = found.alternatives if found.question else (found, *found.alternatives)
        return [_location(answer) for answer in answers]

    def reverse(
        self,
        query: GeopyPoint | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """geopy's form of `nearest_address`; `query` is latitude, longitude (degrees, WGS84)."""
        try:
            point = GeopyPoint(query)
        except ValueError as error:
            raise GeocoderQueryError(str(error)) from error
        try:
            found, _ = self.nearest_address(Point(point.latitude, point.longitude))
        except NotFoundError:
            return None
        return _location(found) if exactly_one else [_location(found)]


def _location(answer: Answer) -> Location:
    return Location(answer.address, (answer.point.lat, answer.point.lon), answer)
