"""Nærved in the browser: `streamlit run app.py`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from locator.api import Application, KeptCompressed, list_routes, map_routes, page_routes
from locator.geocoding import CurrentIndex
from pages.parts import resources
from pages.parts.paths import PATHS

application = Application(Path(st.__file__).parent / "static" / "index.html", resources.BASE)
addresses = CurrentIndex(resources.operator().addresses)
app = st.App(
    "pages/main.py",
    routes=[
        *map_routes(addresses, resources.MAP_PATH),
        *resources.frame().files.routes(resources.BASE),
        *list_routes(resources.frame(), resources.directory),
        *page_routes(resources.frame(), application, PATHS),
    ],
    middleware=[Middleware(KeptCompressed)],
)
