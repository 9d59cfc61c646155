"""A point that the person chose on a map, kept until the page with that map takes it up."""

from typing import Any

import streamlit as st

from locator.earth import Point, parse_point
from locator.errors import InputError


def read_point(message: dict[str, Any]) -> Point | None:
    """The point of a message from the map; None where it has none."""
    try:
        return parse_point(f"{message.get('lat')},{message.get('lon')}")
    except InputError:
        return None


def keep(message: dict[str, Any]) -> None:
    """Keep the point for the map that is named."""
    if point := read_point(message):
        st.session_state[f"pointed_{message.get('map')}"] = point


def take(name: str) -> Point | None:
    """The point chosen on the map `name` since this was last asked."""
    point: Point | None = st.session_state.pop(f"pointed_{name}", None)
    return point


HANDLERS = {"point": keep}
