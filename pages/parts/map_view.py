"""The map beside a list: it shows the same results, and clicking it sets the origin."""

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from locator.earth import Point
from locator.map import LocalMap, feature_group
from pages.parts import resources


def show(shown: dict[str, Any], *, key: str, height: int = 620) -> Point | None:
    """Draw the map with `shown` on it; return a point that was clicked since the last run."""
    result = st_folium(
        LocalMap(resources.MAP_PATH),
        key=key,
        height=height,
        use_container_width=True,
        feature_group_to_add=feature_group(shown),
        returned_objects=["last_clicked"],
    )
    clicked = (result or {}).get("last_clicked")
    if not clicked or clicked == st.session_state.get(f"{key}_clicked"):
        return None
    st.session_state[f"{key}_clicked"] = clicked
    return Point(clicked["lat"], clicked["lng"])
