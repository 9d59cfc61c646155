"""Community resources of an OpenStreetMap extract, by the rules of geodata/osm_tags.json.

A rule holds where all its `tags` do ("*" is any value, a list any of its own). The first rule that
holds gives the `category`; with `words` the name may tell a better one; `only` keeps those named;
a rule without either leaves the thing out.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import osmium
from opening_hours import validate

from locator.directory.importing.intake import category_in, is_refuge, lenient_record
from locator.directory.record import Record
from locator.directory.taxonomy import categories
from locator.directory.translation import Origin, translated
from locator.errors import DataError, InputError
from locator.language import SOURCE, language
from locator.openstreetmap import (
    LICENCE,
    Position,
    date_of,
    inside,
    line_of,
    nodes_of,
    tagged,
    ways_of,
)
from locator.places import city, postcodes
from locator.settings import GEODATA

POINT_SOURCE = "© OpenStreetMap contributors, ODbL 1.0"

_PHONES = ("phone", "contact:phone", "phone:DK", "contact:mobile", "mobile")
_WEBSITES = ("website", "contact:website", "url")
_EMAILS = ("email", "contact:email")
_WHEELCHAIR = {"yes", "limited", "no"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Which tags are which category; `category` is "" for things to leave out."""

    tags: dict[str, tuple[str, ...]]
    category: str
    words: bool
    only: tuple[str, ...]

    def holds(self, tags: dict[str, str]) -> bool:
        """Whether all tags of the rule fit (a value with semicolons is each of its parts)."""
        return all(
            key in tags and (wanted == ("*",) or set(tags[key].split(";")) & set(wanted))
            for key, wanted in self.tags.items()
        )


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extract holds.

    Attributes:
        records: one for each place, in order of id.
        withheld: how many protected places were left out: even their numbers in OpenStreetMap
            would tell where they are.
        problems: (record id, what in its tags could not be used).
    """

    records: tuple[Record, ...]
    withheld: int
    problems: tuple[tuple[str, str], ...]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of geodata/osm_tags.json.

    Raises:
        DataError: a rule names no known category.
    """
    found = []
    for number, raw in enumerate(json.loads((GEODATA / "osm_tags.json").read_text("utf-8")), 1):
        tags = {k: (v,) if isinstance(v, str) else tuple(v) for k, v in raw["tags"].items()}
        rule = Rule(
            tags, raw.get("category", ""), raw.get("words", False), tuple(raw.get("only", ()))
        )
        for name in (rule.category, *rule.only):
            if name and name not in categories():
                raise DataError(
                    "osm_tags.json, rule {number}: there is no category {name}.",
                    number=number,
                    name=name,
                )
        found.append(rule)
    return tuple(found)


def category_of(tags: dict[str, str]) -> str:
    """The category of a thing with these tags, "" where no rule takes it."""
    names = [value for key, value in tags.items() if re.fullmatch(r"(\w+_)?name(:\w+)?", key)]
    for rule in rules():
        if rule.holds(tags):
            if is_refuge(names) and (rule.category or rule.only):
                return next(one.id for one in categories().values() if one.protected)
            told = category_in([*names, tags.get("description", "")]) if rule.words else None
            if rule.only:
                return told if told in rule.only else ""
            return told or rule.category
    return ""


def read_extract(path: Path) -> Extract:
    """All community resources of an extract (.osm.pbf, .osm, ...).

    Raises:
        InputError: there is no such file.
        DataError: it is no OpenStreetMap data.
    """
    if not path.is_file():
        raise InputError("There is no file {path}.", path=path)
    try:
        date = date_of(path)
        things = dict(_things(path))
    except (RuntimeError, ValueError) as error:
        raise DataError(
            "{path} cannot be read as OpenStreetMap data ({error}). Get the extract again.",
            path=path,
            error=error,
        ) from error
    records, problems, withheld = [], [], 0
    for name, (tags, at) in sorted(things.items()):
        category = category_of(tags)
        if not category:
            continue
        if categories()[category].protected:
            withheld += 1
            continue
        record, doubts = lenient_record(_values(name, tags, at, category, date))
        records.append(record)
        problems += [(record.id, doubt) for doubt in doubts]
    return Extract(tuple(records), withheld, tuple(problems))


def _things(path: Path) -> Iterator[tuple[str, tuple[dict[str, str], Position]]]:
    """("way/12", (tags, longitude and latitude)) of everything with a key that some rule names."""
    nodes, ways, relations = (
        _tagged(path, kind) for kind in (osmium.osm.NODE, osmium.osm.WAY, osmium.osm.RELATION)
    )
    members = ways_of(path, {ref for _, refs in relations.values() for ref in refs})
    wanted = {ref for _, refs in ways.values() for ref in refs}.union(*members.values())
    places = nodes_of(path, wanted | nodes.keys())
    for number, (tags, _) in nodes.items():
        yield f"node/{number}", (tags, places[number])
    for number, (tags, refs) in ways.items():
        if at := inside([line_of(refs, places)]):
            yield f"way/{number}", (tags, at)
    for number, (tags, refs) in relations.items():
        lines = [line_of(members[ref], places) for ref in refs if ref in members]
        if at := inside(lines):
            yield f"relation/{number}", (tags, at)


def _tagged(
    path: Path, kind: osmium.osm.osm_entity_bits
) -> dict[int, tuple[dict[str, str], list[int]]]:
    """By number, the tags of each object of a kind, and the nodes or ways that it is made of."""
    keys = sorted({key for rule in rules() for key in rule.tags})
    found: dict[int, tuple[dict[str, str], list[int]]] = {}
    for thing in tagged(path, kind, *keys):
        refs: list[int] = []
        if kind == osmium.osm.WAY:
            refs = [node.ref for node in thing.nodes]
        elif kind == osmium.osm.RELATION:
            refs = [member.ref for member in thing.members if member.type == "w"]
        found[thing.id] = ({tag.k: tag.v for tag in thing.tags}, refs)
    return found


def _values(
    name: str, tags: dict[str, str], at: Position, category: str, date: str
) -> dict[str, Any]:
    street = tags.get("addr:street") or tags.get("addr:place", "")
    hours = tags.get("opening_hours", "")
    postcode = tags.get("addr:postcode", "")
    known = postcodes().get(postcode)
    wheelchair = tags.get("wheelchair", "")
    values = {
        "id": "osm-" + name.replace("/", "-"),
        **_names(tags, category),
        "categories": [category],
        "organization": {"name": tags["operator"]} if tags.get("operator") else {},
        "address": f"{street} {tags.get('addr:housenumber', '')}".strip(),
        "postcode": postcode,
        "city": city(postcode) or tags.get("addr:city", ""),
        "municipality_code": known.municipalities[0]
        if known and len(known.municipalities) == 1
        else "",
        "lat": round(at[1], 7),
        "lon": round(at[0], 7),
        "precision": "address",
        "point_source": POINT_SOURCE,
        "phones": [{"number": number} for number in _phones(_first(tags, _PHONES))],
        "emails": [one.strip() for one in _first(tags, _EMAILS).split(";") if one.strip()],
        "website": _first(tags, _WEBSITES),
        "opening_hours": hours if validate(hours) else "",
        "hours_note": "" if validate(hours) else hours,
        "wheelchair": wheelchair if wheelchair in _WHEELCHAIR else "unknown",
        "cost": {"no": "free", "yes": "fee"}.get(tags.get("fee", ""), "unknown"),
        "sources": [
            {
                "url": f"https://www.openstreetmap.org/{name}",
                "date": tags.get("check_date", date),
                "evidence": "OpenStreetMap extract",
                "licence": LICENCE.replace(" ", "-"),
            }
        ],
    }
    return {field: value for field, value in values.items() if value}


def _names(tags: dict[str, str], category: str) -> dict[str, Any]:
    """The name, Danish in Denmark, and the English one; the kind of help for want of any."""
    danish, english = tags.get("name:da") or tags.get("name", ""), tags.get("name:en", "")
    if not danish and english:
        return {"name": english, "name_language": SOURCE}
    if not danish:
        kind = categories()[category]
        danish, english = kind.name(language("da")), kind.msgid
    if not english or english == danish:
        return {"name": danish}
    also = translated("name", danish, SOURCE, english, Origin.ORIGINAL)
    return {"name": danish, "translations": [also]}


def _first(tags: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((tags[key] for key in keys if tags.get(key)), "")


def _phones(text: str) -> Iterator[str]:
    for one in re.split(r"[;,/]", text):
        number = " ".join(re.sub(r"[^\d+ ]", " ", one).split())
        if re.fullmatch(r"\+?[0-9][0-9 ]{1,19}", number):
            yield number
