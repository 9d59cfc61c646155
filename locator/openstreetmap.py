"""Reading of OpenStreetMap extracts: dates, lines, and points inside areas."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import osmium
import shapely
from shapely.ops import polygonize

from locator.errors import DataError

SUFFIXES = (".pbf", ".osm", ".osm.gz", ".osm.bz2")


NAME = "OpenStreetMap contributors"


LICENCE = "ODbL 1.0"


Position = tuple[float, float]  # longitude, latitude


@contextmanager
def read_whole(path: Path) -> Iterator[None]:
    """The reading of an extract from its beginning to its end: what goes wrong is said to people.

    Raises:
        DataError: by its name it is no extract, or it cannot be read to its end.
    """
    if not path.name.endswith(SUFFIXES):
        raise DataError(
            "{path} is no OpenStreetMap file: give an extract that ends in .osm.pbf, for "
            "example denmark-latest.osm.pbf from download.geofabrik.de.",
            path=path.name,
        )
    try:
        yield
    except (RuntimeError, OSError, ValueError) as error:
        raise DataError(
            "{path} could not be read to its end ({error}): it is damaged or only half there. "
            "Download it again.",
            path=path.name,
            error=str(error),
        ) from error


def without_streets(path: Path) -> DataError:
    """An extract that was read whole, and has none."""
    return DataError(
        "There are no streets in {path}: give an extract with all of OpenStreetMap's data, "
        "not one of addresses, buildings or borders alone.",
        path=path.name,
    )


def stamp_of(path: Path) -> str:
    """What an extract says of its own time, ISO 8601; "" where it says nothing."""
    with osmium.io.Reader(str(path), osmium.osm.NOTHING) as reader:
        return str(reader.header().get("osmosis_replication_timestamp", ""))


def date_of(path: Path) -> str:
    """The day of the data, ISO 8601: the extract's, else its newest address's, "" for neither."""
    stamp = stamp_of(path)
    if not stamp:
        newest = max(
            (node.timestamp for node in tagged(path, osmium.osm.NODE, "addr:housenumber")),
            default=None,
        )
        stamp = newest.isoformat() if newest and newest.timestamp() > 0 else ""
    return stamp[:10]


def _numbered(path: Path, kind: osmium.osm.osm_entity_bits, wanted: set[int]) -> Iterator[Any]:
    """Objects of a kind with one of these numbers."""
    yield from osmium.FileProcessor(str(path), kind).with_filter(osmium.filter.IdFilter(wanted))


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


def tagged(path: Path, kind: osmium.osm.osm_entity_bits, *keys: str) -> Iterator[Any]:
    """Objects of a kind with any of these keys."""
    yield from osmium.FileProcessor(str(path), kind).with_filter(osmium.filter.KeyFilter(*keys))
