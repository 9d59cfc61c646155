"""What all sessions share, loaded once and again only when its files change."""

import secrets
from collections.abc import Hashable
from datetime import datetime
from threading import Lock

import streamlit as st
from cachetools import LRUCache

from locator.api import Frame, UiFiles
from locator.coverage import Outcome
from locator.directory import DENMARK, Directory, FolderStore, Gate, open_store
from locator.find import nearest
from locator.geocoding import Chain, chain
from locator.language import offered
from locator.map import CurrentTiles
from locator.needs import Interpreter, Meanings, meanings
from locator.settings import Settings, settings
from locator.travel import Installed

# Streamlit puts its base path before its own pages only.
BASE = f"/{st.get_option('server.baseUrlPath') or ''}".rstrip("/")
MAP_PATH = f"{BASE}/map"  # where the app serves the map's files
TILES_PATH = f"{BASE}/tiles"  # and the street map's

PLACES = 6_000_000  # of demand in all outcomes that are kept, some 60 bytes each


@st.cache_resource(show_spinner=False)
def operator() -> Settings:
    """What the operator has set, read once for all sessions."""
    return settings()


@st.cache_resource(show_spinner=False)
def installed() -> Installed:
    """What this machine has to travel by."""
    return Installed(operator().network)


def prepare_travel() -> None:
    """Have the first search by time wait no longer than others."""
    installed().prepare(
        lambda point, metric: nearest(directory(), point, limit=None, metric=metric),
        datetime.now(DENMARK),
    )


@st.cache_resource(show_spinner=False)
def store() -> FolderStore:
    """Where the records are; edits and imports are picked up without a restart."""
    return open_store(operator())


@st.cache_resource(show_spinner=False)
def frame() -> Frame:
    """What stands round every page."""
    return Frame(BASE, UiFiles(), offered(pseudo=operator().pseudo_languages))


def directory() -> Directory:
    """The records as they are now."""
    return store().directory()


@st.cache_resource(show_spinner=False)
def gate() -> Gate:
    """Who may edit."""
    return Gate(operator().edit_secret)


def sender() -> str:
    """An opaque name of this session, for counting what it sends; tells nothing of the person."""
    name: str = st.session_state.setdefault("sender", secrets.token_hex(8))
    return name


@st.cache_resource(show_spinner=False)
def geocoders() -> Chain:
    """The offline geocoder, which itself watches for a new address index, and behind it the online
    service that the operator enabled, if any.
    """
    return chain(operator())


@st.cache_resource(show_spinner=False)
def street_map() -> CurrentTiles:
    """The street map of this machine, taken up when it is built."""
    return CurrentTiles(operator().tiles)


@st.cache_resource(show_spinner=False)
def _meanings() -> Meanings | None:
    return meanings() if operator().vectors else None


def interpreter() -> Interpreter:
    """What understands the one field there is, over the records as they are now."""
    return Interpreter(geocoders().offline, directory(), _meanings())


class Outcomes:
    """What the page "Coverage" measured of late; for the threads of all sessions at once.

    Args:
        places: of demand, in all outcomes that are kept.
    """

    def __init__(self, places: int = PLACES) -> None:
        self._lock = Lock()
        self._kept: LRUCache[Hashable, Outcome] = LRUCache(
            places, getsizeof=lambda found: min(len(found.values.ids), places)
        )

    def get(self, key: Hashable) -> Outcome | None:
        """What was kept under this key, if it is still there."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: Hashable, found: Outcome) -> None:
        """Keep it; what was not asked for longest goes where there is no more room."""
        with self._lock:
            self._kept[key] = found


@st.cache_resource(show_spinner=False)
def outcomes() -> Outcomes:
    """What was measured for any session."""
    return Outcomes()
