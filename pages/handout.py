"""The print view: what was found, on one page, for a caseworker to hand over."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from locator.find import cards_of, contacts, emergency_numbers, handout
from pages.parts import frame, resources, searching
from pages.parts.save_share import PLACE, SHOWN

_print = st.components.v2.component(
    "naerved_print",
    html="<button type='button'></button>\n",
    css="""
    button { min-height: 48px; padding: 0 1.2rem; font: inherit; font-weight: 600; color: #fff;
      cursor: pointer; background: var(--st-primary-color); border: 0; border-radius: 8px; }
    button:focus-visible { outline: 3px solid #f2a900; outline-offset: 2px; }
    @media print { button { display: none; } }
    """,
    js="""
    export default function ({ parentElement, data }) {
      const button = parentElement.querySelector("button");
      button.textContent = data;
      button.onclick = () => window.print();
    }
    """,
)

t = frame.in_use()
shown = st.session_state.get(SHOWN, [])
with st.container(key="tools"):
    st.title(t("Print"))
    if shown:
        _print(key="print", data=t("Print this page"))
    if st.button(t("Back to the search")):
        st.switch_page("find_help.py")
if shown:
    now = datetime.now(ZoneInfo("Europe/Copenhagen"))
    directory = resources.directory()
    found = cards_of(shown, directory.reader(t), now, contacts(directory))
    numbers = emergency_numbers(t, directory, searching.here())
    st.html(handout(found, t, now, place=st.session_state.get(PLACE, ""), numbers=numbers))
else:
    st.info(t("There is nothing to print yet: search first, then choose Print."))
