"""The page "Find help": a place, what is needed, and the nearest services, listed and mapped."""

from dataclasses import replace
from datetime import datetime

import streamlit as st

from locator.directory import DENMARK, Reader, categories, known_in
from locator.find import (
    ANYWHERE,
    Card,
    Found,
    Hit,
    Listed,
    Part,
    Search,
    card,
    cards_of,
    contacts,
    find,
    known_text,
    listing,
    order_may_differ,
    order_text,
    section_note,
    section_title,
    tally_text,
    title,
    wanted_categories,
    warning,
)
from locator.geocoding import Answer
from locator.language import Language
from locator.map import (
    TILES,
    TILES_HOST,
    dot,
    numbered_pin,
    origin_mark,
    streets_shown,
    view,
    way_line,
)
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
    travelling,
    understood,
)
from pages.parts.travelling import Travel

PINS = 60  # cards that have a number, on the map too
PICKED = "picked_card"  # key of the session: a card beside those of the list
ON_MAP = 2_000  # points drawn at the most, the nearest first


def main() -> None:
    """Draw the page."""
    t = frame.in_use()
    searching.begin()
    st.title(t("Find help near you"), anchor=False)
    address_field.show(t)
    with st.container(key="question"):
        origin = address_field.show_origin(t)
    understood.show(t, origin)
    _body()


@st.fragment
def _body() -> None:
    """What is found; a filter reruns only this."""
    t = frame.in_use()
    origin: Answer | None = st.session_state.get(address_field.ORIGIN)
    now = datetime.now(DENMARK)
    how = travelling.travel(searching.begin(), origin, now, t)
    search = how.search
    found = find(resources.directory(), origin, search, now, how.metric)
    filters.show(found, search, t, modes=how.modes, counted=bool(origin))
    if how.note:
        st.info(how.note)
    reader = resources.directory().reader(t)
    listed = listing(found, located=bool(origin))
    cards = [_cards(part, reader, now) for part in listed]
    with st.container(key="found"):
        with st.container(key="listing"):
            _show_list(found, origin, search, listed, cards, reader)
            save_share.show(listed, origin, search, searching.limit(), reader, found.note)
        with st.container(key="chart"):
            places = next((c for p, c in zip(listed, cards, strict=True) if _numbered(p)), [])
            _show_map(listed, origin, how, places, reader)


def _numbered(part: Listed) -> bool:
    return part.part is Part.PLACES


def _cards(part: Listed, reader: Reader, now: datetime) -> list[Card]:
    known = contacts(resources.directory())
    shown = part.items[: searching.limit()]
    return cards_of(shown, reader, now, known, numbered=_numbered(part))


def _show_list(
    found: Found,
    origin: Answer | None,
    search: Search,
    listed: list[Listed],
    cards: list[list[Card]],
    reader: Reader,
) -> None:
    t = reader.t
    if not origin:
        st.info(t("Type an address, a postcode or a town above to see what is near you."))
    shown = _shown(origin, search, listed, t)
    if picked := st.session_state.pop(PICKED, None):
        shown["picked"] = picked
    told = zip(listed, cards, strict=True)
    sections = [_section(part, made, found, origin, search, t) for part, made in told]
    complete, foot = _complete(search, t), ""
    asked = next((s for p, s in zip(listed, sections, strict=True) if _asks(p)), None)
    if asked:  # where none is known near, that is what a person wants to know first
        asked["note"] = "\n".join(filter(None, (complete, asked["note"])))
    else:
        foot = complete
    more = max((len(p.items) - len(c) for p, c in zip(listed, cards, strict=True)), default=0)
    wanted = results_list.show(sections, t, more=more, shown=shown, foot=foot)
    if wanted.startswith("report:"):
        _report(wanted.removeprefix("report:"), reader)
    elif wanted.startswith("card:"):
        _pick(listed, wanted.removeprefix("card:"), reader)
    elif wanted == "more":
        searching.show_more()
        st.rerun(scope="fragment")
    elif wanted == "action" and found.beyond:
        beyond = found.beyond
        wider = next((r for r in search.reaches if r.under(beyond.unit) >= beyond.cost), ANYWHERE)
        searching.change(replace(search, within=wider))
        st.rerun(scope="fragment")


def _section(
    part: Listed,
    cards: list[Card],
    found: Found,
    origin: Answer | None,
    search: Search,
    t: Language,
) -> results_list.Section:
    title = section_title(part, origin, t, own=address_field.is_own())
    notes = [section_note(part, t)]
    if part.part is Part.PLACES:
        notes += [order_text(found, search, t), found.note.text(t), _order(found, t)]
    if part.part in (Part.PLACES, Part.UNKNOWN):
        notes = [*(tally_text(one, t) for one in found.tallies), *notes]
    section: results_list.Section = {
        "title": title,
        "note": "\n".join(filter(None, notes)),
        "cards": cards,
        "folded": part.folded,
    }
    if part.part is Part.NEAREST:
        section["action"] = t("Show all as far as that")
    return section


def _asks(part: Listed) -> bool:
    return part.part is Part.MUNICIPALITY


def _complete(search: Search, t: Language) -> str:
    """How complete the directory is of the kinds asked for."""
    now = datetime.now(DENMARK)
    asked = wanted_categories(search)
    kinds = [name for name in categories() if name in asked]
    return known_text(known_in(resources.directory(), kinds, searching.here(), now), t)


def _report(record: str, reader: Reader) -> None:
    if known := resources.directory().by_id.get(record):
        reporting.ask(known, reader)


def _pick(listed: list[Listed], record: str, reader: Reader) -> None:
    """Have the card shown of a place that is on the map and farther down than the list reaches."""
    now = datetime.now(DENMARK)
    hits = (one for part in listed for one in part.items if isinstance(one, Hit))
    if hit := next((hit for hit in hits if hit.record.id == record), None):
        st.session_state[PICKED] = card(hit.record, reader, now, hit)
        st.rerun(scope="fragment")


def _shown(
    origin: Answer | None, search: Search, listed: list[Listed], t: Language
) -> results_list.Shown:
    seen = [one for part in listed for one in part.items[: searching.limit()]]
    return {
        "step": {**searching.step(t), "title": title(search, origin, t)},
        "asked": address_field.asked(),
        "question": address_field.open_question(t),
        "warning": warning(seen, t),
    }


def _order(found: Found, t: Language) -> str:
    if not order_may_differ(found):
        return ""
    return t("What is not known exactly may be nearer or farther, so the order may be another.")


def _show_map(
    listed: list[Listed], origin: Answer | None, how: Travel, places: list[Card], reader: Reader
) -> None:
    t, within = reader.t, how.search.within
    pins = places[:PINS]
    pinned = {card["id"] for card in pins}
    hits = [one for part in listed for one in part.items if isinstance(one, Hit)]
    others = [hit for hit in hits if hit.record.id not in pinned]
    shown = {
        "hits": [
            *(numbered_pin(one) for one in pins),
            *(dot(hit, reader) for hit in others[: ON_MAP - len(pins)]),
        ],
        "ways": {hit.record.id: line for hit in hits if (line := way_line(hit))},
        "origin": origin_mark(origin, within, t, how.metric) if origin else None,
        "view": view(origin.point if origin else None, within, how.metric),
        "tiles": TILES if st.session_state.get("tiles") else None,
        "streets": streets_shown(resources.street_map().usable(), resources.TILES_PATH, t),
        "home": t("Back to my place") if origin else None,
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
