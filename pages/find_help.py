"""The page "Find help": a place, what is needed, and the nearest services, listed and mapped."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from locator.directory import Reader, categories, groups
from locator.find import (
    ANYWHERE,
    RADII,
    Card,
    Found,
    Search,
    cards_of,
    find,
    read_search,
    write_search,
)
from locator.geocoding import Answer
from locator.language import Language
from locator.map import TILES, TILES_HOST, dot, numbered_pin, origin_mark, view
from locator.travel import cost_text, limit_text
from pages.parts import address_field, frame, map_view, resources, results_list, save_share

STEP = 20  # cards shown at first, and added by "Show more"
PINS = 60  # cards that have a number, on the map too
ON_MAP = 2_000  # points drawn at the most, the nearest first


def main() -> None:
    """Draw the page."""
    t = frame.in_use()
    _read_link()
    st.title(t("Find help near you"))
    address_field.show(t)
    _body()


def _read_link() -> None:
    """On the first run of a session, take over what the link says."""
    if "within" in st.session_state:
        return
    search = read_search({name: st.query_params.get_all(name) for name in st.query_params})
    known = [c for c in search.categories if c in categories()]
    group = categories()[known[0]].group if known else search.group
    st.session_state.update(
        need=group if group in {g.id for g in groups()} else None,
        category=[c for c in known if categories()[c].group == group],
        within=search.within,
        open=search.open_now,
        free=search.free,
        speaks=search.language if search.language in resources.directory().languages else "",
        wheelchair=search.wheelchair,
    )
    if place := st.query_params.get("at"):
        address_field.look_up(place)


def _search() -> Search:
    state = st.session_state
    return Search(
        group=state["need"] or "",
        categories=tuple(state["category"]),
        within=state["within"],
        open_now=state["open"],
        free=state["free"],
        language=state["speaks"],
        wheelchair=state["wheelchair"],
    )


@st.fragment
def _body() -> None:
    """Everything below the address field; a filter reruns only this."""
    t = frame.in_use()
    origin = address_field.show_origin(t)
    search = _search()
    now = datetime.now(ZoneInfo("Europe/Copenhagen"))
    found = find(resources.directory(), origin, search, now)
    with st.container(key="tools"):
        _filters(found, bool(origin), t)
    _write_link(search)
    listing, chart = st.columns([3, 2], gap="medium")
    limit = int(st.session_state.setdefault("limit", STEP))
    reader = resources.directory().reader(t)
    places = cards_of(found.hits[:limit], reader, now)
    lines = cards_of(found.placeless[:limit], reader, now)
    with listing:
        _show_list(found, origin, search, places, lines, t)
        save_share.show(found, origin, search, limit, reader)
    with chart:
        _show_map(found, origin, search, places, reader)


def _filters(found: Found, counted: bool, t: Language) -> None:
    by_id = {g.id: g for g in groups()}
    st.pills(
        t("What do you need?"),
        list(by_id),
        format_func=lambda g: f"{by_id[g].icon} {by_id[g].name(t)}",
        key="need",
        on_change=_forget_categories,
        persist_state="session",
    )
    if st.session_state["need"]:
        kinds = {c.id: c for c in by_id[st.session_state["need"]].categories}

        def kind(c: str) -> str:
            count = f" ({found.counts.get(c, 0)})" if counted else ""
            return f"{kinds[c].icon} {kinds[c].name(t)}{count}"

        st.pills(
            t("More exactly (you can choose several)"),
            list(kinds),
            format_func=kind,
            selection_mode="multi",
            key="category",
            on_change=_back_to_top,
            persist_state="session",
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            t("How far"),
            RADII,
            format_func=lambda within: (
                t("all of Denmark")
                if within == ANYWHERE
                else t("within {distance}", distance=limit_text(within, t))
            ),
            key="within",
            on_change=_back_to_top,
            width=190,
            persist_state="session",
        )
        st.selectbox(
            t("Language spoken"),
            ["", *resources.directory().languages],
            format_func=lambda code: _language_name(code, t),
            key="speaks",
            on_change=_back_to_top,
            width=190,
            persist_state="session",
        )
        toggles = {"open": t("Open now"), "free": t("Free only")}
        # Offered once some record tells of it, for example after an import from OpenStreetMap.
        if len(resources.directory().filter(wheelchair=True)) or st.session_state["wheelchair"]:
            toggles["wheelchair"] = t("Wheelchair access")
        for key, label in toggles.items():
            st.toggle(label, key=key, on_change=_back_to_top, persist_state="session")


def _language_name(code: str, t: Language) -> str:
    return t.language_name(code) if code else t("any language")


def _forget_categories() -> None:
    st.session_state["category"] = []
    _back_to_top()


def _back_to_top() -> None:
    st.session_state["limit"] = STEP


def _write_link(search: Search) -> None:
    """Keep the address bar in step: filters and language, never the place."""
    params = {"lang": [st.session_state["lang"]], **write_search(search)}
    if params != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(params)


def _summary(found: Found, search: Search, t: Language) -> str:
    if search.within == ANYWHERE:
        return t.n("{count} place, nearest first", "{count} places, nearest first", len(found.hits))
    distance = limit_text(search.within, t)
    return t.n(
        "{count} place within {distance}, nearest first",
        "{count} places within {distance}, nearest first",
        len(found.hits),
        distance=distance,
    )


def _show_list(
    found: Found,
    origin: Answer | None,
    search: Search,
    places: list[Card],
    lines: list[Card],
    t: Language,
) -> None:
    if not origin:
        st.info(t("Type an address, a postcode or a town above to see what is near you."))
    elif not found.hits:
        _show_nothing_near(found, t)
    sections: list[results_list.Section] = []
    if places:
        note = found.note.text(t)
        sections.append({"title": _summary(found, search, t), "note": note, "cards": places})
    if lines:
        note = t("These have no place to visit: call or go online from anywhere.")
        sections.append({"title": t("By phone and online"), "note": note, "cards": lines})
    more = max(len(found.hits) - len(places), len(found.placeless) - len(lines))
    if sections and results_list.show(sections, t, more=more):
        st.session_state["limit"] += STEP
        st.rerun(scope="fragment")


def _show_nothing_near(found: Found, t: Language) -> None:
    if not found.beyond:
        st.info(t("Nothing matches in all of Denmark. Remove a filter, or choose something else."))
        return
    beyond = found.beyond
    distance = cost_text(beyond.cost, beyond.unit, t)
    st.info(t("Nothing this near. The nearest is {distance} away.", distance=distance))
    wider = next((r for r in RADII if r.under(beyond.unit) >= beyond.cost), ANYWHERE)

    def widen() -> None:
        st.session_state["within"] = wider

    st.button(t("Show it"), on_click=widen, key="widen")


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
    }
    clicked = map_view.show(shown, key="map")
    st.caption(t("Click the map to measure from there. Everything on it is in the list too."))
    st.toggle(
        t("Detailed street map from {host}", host=TILES_HOST),
        key="tiles",
        help=t(
            "Your internet address and the area you look at are then sent to {host}.",
            host=TILES_HOST,
        ),
        persist_state="session",
    )
    if clicked:
        address_field.look_up_point(clicked)
        st.rerun()


main()
