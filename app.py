"""Nærved in the browser: `streamlit run app.py`."""

import streamlit as st

from pages.parts import frame

st.set_page_config(page_title="Nærved", page_icon="🧭", layout="wide")
t = frame.choose_language()
frame.show(t)
# Each url_path is the name of the page's file: see `frame.begin`.
st.navigation(
    [
        st.Page(
            "pages/find_help.py", title=t("Find help"), icon="🧭", url_path="find", default=True
        ),
        st.Page("pages/coverage.py", title=t("Coverage"), icon="📊", url_path="coverage"),
        st.Page("pages/directory.py", title=t("Directory"), icon="📇", url_path="directory"),
        st.Page("pages/about.py", title=t("About and privacy"), icon="ℹ️", url_path="about"),
        st.Page("pages/handout.py", title=t("Print"), url_path="handout", visibility="hidden"),
    ],
    position="top",
).run()
