"""A service that is added: what it cannot do without, then the form for all the rest."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from locator.directory import (
    Record,
    categories,
    category,
    identifier,
    new_errors,
    problems,
    validated,
)
from locator.errors import LocatorError
from locator.language import Language
from locator.places import municipalities
from pages.parts import field_words, resources
from pages.parts.assets import escape


def show(who: str, now: datetime, t: Language, opened: Callable[[str], None]) -> None:
    """The form to add a service.

    Args:
        opened: called with the id of what was added.
    """
    homes = {"": "", **{one.code: one.name for one in municipalities().values()}}
    with st.expander(t("Add a service")), st.form("add_form", border=False):
        name = st.text_input(t("Name"), max_chars=200, key="add_name")
        kind = st.selectbox(
            t("Kind of help"),
            ["", *categories()],
            format_func=lambda one: category(one).name(t) if one else "",
            key="add_kind",
        )
        home = st.selectbox(
            t("Municipality"),
            sorted(homes, key=homes.__getitem__),
            format_func=homes.__getitem__,
            key="add_municipality",
        )
        phone = st.text_input(t("Telephone"), max_chars=40, key="add_phone")
        source = st.text_input(
            t("Where do you know it from? A web address"), max_chars=2000, key="add_source"
        )
        if not st.form_submit_button(t("Add it"), type="primary"):
            return
    fields: dict[str, Any] = {
        "id": identifier(name, resources.directory().by_id),
        "name": name.strip(),
        "text_language": "da",
        "categories": [kind] if kind else [],
        "municipality_code": home,
        "phones": [{"number": phone.strip()}] if phone.strip() else [],
        "sources": [{"url": source.strip(), "date": now.date().isoformat()}],
        "assured_date": now.date().isoformat(),
    }
    if added := _added(fields, who, now, t):
        opened(added.id)
        st.rerun()


def _added(fields: dict[str, Any], who: str, now: datetime, t: Language) -> Record | None:
    """The record, saved; None where it is none, and the reasons are said."""
    wrong = problems(fields)
    if not wrong:
        record = validated(fields)
        wrong = [(one.field, one.problem) for one in new_errors(record, None, now)]
    for field, note in wrong:
        st.error(escape(f"{field_words.label(field, t)}: {note.text(t)}"))
    if wrong:
        return None
    try:
        resources.store().save(record, who, None)
    except LocatorError as error:
        st.error(error.message(t))
        return None
    return record
