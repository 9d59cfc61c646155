"""What a geocoder answers: a point, how good it is, and what was understood on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from locator.point import Point


class Precision(StrEnum):
    """What the point stands for, best first."""

    ADDRESS = "address"  # the door or the building
    STREET = "street"  # somewhere along the street
    POSTCODE = "postcode"  # a point on land in the postcode area
    PLACE = "place"  # the middle of a town


class Confidence(StrEnum):
    """How sure the match is, after the washing categories of the Danish address register."""

    A = "A"  # exact
    B = "B"  # small correction
    C = "C"  # best guess, or one of several


@dataclass(frozen=True, slots=True)
class Note:
    """A thing to tell the person: an English template (the gettext msgid) and its values."""

    template: str
    values: dict[str, str] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The filled-in note, its template first passed through `translate`."""
        return translate(self.template).format(**self.values)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a geocoder.

    Attributes:
        address: the full text as Danish post writes it, "Nyropsgade 1, 1602 København V".
        point: latitude, longitude, degrees WGS84.
        precision: what the point stands for.
        confidence: how sure the match is.
        street, number, postcode, city: the parts, "" where the answer has none.
        notes: what was corrected or set aside, for the person to read.
        alternatives: other answers that are as good; non-empty means "ask, do not guess".
        source: where the point comes from, for attribution.
        id: the source's own identifier (the register's UUID, an OSM id), or "".
    """

    address: str
    point: Point
    precision: Precision
    confidence: Confidence
    street: str = ""
    number: str = ""
    postcode: str = ""
    city: str = ""
    notes: tuple[Note, ...] = ()
    alternatives: "tuple[Answer, ...]" = ()
    source: str = ""
    id: str = ""
