"""Editing one record: the form, the rules it is held to, and what is done in one click."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from locator.directory import (
    Record,
    Status,
    from_form,
    new_errors,
    problems,
    to_form,
    validated,
)
from locator.errors import ConflictError, LocatorError
from locator.find import card
from locator.language import Language
from pages.parts import (
    field_words,
    point_finding,
    record_fields,
    record_merge,
    resources,
    results_list,
)
from pages.parts.assets import escape

# Keys of the session; the id of the record follows.
_READ = "edit_read_"  # the record that the edit is made of
_SAVED = "edit_saved_"


def show(record: Record, who: str, now: datetime, t: Language) -> None:
    """The form of a record; where somebody else saved first, the choice between the two."""
    if saved := st.session_state.pop(_SAVED + record.id, ""):
        st.success(saved)
    if record_merge.is_waiting(record.id):
        _merge(record, who, now, t)
        return
    _in_one_click(record, who, now, t)
    st.subheader(t("Edit"), anchor=False)
    _form(record, who, now, t)


def _merge(record: Record, who: str, now: datetime, t: Language) -> None:
    choice = record_merge.show(record, now, t)
    if choice is None:
        return
    if choice.form is None:
        begin_anew(record.id)
        st.rerun()
        return
    merged = _made_of(choice.theirs, choice.form, t)
    if merged and is_right(merged, choice.theirs, t, now):
        _save(merged, choice.form, choice.theirs, who, t)


def _in_one_click(record: Record, who: str, now: datetime, t: Language) -> None:
    """What takes no form: still right, closed, open again."""
    today = now.date().isoformat()
    with st.container(horizontal=True):
        if record.status is Status.ACTIVE:
            if st.button(t("Still right today"), key="still_right", type="primary"):
                _change(record, {"assured_date": today}, who, t("Thank you: checked today."))
            if st.button(t("Closed for a time"), key="close_a_while"):
                _change(record, {"status": Status.TEMPORARILY_CLOSED}, who, t("Saved."))
            if st.button(t("Closed for good"), key="close"):
                said = t("Saved. Nobody is shown it any more; it can be opened again here.")
                _change(record, {"status": Status.DEFUNCT}, who, said)
        elif st.button(t("Open again"), key="reopen", type="primary"):
            changes = {"status": Status.ACTIVE, "assured_date": today}
            _change(record, changes, who, t("Saved."))


def _change(record: Record, changes: Mapping[str, object], who: str, said: str) -> None:
    changed = record.model_copy(update=changes)
    try:
        resources.store().save(changed, who, record)
    except LocatorError as error:
        st.error(str(error))
        return
    begin_anew(record.id)
    st.session_state[_SAVED + record.id] = said
    st.rerun()


def _form(record: Record, who: str, now: datetime, t: Language) -> None:
    if not record_fields.is_open(record.id):
        st.session_state[_READ + record.id] = record  # the form is opened now
    read: Record = st.session_state[_READ + record.id]
    texts = resources.directory().texts
    with st.form("edit_form"):
        edited = record_fields.draw(to_form(read, texts), read.id, t)
        with st.container(horizontal=True):
            st.form_submit_button(
                t("Find the point of the address"), on_click=point_finding.find, args=(read.id, t)
            )
            preview = st.form_submit_button(t("Check and preview"))
            save = st.form_submit_button(t("Save"), type="primary")
    point_finding.tell(read.id)
    if not preview and not save:
        return
    changed = _made_of(read, edited, t)
    if changed is None or not is_right(changed, read, t, now):
        return
    if save:
        _save(changed, edited, read, who, t)
    else:
        _preview(changed, now, t)


def _made_of(read: Record, edited: record_fields.Form, t: Language) -> Record | None:
    """The record as edited; where it is none, None, and each reason is said."""
    try:
        fields = from_form(read, edited, resources.directory().texts)
    except LocatorError as error:
        label = field_words.label(str(error.values.get("field", "")), t)
        st.error(escape(f"{label}: {error.message(t)}"))
        return None
    wrong = problems(fields)
    for field, note in wrong:
        st.error(escape(f"{field_words.label(field, t)}: {note.text(t)}"))
    return None if wrong else validated(fields)


def is_right(changed: Record, read: Record | None, t: Language, now: datetime) -> bool:
    """Whether the edit brings in no error; says each that it does, as `directory check` would."""
    errors = new_errors(changed, read, now)
    for one in errors:
        st.error(escape(f"{field_words.label(one.field, t)}: {one.problem.text(t)}"))
    return not errors


def _preview(changed: Record, now: datetime, t: Language) -> None:
    st.success(t("It can be saved."))
    section: results_list.Section = {
        "title": t("So people would see it"),
        "note": "",
        "cards": [card(changed, resources.directory().reader(t), now)],
    }
    results_list.show([section], t, key="preview")


def _save(changed: Record, edited: record_fields.Form, read: Record, who: str, t: Language) -> None:
    """Save what was made of `read`; where that is not there any more, keep both versions."""
    try:
        resources.store().save(changed, who, read)
    except ConflictError as conflict:
        if conflict.theirs is None:
            st.error(t("Somebody else removed this record while you edited it."))
            return
        begin_anew(changed.id)
        record_merge.keep(read, edited, conflict.theirs)
    except LocatorError as error:
        st.error(error.message(t))
        return
    else:
        begin_anew(changed.id)
        st.session_state[_SAVED + changed.id] = t("Saved.")
    st.rerun()


def begin_anew(record: str) -> None:
    """Let the form begin anew with the record as it is then."""
    st.session_state.pop(_READ + record, None)
    record_fields.forget(record)
    record_merge.forget(record)
