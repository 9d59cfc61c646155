"""Two who edited one record at once: both versions, field by field, and which shall hold."""

from datetime import datetime
from typing import NamedTuple

import streamlit as st

from locator.directory import Record, differences, to_form
from locator.language import Language
from pages.parts import field_words, record_fields, resources
from pages.parts.assets import escape

# Keys of the session; the id of the record follows.
_OTHER = "edit_other_"  # (the record that was read, the form as edited, their record)


class Choice(NamedTuple):
    """What a person chose: a form, to be saved over their record; None to drop the edit."""

    form: record_fields.Form | None
    theirs: Record


def is_waiting(record: str) -> bool:
    """Whether somebody else saved first."""
    return _OTHER + record in st.session_state


def keep(read: Record, edited: record_fields.Form, theirs: Record) -> None:
    """Let the person choose between what they edited and what is saved."""
    st.session_state[_OTHER + read.id] = (read, edited, theirs)


def forget(record: str) -> None:
    """Nothing is to be chosen any more."""
    st.session_state.pop(_OTHER + record, None)
    for name in [k for k in st.session_state if str(k).startswith(_key(record, ""))]:
        del st.session_state[name]


def show(record: Record, now: datetime, t: Language) -> Choice | None:
    """The choice; None while it is not made."""
    read, mine, theirs = st.session_state[_OTHER + record.id]
    st.warning(t("Somebody else changed this record while you edited it. Choose what holds."))
    texts = resources.directory().texts
    their_form = to_form(theirs, texts)
    chosen = dict(their_form)
    with st.form("merge_form"):
        for one in differences(to_form(read, texts), mine, their_form):
            shown = [
                escape(field_words.text(one.field, text, t, now)) or t("(empty)")
                for text in (one.theirs, one.mine)
            ]
            picked = st.radio(
                field_words.label(one.field, t),
                (False, True),
                index=int(one.is_mine),
                format_func=(t("As they saved it"), t("As you have it")).__getitem__,
                captions=shown,
                key=_key(record.id, one.field),
            )
            chosen[one.field] = one.mine if picked else one.theirs
        save = st.form_submit_button(t("Save what is chosen"), type="primary")
        drop = st.form_submit_button(t("Drop my changes"))
    if drop:
        return Choice(None, theirs)
    return Choice(chosen, theirs) if save else None


def _key(record: str, field: str) -> str:
    return f"merge_{record}_{field}"
