"""The map beside a list: it shows the same, and a tap on it offers what can be done there."""

from typing import Any

from streamlit_folium import st_folium

from locator.map import LocalMap, feature_group
from pages.parts import resources


def show(shown: dict[str, Any], *, key: str, height: int = 620) -> None:
    """Draw the map with `shown` on it.

    What a tap offers, `shown["ask"]`, is a message of the frame: see `pages.parts.frame.Handlers`.
    """
    st_folium(
        LocalMap(resources.MAP_PATH),
        key=key,
        height=height,
        use_container_width=True,
        feature_group_to_add=feature_group(shown),
        returned_objects=[],
    )
