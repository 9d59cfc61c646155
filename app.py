"""Nærved in the browser: `streamlit run app.py`."""

import streamlit as st

from locator.api import map_routes
from locator.geocoding import CurrentIndex
from pages.parts.resources import MAP_PATH

app = st.App("pages/main.py", routes=map_routes(CurrentIndex(), MAP_PATH))
