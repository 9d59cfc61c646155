"""Editing one record: the form, the rules it is held to, and two who edit at once."""

from datetime import datetime

import streamlit as st

from locator.directory import (
    CHOICES,
    FIELDS,
    LISTS,
    Record,
    differences,
    from_form,
    new_errors,
    to_form,
    validated,
)
from locator.errors import ConflictError, LocatorError
from locator.find import card
from locator.language import Language
from pages.parts import field_words, resources, results_list
from pages.parts.assets import escape

# Keys of the session; the id of the record follows.
_READ = "edit_read_"  # the record that the edit is made of
_OTHER = "edit_other_"  # what was edited, where somebody else saved first: (form, their record)
_SAVED = "edit_saved_"

Edited = dict[str, str]


def show(record: Record, who: str, now: datetime, t: Language) -> None:
    """The form of a record; where somebody else saved first, the choice between the two."""
    if st.session_state.pop(_SAVED + record.id, False):
        st.success(t("Saved."))
    if _OTHER + record.id in st.session_state:
        _choose(record, who, now, t)
    else:
        _form(record, who, now, t)


def _form(record: Record, who: str, now: datetime, t: Language) -> None:
    if _key(record.id, FIELDS[0]) not in st.session_state:
        st.session_state[_READ + record.id] = record  # the form is opened now
    read: Record = st.session_state[_READ + record.id]
    texts = resources.directory().texts
    values = to_form(read, texts)
    with st.form("edit_form"):
        st.caption(
            t(
                "Lists have one item a line. A “?” marks the translation of a text that has "
                "changed: mend it, or take the mark away."
            )
        )
        edited = {field: _field(field, values[field], read.id, t) for field in FIELDS}
        preview = st.form_submit_button(t("Check and preview"))
        save = st.form_submit_button(t("Save"), type="primary")
    if not preview and not save:
        return
    try:
        changed = validated(from_form(read, edited, texts))
    except LocatorError as error:
        st.error(error.message(t))
        return
    if not _is_right(changed, read, t, now):
        return
    if save:
        _save(changed, edited, read, who, t)
    else:
        _preview(changed, now, t)


def _field(field: str, text: str, record: str, t: Language) -> str:
    key, label = _key(record, field), field_words.label(field, t)
    if field in CHOICES:
        options, words = CHOICES[field], field_words.values(field, t)
        return str(
            st.selectbox(
                label,
                options,
                index=options.index(text),
                format_func=lambda option: words.get(option, option),
                key=key,
            )
        )
    if field in LISTS or len(text) > 80:
        return st.text_area(label, text, key=key)
    return st.text_input(label, text, key=key)


def _key(record: str, field: str) -> str:
    return f"edit_{record}_{field}"


def _choice_key(record: str, field: str) -> str:
    return f"merge_{record}_{field}"


def _is_right(changed: Record, read: Record, t: Language, now: datetime) -> bool:
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


def _save(changed: Record, edited: Edited, read: Record, who: str, t: Language) -> None:
    """Save what was made of `read`; where that is not there any more, keep both versions."""
    try:
        resources.store().save(changed, who, read)
    except ConflictError as conflict:
        if conflict.theirs is None:
            st.error(t("Somebody else removed this record while you edited it."))
            return
        begin_anew(changed.id)
        st.session_state[_READ + changed.id] = read
        st.session_state[_OTHER + changed.id] = (edited, conflict.theirs)
    except LocatorError as error:
        st.error(error.message(t))
        return
    else:
        st.session_state[_SAVED + changed.id] = True
        begin_anew(changed.id)
    st.rerun()


def begin_anew(record: str) -> None:
    """Let the form begin anew with the record as it is then."""
    fields = [key(record, field) for field in FIELDS for key in (_key, _choice_key)]
    for key in (_READ + record, _OTHER + record, *fields):
        st.session_state.pop(key, None)


def _choose(record: Record, who: str, now: datetime, t: Language) -> None:
    """Both versions, field by field, and which of each shall hold."""
    read: Record = st.session_state[_READ + record.id]
    mine, theirs = st.session_state[_OTHER + record.id]
    st.warning(t("Somebody else changed this record while you edited it. Choose what holds."))
    texts = resources.directory().texts
    their_form = to_form(theirs, texts)
    chosen = dict(their_form)
    with st.form("merge_form"):
        for one in differences(to_form(read, texts), mine, their_form):
            means = field_words.values(one.field, t)
            shown = [
                escape(means.get(text, text)) or t("(empty)") for text in (one.theirs, one.mine)
            ]
            picked = st.radio(
                field_words.label(one.field, t),
                (False, True),
                index=int(one.is_mine),
                format_func=(t("As they saved it"), t("As you have it")).__getitem__,
                captions=shown,
                key=_choice_key(record.id, one.field),
            )
            chosen[one.field] = one.mine if picked else one.theirs
        save = st.form_submit_button(t("Save what is chosen"), type="primary")
        drop = st.form_submit_button(t("Drop my changes"))
    if drop:
        begin_anew(record.id)
        st.rerun()
    if not save:
        return
    try:
        merged = validated(from_form(theirs, chosen, texts))
    except LocatorError as error:
        st.error(error.message(t))
        return
    if _is_right(merged, theirs, t, now):
        _save(merged, chosen, theirs, who, t)
