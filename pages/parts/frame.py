"""What stands around every page: language, menus, emergency numbers, the way out."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from locator.find import emergency_numbers
from locator.language import Language, accepted, language, negotiated
from pages.parts import resources
from pages.parts.assets import component
from pages.parts.paths import PAGES

_frame = component("frame")

# Keys of the session.
_LANGUAGE = "lang"
_NAME = "session"
_GO = "go_to"  # the page that the person chose in the frame

# What a message of the browser asks for, by its "what": called with the message.
Handlers = Mapping[str, Callable[[dict[str, Any]], None]]


def choose_language() -> Language:
    """The language in use: the person's choice, else the link's, else the browser's wishes."""
    if _LANGUAGE not in st.session_state:
        asked = accepted(st.context.headers.get("Accept-Language", ""))
        wanted = (st.query_params.get("lang"), *asked, st.context.locale)
        st.session_state[_LANGUAGE] = negotiated(wanted, resources.frame().languages).code
    return in_use()


def in_use() -> Language:
    """The language that `choose_language` chose in this session."""
    return language(st.session_state[_LANGUAGE])


def session_name() -> str:
    """What tells the browser this session from an earlier one of the same tab."""
    name: str = st.session_state.setdefault(_NAME, secrets.token_hex(4))
    return name


def show(t: Language, handlers: Handlers, *, title: str = "", here: Sequence[str] = ()) -> None:
    """Have the frame speak `t`, and answer what the person does in it.

    Args:
        handlers: for what this module does not know of.
        title: of the page; "" where the page itself says it later.
        here: codes of the municipalities that the person may be in, for the doctor's number.
    """
    numbers = emergency_numbers(t, resources.directory(), here)
    _frame(
        key="frame",
        data={
            "session": session_name(),
            "lang": t.code,
            "dir": t.direction,
            "title": f"{title} – Nærved" if title else "",
            **resources.frame().parts(t, numbers),
        },
        on_asked_change=lambda: _answer(handlers),
    )
    if page := st.session_state.pop(_GO, ""):
        st.switch_page(PAGES[page][0])


def _answer(handlers: Handlers) -> None:
    message = (st.session_state["frame"] or {}).get("asked")
    if not isinstance(message, dict):
        return
    what = message.get("what")
    if what == "language" and message.get("language") in resources.frame().languages:
        st.session_state[_LANGUAGE] = message["language"]
    elif what == "page" and message.get("page") in PAGES:
        st.session_state[_GO] = message["page"]
    elif isinstance(what, str) and what in handlers:
        handlers[what](message)
