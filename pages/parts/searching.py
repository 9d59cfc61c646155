"""What the person searches for: taken from a link, from what the tab remembers, or changed here.

The browser's tab keeps the place and the filters of each search (static/ui/steps.js), so that a
reload or a lost connection loses nothing. A place is kept as it was asked for, and looked up again.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypedDict

import streamlit as st

from locator.directory import categories, groups
from locator.find import Search, is_sensitive, languages_to_wish, link, read_search, write_search
from locator.geocoding import Answer, municipalities_of
from locator.language import Language
from pages.parts import address_field, frame, pointing, resources

STEP = 20  # cards shown at first, and added by "Show more"
_MOST = 500  # cards that a remembered search may show at once

# Keys of the session.
_SEARCH = "search"
_LIMIT = "limit"
_TOKEN = "restored"  # of the message by which the tab had its search taken up again


class Step(TypedDict):
    """What the tab keeps of one search: where, and what for."""

    place: address_field.Place | None
    search: dict[str, list[str]]


def begin() -> Search:
    """The search; on the first run of a session, what the link says."""
    if _SEARCH not in st.session_state:
        params = {name: st.query_params.get_all(name) for name in st.query_params}
        change(read_search(params))
        if place := st.query_params.get("at"):
            address_field.take({"kind": "typed", "text": place})
    search: Search = st.session_state[_SEARCH]
    return search


def change(search: Search) -> None:
    """Search for something else, as far as there is such a thing."""
    kinds = [c for c in search.categories if c in categories()]
    group = categories()[kinds[0]].group if kinds else search.group
    spoken = languages_to_wish(resources.directory())
    st.session_state[_SEARCH] = Search(
        group=group if group in {g.id for g in groups()} else "",
        categories=tuple(c for c in kinds if categories()[c].group == group),
        travel=search.travel,
        depart=search.depart,
        within=search.within,
        open_now=search.open_now,
        free=search.free,
        language=search.language if search.language in spoken else "",
        wheelchair=search.wheelchair,
        plain=search.plain,
    )
    st.session_state[_LIMIT] = STEP


def here() -> tuple[str, ...]:
    """Codes of the municipalities that the person may be in; none where no place is known."""
    origin: Answer | None = st.session_state.get(address_field.ORIGIN)
    return municipalities_of(origin) if origin else ()


def limit() -> int:
    """How many cards are shown at most."""
    return int(st.session_state.get(_LIMIT, STEP))


def show_more() -> None:
    """Show more cards."""
    st.session_state[_LIMIT] = limit() + STEP


def step(t: Language) -> dict[str, object]:
    """What the browser is told, to keep it: see `settle` in static/ui/steps.js.

    The address has the language and the filters, never the place, and nothing of a search that may
    harm the person when someone else reads the browser's history.
    """
    search: Search = st.session_state[_SEARCH]
    named = replace(search, group="", categories=()) if is_sensitive(search) else search
    return {
        "session": frame.session_name(),
        "step": Step(place=address_field.place(), search=write_search(search)),
        "token": st.session_state.get(_TOKEN, ""),
        "url": link("", named, lang=t.code),
        "shown": limit(),
    }


def _restore(message: dict[str, Any]) -> None:
    """Take up what the tab remembers; without "search" the link's own filters stay."""
    st.session_state[_TOKEN] = str(message.get("token", ""))
    remembered = message.get("search")
    if isinstance(remembered, Mapping):
        change(read_search({k: v for k, v in remembered.items() if isinstance(v, list)}))
    else:
        begin()
    address_field.take(address_field.read_place(message.get("place")), quietly=True)
    shown = message.get("shown")
    st.session_state[_LIMIT] = (
        min(shown, _MOST) if isinstance(shown, int) and shown > STEP else STEP
    )


def _measure(message: dict[str, Any]) -> None:
    """Measure from a point of the map."""
    if point := pointing.read_point(message):
        address_field.take({"kind": "point", "text": f"{point.lat:.6f},{point.lon:.6f}"})


HANDLERS = {"restore": _restore, "measure": _measure}
