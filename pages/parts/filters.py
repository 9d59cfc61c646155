"""What is needed, how far, and what narrows it down; it folds once a place is known."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from locator.directory import groups
from locator.find import (
    Found,
    Search,
    languages_to_wish,
    mode_text,
    narrowed,
    need_text,
    radius_id,
    radius_text,
    read_search,
    without_languages,
)
from locator.language import Language
from locator.travel import TRANSIT
from pages.parts import resources, searching
from pages.parts.assets import component

_filters = component("filters")


def show(found: Found, search: Search, t: Language, *, modes: Sequence[str], counted: bool) -> None:
    """Draw the control.

    Args:
        modes: of travelling, from which the person may choose.
        counted: a place is known, so kinds have counts and the control may fold.
    """
    _filters(
        key="filters",
        data={
            "folds": counted,
            "summary": _summary(search, t),
            "done": t("Show the results"),
            "needs": _needs(search, t),
            "kinds": _kinds(found, search, t, counted=counted),
            "choices": _choices(found, search, t, modes),
            "switches": _switches(search, t, found_place=counted),
        },
        on_changed_change=_change,
    )


def _change() -> None:
    changed = (st.session_state["filters"] or {}).get("changed")
    if isinstance(changed, dict):
        searching.change(read_search({k: v for k, v in changed.items() if isinstance(v, list)}))


def _summary(search: Search, t: Language) -> str:
    count = narrowed(search)
    narrowing = t("Filters ({count})", count=count) if count else t("Filters")
    mode = mode_text(search.travel, t) if search.travel else ""
    parts = (need_text(search, t) or t("Any help"), mode, radius_text(search, t), narrowing)
    return " · ".join(filter(None, parts))


def _needs(search: Search, t: Language) -> dict[str, Any]:
    return {
        "label": t("What do you need?"),
        "name": "need",
        "options": [
            {"id": g.id, "icon": g.icon, "text": g.name(t), "on": g.id == search.group}
            for g in groups()
        ],
    }


def _kinds(found: Found, search: Search, t: Language, *, counted: bool) -> dict[str, Any] | None:
    group = next((g for g in groups() if g.id == search.group), None)
    if not group:
        return None
    return {
        "label": t("More exactly (you can choose several)"),
        "name": "category",
        "options": [
            {
                "id": kind.id,
                "icon": kind.icon,
                "text": f"{kind.name(t)} ({found.counts.get(kind.id, 0)})"
                if counted
                else kind.name(t),
                "on": kind.id in search.categories,
            }
            for kind in group.categories
        ],
    }


def _choices(
    found: Found, search: Search, t: Language, modes: Sequence[str]
) -> list[dict[str, Any]]:
    reaches = [(radius_id(r), radius_text(replace(search, within=r), t)) for r in search.reaches]
    codes = languages_to_wish(resources.directory())
    spoken = sorted(((code, t.language_name(code)) for code in codes), key=lambda one: one[1])
    untold = without_languages(found)
    return [
        *_travel(search, t, modes),
        {
            "name": "within",
            "label": t("How far"),
            "value": radius_id(search.within),
            "options": reaches,
        },
        {
            "name": "speaks",
            "label": t("Language spoken"),
            "value": search.language,
            "options": [("", t("any language")), *spoken],
            "note": _untold_text(untold, t) if untold else "",
        },
    ]


def _untold_text(count: int, t: Language) -> str:
    return t.n(
        "{count} place or line has not told us which languages it speaks.",
        "{count} places and lines have not told us which languages they speak.",
        count,
    )


def _travel(search: Search, t: Language, modes: Sequence[str]) -> list[dict[str, Any]]:
    """How one travels, where there is anything to choose from; and when."""
    chosen = [] if search.travel in ("", *modes) else [search.travel]
    if not modes and not chosen:
        return []
    options = [("", t("in a straight line"))]
    options += [(mode, mode_text(mode, t)) for mode in (*modes, *chosen)]
    how = {
        "name": "travel",
        "label": t("How you travel"),
        "value": search.travel,
        "options": options,
    }
    if search.travel != TRANSIT:
        return [how]
    leave = {"name": "depart", "label": t("Leave (empty: now)"), "value": search.depart}
    return [how, leave]


def _switches(search: Search, t: Language, *, found_place: bool) -> list[dict[str, Any]]:
    switches = [
        {"name": "open", "text": t("Open now"), "on": search.open_now},
        {"name": "free", "text": t("Free only"), "on": search.free},
    ]
    alone = t("Order by time alone") if search.travel else t("Order by distance alone")
    if found_place:
        switches.append({"name": "plain", "text": alone, "on": search.plain})
    # Offered once some record tells of it, for example after an import from OpenStreetMap.
    if len(resources.directory().filter(wheelchair=True)) or search.wheelchair:
        switches.append(
            {"name": "wheelchair", "text": t("Wheelchair access"), "on": search.wheelchair}
        )
    return switches
