"""What the embedded data are, from the data package that describes them."""

import json
from dataclasses import dataclass
from functools import cache

from locator.settings import GEODATA


@dataclass(frozen=True, slots=True)
class Package:
    """One embedded file: its title, sources, licence and date, as text."""

    title: str
    sources: str
    licence: str
    date: str


@cache
def packages() -> tuple[Package, ...]:
    """The files described in geodata/datapackage.json, in its order."""
    described = json.loads((GEODATA / "datapackage.json").read_text(encoding="utf-8"))
    return tuple(
        Package(
            title=file.get("title") or file["name"],
            sources=", ".join(source["title"] for source in file.get("sources", ())),
            licence=", ".join(licence["name"] for licence in file.get("licenses", ())),
            date=str(file.get("date", "")),
        )
        for file in described["resources"]
    )
