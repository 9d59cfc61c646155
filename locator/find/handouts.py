"""The handout: one page for a person to take along, readable in black and white."""

from collections.abc import Sequence
from datetime import datetime

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, select_autoescape

from locator.find.cards import Card
from locator.language import Language

# As many as fit on one page of A4 beside the heading, with every line that a card can have.
MOST = 6

_environment = Environment(
    loader=PackageLoader("locator.find"), autoescape=select_autoescape(default=True)
)


def handout(cards: Sequence[Card], t: Language, now: datetime, *, place: str = "") -> str:
    """HTML of the first `MOST` cards; `place` is named as the start only where it is given."""
    return _environment.get_template("handout.html").render(
        cards=cards[:MOST],
        t=t,
        place=place,
        today=format_date(now.date(), "long", locale=t.locale),
    )
