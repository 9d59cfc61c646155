"""What all sessions share, loaded once and again only when its files change."""

from collections.abc import Hashable, MutableMapping
from pathlib import Path

import streamlit as st
from cachetools import LRUCache

from locator.coverage import Outcome
from locator.directory import Directory, load
from locator.geocoding import Chain, chain
from locator.settings import Settings, settings

# Where the app serves the map's files. Streamlit puts its base path before its own pages only.
MAP_PATH = "/" + f"{st.get_option('server.baseUrlPath')}/map".strip("/")

PLACES = 6_000_000  # of demand in all outcomes that are kept, some 60 bytes each


@st.cache_resource(show_spinner=False)
def operator() -> Settings:
    """What the operator has set, read once for all sessions."""
    return settings()


def directory() -> Directory:
    """The directory in use; an import by the operator is picked up without a restart."""
    return _directory(_stamp(operator().directory))


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    files = sorted(folder.rglob("*.jsonl"))  # records, and their texts
    return tuple((str(f), f.stat().st_mtime_ns, f.stat().st_ino) for f in files)


@st.cache_resource(max_entries=1, show_spinner=False)
def _directory(stamp: tuple[tuple[str, int, int], ...]) -> Directory:
    return load(operator().directory)


@st.cache_resource(show_spinner=False)
def geocoders() -> Chain:
    """The offline geocoder, which itself watches for a new address index, and behind it the online
    service that the operator enabled, if any.
    """
    return chain(operator())


@st.cache_resource(show_spinner=False)
def outcomes() -> MutableMapping[Hashable, Outcome]:
    """What the page "Coverage" measured of late, for all sessions."""
    return LRUCache(PLACES, getsizeof=lambda found: min(len(found.values.ids), PLACES))
