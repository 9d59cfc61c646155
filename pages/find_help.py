"""The page "Find help": a place, what is needed, and the nearest services, listed and mapped."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from locator.directory import Reader
from locator.find import (
    ANYWHERE,
    RADII,
    Card,
    Found,
    Search,
    card,
    cards_of,
    contacts,
    find,
    heading,
    near,
    order_may_differ,
    title,
    warning,
)
from locator.geocoding import Answer
from locator.language import Language
from locator.map import TILES, TILES_HOST, dot, numbered_pin, origin_mark, view
from locator.travel import cost_text
from pages.parts import (
    address_field,
    filters,
    frame,
    map_view,
    reporting,
    resources,
    results_list,
    save_share,
    searching,
)

PINS = 60  # cards that have a number, on the map too
PICKED = "picked_card"  # key of the session: a card beside those of the list
ON_MAP = 2_000  # points drawn at the most, the nearest first


def main() -> None:
    """Draw the page."""
    t = frame.in_use()
    searching.begin()
    st.title(t("Find help near you"), anchor=False)
    address_field.show(t)
    address_field.show_origin(t)
    _body()


@st.fragment
def _body() -> None:
    """What is found; a filter reruns only this."""
    t = frame.in_use()
    origin: Answer | None = st.session_state.get(address_field.ORIGIN)
    search = searching.begin()
    now = datetime.now(ZoneInfo("Europe/Copenhagen"))
    found = find(resources.directory(), origin, search, now)
    filters.show(found, search, t, counted=bool(origin))
    limit = searching.limit()
    reader = resources.directory().reader(t)
    known = contacts(resources.directory())
    cards = cards_of(found.hits[:limit], reader, now, known)
    lines = cards_of(found.placeless[:limit], reader, now, known)
    with st.container(key="found"):
        with st.container(key="listing"):
            _show_list(found, origin, search, cards, lines, reader)
            save_share.show(found, origin, search, limit, reader)
        with st.container(key="chart"):
            _show_map(found, origin, search, cards, reader)


def _show_list(
    found: Found,
    origin: Answer | None,
    search: Search,
    cards: list[Card],
    lines: list[Card],
    reader: Reader,
) -> None:
    t = reader.t
    if not origin:
        st.info(t("Type an address, a postcode or a town above to see what is near you."))
    sections: list[results_list.Section] = []
    if origin:
        sections.append(_near(found, origin, search, cards, t))
    if lines:
        note = t("These have no place to visit: call or go online from anywhere.")
        sections.append({"title": t("By phone and online"), "note": note, "cards": lines})
    more = max(len(found.hits) - len(cards), len(found.placeless) - len(lines))
    shown = _shown(found, origin, search, t)
    if picked := st.session_state.pop(PICKED, None):
        shown["picked"] = picked
    wanted = results_list.show(sections, t, more=more, shown=shown)
    if wanted.startswith("report:"):
        _report(wanted.removeprefix("report:"), reader)
    elif wanted.startswith("card:"):
        _pick(found, wanted.removeprefix("card:"), reader)
    elif wanted == "more":
        searching.show_more()
        st.rerun(scope="fragment")
    elif wanted == "action" and found.beyond:
        beyond = found.beyond
        wider = next((r for r in RADII if r.under(beyond.unit) >= beyond.cost), ANYWHERE)
        searching.change(replace(search, within=wider))
        st.rerun(scope="fragment")


def _report(record: str, reader: Reader) -> None:
    if known := resources.directory().by_id.get(record):
        reporting.ask(known, reader)


def _pick(found: Found, record: str, reader: Reader) -> None:
    """Have the card shown of a place that is on the map and farther down than the list reaches."""
    now = datetime.now(ZoneInfo("Europe/Copenhagen"))
    if hit := next((hit for hit in found.hits if hit.record.id == record), None):
        st.session_state[PICKED] = card(hit.record, reader, now, hit)
        st.rerun(scope="fragment")


def _shown(found: Found, origin: Answer | None, search: Search, t: Language) -> results_list.Shown:
    limit = searching.limit()
    return {
        "step": {**searching.step(t), "title": title(search, origin, t)},
        "asked": address_field.asked(),
        "warning": warning((*found.hits[:limit], *found.placeless[:limit]), t),
    }


def _near(
    found: Found, origin: Answer, search: Search, cards: list[Card], t: Language
) -> results_list.Section:
    own = address_field.is_own()
    if cards:
        note = " ".join((t("Nearest first."), found.note.text(t), _order(found, t))).rstrip()
        return {
            "title": heading(found, origin, t, own=own),
            "note": note,
            "cards": cards,
        }
    none = t("We know of none near {place}", place=near(origin, t, own=own))
    if not found.beyond:
        note = t("With these filters we know of none in all of Denmark.")
        return {"title": none, "note": note, "cards": []}
    distance = cost_text(found.beyond.cost, found.beyond.unit, t)
    note = t("The nearest that we know of is {distance} away.", distance=distance)
    return {"title": none, "note": note, "cards": [], "action": t("Show it")}


def _order(found: Found, t: Language) -> str:
    if not order_may_differ(found):
        return ""
    return t("What is not known exactly may be nearer or farther, so the order may be another.")


def _show_map(
    found: Found, origin: Answer | None, search: Search, places: list[Card], reader: Reader
) -> None:
    t = reader.t
    shown = {
        "hits": [
            *(numbered_pin(one) for one in places[:PINS]),
            *(dot(hit, reader) for hit in found.hits[min(len(places), PINS) : ON_MAP]),
        ],
        "origin": origin_mark(origin, search.within, t) if origin else None,
        "view": view(origin.point if origin else None, search.within),
        "tiles": TILES if st.session_state.get("tiles") else None,
        "ask": {"what": "measure", "text": t("Measure from here")},
    }
    map_view.show(shown, key="map")
    st.caption(t("Tap the map to measure from there. Everything on it is in the list too."))
    st.toggle(
        t("Detailed street map from {host}", host=TILES_HOST),
        key="tiles",
        help=t(
            "Your internet address and the area you look at are then sent to {host}.",
            host=TILES_HOST,
        ),
        persist_state="session",
    )


main()
