"""From a street and a house number to the best point: the door, one beside it, or the street."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from locator.earth import Precision
from locator.geocoding.addresses.columns import Array
from locator.geocoding.addresses.index import AddressIndex, Door, Spot
from locator.geocoding.addresses.layers import COMPLETE, Layers, Part, Street
from locator.geocoding.query import Query

_LEVELS = {precision: rank for rank, precision in enumerate(Precision)}
_BESIDE = 20  # numbers: so near a door says more than the street as a whole


class House(Enum):
    """How the house number was found."""

    NONE = auto()  # not asked for
    EXACT = auto()
    LETTER = auto()  # 12 for 12A, or 12A for 12
    NEAREST = auto()  # another number, and the number asked for does not exist
    BESIDE = auto()  # another number near it; the one asked for is not known here
    UNNUMBERED = auto()  # the source has the door, but not its number
    UNKNOWN = auto()  # no door near it is known
    BEYOND = auto()  # the register puts the number in another postcode


ABSENT = (House.NEAREST, House.BEYOND)
DOORS = (House.EXACT, House.LETTER)
_FOUND = (*DOORS, House.UNNUMBERED)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a house number of a street is.

    Attributes:
        index, doors: the index that has the doors, and these, best first; none for a spot.
        spot: the street as a whole.
    """

    house: House
    index: AddressIndex
    doors: tuple[Door, ...]
    spot: Spot


def locate(layers: Layers, street: Street, query: Query) -> Place:
    """The door or doors that the house number means, or what comes nearest to it."""
    index, _ = street.parts[0]
    spot = whole(street)
    if query.number is None:
        return Place(House.NONE, index, (), spot)
    places = [
        _on(part, query, complete=part[0] is layers.imported and _complete(layers, street))
        for part in street.parts
    ]
    # The operator's index lies over the embedded one: a door it has is not looked for elsewhere.
    first = places[0]
    ranked = sorted(places, key=lambda place: place[0].value)
    house, at, doors = first if first[0] in _FOUND else ranked[0]
    if house not in _FOUND and _is_beyond(street, query.number):
        house, doors = House.BEYOND, ()
    return Place(house, at, doors, spot)


def _complete(layers: Layers, street: Street) -> bool:
    """Whether the operator's index has all doors there: an extract may cut through a postcode."""
    return layers.share_about(street.postcode) >= COMPLETE


def whole(street: Street) -> Spot:
    """The best point of the layers for the street as a whole; of equals the uppermost layer's."""
    spots = [index.whole(pair) for index, pair in street.parts]
    return min(spots, key=lambda spot: _LEVELS[spot.precision])


def _is_beyond(street: Street, number: int) -> bool:
    return any(index.has_number(pair, number) is False for index, pair in street.parts)


def _on(
    part: Part, query: Query, *, complete: bool
) -> tuple[House, AddressIndex, tuple[Door, ...]]:
    """The doors of one index that the number means.

    Args:
        complete: a number that the index has not does not exist.
    """
    index, pair = part
    first, numbers, letters = index.doors(pair)
    number = query.number or 0
    if not len(numbers):
        return House.UNKNOWN, index, ()
    wanted = ord(query.letter) - 64 if query.letter.isascii() and query.letter else 0
    start, end = numbers.searchsorted([number, number + 1]).tolist()
    same = range(start, end) if number else range(0)
    exact = [at for at in same if letters[at] == wanted]
    if exact:
        return House.EXACT, index, _doors(index, first, exact)
    unnumbered = int(numbers.searchsorted(1))
    if same and (wanted or not unnumbered):
        nearest = sorted(same, key=lambda at: abs(int(letters[at]) - wanted))
        return House.LETTER, index, _doors(index, first, nearest)
    if unnumbered:
        middle = int(index.columns["pair_middle"][pair]) - first
        chosen = sorted(range(unnumbered), key=lambda at: abs(at - middle))
        return House.UNNUMBERED, index, _doors(index, first, chosen[:8])
    nearest_door = _nearest_number(numbers, number)
    if complete:
        return House.NEAREST, index, _doors(index, first, [nearest_door])
    if abs(int(numbers[nearest_door]) - number) <= _BESIDE:
        return House.BESIDE, index, _doors(index, first, [nearest_door])
    return House.UNKNOWN, index, ()


def _doors(index: AddressIndex, first: int, at: Sequence[int]) -> tuple[Door, ...]:
    return tuple(index.door(first + each) for each in at)


def _nearest_number(numbers: Array, wanted: int) -> int:
    """The nearest number, on the same side of the street (odd or even) where that is near."""
    off = np.abs(numbers.astype(np.int64) - wanted)
    return int(np.argmin(off + np.where((off % 2) == 1, 2.5, 0.0)))
