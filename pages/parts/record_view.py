"""One record: as people see it, to suggest a correction to, and to edit with the secret."""

from datetime import datetime

import streamlit as st

from locator.directory import (
    CHOICES,
    FIELDS,
    LISTS,
    Change,
    Editor,
    Reader,
    Record,
    editing_is_on,
    from_form,
    may_edit,
    to_form,
    validated,
)
from locator.errors import LocatorError
from locator.find import card
from locator.language import Language
from pages.parts import resources, results_list
from pages.parts.frame import escape

_ALLOWED = "may_edit"
_WHO = "editor_name"


def show(record: Record, now: datetime, t: Language) -> None:
    """The record's card; below it the form, or a box to suggest a correction."""
    section: results_list.Section = {
        "title": t("As people see it"),
        "note": "",
        "cards": [card(record, _reader(t), now)],
    }
    results_list.show([section], t, mapped=False)
    if st.session_state.get(_ALLOWED):
        _edit(record, now, t)
    else:
        _suggest(record, t)
    _history(Editor().history(record.id), t)


def _reader(t: Language) -> Reader:
    return resources.directory().reader(t)


def ask_secret(t: Language) -> None:
    """Let a maintainer in, for this session."""
    if st.session_state.get(_ALLOWED):
        st.caption(t("You may edit in this session."))
        return
    with st.expander(t("Maintainers")), st.form("secret_form", border=False):
        who = st.text_input(t("Your name, for the history"), max_chars=200)
        secret = st.text_input(t("Secret"), type="password", max_chars=200)
        if st.form_submit_button(t("Start editing")):
            if may_edit(secret) and who.strip():
                st.session_state[_ALLOWED] = True
                st.session_state[_WHO] = who.strip()
                st.rerun()
            st.error(t("That is not the secret, or the name is missing."))


def review(t: Language) -> None:
    """Suggestions that wait, and the whole history; with the secret, to act on."""
    if editing_is_on():
        ask_secret(t)
    if not st.session_state.get(_ALLOWED):
        st.info(t("Suggestions and history are for maintainers: enter the secret first."))
        return
    editor = Editor()
    st.subheader(t("Suggestions"), anchor=False)
    for number, suggestion in enumerate(editor.suggestions()):
        st.markdown(escape(f"{suggestion.when} · {suggestion.record} · {suggestion.who}"))
        st.text(suggestion.text)
        if st.button(t("Done"), key=f"dismiss_{number}"):
            editor.dismiss(suggestion)
            st.rerun()
    _history(editor.history(), t)


def _suggest(record: Record, t: Language) -> None:
    with st.form("suggest_form", clear_on_submit=True):
        text = st.text_area(t("Something wrong? Tell us what should be corrected"), max_chars=4000)
        who = st.text_input(t("Your name or e-mail, if you want an answer"), max_chars=200)
        if st.form_submit_button(t("Send the suggestion")):
            try:
                Editor().suggest(record.id, text, who)
                st.success(t("Thank you. It is kept for review."))
            except LocatorError as error:
                st.error(error.message(t))


def _edit(record: Record, now: datetime, t: Language) -> None:
    texts = resources.directory().texts
    values = to_form(record, texts)
    with st.form("edit_form"):
        st.caption(
            t(
                "Fields have the names of the file. Lists have one item a line. A “?” marks the "
                "translation of a text that has changed: mend it, or take the mark away."
            )
        )
        edited = {field: _field(field, values[field], record.id) for field in FIELDS}
        preview = st.form_submit_button(t("Check and preview"))
        save = st.form_submit_button(t("Save"), type="primary")
    if not preview and not save:
        return
    try:
        fields = from_form(record, edited, texts)
        if save:
            Editor().save(fields, st.session_state[_WHO])
            st.rerun()
        st.success(t("It can be saved. So people would see it:"))
        shown = card(validated(fields), _reader(t), now)
        st.json(shown, expanded=True)
    except LocatorError as error:
        st.error(error.message(t))


def _field(field: str, value: str, record: str) -> str:
    key = f"edit_{record}_{field}"
    if field in CHOICES:
        options = CHOICES[field]
        return str(st.selectbox(field, options, index=options.index(value), key=key))
    if field in LISTS or len(value) > 80:
        return st.text_area(field, value, key=key)
    return st.text_input(field, value, key=key)


def _history(changes: list[Change], t: Language) -> None:
    if not changes:
        return
    st.subheader(t("History"), anchor=False)
    for change in changes[:100]:
        what = t("added") if change.before is None else t("changed")
        if change.after is None:
            what = t("removed")
        st.markdown(
            escape(f"{change.number}. {change.when} · {change.who} · {change.record} · ") + what
        )
        if st.session_state.get(_ALLOWED) and st.button(t("Undo"), key=f"undo_{change.number}"):
            try:
                Editor().undo(change.number, st.session_state[_WHO])
                st.rerun()
            except LocatorError as error:
                st.error(error.message(t))
