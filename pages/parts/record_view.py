"""One record: as people see it, to suggest a correction to, and to edit with the secret."""

from collections.abc import Callable, Iterator
from datetime import datetime

import streamlit as st
from babel.dates import format_datetime

from locator.directory import DENMARK, Change, Record, edits
from locator.errors import LocatorError
from locator.find import card
from locator.language import Language
from pages.parts import field_words, record_edit, reporting, resources, results_list
from pages.parts.assets import escape

_ALLOWED = "may_edit"
_WHO = "editor_name"

MOST = 100  # changes that are listed


def show(record: Record, now: datetime, t: Language) -> None:
    """The record's card; below it the form, or a box to suggest a correction."""
    section: results_list.Section = {
        "title": t("As people see it"),
        "note": "",
        "cards": [card(record, resources.directory().reader(t), now)],
    }
    results_list.show([section], t)
    if st.session_state.get(_ALLOWED):
        record_edit.show(record, st.session_state[_WHO], now, t)
    else:
        reporting.form(record, t)
    _history(resources.store().history(record.id), now, t)


def editor() -> str:
    """Who edits in this session; "" for nobody."""
    return str(st.session_state.get(_WHO, "")) if st.session_state.get(_ALLOWED) else ""


def ask_secret(t: Language) -> None:
    """Let a maintainer in, for this session; where the operator lets nobody in, nothing."""
    if not resources.gate().is_there:
        return
    if st.session_state.get(_ALLOWED):
        st.caption(t("You may edit in this session."))
        return
    with st.expander(t("Maintainers")), st.form("secret_form", border=False):
        who = st.text_input(t("Your name, for the history"), max_chars=200)
        secret = st.text_input(t("Secret"), type="password", max_chars=200)
        if st.form_submit_button(t("Start editing")):
            _let_in(who.strip(), secret, t)


def _let_in(who: str, secret: str, t: Language) -> None:
    if not who:
        st.error(t("Say who you are: the history keeps it."))
        return
    try:
        admitted = resources.gate().admits(secret, resources.sender())
    except LocatorError as error:
        st.error(error.message(t))
        return
    if not admitted:
        st.error(t("That is not the secret."))
        return
    st.session_state[_ALLOWED] = True
    st.session_state[_WHO] = who
    st.rerun()


def review(now: datetime, t: Language, opened: Callable[[str], None]) -> None:
    """Suggestions that wait, and the whole history; with the secret, to act on.

    Args:
        opened: opens the record with this id.
    """
    ask_secret(t)
    if not st.session_state.get(_ALLOWED):
        st.info(t("Suggestions and history are for maintainers: enter the secret first."))
        return
    store = resources.store()
    st.subheader(t("Suggestions"), anchor=False)
    records, read = resources.directory().by_id, resources.directory().reader(t)
    for number, suggestion in enumerate(store.suggestions()):
        record = records.get(suggestion.record)
        about = (
            _when(suggestion.when, t),
            read.name(record) if record else suggestion.record,
            suggestion.who,
        )
        st.markdown(escape(" · ".join(filter(None, about))))
        st.text(suggestion.text)
        with st.container(horizontal=True):
            if record:
                name = f"open_{number}"
                st.button(t("Open the record"), key=name, on_click=opened, args=(record.id,))
            if st.button(t("Done"), key=f"dismiss_{number}"):
                store.dismiss(suggestion)
                st.rerun()
    _history(store.history(), now, t)


def _history(changes: list[Change], now: datetime, t: Language) -> None:
    if not changes:
        return
    st.subheader(t("History"), anchor=False)
    records = resources.directory().by_id
    for change in changes[:MOST]:
        record = records.get(change.record)
        name = record.name if record else change.record
        st.markdown(escape(f"{change.number}. {_when(change.when, t)} · {change.who} · {name}"))
        for line in _told(change, now, t):
            st.markdown(f"- {line}")
        if st.session_state.get(_ALLOWED) and st.button(t("Undo"), key=f"undo_{change.number}"):
            try:
                resources.store().undo(change.number, st.session_state[_WHO])
                record_edit.begin_anew(change.record)
                st.rerun()
            except LocatorError as error:
                st.error(error.message(t))


def _when(when: str, t: Language) -> str:
    moment = datetime.fromisoformat(when).astimezone(DENMARK)
    return str(format_datetime(moment, "medium", locale=t.locale))


def _told(change: Change, now: datetime, t: Language) -> Iterator[str]:
    """What a change did, field by field in words."""
    if change.after is None:
        yield t("removed")
        return
    if change.forgets:
        yield t("The place became a secret: what was before is forgotten.")
        return
    if change.before is None:
        yield t("added")
        return
    if change.undoes:
        yield t("Change {number} was undone.", number=change.undoes)
    for edit in edits(change.before, change.after, resources.directory().texts):
        old, new = (
            escape(field_words.text(edit.field, text, t, now)) or t("(empty)")
            for text in (edit.before, edit.after)
        )
        yield f"{escape(field_words.label(edit.field, t))}: {old} → {new}"
