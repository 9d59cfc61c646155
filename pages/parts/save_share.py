"""What a person takes along: a link, a printed page, a table, a map file."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from locator.directory import Reader, Record
from locator.find import Exactness, Hit, Listed, Search, link, place_for_link, to_csv, to_geojson
from locator.geocoding import Answer
from locator.language import Language

# Keys of the session: what the print view shows, in whatever language it is then read.
SHOWN = "handout_shown"
PLACE = "handout_place"


def show(
    listed: Sequence[Listed],
    origin: Answer | None,
    search: Search,
    limit: int,
    reader: Reader,
) -> None:
    """Offer to share, print and download what was found; of each part `limit` are shown."""
    t = reader.t
    shown = [one for part in listed if not part.folded for one in part.items[:limit]]
    every = [one for part in listed for one in part.items]
    hits = [one for one in every if isinstance(one, Hit)]
    lines = [one for one in every if isinstance(one, Record)]
    by = "distance" if search.plain else "help"
    with st.container(horizontal=True):
        sharing = st.popover(t("Share a link"), key="share", on_change="rerun")
        if sharing.open:
            with sharing:
                _share(origin, search, t)
        if shown:
            printing = st.popover(t("Print"), key="printing", on_change="rerun")
            if printing.open:
                with printing:
                    _print(origin, shown, t)
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


def _print(origin: Answer | None, shown: Sequence[Hit | Record], t: Language) -> None:
    named = bool(origin) and st.checkbox(t("Print where I searched from"))
    if st.button(t("Open the print view")):
        st.session_state[SHOWN] = list(shown)
        st.session_state[PLACE] = origin.address if origin and named else ""
        st.switch_page("handout.py")
