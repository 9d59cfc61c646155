"""What the online geocoders share: the answer to a person, and how sure an answer is."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

from geopy.exc import GeocoderParseError, GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from rapidfuzz.distance import Levenshtein

from locator.errors import InputError, NotFoundError, OutageError, RefusedError
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.query import Query, parse
from locator.language import clean, fold, keys
from locator.places import area

# geopy logs whole URLs and answers below this level, and an address is nobody's business.
logging.getLogger("geopy").setLevel(logging.WARNING)

USER_AGENT = "naerved"
TIMEOUT = 2.0  # seconds for one request
_SMALL = 3  # letters; the register's limit of a small correction (category B)

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class OnlineGeocoder(Geocoder):
    """A geopy geocoder of a service, whose Locations have an Answer as `raw`.

    Subclasses set `service`, the name that a person reads.
    """

    service: str

    def answer(self, text: str, *, timeout: float | None = None) -> Answer:
        """The best answer to free text; its `alternatives` are as good, if there are any.

        Args:
            text: an address, street, postcode or place.
            timeout: seconds for each request, where not the geocoder's own.

        Raises:
            InputError: nothing was written.
            NotFoundError: the service knows no such address.
            RefusedError: the service does not accept the text (HTTP 400 or 404).
            OutageError: no usable answer; trying later may help.
        """
        if not clean(text):
            raise InputError("Write an address, a postcode or a town.")
        with self._told_to_a_person():
            found = self.geocode(
                text,
                exactly_one=False,
                timeout=DEFAULT_SENTINEL if timeout is None else timeout,
            )
        if not found:
            raise NotFoundError("{service} knows no such address.", service=self.service)
        answers = [location.raw for location in found]
        return _with_equals(answers)

    @contextmanager
    def _told_to_a_person(self) -> Iterator[None]:
        try:
            yield
        except GeocoderQueryError:
            raise RefusedError(
                "{service} does not accept this text. Write street, number and postcode.",
                service=self.service,
            ) from None
        except GeocoderServiceError as error:
            raise OutageError(
                "{service} does not answer now. Try again later, or go on without it.",
                service=self.service,
                retry_after=getattr(error, "retry_after", None),  # seconds, where it says so
            ) from None

    def _geocoder_exception_handler(self, error: Exception) -> None:
        """geopy's hook: a 404 is an answer here, as a 400 is; everything else is an outage."""
        if getattr(error, "status_code", None) == 404:
            raise GeocoderQueryError("HTTP status 404") from None


def well_formed(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make what `function` raises on an answer of unknown form geopy's GeocoderParseError."""

    @wraps(function)
    def wrapper(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return function(*args, **kwargs)
        except GeocoderServiceError:
            raise
        except (LookupError, TypeError, ValueError, AttributeError):
            raise GeocoderParseError("The answer has an unknown form") from None

    return wrapper


def rated(text: str, found: Answer, village: str = "") -> Answer:
    """`found` with the confidence that fits what was typed.

    The register's washing rule, as the offline geocoder has it: A where nothing differs; B where
    the number is exact, postcode or postal name is exact and the street differs by at most three
    letters; else C.

    Args:
        village: the address's supplementary town name, which does not count as unknown words.
    """
    best = max((_rate(query, found, village) for query in parse(text)), default=0)
    return replace(found, confidence=(Confidence.C, Confidence.B, Confidence.A)[best])


def agrees(query: Query, found: Answer) -> bool:
    """Whether the postcode and the town asked for, where there are any, are those of `found`."""
    if query.postcode:
        return query.postcode == found.postcode
    inside = area(query.place) if query.place else None
    return inside is None or not found.postcode or bool(inside[int(found.postcode)])


def _rate(query: Query, found: Answer, village: str) -> int:
    """2 for category A, 1 for B, 0 for C."""
    unknown = query.extra and fold(query.extra) != fold(village)
    if unknown or query.house.casefold() != found.number.casefold():
        return 0
    place_exact = fold(query.place) in (fold(found.city), fold(village)) and bool(query.place)
    wrong = _street_errors(query.street, found.street)
    if not wrong and query.postcode == found.postcode and (place_exact or not query.place):
        return 2
    if not query.street and place_exact and not query.postcode:
        return 2
    located = query.postcode == found.postcode or (not query.postcode and place_exact)
    return 1 if located and wrong <= _SMALL else 0


def _street_errors(typed: str, street: str) -> int:
    """Letters that differ; another spelling of the same name counts as one."""
    wrong = Levenshtein.distance(clean(typed).casefold(), street.casefold())
    return min(wrong, 1) if set(keys(typed)) & set(keys(street)) else wrong


def _with_equals(answers: list[Answer]) -> Answer:
    """The surest answer; those as sure and as precise are its alternatives, unless it is exact."""
    best = min(answers, key=lambda answer: answer.confidence)
    equals = tuple(
        answer
        for answer in answers
        if answer is not best
        and answer.address != best.address
        and (answer.confidence, answer.precision) == (best.confidence, best.precision)
    )
    if best.confidence is Confidence.A or not equals:
        return best
    return replace(best, confidence=Confidence.C, alternatives=equals)


def location(answer: Answer) -> Location:
    """geopy's form of an answer."""
    return Location(answer.address, (answer.point.lat, answer.point.lon), answer)
