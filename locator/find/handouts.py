"""The handout: one page for a person to take along, readable in black and white."""

from collections.abc import Sequence
from datetime import datetime

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, select_autoescape

from locator.find.cards import Card
from locator.find.emergency import EmergencyNumber, emergency_numbers
from locator.language import Language
from locator.notes import Note
from locator.travel import STRAIGHT_LINE

# As many as fit on one page of A4 beside the heading, with every line that a card can have.
MOST = 6

_environment = Environment(
    loader=PackageLoader("locator.find"), autoescape=select_autoescape(default=True)
)


def handout(
    cards: Sequence[Card],
    t: Language,
    now: datetime,
    *,
    place: str = "",
    note: Note = STRAIGHT_LINE.note,
    numbers: Sequence[EmergencyNumber] = (),
) -> str:
    """HTML of the first `MOST` cards.

    Args:
        place: named as the start only where it is given.
        note: what the distances on the cards are.
        numbers: for help at once; those of the whole country where none are given.
    """
    return _environment.get_template("handout.html").render(
        cards=cards[:MOST],
        t=t,
        place=place,
        note=note.text(t),
        numbers=numbers or emergency_numbers(t),
        today=format_date(now.date(), "long", locale=t.locale),
    )
