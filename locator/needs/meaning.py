"""What a line that somebody typed may mean."""

from dataclasses import dataclass
from enum import StrEnum

from locator.notes import Note


class What(StrEnum):
    """The sorts of things that a line may mean."""

    NEED = "need"
    SERVICE = "service"
    PLACE = "place"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a line may mean.

    Attributes:
        what: need, service, place or number.
        id: of the kind of help, or of the service; a place's address; a number's digits as
            they are called.
        score: 0 to 1, comparable within a line.
        confident: whether it may be acted on without asking.
        why: what of the line says so, for the person to read.
        text: the part of the line that means this; a place's is to be geocoded.
        crisis: whether it is shown because the line speaks of a crisis.
    """

    what: What
    id: str
    score: float
    confident: bool
    why: Note
    text: str = ""
    crisis: bool = False

    def as_object(self) -> dict[str, object]:
        """The meaning as it is written in JSON."""
        return {
            "kind": self.what.value,
            "id": self.id,
            "score": round(self.score, 3),
            "confident": self.confident,
            "why": self.why.text(),
        }
