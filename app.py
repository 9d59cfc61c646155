"""Nærved in the browser: `streamlit run app.py`."""

import streamlit as st

from locator.api import map_routes
from locator.geocoding import CurrentIndex
from pages.parts import resources

addresses = CurrentIndex(resources.operator().addresses)
app = st.App("pages/main.py", routes=map_routes(addresses, resources.MAP_PATH))
