"""Where files are: the embedded data, and what an operator puts beside it."""

import os
from pathlib import Path


def _embedded(name: str) -> Path:
    """A folder that comes with the program: in a checkout beside it, installed inside it."""
    inside = Path(__file__).resolve().parent / name
    return inside if inside.is_dir() else inside.parents[1] / name


GEODATA = _embedded("geodata")
STATIC = _embedded("static")

# What an operator makes on this machine (the address index, edits, suggestions): never committed.
LOCAL = GEODATA / "local"


def addresses_path(given: Path | None = None) -> Path:
    """The address index to use: the one given, else `NAERVED_ADDRESSES`, else the data folder's."""
    return given or Path(os.environ.get("NAERVED_ADDRESSES") or LOCAL / "addresses.index")


def directory_path(given: Path | None = None) -> Path:
    """The directory folder to use: the one given, else `NAERVED_DIRECTORY`, else the embedded."""
    return given or Path(os.environ.get("NAERVED_DIRECTORY") or GEODATA / "directory")


def pseudo_languages() -> bool:
    """Whether a tester wants languages that nobody speaks among those offered."""
    return bool(os.environ.get("NAERVED_PSEUDO_LANGUAGES"))
