"""From streets that a text may mean to the answer a person sees, or the question to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from locator.earth import Point, Precision
from locator.geocoding.accuracy import of_beside, of_street
from locator.geocoding.addresses.confidence import confidence
from locator.geocoding.addresses.doors import ABSENT, DOORS, House, Place, locate
from locator.geocoding.addresses.index import Door
from locator.geocoding.addresses.layers import Layers, Street, same_street
from locator.geocoding.addresses.lookup import Match, Matches
from locator.geocoding.addresses.said import corrections, setting_aside
from locator.geocoding.addresses.streets import street_index
from locator.geocoding.answer import Answer, Confidence, Question
from locator.places import city, municipality_name, town_residents

_MOST_CHOICES = 5  # of streets that the typed name comes near
_MOST_PLACES = 50  # of one name


@dataclass(frozen=True, slots=True)
class Option:
    """A street that may be meant, and where the house number is on it."""

    match: Match
    place: Place


def options_of(layers: Layers, matches: Matches) -> list[Option]:
    """The streets that the house number leaves, those of the largest towns first."""
    found = _located(layers, matches, matches.sure or matches.near[: 2 * _MOST_CHOICES])
    if matches.wider and all(option.place.house is House.BEYOND for option in found):
        # The register has the number in another postcode of the town's municipality.
        wider = _located(layers, matches, matches.wider)
        found = [option for option in wider if _has_number(option)] + found
    else:
        found = _with_number(found)
    if matches.sure:
        found.sort(key=lambda option: -residents(option.match.street.postcode))
    return found


def _has_number(option: Option) -> bool:
    number = option.match.query.number or 0
    parts = option.match.street.parts
    return any(index.has_number(pair, number) for index, pair in parts)


def _located(layers: Layers, matches: Matches, found: Sequence[Match]) -> list[Option]:
    return [Option(match, locate(layers, match.street, matches.query)) for match in found]


def _with_number(options: list[Option]) -> list[Option]:
    """Without those that do not have the number, where the street has it elsewhere or may have."""
    by_name: dict[str, list[Option]] = {}
    for option in options:
        by_name.setdefault(same_street(option.match.street.name), []).append(option)
    kept = [option for same in by_name.values() for option in _having_number(same)]
    return [option for option in options if option in kept]


def _having_number(options: list[Option]) -> list[Option]:
    doors = [option for option in options if option.place.house in DOORS]
    home = {code for option in doors for code in municipalities_of(option.match.street)}
    left = [
        option
        for option in options
        if option in doors
        or (
            option.place.house not in ABSENT
            and not home.intersection(municipalities_of(option.match.street))
        )
    ]
    return left or options


def municipalities_of(street: Street) -> tuple[str, ...]:
    """Codes of the municipalities the street of this postcode may be in; the embedded know best."""
    index, pair = street.parts[-1]
    return index.municipalities(pair)


def residents(postcode: str) -> int:
    """Of the town of a postcode, 0 where not known: to put first what most people mean."""
    return town_residents().get(postcode, 0)


def answers_of(option: Option) -> list[Answer]:
    """The option's answers: several where a person can choose between doors."""
    place = option.place
    if not place.doors:
        return [_answer(option, None)]
    return [_answer(option, door) for door in _told_apart(option)]


def _told_apart(option: Option) -> tuple[Door, ...]:
    """Doors a person can choose between: two far apart under one number, or 12A and 12B for 12."""
    house, doors = option.place.house, option.place.doors
    if house is House.EXACT or (house is House.LETTER and not option.match.query.letter):
        return doors
    return doors[:1]


def full_text(street: str, number: str, postcode: str) -> str:
    """The address as Danish post writes it: "Nyropsgade 1, 1602 København V"."""
    return f"{street} {number}".strip() + f", {postcode} {city(postcode)}".rstrip()


def _answer(option: Option, door: Door | None) -> Answer:
    match, place = option.match, option.place
    street, query = match.street, match.query
    number = door.house if door and place.house in (*DOORS, House.NEAREST) else query.house
    precision = _precision(place)
    point = door.point if door else place.spot.point
    return Answer(
        address=full_text(street.name, number, street.postcode),
        point=point,
        precision=precision,
        confidence=confidence(match, place, point),
        street=street.name,
        number=number,
        postcode=street.postcode,
        city=city(street.postcode),
        village=village_of(street),
        municipality=next(map(municipality_name, municipalities_of(street)), ""),
        notes=(*corrections(match, place, number), *setting_aside(query, match.where)),
        source=place.index.source(door.at) if door else place.spot.source,
        id=place.index.id(door.at) if door and one_door(place) else "",
        accuracy_m=_accuracy(option, precision),
    )


def village_of(street: Street) -> str:
    """The village that the street belongs to, or ""."""
    return next(filter(None, (index.village(pair) for index, pair in street.parts)), "")


def one_door(place: Place) -> bool:
    """Whether the point is one known door's, and not any of a street's."""
    return place.house in DOORS or (place.house is House.UNNUMBERED and len(place.doors) == 1)


def _precision(place: Place) -> Precision:
    if place.house in DOORS:
        return Precision.ADDRESS
    return Precision.STREET if place.doors else place.spot.precision


def _accuracy(option: Option, precision: Precision) -> float:
    place, postcode = option.place, option.match.street.postcode
    if place.house in (House.NEAREST, House.BESIDE):
        return of_beside(abs((option.match.query.number or 0) - place.doors[0].number))
    return of_street(precision, postcode, street_index().streets_in_town(postcode))


def asked(
    question: Question, certain: Answer, choices: Sequence[Answer], most: int = _MOST_PLACES
) -> Answer:
    """What is certain, with the question and its choices."""
    return replace(
        certain,
        confidence=Confidence.C,
        question=question,
        alternatives=tuple(choices[:most]),
    )


def choices_of(options: Sequence[Option]) -> list[Answer]:
    """The options as answers to choose from, none twice."""
    found: dict[tuple[str, Point], Answer] = {}
    for option in options:
        # Of several streets the doors of one number would only be in the way.
        for answer in answers_of(option)[: 1 if len(options) > 1 else None]:
            found.setdefault((answer.address, answer.point), answer)
    return list(found.values())
