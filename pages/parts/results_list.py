"""The list of results: cards drawn in the browser from data, as text only."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from locator.find import Card, Warned, card_words
from locator.language import Language
from pages.parts.assets import component

_list = component("results")


class Section(TypedDict):
    """A heading, sentences under it (or ""), its cards, and what else the person may do there.

    A folded one shows its heading alone until it is opened.
    """

    title: str
    note: str
    cards: list[Card]
    action: NotRequired[str]
    folded: NotRequired[bool]


class Shown(TypedDict):
    """What goes with the results of a search.

    Attributes:
        step: what the browser keeps (see `settle` in static/ui/steps.js).
        asked: grows when the person asks for a place: the page then goes to the results.
        question: what must be answered first, under the field; the page then goes there, else "".
        warning: to be read before any card.
        picked: a card that is not in the list, chosen on the map.
    """

    step: dict[str, object]
    asked: int
    question: str
    warning: list[Warned]
    picked: NotRequired[Card]


def show(
    sections: Sequence[Section],
    t: Language,
    *,
    more: int = 0,
    shown: Shown | None = None,
    foot: str = "",
    key: str = "results",
) -> str:
    """Draw the sections; `more` offers to show that many others, `foot` is a sentence at the end.

    Returns what was asked for just now: "more", "action" (of a section), "card:ID" for a card that
    is not in the list, "report:ID" to tell of a mistake, or "".
    """
    result = _list(
        key=key,
        data={
            "sections": list(sections),
            "more": t.n("Show {count} more", "Show {count} more", more) if more else "",
            "foot": foot,
            "labels": _labels(t, mapped=shown is not None),
            **(shown or {}),
        },
        on_asked_change=lambda: None,
    )
    return str(result.asked or "")


def _labels(t: Language, *, mapped: bool) -> dict[str, str]:
    return {
        **card_words(t),
        "show": t("Show on map") if mapped else "",
        "map": t("Map"),
        "list": t("List"),
        "close": t("Close"),
        "report": t("Report a mistake") if mapped else "",
    }
