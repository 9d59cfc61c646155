"""The list of results: cards drawn in the browser from data, as text only."""

from collections.abc import Sequence
from typing import TypedDict

import streamlit as st

from locator.find import DIRECTIONS_HOST, Card
from locator.language import Language
from pages.parts.frame import read_static

_list = st.components.v2.component(
    "naerved_results",
    html=read_static("results.html"),
    css=read_static("results.css"),
    js=read_static("results.js"),
)


class Section(TypedDict):
    """A heading, a sentence under it (or ""), and its cards."""

    title: str
    note: str
    cards: list[Card]


def show(
    sections: Sequence[Section],
    t: Language,
    *,
    more: int = 0,
    mapped: bool = True,
    key: str = "results",
) -> bool:
    """Draw the sections; `more` offers to show that many others. True when that was asked for.

    `mapped` offers to show a place on the map beside the list.
    """
    result = _list(
        key=key,
        data={
            "sections": list(sections),
            "more": t.n("Show {count} more", "Show {count} more", more) if more else "",
            "labels": {
                "show": t("Show on map") if mapped else "",
                "more": t("More about this place"),
                "source": t("Source"),
                "directions": t("Directions"),
                "directions_note": t(
                    "Leaves Nærved and opens {host}, which sees where you want to go, "
                    "not where you are.",
                    host=DIRECTIONS_HOST,
                ),
            },
        },
        on_more_change=lambda: None,
    )
    return bool(result.more)
