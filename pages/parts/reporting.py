"""Telling of a mistake in a record: kept for review, and nothing else changes."""

import streamlit as st

from locator.directory import LONGEST_SUGGESTION, Reader, Record
from locator.errors import LocatorError
from locator.find import mistakes
from locator.language import Language
from pages.parts import resources


def form(record: Record, t: Language) -> None:
    """What is wrong, in a word or two of the person's own, and who asks for an answer."""
    with st.form("suggest_form", clear_on_submit=True):
        wrong = st.pills(t("What is wrong?"), mistakes(record, t), selection_mode="multi")
        text = st.text_area(
            t("How it should be, as far as you know"), max_chars=LONGEST_SUGGESTION - 200
        )
        who = st.text_input(t("Your name or e-mail, if you want an answer"), max_chars=200)
        if st.form_submit_button(t("Send the suggestion")):
            _send(record, " · ".join(filter(None, (*wrong, text.strip()))), who, t)


def ask(record: Record, reader: Reader) -> None:
    """The form, over the page."""
    t = reader.t
    title = t("A mistake in “{name}”", name=reader.name(record))
    st.dialog(title, width="medium")(form)(record, t)


def _send(record: Record, text: str, who: str, t: Language) -> None:
    try:
        resources.store().suggest(record.id, text, who, resources.sender())
        st.success(t("Thank you. It is kept for review."))
    except LocatorError as error:
        st.error(error.message(t))
