"""What all sessions share, loaded once and again only when its files change."""

import tempfile
from collections.abc import Hashable, MutableMapping
from pathlib import Path

import streamlit as st
import streamlit.components.v1 as components
from cachetools import LRUCache

from locator import webmap
from locator.coverage.request import Outcome
from locator.directory import Directory, load
from locator.geocoders.chain import Chain, chain
from locator.settings import directory_path


def directory() -> Directory:
    """The directory in use; an import by the operator is picked up without a restart."""
    return _directory(_stamp(directory_path()))


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    files = sorted(folder.glob("*.jsonl"))
    return tuple((f.name, f.stat().st_mtime_ns, f.stat().st_ino) for f in files)


@st.cache_resource(max_entries=1, show_spinner=False)
def _directory(stamp: tuple[tuple[str, int, int], ...]) -> Directory:
    return load()


@st.cache_resource(show_spinner=False)
def geocoders() -> Chain:
    """The offline geocoder, which itself watches for a new address index, and behind it the online
    service that the operator enabled, if any.
    """
    return chain()


@st.cache_resource(show_spinner=False)
def outcomes() -> MutableMapping[Hashable, Outcome]:
    """What the page "Coverage" measured of late, for all sessions."""
    return LRUCache(8)


@st.cache_resource(show_spinner=False)
def map_assets() -> str:
    """URL, as seen from the map's frame, of the folder with Leaflet and the base map."""
    folder = Path(tempfile.mkdtemp(prefix="naerved-map-"))
    webmap.write_assets(folder)
    component = components.declare_component("naerved_map_assets", path=str(folder))
    return f"../{component.name}"
