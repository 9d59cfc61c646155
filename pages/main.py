"""Every page, and the frame around it."""

import streamlit as st

from locator.geocoding import municipalities_of
from pages.parts import address_field, frame, pointing, searching
from pages.parts.paths import PAGES

st.set_page_config(page_title="Nærved", layout="wide")
t = frame.choose_language()
titles = {
    "find": t("Find help"),
    "coverage": t("Coverage"),
    "directory": t("Directory"),
    "about": t("About and privacy"),
    "handout": t("Print"),
}
pages = {
    name: st.Page(file, title=titles[name], url_path=path or None, default=not path)
    for name, (file, path) in PAGES.items()
}
page = st.navigation(list(pages.values()), position="hidden")
HANDLERS = {**searching.HANDLERS, **pointing.HANDLERS}
if page == pages["find"]:
    searching.begin()
origin = st.session_state.get(address_field.ORIGIN)
here = municipalities_of(origin) if origin else ()
frame.show(t, HANDLERS, title="" if page == pages["find"] else page.title, here=here)
page.run()
