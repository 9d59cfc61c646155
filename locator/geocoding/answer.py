"""What a geocoder answers: a point, how good it is, and what was understood on the way."""

from dataclasses import dataclass
from enum import StrEnum

from locator.earth import Point, Precision
from locator.notes import Note


class Confidence(StrEnum):
    """How sure the match is, after the washing categories of the Danish address register."""

    A = "A"  # exact
    B = "B"  # small correction
    C = "C"  # best guess, or one of several


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
