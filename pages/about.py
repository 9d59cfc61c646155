"""What Nærved is, what it holds and how fresh, and what it does with what you type."""

import streamlit as st

from locator.about import packages
from locator.geocoding import CurrentIndex
from pages.parts import frame, resources
from pages.parts.assets import escape

t = frame.in_use()

st.title(t("About Nærved"))
st.markdown(
    t(
        "Nærved (“close by”) helps you find the help nearest to you: authorities, language "
        "courses, food, health, advice, clubs. It does not decide who has a right to what: ask "
        "the place."
    )
)
st.subheader(t("Privacy"), anchor=False)
st.markdown(
    t(
        "What you type and where you are stay on the server that shows you this page; it keeps no "
        "record of them. Nothing is fetched from anyone else. Only if you switch on the detailed "
        "street map, or click a link that leaves Nærved, does another site see you."
    )
)
st.subheader(t("What is in it"), anchor=False)
records = resources.directory().records
st.markdown(t.n("{count} place or line", "{count} places and lines", len(records)))
st.markdown(
    t("Each shows where it comes from and when it was last checked. The data and their licences:")
)
for package in packages():
    st.markdown(
        f"- **{package.title}**: {package.sources} · {package.licence} · {package.date}",
    )
st.subheader(t("Addresses"), anchor=False)
index = CurrentIndex(resources.operator().addresses).index()
if index:
    count = int(index.about["rows"])
    st.markdown(t.n("{count} address, from:", "{count} addresses, from:", count))
    for source in index.about["sources"]:
        st.markdown("- " + escape(" · ".join(str(value) for value in source.values() if value)))
else:
    st.markdown(t("No address index is installed: every street is known, but few doors."))
