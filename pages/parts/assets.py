"""What the parts of pages are made of: files of static/, and text from data for Markdown."""

from typing import Any

import streamlit as st


def component(name: str) -> Any:  # noqa: ANN401 (Streamlit's own type is not public)
    """A component that the script of the frame draws: `window.naerved.NAME` in static/ui/."""
    return st.components.v2.component(
        f"naerved_{name}",
        html=f"<div class='nv-{name}'></div>\n",
        js=f"export default (component) => window.naerved.{name}(component);\n",
        isolate_styles=False,
    )


def escape(text: str) -> str:
    """Text from data, so that Streamlit's Markdown shows it as it is."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|~:$&" else c for c in text)
