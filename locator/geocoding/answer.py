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


class Question(StrEnum):
    """What a person must be asked before an answer can be used."""

    WHICH = "which"  # several places have this name
    DID_YOU_MEAN = "did_you_mean"  # none has just this name, and these come near it
    COMPLETE = "complete"  # the text is the beginning of these


_ASKED = {
    Question.WHICH: Note("Several places have this name. Which one do you mean?"),
    Question.DID_YOU_MEAN: Note("Did you mean one of these?"),
    Question.COMPLETE: Note("Which of these do you mean?"),
}


def asked_text(question: Question) -> Note:
    """The question in words."""
    return _ASKED[question]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a geocoder.

    With a `question` the answer is only what is certain so far (the postcode or town that was
    written, or just Denmark: `Precision.COUNTRY`), and `alternatives` are the choices.

    Attributes:
        address: the full text as Danish post writes it, "Nyropsgade 1, 1602 København V".
        point: latitude, longitude, degrees WGS84.
        precision: what the point stands for.
        confidence: how sure the match is.
        street, number, postcode, city: the parts, "" where the answer has none.
        village, municipality: names that tell places of one name apart, "" where not known.
        notes: what was corrected or set aside, for the person to read.
        question: what is to be asked; None where nothing is.
        alternatives: other answers that may be meant; non-empty means "ask, do not guess".
        source: where the point comes from, for attribution.
        id: the source's own identifier (the register's UUID, an OSM id), or "".
        accuracy_m: metres within which the true place lies nine times in ten; None: not known.
    """

    address: str
    point: Point
    precision: Precision
    confidence: Confidence
    street: str = ""
    number: str = ""
    postcode: str = ""
    city: str = ""
    village: str = ""
    municipality: str = ""
    notes: tuple[Note, ...] = ()
    question: Question | None = None
    alternatives: "tuple[Answer, ...]" = ()
    source: str = ""
    id: str = ""
    accuracy_m: float | None = None


def taken(answer: Answer) -> Answer:
    """Of a text that is only begun, the first choice, if its name is that of no other place.

    It is what a person sees first among the suggestions when they press Enter.
    """
    if answer.question is not Question.COMPLETE:
        return answer
    first, *others = answer.alternatives
    names = {other.street or other.address for other in others}
    return answer if (first.street or first.address) in names else first
