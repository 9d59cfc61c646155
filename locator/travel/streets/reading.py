"""From a file of OpenStreetMap: the ways that are travelled, and what stands on them."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import osmium

from locator.openstreetmap import read_whole, stamp_of, without_streets
from locator.travel.streets.access import marks
from locator.travel.streets.tags import KEYS, Profile, profile

_WAYS = ("highway", "route", "man_made", "railway", "public_transport")
_POINTS = ("barrier",)
_TURNS = ("restriction:motorcar", "restriction")


class Turn(NamedTuple):
    """A turn that cars may not take, or (`only`) the only one that they may: numbers of the way
    they come along, the node, and the way they go on by."""

    came: int
    via: int
    goes: int
    only: bool


@dataclass(frozen=True, eq=False)
class Ways:
    """All ways that somebody gets along, each with its points in order.

    Attributes:
        date: of the data, ISO 8601: the extract's, else of its newest street; "" for neither.
        way, kind: OpenStreetMap's number of each way and the row of its profile, shape (ways,).
        start: row of each way's first point, shape (ways + 1,).
        node: OpenStreetMap's number of each point, shape (points,).
        x, y: longitude and latitude in 1e-7 degrees, shape (points,); `MISSING` where not known.
        profiles: what `kind` counts.
        marked, mark: numbers of nodes that something stands on, ascending, and what (see `access`).
        ferries: the name of each way that is a ferry.
        turns: that are forbidden to cars.
    """

    date: str
    way: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int32]
    start: npt.NDArray[np.int64]
    node: npt.NDArray[np.int64]
    x: npt.NDArray[np.int32]
    y: npt.NDArray[np.int32]
    profiles: list[Profile]
    marked: npt.NDArray[np.int64]
    mark: npt.NDArray[np.uint8]
    ferries: Mapping[int, str]
    turns: list[Turn]


MISSING = 2**31 - 1


def read_ways(path: Path) -> Ways:
    """Read a file (.osm.pbf, .osm, .osm.gz, .osm.bz2).

    Raises:
        DataError: it cannot be read to its end, or has no ways that are travelled.
    """
    reader = _Reader()
    with read_whole(path):
        stamp = stamp_of(path)
        reader.read(path)
    if not reader.way:
        raise without_streets(path)
    return reader.ways((stamp or reader.newest())[:10])


class _Reader:
    def __init__(self) -> None:
        self.way, self.kind, self.start = array("q"), array("i"), array("q", [0])
        self.node, self.x, self.y = array("q"), array("i"), array("i")
        self.marked: dict[int, int] = {}
        self.ferries: dict[int, str] = {}
        self.turns: list[Turn] = []
        self._newest: datetime | None = None
        self._rows: dict[Profile, int] = {}
        self._known: dict[tuple[tuple[str, str], ...], int] = {}

    def read(self, path: Path) -> None:
        every = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION
        file: Any = osmium.FileProcessor(str(path), every).with_locations("flex_mem")
        for item in file.with_filter(osmium.filter.KeyFilter(*_WAYS, *_POINTS, *_TURNS)):
            if item.is_node():
                mark = marks({tag.k: tag.v for tag in item.tags})
                if mark:
                    self.marked[item.id] = mark
            elif item.is_way():
                self._add(item)
            else:
                self._add_turn(item)

    def _add_turn(self, relation: Any) -> None:  # noqa: ANN401 (osmium has no types)
        told = next((relation.tags.get(key) for key in _TURNS if key in relation.tags), "")
        word, _, _ = told.partition("_")
        spared = relation.tags.get("except", "").split(";")
        if word not in ("no", "only") or {"motorcar", "motor_vehicle"} & {
            s.strip() for s in spared
        }:
            return
        roles = {
            role: [(m.type, m.ref) for m in relation.members if m.role == role]
            for role in ("from", "via", "to")
        }
        came, via, goes = roles["from"], roles["via"], roles["to"]
        if len(came) == len(via) == len(goes) == 1 and via[0][0] == "n":
            self.turns.append(Turn(came[0][1], via[0][1], goes[0][1], word == "only"))

    def _add(self, way: Any) -> None:  # noqa: ANN401 (osmium has no types)
        key = tuple((tag.k, tag.v) for tag in way.tags if tag.k in KEYS)
        row = self._known.get(key)
        if row is None:
            found = profile(dict(key))
            row = -1 if found is None else self._rows.setdefault(found, len(self._rows))
            self._known[key] = row
        if row < 0:
            return
        node, x, y = self.node.append, self.x.append, self.y.append
        for point in way.nodes:
            node(point.ref)
            x(point.x)
            y(point.y)
        self.start.append(len(self.node))
        if self._newest is None or way.timestamp > self._newest:
            self._newest = way.timestamp
        self.way.append(way.id)
        self.kind.append(row)
        if way.tags.get("route") == "ferry":
            self.ferries[way.id] = way.tags.get("name", "")

    def newest(self) -> str:
        """When a street was last changed, ISO 8601; "" where the file does not say."""
        newest = self._newest
        return newest.isoformat() if newest and newest.timestamp() > 0 else ""

    def ways(self, date: str) -> Ways:
        marked = np.array(sorted(self.marked), np.int64)
        return Ways(
            date,
            np.frombuffer(self.way, np.int64),
            np.frombuffer(self.kind, np.int32),
            np.frombuffer(self.start, np.int64),
            np.frombuffer(self.node, np.int64),
            np.frombuffer(self.x, np.int32),
            np.frombuffer(self.y, np.int32),
            list(self._rows),
            marked,
            np.array([self.marked[int(number)] for number in marked], np.uint8),
            self.ferries,
            self.turns,
        )
