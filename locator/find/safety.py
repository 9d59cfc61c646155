"""What is said before anything about violence is shown."""

from collections.abc import Iterable
from typing import TypedDict

from locator.directory import Record, categories
from locator.find.nearby import Hit
from locator.language import Language


class Warned(TypedDict):
    """A sentence, and the number to call that ends it, or ""."""

    text: str
    number: str


def warning(shown: Iterable[Hit | Record], t: Language) -> list[Warned]:
    """One calm line: who to call, and how to leave; nothing where nothing is about violence."""
    records = (one.record if isinstance(one, Hit) else one for one in shown)
    if not any(categories()[c].protected for record in records for c in record.categories):
        return []
    return [
        Warned(text=t("In danger now? Call"), number="112"),
        Warned(text=t("Violence at home, day and night:"), number="1888"),
        Warned(
            text=t(
                "To leave this page at once, press Shift three times, or “Leave this page” below."
            ),
            number="",
        ),
    ]
