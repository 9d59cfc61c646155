"""How sure a match is: the washing categories of the Danish address register.

Rule (DAWA, datavask): A where no field differs and no word is left over; B where no word is left
over, the number is exact, the postcode is exact (or missing with the postal name exact) and the
street differs by at most three letters, being the closest there; C anything else.
"""

from rapidfuzz.distance import Levenshtein

from locator.earth import Point, roughly
from locator.geocoding.addresses.doors import House, Place
from locator.geocoding.addresses.lookup import Match
from locator.geocoding.answer import Confidence
from locator.language import keys
from locator.places import city, find_place

_SMALL = 3  # letters; the register's limit of a small correction (category B)
_VILLAGE = 10_000.0  # metres; how far an address may be from the village it names
_SEEN = (House.NONE, House.EXACT, House.UNNUMBERED)


def confidence(match: Match, place: Place, point: Point) -> Confidence:
    """The category of a match whose point is `point`."""
    query, postcode = match.query, match.street.postcode
    wrong = street_errors(match)
    place_exact = _plain(query.place) == _plain(city(postcode))
    if place.house not in (*_SEEN, House.UNKNOWN) or _unknown_words(match, point):
        return Confidence.C
    checked = place.house is not House.UNKNOWN
    agrees = not query.place or place_exact
    if wrong == 0 and query.postcode == postcode and agrees and checked:
        return Confidence.A
    several = place.house is House.UNNUMBERED and len(place.doors) > 1
    located = query.postcode == postcode or (not query.postcode and place_exact)
    small = wrong <= _SMALL and (wrong == 0 or not several)
    return Confidence.B if located and small else Confidence.C


def _unknown_words(match: Match, point: Point) -> bool:
    """Whether words were left over that are not the address's village."""
    if not match.query.extra or (match.where.villages and not match.where.unknown):
        return False
    return not _nearby(match.query.extra, point)


def _nearby(name: str, point: Point) -> bool:
    """Whether a place of exactly this name is near: a supplementary town name of the address."""
    found = find_place(name, danish=True)
    if not found or found.errors:
        return False
    every = (found.place, *found.equals)
    return any(roughly(place.point, point) <= _VILLAGE for place in every)


def street_errors(match: Match) -> int:
    """Letters that differ between the street as typed and as the source writes it.

    An abbreviation or another spelling of æ, ø and å counts as one: the name is known for sure.
    """
    typed = _plain(match.query.street)
    shown = {match.street.written, match.street.name}
    wrong = min(Levenshtein.distance(typed, _plain(name)) for name in shown)
    same = any(set(keys(match.query.street)) & set(keys(name)) for name in shown)
    return min(wrong, 1) if same else wrong


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(".", "").replace(",", " ").split())
