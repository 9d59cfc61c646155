"""What stands around every page: language, emergency numbers, the way out."""

import streamlit as st

from locator.language import Language, accepted, language, negotiated, offered
from locator.settings import STATIC
from pages.parts import resources

# Opened by "Leave this page": Denmark's weather forecast, a page anyone may have open.
LEAVE_URL = "https://www.dmi.dk/"

STYLE = """
<style>
.stMainBlockContainer { padding-top: 4.4rem; padding-bottom: 6rem; max-width: 1500px; }
.stMainBlockContainer h1 { font-size: 2rem; padding: .2rem 0; }
[dir=rtl] .stMainBlockContainer { direction: rtl; text-align: start; }
@media (max-width: 640px) { .stMainBlockContainer { padding-inline: .8rem; } }
@media print {
  .stMainBlockContainer { padding: 0; max-width: none; }
  .stAppHeader, [data-testid=stToolbar], iframe, .st-key-tools, .st-key-top {
    display: none !important; }
  .stApp, .stAppViewContainer, .stMain { position: static !important; overflow: visible !important;
    height: auto !important; display: block !important; }
}
</style>
"""


def read_static(name: str) -> str:
    """The text of a file in static/, as a component wants it."""
    return (STATIC / name).read_text(encoding="utf-8")


def escape(text: str) -> str:
    """Text from data, so that Streamlit's Markdown shows it as it is."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|~:$&" else c for c in text)


_frame = st.components.v2.component(
    "naerved_frame",
    html=read_static("frame.html"),
    css=read_static("frame.css"),
    js=read_static("frame.js"),
)


def choose_language() -> Language:
    """The language in use: the person's choice, else the link's, else the browser's wishes."""
    if "lang" not in st.session_state:
        asked = accepted(st.context.headers.get("Accept-Language", ""))
        wanted = (st.query_params.get("lang"), *asked, st.context.locale)
        st.session_state["lang"] = negotiated(wanted, _offered()).code
    return language(st.session_state["lang"])


def _offered() -> tuple[str, ...]:
    return offered(pseudo=resources.operator().pseudo_languages)


def in_use() -> Language:
    """The language that `choose_language` chose in this session."""
    return language(st.session_state["lang"])


def show(t: Language) -> None:
    """Draw the frame: styles, emergency numbers, the language switch, the way out."""
    st.html(STYLE)
    with st.container(key="top"):
        _frame(key="frame", data=_frame_data(t), on_chosen_change=_change_language)
    if st.query_params.get("lang") != st.session_state["lang"]:
        st.query_params["lang"] = st.session_state["lang"]


def _change_language() -> None:
    chosen = st.session_state["frame"].get("chosen")
    if chosen in _offered():
        st.session_state["lang"] = chosen


def _frame_data(t: Language) -> dict[str, object]:
    return {
        "lang": t.code,
        "dir": t.direction,
        "emergency_label": t("Emergency numbers"),
        "numbers": [
            {"href": "tel:112", "digits": "112", "text": t("life in danger")},
            {"href": "tel:114", "digits": "114", "text": t("police")},
            {"href": "tel:1813", "digits": "1813", "text": t("doctor, Copenhagen area")},
            {"href": "tel:1888", "digits": "1888", "text": t("violence at home")},
        ],
        "languages_label": t("Language"),
        "languages": [{"code": code, "name": language(code).name} for code in _offered()],
        "leave": t("Leave this page"),
        "leave_title": t("Opens dmi.dk, the weather. Or press Escape three times."),
        "leave_url": LEAVE_URL,
    }
