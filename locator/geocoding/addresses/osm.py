"""Addresses of an OpenStreetMap extract: nodes, ways and relations with addr:* tags.

The file is read once for each kind of object, and only the nodes that a tagged building needs are
kept, so that a country takes little memory.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium

from locator.earth import Point
from locator.errors import DataError
from locator.geocoding.addresses.rows import Progress, Row
from locator.openstreetmap import Position, inside, line_of, nodes_of, tagged, ways_of

_NUMBER = "addr:housenumber"
_STREETS = ("addr:street", "addr:place")
_TYPES = {"node": 1, "way": 2, "relation": 3}


def read_osm(path: Path, progress: Progress) -> Iterator[Row]:
    """The addresses of an extract; a building's point lies inside the building.

    Raises:
        DataError: the file is no OpenStreetMap data.
    """
    try:
        yield from _read(path, progress)
    except (RuntimeError, ValueError) as error:
        raise DataError(
            "{path} cannot be read as OpenStreetMap data ({error}). Get the extract again.",
            path=path,
            error=error,
        ) from error


def _read(path: Path, progress: Progress) -> Iterator[Row]:
    relations = {
        relation.id: (_tags(relation), [m.ref for m in relation.members if m.type == "w"])
        for relation in tagged(path, osmium.osm.RELATION, _NUMBER)
    }
    progress(0.1)
    buildings = {
        way.id: (_tags(way), [n.ref for n in way.nodes])
        for way in tagged(path, osmium.osm.WAY, _NUMBER)
    }
    members = ways_of(path, {ref for _, refs in relations.values() for ref in refs})
    progress(0.4)
    wanted = {ref for _, refs in buildings.values() for ref in refs}
    places = nodes_of(path, wanted.union(*members.values()))
    progress(0.7)
    for node in tagged(path, osmium.osm.NODE, _NUMBER):
        yield _row("node", node.id, _tags(node), (node.location.lon, node.location.lat))
    progress(0.95)
    for number, (tags, refs) in buildings.items():
        yield _row("way", number, tags, inside([line_of(refs, places)]))
    for number, (tags, refs) in relations.items():
        lines = [line_of(members[ref], places) for ref in refs if ref in members]
        yield _row("relation", number, tags, inside(lines))
    progress(1.0)


def _tags(thing: "osmium.osm.OSMObject[Any]") -> dict[str, str]:
    wanted = (_NUMBER, *_STREETS, "addr:postcode")
    return {name: thing.tags[name] for name in wanted if name in thing.tags}


def _row(kind: str, number: int, tags: dict[str, str], position: Position | None) -> Row:
    street = next((tags[name] for name in _STREETS if tags.get(name)), "")
    return Row(
        f"{kind}/{number}",
        street,
        tags.get(_NUMBER, ""),
        tags.get("addr:postcode", ""),
        Point(position[1], position[0]) if position else None,
        id=(_TYPES[kind], number),
    )
