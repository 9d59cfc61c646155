"""What a person takes along: a link, a printed page, a table, a map file."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from locator.directory import DENMARK, Reader, Record
from locator.find import (
    Exactness,
    Hit,
    Listed,
    Search,
    cards_of,
    emergency_numbers,
    link,
    place_for_link,
    to_csv,
    to_geojson,
)
from locator.geocoding import Answer, municipalities_of
from locator.language import Language, language
from locator.notes import Note
from pages.parts import resources
from pages.parts.assets import component

TICKED = 4  # cards at first: as many as fit on one page

_printing = component("printing")


def show(
    listed: Sequence[Listed],
    origin: Answer | None,
    search: Search,
    limit: int,
    reader: Reader,
    measured: Note,
) -> None:
    """Offer to share, print and download what was found; of each part `limit` are shown.

    `measured` says what the distances are.
    """
    t = reader.t
    shown = [one for part in listed if not part.folded for one in part.items[:limit]]
    every = [one for part in listed for one in part.items]
    hits = [one for one in every if isinstance(one, Hit)]
    lines = [one for one in every if isinstance(one, Record)]
    alone = "time" if search.travel else "distance"
    by = alone if search.plain else "help"
    with st.container(horizontal=True):
        sharing = st.popover(t("Share a link"), key="share", on_change="rerun")
        if sharing.open:
            with sharing:
                _share(origin, search, t)
        if shown:
            printing = st.popover(t("Print"), key="printing", on_change="rerun")
            if printing.open:
                with printing:
                    _print(origin, shown, reader, measured)
            st.download_button(
                t("Table (CSV)"),
                partial(to_csv, hits, lines, reader, origin, bom=True, ordered_by=by),
                "naerved.csv",
                "text/csv",
                on_click="ignore",
            )
            st.download_button(
                t("Map data (GeoJSON)"),
                partial(to_geojson, hits, (), reader, origin, ordered_by=by),
                "naerved.geojson",
                "application/geo+json",
                on_click="ignore",
            )


def _share(origin: Answer | None, search: Search, t: Language) -> None:
    names: dict[Exactness, str] = {
        "none": t("Without my place"),
        "postcode": t("With my postcode only"),
        "rounded": t("With my place to about 1 km"),
        "exact": t("With my exact place"),
    }
    exactness: Exactness = "none"
    if origin:
        exactness = st.radio(
            t("What should the link tell?"), list(names), format_func=names.__getitem__
        )
    place = place_for_link(origin, exactness) if origin else ""
    st.code(
        link(st.context.url or "", search, lang=t.code, place=place), language=None, wrap_lines=True
    )
    st.caption(t("Anyone who has the link sees what it tells."))


def _print(
    origin: Answer | None, shown: Sequence[Hit | Record], reader: Reader, measured: Note
) -> None:
    """Choose what to print; where one searched from goes no further than this tab of the browser.

    How far it is, and whom to call in an emergency, is told in each language that the page for
    paper may be in.
    """
    t, directory = reader.t, resources.directory()
    now = datetime.now(DENMARK)
    here = municipalities_of(origin) if origin else ()
    cards = cards_of(shown, reader, now)
    offered = [language(tag) for tag in resources.frame().languages]
    distances = {
        one.code: {
            card["id"]: card["distance"] for card in cards_of(shown, directory.reader(one), now)
        }
        for one in offered
        if origin
    }
    numbers = {
        one.code: [
            {"digits": number.digits, "text": number.text}
            for number in emergency_numbers(one, directory, here)
        ]
        for one in offered
    }
    _printing(
        key="printing_choice",
        data={
            "cards": [
                {"id": card["id"], "name": card["name"], "ticked": at < TICKED}
                for at, card in enumerate(cards)
            ],
            "origin": origin.address if origin else "",
            "distances": distances,
            "measured": {one.code: measured.text(one) for one in offered},
            "numbers": numbers,
            "languages": [{"code": one.code, "name": one.name} for one in offered],
            "language": t.code,
            "labels": {
                "which": t("Which places?"),
                "from": t("Print where I searched from"),
                "language": t("Language of the page"),
                "open": t("Open the print view ({count})", count="{count}"),
            },
        },
    )
