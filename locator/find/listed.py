"""The order in which everything that was found is shown: no part is empty, none is lost.

The page, the command line and what is printed go by it.
"""

from dataclasses import dataclass
from enum import StrEnum

from locator.find.nearby import Hit
from locator.find.search_around import Found, One


class Part(StrEnum):
    """What a section of the list holds."""

    URGENT = "urgent"  # telephones that are answered now
    PLACES = "places"  # places to visit, near
    MUNICIPALITY = "municipality"  # none is known near: the municipality's own line
    NEAREST = "nearest"  # and the nearest farther off
    UNREACHED = "unreached"  # near in a straight line alone
    UNPLACED = "unplaced"  # has a place that is not known
    LINES = "lines"  # from anywhere
    UNKNOWN = "unknown"  # not known to fit the wishes
    UNCERTAIN = "uncertain"  # no way to act known, or old


@dataclass(frozen=True, slots=True)
class Listed:
    """One part of the list.

    Attributes:
        items: in order; never empty, but for a municipality whose line is not known.
        folded: to be opened by who wants it.
        doubtful: where none is known near for certain, but some less certain are.
    """

    part: Part
    items: tuple[One, ...]
    folded: bool = False
    doubtful: bool = False


def listing(found: Found, *, located: bool = True) -> list[Listed]:
    """The sections, in order.

    Args:
        located: it is known where the person is.
    """
    contact = (found.contact,) if found.contact else ()
    beyond = (found.beyond,) if found.beyond else ()
    parts: list[tuple[Part, tuple[One, ...]]] = [(Part.URGENT, found.urgent)]
    if found.hits:
        parts += [(Part.PLACES, found.hits), (Part.UNPLACED, found.unplaced)]
    elif found.unplaced:
        parts += [(Part.UNPLACED, found.unplaced), (Part.NEAREST, beyond)]
    elif not found.unknown:
        parts += [(Part.NEAREST, beyond)]
    asked = located and _none_near(found)
    lines = tuple(one for one in found.placeless if not (asked and one is found.contact))
    parts.append((Part.LINES, lines))
    told = [Listed(part, items) for part, items in parts if items]
    if asked:
        doubtful = any(isinstance(one, Hit) for one in found.uncertain)
        none_near = Listed(Part.MUNICIPALITY, contact, doubtful=doubtful)
        told.insert(1 if found.urgent else 0, none_near)
    if found.unreached:
        told.append(Listed(Part.UNREACHED, found.unreached, folded=bool(found.hits)))
    if found.unknown:
        told.append(Listed(Part.UNKNOWN, found.unknown, folded=bool(told)))
    if found.uncertain:
        told.append(Listed(Part.UNCERTAIN, found.uncertain, folded=True))
    return told


def _none_near(found: Found) -> bool:
    """Whether to say that none is known near: not of kinds that have no places at all."""
    if found.hits or found.unplaced or found.unknown:
        return False
    return bool(found.beyond) or not (found.urgent or found.placeless)
