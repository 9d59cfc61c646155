"""From a match to the answer a person sees: what it is, how sure, and what was put right."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from rapidfuzz.distance import Levenshtein

from locator.earth import Point, Precision, distance
from locator.geocoding.addresses.index import Door
from locator.geocoding.addresses.lookup import House, Match
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.query import Query
from locator.language import LONGEST, keys
from locator.notes import Note
from locator.places import area, city, find_place

_SMALL = 3  # letters; the register's limit of a small correction (category B)
_MOST_ALTERNATIVES = 10
_VILLAGE = 10_000.0  # metres; how far an address may be from the village it names
_NO_DOOR = (House.NONE, House.UNKNOWN, House.BEYOND)


def answer_of(matches: Sequence[Match]) -> Answer:
    """The first match as an answer, the equal ones as its alternatives.

    Args:
        matches: from `locator.addresses.search.search`, at least one.
    """
    shown = ((match, door) for match in matches for door in _told_apart(match))
    first, *others = (_answer(*each) for each in islice(shown, 1 + _MOST_ALTERNATIVES))
    if others:
        return replace(first, confidence=Confidence.C, alternatives=tuple(others))
    return first


def full_text(street: str, number: str, postcode: str) -> str:
    """The address as Danish post writes it: "Nyropsgade 1, 1602 København V"."""
    return f"{street} {number}".strip() + f", {postcode} {city(postcode)}".rstrip()


def setting_aside(query: Query, point: Point | None = None) -> tuple[Note, ...]:
    """Notes of what was read but not used; a village near the `point` found is no such thing."""
    notes = []
    if query.unit:
        notes.append(
            Note(
                "Floor and door ({unit}) are set aside: the point is the building's.",
                {"unit": query.unit},
            )
        )
    if query.range_end:
        notes.append(
            Note("Of the numbers only the first, {number}, is looked up.", {"number": query.house})
        )
    if query.extra and not (point and _nearby(query.extra, point)):
        notes.append(Note("“{text}” is set aside.", {"text": query.extra}))
    if query.cut:
        notes.append(Note("Only the first {count} characters are read.", {"count": str(LONGEST)}))
    return tuple(notes)


def _told_apart(match: Match) -> tuple[Door, ...]:
    """Doors a person can choose between: two far apart under one number, or 12A and 12B for 12."""
    if match.house is House.EXACT:
        return match.doors
    if match.house is House.LETTER and not match.query.letter:
        return match.doors
    return match.doors[:1]


def _answer(match: Match, door: Door) -> Answer:
    index, query = match.index, match.query
    street, postcode = index.street(match.pair), index.postcode(match.pair)
    number = door.house
    if match.house is House.UNNUMBERED:
        number = query.house
    elif match.house in _NO_DOOR:
        number = ""
    return Answer(
        address=full_text(street, number, postcode),
        point=door.point,
        precision=_precision(match.house),
        confidence=_confidence(match, postcode, door.point),
        street=street,
        number=number,
        postcode=postcode,
        city=city(postcode),
        notes=(*_corrections(match, street, number, postcode), *setting_aside(query, door.point)),
        source=index.source(door.at),
        id=index.id(door.at) if _one_door(match) else "",
    )


def _one_door(match: Match) -> bool:
    """Whether the point is one known door's, and not any of a street's."""
    if match.house is House.UNNUMBERED:
        return len(match.doors) == 1
    return match.house not in _NO_DOOR


def _precision(house: House) -> Precision:
    return Precision.ADDRESS if house in (House.EXACT, House.LETTER) else Precision.STREET


def _confidence(match: Match, postcode: str, point: Point) -> Confidence:
    """The register's washing category: A exact, B small corrections, C anything else.

    Rule (DAWA, datavask): A where no field differs and no word is left over; B where no word is
    left over, the number is exact, the postcode is exact (or missing with the postal name exact)
    and the street differs by at most three letters, being the closest there.
    """
    query = match.query
    wrong = _street_errors(match)
    place_exact = _plain(query.place) == _plain(city(postcode))
    place_agrees = not query.place or place_exact
    house_exact = match.house not in (House.LETTER, House.NEAREST, House.BEYOND)
    if (query.extra and not _nearby(query.extra, point)) or not house_exact:
        return Confidence.C
    checked = match.house is not House.UNKNOWN
    if wrong == 0 and query.postcode == postcode and place_agrees and checked:
        return Confidence.A
    one = match.house is not House.UNNUMBERED or _one_door(match) or wrong == 0
    located = query.postcode == postcode or (not query.postcode and place_exact)
    return Confidence.B if located and one and wrong <= _SMALL else Confidence.C


def _nearby(name: str, point: Point) -> bool:
    """Whether a place of exactly this name is near: a supplementary town name of the address."""
    found = find_place(name, danish=True)
    if not found or found.errors:
        return False
    places = [place.point for place in (found.place, *found.equals)]
    metres = distance(point.lon, point.lat, [p.lon for p in places], [p.lat for p in places])
    return bool(metres.min() <= _VILLAGE)


def _street_errors(match: Match) -> int:
    """Letters that differ between the street as typed and as the source writes it.

    An abbreviation or another spelling of æ, ø and å counts as one: the name is known for sure.
    """
    typed = _plain(match.query.street)
    shown = {match.written, match.index.street(match.pair)}
    wrong = min(Levenshtein.distance(typed, _plain(name)) for name in shown)
    same = any(set(keys(match.query.street)) & set(keys(name)) for name in shown)
    return min(wrong, 1) if same else wrong


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(".", "").replace(",", " ").split())


def _corrections(match: Match, street: str, number: str, postcode: str) -> tuple[Note, ...]:
    query = match.query
    notes = []
    if match.errors:
        notes.append(
            Note("“{typed}” is read as {street}.", {"typed": query.street, "street": street})
        )
    if query.postcode and query.postcode != postcode:
        notes.append(
            Note(
                "{street} is not in postcode {typed}; the nearest is in {postcode} {city}.",
                {"street": street, "typed": query.postcode, "postcode": postcode}
                | {"city": city(postcode)},
            )
        )
    elif query.place:
        notes += _place_notes(query, street, postcode)
    elif not query.postcode and not match.index.complete:
        notes.append(
            Note(
                "Here only streets of inner Copenhagen are known: for a street of this name in "
                "another town, write its postcode too."
            )
        )
    return (*notes, *_house_notes(match, number))


def _place_notes(query: Query, street: str, postcode: str) -> list[Note]:
    """What there is to say of the town: nothing where it is the postcode's, in any language."""
    typed, danish = query.place, bool(query.postcode)
    inside, found = area(typed, danish=danish), find_place(typed, danish=danish)
    if inside is None or not inside[int(postcode)]:
        return [
            Note(
                "{street} is in {postcode} {city}, not in “{typed}”.",
                {"street": street, "postcode": postcode, "city": city(postcode), "typed": typed},
            )
        ]
    if found and found.errors:
        return [Note("“{typed}” is read as {city}.", {"typed": typed, "city": found.place.name})]
    return []


def _house_notes(match: Match, number: str) -> tuple[Note, ...]:
    asked = match.query.house
    if match.house in (House.LETTER, House.NEAREST):
        return (
            Note(
                "Number {asked} is not known; the nearest is {number}.",
                {"asked": asked, "number": number},
            ),
        )
    if match.house in (House.UNKNOWN, House.BEYOND):
        return (
            Note(
                "The house numbers of this street are not known here: "
                "the point is in the middle of the street's postcode.",
            ),
        )
    if match.house is House.UNNUMBERED:
        return (
            Note(
                "The source has doors of this street without their numbers: "
                "the point is one of these, perhaps not number {asked}.",
                {"asked": asked},
            ),
        )
    return ()
