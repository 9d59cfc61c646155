"""Every page, and the frame around it."""

import streamlit as st

from pages.parts import frame, pointing, searching
from pages.parts.paths import PAGES

st.set_page_config(page_title="Nærved", layout="wide")
t = frame.choose_language()
titles = {
    "find": t("Find help"),
    "coverage": t("Coverage"),
    "directory": t("Directory"),
    "about": t("About and privacy"),
}
pages = {
    name: st.Page(file, title=titles[name], url_path=path or None, default=not path)
    for name, (file, path) in PAGES.items()
}
page = st.navigation(list(pages.values()), position="hidden")
HANDLERS = {**searching.HANDLERS, **pointing.HANDLERS}
if page == pages["find"]:
    searching.begin()
title = "" if page == pages["find"] else page.title
frame.show(t, HANDLERS, title=title, here=searching.here())
page.run()
