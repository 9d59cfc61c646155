"""What an operator may set, read from the environment here and nowhere else, and handed down."""

import os
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_dir


def _embedded(name: str) -> Path:
    """A folder that comes with the program: in a checkout beside it, installed inside it."""
    inside = Path(__file__).resolve().parent / name
    return inside if inside.is_dir() else inside.parents[1] / name


GEODATA = _embedded("geodata")
STATIC = _embedded("static")
EMBEDDED = GEODATA / "directory"  # the records that come with the program

# Where all that a machine makes lay before it had a folder outside of the program.
BEFORE = GEODATA / "local"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator has set, once and for all.

    Attributes:
        data: folder of all that is made on this machine, and of nothing that comes with the
            program: address index, imports, edits, suggestions, compiled code.
        addresses: the address index, which need not be there.
        network: folder of streets and timetables, which need not be there.
        tiles: the street map's file, which need not be there.
        directory: folder of records that imports and edits lie over.
        online: the service behind the offline geocoder, "" for none.
        adressevaelger_token: for that service; "" for the shared one.
        edit_secret: lets those who know it edit; "" lets nobody.
        operator, contact: who runs this, and how to reach them, in words for people.
        url: where people find it, "" where it is not known.
        vectors: whether needs are understood by vectors too, which take 120 MB of memory.
        pseudo_languages: whether a tester wants languages that nobody speaks among those offered.
    """

    data: Path
    addresses: Path
    network: Path
    tiles: Path
    directory: Path = EMBEDDED
    online: str = ""
    adressevaelger_token: str = field(default="", repr=False)
    edit_secret: str = field(default="", repr=False)
    operator: str = ""
    contact: str = ""
    url: str = ""
    vectors: bool = True
    pseudo_languages: bool = False


def settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; the README's table has every variable."""
    data = Path(environ.get("NAERVED_DATA") or _usual_data()).resolve()
    return Settings(
        data=data,
        addresses=Path(environ.get("NAERVED_ADDRESSES") or data / "addresses.index"),
        network=Path(environ.get("NAERVED_NETWORK") or data / "network"),
        tiles=data / "map.pmtiles",
        directory=Path(environ.get("NAERVED_DIRECTORY") or EMBEDDED),
        online=environ.get("NAERVED_ONLINE", "").strip().lower(),
        adressevaelger_token=environ.get("NAERVED_ADRESSEVAELGER_TOKEN", ""),
        edit_secret=environ.get("NAERVED_EDIT_SECRET", ""),
        operator=environ.get("NAERVED_OPERATOR", "").strip(),
        contact=environ.get("NAERVED_CONTACT", "").strip(),
        url=environ.get("NAERVED_URL", "").strip().rstrip("/"),
        vectors=environ.get("NAERVED_VECTORS", "").strip().lower() not in ("off", "no", "0"),
        pseudo_languages=bool(environ.get("NAERVED_PSEUDO_LANGUAGES")),
    )


def keep_compiled_code(environ: MutableMapping[str, str] = os.environ) -> None:
    """Have numba keep what it compiles in the data folder, unless the operator says where.

    To be called before numba is read; beside the program's own files there may be no room.
    """
    environ.setdefault("NUMBA_CACHE_DIR", str(settings(environ).data / "numba"))


def _usual_data() -> Path:
    """The user's own data folder; the older one within the program where that is in use."""
    if BEFORE.is_dir() and any(BEFORE.iterdir()):
        return BEFORE
    return Path(user_data_dir("naerved", appauthor=False))
