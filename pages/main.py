"""Every page, and the frame around it."""

import streamlit as st

from pages.parts import frame

st.set_page_config(page_title="Nærved", page_icon="🧭", layout="wide")
t = frame.choose_language()
frame.show(t)
st.navigation(
    [
        st.Page("find_help.py", title=t("Find help"), icon="🧭", url_path="find", default=True),
        st.Page("missing_help.py", title=t("Coverage"), icon="📊", url_path="coverage"),
        st.Page("directory.py", title=t("Directory"), icon="📇", url_path="directory"),
        st.Page("about.py", title=t("About and privacy"), icon="ℹ️", url_path="about"),
        st.Page("handout.py", title=t("Print"), url_path="handout", visibility="hidden"),
    ],
    position="top",
).run()
