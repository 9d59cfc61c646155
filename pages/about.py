"""What Nærved is, what it holds and how fresh, and what it does with what you type."""

from html import escape as html_escape

import streamlit as st

from locator.about import packages
from locator.geocoding import CurrentIndex
from pages.parts import accessibility, frame, resources
from pages.parts.assets import escape

t = frame.in_use()
operator = resources.operator()

st.title(t("About Nærved"))
st.markdown(
    t(
        "Nærved (“close by”) helps you find the help nearest to you: authorities, language "
        "courses, food, health, advice, clubs. It does not decide who has a right to what: ask "
        "the place."
    )
)
st.header(t("Who runs it"), anchor=False)
st.markdown(
    escape(operator.operator) if operator.operator else t("Who runs this server has not said so.")
)
if operator.contact:
    st.markdown(t("Contact: {contact}", contact=escape(operator.contact)))
st.header(t("Privacy"), anchor=False)
st.markdown(
    t(
        "What you type and where you are stay on the server that shows you this page. It keeps no "
        "record of them. Your browser keeps your searches until you close the tab. It keeps your "
        "own list until you delete it. “Leave this page” removes both. Another site sees you "
        "only if you switch on the detailed street map, or follow a link out of Nærved."
    )
)
st.header(t("What is in it"), anchor=False)
records = resources.directory().records
st.markdown(t.n("{count} place or line", "{count} places and lines", len(records)))
st.markdown(
    t("Each shows where it comes from and when it was last checked. The data and their licences:")
)
# What the data are called is English, in any language of the page.
rows = (" · ".join((one.title, one.sources, one.licence, one.date)) for one in packages())
st.html(f'<ul lang="en" dir="ltr">{"".join(f"<li>{html_escape(row)}</li>" for row in rows)}</ul>')
st.header(t("Addresses"), anchor=False)
index = CurrentIndex(operator.addresses).index()
if index:
    count = int(index.about["rows"])
    st.markdown(t.n("{count} address, from:", "{count} addresses, from:", count))
    for source in index.about["sources"]:
        st.markdown("- " + escape(" · ".join(str(value) for value in source.values() if value)))
else:
    st.markdown(t("No address index is installed: every street is known, but few doors."))
accessibility.show(t, operator)
