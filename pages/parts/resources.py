"""What all sessions share, loaded once and again only when its files change."""

import tempfile
from collections.abc import Hashable, MutableMapping
from pathlib import Path

import streamlit as st
import streamlit.components.v1 as components
from cachetools import LRUCache

from locator.coverage import Outcome
from locator.directory import Directory, load
from locator.geocoding import AddressIndex, Chain, chain
from locator.map import write_assets, write_street_names
from locator.settings import addresses_path, directory_path

PLACES = 6_000_000  # of demand in all outcomes that are kept, some 60 bytes each


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
    return LRUCache(PLACES, getsizeof=lambda found: min(len(found.values.ids), PLACES))


def map_assets() -> str:
    """URL, as seen from the map's frame, of the folder with Leaflet, base map and street names."""
    folder, url = _map_assets()
    path = addresses_path()
    stat = path.stat() if path.is_file() else None
    _street_names(folder, (path, stat.st_ino, stat.st_mtime_ns) if stat else None)
    return url


@st.cache_resource(show_spinner=False)
def _map_assets() -> tuple[Path, str]:
    folder = Path(tempfile.mkdtemp(prefix="naerved-map-"))
    write_assets(folder)
    component = components.declare_component("naerved_map_assets", path=str(folder))
    return folder, f"../{component.name}"


@st.cache_resource(max_entries=1, show_spinner=False)
def _street_names(folder: Path, index: tuple[Path, int, int] | None) -> None:
    """Written again when a new index takes the place of the old."""
    write_street_names(AddressIndex.open(index[0]) if index else None, folder / "streets")
