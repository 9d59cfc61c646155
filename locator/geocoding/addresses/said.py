"""What a person is told of an answer: what was corrected, set aside, or is not known."""

from locator.earth import Precision
from locator.geocoding.addresses.doors import House, Place
from locator.geocoding.addresses.lookup import Match
from locator.geocoding.addresses.where import Where
from locator.geocoding.query import Query
from locator.language import LONGEST
from locator.notes import Note
from locator.places import city


def setting_aside(query: Query, where: Where | None = None) -> tuple[Note, ...]:
    """Notes of what was read but not used.

    Args:
        where: what was understood of the place; None: of the words left over nothing was.
    """
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
    unused = where.unknown if where else query.extra
    for left in filter(None, (unused, query.second)):
        notes.append(Note("“{text}” is set aside.", {"text": left}))
    if query.cut:
        notes.append(Note("Only the first {count} characters are read.", {"count": str(LONGEST)}))
    return tuple(notes)


def corrections(match: Match, place: Place, number: str) -> tuple[Note, ...]:
    """Notes of what differs from what was typed."""
    notes = []
    if match.errors:
        notes.append(
            Note(
                "“{typed}” is read as {street}.",
                {"typed": match.query.street, "street": match.street.name},
            )
        )
    return (*notes, *_place_notes(match), *house_notes(match, place, number))


def _place_notes(match: Match) -> list[Note]:
    """What there is to say of the place: nothing where it is the address's, in any language."""
    where, query, postcode = match.where, match.query, match.street.postcode
    known = {"postcode": postcode, "city": city(postcode)}
    if where.wrong:
        return [Note("{postcode} is no Danish postcode.", {"postcode": where.wrong})]
    if where.inside is None or where.inside[int(postcode)] or where.villages:
        if where.found and where.found.errors:
            read = {"typed": query.place, "city": where.found.place.name}
            return [Note("“{typed}” is read as {city}.", read)]
        return []
    street = {"street": match.street.name, "typed": query.place}
    if where.wide is not None and where.wide[int(postcode)]:
        return [Note("{street} is in {postcode} {city}.", {"street": match.street.name, **known})]
    return [Note("{street} is in {postcode} {city}, not in “{typed}”.", {**street, **known})]


def house_notes(match: Match, place: Place, number: str) -> tuple[Note, ...]:
    """What there is to say of the house number, and of the point where no door is known."""
    asked, street = match.query.house, match.street.name
    if place.house in (House.LETTER, House.NEAREST):
        values = {"asked": asked, "number": number}
        return (Note("Number {asked} is not known; the nearest is {number}.", values),)
    if place.house is House.BESIDE:
        values = {"asked": asked, "number": place.doors[0].house}
        note = Note(
            "Number {asked} is not known here; the point is that of number {number}.", values
        )
        return (note,)
    if place.house is House.UNNUMBERED:
        return (
            Note(
                "The source has doors of this street without their numbers: "
                "the point is one of these, perhaps not number {asked}.",
                {"asked": asked},
            ),
        )
    notes = []
    if place.house is House.BEYOND:
        values = {"asked": asked, "street": street, "postcode": match.street.postcode}
        notes.append(
            Note(
                "Number {asked} of {street} should be in another postcode than {postcode}.", values
            )
        )
    return (*notes, *_spot_notes(match, place)) if place.house is not House.EXACT else ()


def _spot_notes(match: Match, place: Place) -> tuple[Note, ...]:
    """Of whom the point is, where it is not the street's own."""
    name = place.spot.name
    if place.spot.precision is Precision.STREET:
        if match.query.number is None:
            return ()
        return (
            Note("The house numbers of this street are not known here: the point is the street's."),
        )
    if place.spot.precision in (Precision.VILLAGE, Precision.PLACE):
        return (
            Note(
                "Where {street} lies in {place} is not known here: the point is the middle of "
                "{place}.",
                {"street": match.street.name, "place": name},
            ),
        )
    return (
        Note(
            "Where {street} lies in {place} is not known here: the point is in the middle of the "
            "postcode.",
            {"street": match.street.name, "place": match.street.postcode},
        ),
    )
