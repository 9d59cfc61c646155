"""Nærved in the browser: `streamlit run app.py`."""

from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware

from locator.api import (
    Application,
    KeptCompressed,
    handout_routes,
    list_routes,
    map_routes,
    page_routes,
    tile_routes,
)
from locator.geocoding import CurrentIndex
from locator.needs import prepare
from pages.parts import resources
from pages.parts.paths import PATHS

application = Application(Path(st.__file__).parent / "static" / "index.html", resources.BASE)
# The first person who asks need not wait for what all of them need.
Thread(
    target=lambda: prepare(resources.directory(), vectors=resources.operator().vectors), daemon=True
).start()
Thread(target=resources.prepare_travel, daemon=True).start()
addresses = CurrentIndex(resources.operator().addresses)
app = st.App(
    "pages/main.py",
    routes=[
        *map_routes(addresses, resources.MAP_PATH),
        *tile_routes(resources.street_map(), resources.TILES_PATH),
        *resources.frame().files.routes(resources.BASE),
        *list_routes(resources.frame(), resources.directory),
        *handout_routes(resources.frame()),
        *page_routes(resources.frame(), application, PATHS),
    ],
    middleware=[Middleware(KeptCompressed)],
)
