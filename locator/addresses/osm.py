"""Addresses of an OpenStreetMap extract: nodes, ways and relations with addr:* tags.

The file is read once for each kind of object, and only the nodes that a tagged building needs are
kept, so that a country takes little memory.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium
import shapely
from shapely.ops import polygonize

from locator.addresses.rows import Progress, Row
from locator.errors import DataError
from locator.point import Point

SUFFIXES = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2")
NAME = "OpenStreetMap contributors"
LICENCE = "ODbL 1.0"

_NUMBER = "addr:housenumber"
_STREETS = ("addr:street", "addr:place")
_TYPES = {"node": 1, "way": 2, "relation": 3}

Position = tuple[float, float]  # longitude, latitude


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


def date_of(path: Path) -> str:
    """The day of the data, ISO 8601: the extract's, else its newest address's, "" for neither."""
    with osmium.io.Reader(str(path), osmium.osm.NOTHING) as reader:
        stamp = str(reader.header().get("osmosis_replication_timestamp", ""))
    if not stamp:
        newest = max((node.timestamp for node in _tagged(path, osmium.osm.NODE)), default=None)
        stamp = newest.isoformat() if newest and newest.timestamp() > 0 else ""
    return stamp[:10]


def _read(path: Path, progress: Progress) -> Iterator[Row]:
    relations = {
        relation.id: (_tags(relation), [m.ref for m in relation.members if m.type == "w"])
        for relation in _tagged(path, osmium.osm.RELATION)
    }
    progress(0.1)
    buildings = {
        way.id: (_tags(way), [n.ref for n in way.nodes]) for way in _tagged(path, osmium.osm.WAY)
    }
    members = ways_of(path, {ref for _, refs in relations.values() for ref in refs})
    progress(0.4)
    wanted = {ref for _, refs in buildings.values() for ref in refs}
    places = nodes_of(path, wanted.union(*members.values()))
    progress(0.7)
    for node in _tagged(path, osmium.osm.NODE):
        yield _row("node", node.id, _tags(node), (node.location.lon, node.location.lat))
    progress(0.95)
    for number, (tags, refs) in buildings.items():
        yield _row("way", number, tags, inside([line_of(refs, places)]))
    for number, (tags, refs) in relations.items():
        lines = [line_of(members[ref], places) for ref in refs if ref in members]
        yield _row("relation", number, tags, inside(lines))
    progress(1.0)


def _tagged(path: Path, kind: osmium.osm.osm_entity_bits) -> Iterator[Any]:
    """Objects of a kind with a house number."""
    yield from osmium.FileProcessor(str(path), kind).with_filter(osmium.filter.KeyFilter(_NUMBER))


def _numbered(path: Path, kind: osmium.osm.osm_entity_bits, wanted: set[int]) -> Iterator[Any]:
    """Objects of a kind with one of these numbers."""
    yield from osmium.FileProcessor(str(path), kind).with_filter(osmium.filter.IdFilter(wanted))


def _tags(thing: "osmium.osm.OSMObject[Any]") -> dict[str, str]:
    wanted = (_NUMBER, *_STREETS, "addr:postcode")
    return {name: thing.tags[name] for name in wanted if name in thing.tags}


def ways_of(path: Path, wanted: set[int]) -> dict[int, list[int]]:
    """The nodes of each way asked for."""
    if not wanted:
        return {}
    reader = _numbered(path, osmium.osm.WAY, wanted)
    return {way.id: [node.ref for node in way.nodes] for way in reader}


def nodes_of(path: Path, wanted: set[int]) -> dict[int, Position]:
    """Longitude and latitude of each node asked for."""
    if not wanted:
        return {}
    reader = _numbered(path, osmium.osm.NODE, wanted)
    return {node.id: (node.location.lon, node.location.lat) for node in reader}


def line_of(refs: list[int], places: dict[int, Position]) -> list[Position]:
    """The positions of a way's nodes; an extract may lack some."""
    return [places[ref] for ref in refs if ref in places]


def inside(lines: list[list[Position]]) -> Position | None:
    """A point inside the area that the lines enclose, or on the first line if they enclose none.

    Rings within rings are holes, in whichever order the lines come.
    """
    drawn = [shapely.LineString(line) for line in lines if len(line) > 1]
    if not drawn:
        return lines[0][0] if lines and lines[0] else None
    rings = sorted(polygonize(shapely.union_all(drawn)), key=lambda ring: -ring.area)
    point = rings[0].representative_point() if rings else drawn[0].interpolate(0.5, normalized=True)
    return float(point.x), float(point.y)


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
