"""The accessibility statement that Danish law asks of public bodies.

After the model of Commission Implementing Decision (EU) 2018/1523: what it covers, how far the
standard is met, what does not work, how that was found, whom to tell, and where to complain. The
way to complain is told by digst.dk, read in November 2026.
"""

import streamlit as st

from locator.language import Language
from locator.settings import Settings
from pages.parts.assets import escape

_COMPLAIN = (
    "https://digst.dk/digital-inklusion/webtilgaengelighed/oplever-du-ikke-tilgaengeligt-indhold/"
)
_COMPLAIN_PHONE = "20 16 36 12"


def show(t: Language, operator: Settings) -> None:
    """Write the statement."""
    st.header(t("Accessibility"), anchor=False)
    st.markdown(
        t(
            "This statement is about Nærved, all its pages. The pages meet a part of the standard "
            "EN 301 549, which asks for WCAG 2.1 AA. Those who made them have tested them. No one "
            "else has."
        )
    )
    st.subheader(t("What we know does not work"), anchor=False)
    st.markdown("\n".join(f"- {fault}" for fault in _faults(t)))
    st.subheader(t("How it was tested"), anchor=False)
    st.markdown(
        t(
            "In November 2026 in the browser Chromium: with the tool axe, by keyboard alone, in "
            "light and dark, on narrow and wide screens. Not tested: with screen readers, with "
            "voice control, with old phones, and by people who have a disability."
        )
    )
    st.subheader(t("Tell us, or complain"), anchor=False)
    st.markdown(
        t("Does something not work for you? Tell us: {contact}", contact=escape(operator.contact))
        if operator.contact
        else t("Who runs this server has not said how to reach them.")
    )
    st.markdown(
        t(
            "Is a public body behind it, and do you get no good answer within 10 working days? "
            "Then you can [write to Digitaliseringsstyrelsen]({link}), the Danish Agency for "
            "Digital Government, or call {phone}.",
            link=_COMPLAIN,
            phone=_COMPLAIN_PHONE,
        )
    )


def _faults(t: Language) -> tuple[str, ...]:
    return (
        t("The map needs a mouse or a finger. All that is on it is in the list too."),
        t("What is told of a place is in Danish or English, and may be hard to read."),
        t("Without JavaScript only the emergency numbers and the way out work."),
    )
