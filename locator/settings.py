"""Where files are: the embedded data, and what an operator puts beside it."""

import os
from pathlib import Path

GEODATA = Path(__file__).resolve().parent.parent / "geodata"

# What an operator makes on this machine (the address index, edits, suggestions): never committed.
LOCAL = GEODATA / "local"


def addresses_path(given: Path | None = None) -> Path:
    """The address index to use: the one given, else `NAERVED_ADDRESSES`, else the data folder's."""
    return given or Path(os.environ.get("NAERVED_ADDRESSES") or LOCAL / "addresses.index")


def directory_path(given: Path | None = None) -> Path:
    """The directory folder to use: the one given, else `NAERVED_DIRECTORY`, else the embedded."""
    return given or Path(os.environ.get("NAERVED_DIRECTORY") or GEODATA / "directory")
