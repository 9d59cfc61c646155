"""What an extract of OpenStreetMap has that the street map draws."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import osmium
import shapely

from locator.language import CODES
from locator.map.tiles.kinds import KEYS, LAYERS, Kind, area_kind, line_kind, point_kind
from locator.openstreetmap import read_whole, without_streets

NAMES = ("name", *(f"name:{code}" for code in CODES))


@dataclass
class Layer:
    """The things of one layer: geometries (WKB, lon/lat, degrees WGS84), and a text for each of
    `kind`, `number` and the names, None where there is none.
    """

    shapes: list[bytes] = field(default_factory=list)
    columns: dict[str, list[str | None]] = field(
        default_factory=lambda: {name: [] for name in ("kind", "number", *NAMES)}
    )

    def add(self, shape: bytes, kind: str, tags: dict[str, str]) -> None:
        """Add one thing, its texts out of its `tags`."""
        self.shapes.append(shape)
        self.columns["kind"].append(kind)
        self.columns["number"].append(tags.get("addr:housenumber"))
        for name in NAMES:
            self.columns[name].append(tags.get(name))


@dataclass
class Drawn:
    """All that is drawn of an extract, by layer; and its shore: lines of points (lon, lat), each of
    shape (points, 2), with land on their left.
    """

    layers: dict[str, Layer] = field(default_factory=lambda: {name: Layer() for name in LAYERS})
    shore: list[np.ndarray] = field(default_factory=list)


def read_drawn(path: Path, tell: Callable[[str], None]) -> Drawn:
    """Read an extract.

    Raises:
        DataError: it is no extract, damaged, or has nothing to draw.
    """
    with read_whole(path), TemporaryDirectory() as scratch:
        reader = _Reader()
        try:
            reader.read(path)
        except RuntimeError as error:
            if "out of order" not in str(error):
                raise
            tell("Putting it in order")
            reader = _Reader()
            reader.read(_sorted(path, Path(scratch)))
    if not any(reader.drawn.layers[name].shapes for name in ("roads", "through", "streets")):
        raise without_streets(path)
    return reader.drawn


def _sorted(path: Path, folder: Path) -> Path:
    """A copy whose objects come by kind and number, as putting areas together needs them to."""
    target = folder / "sorted.osm.pbf"
    merged = osmium.MergeInputReader()
    merged.add_file(str(path))
    with osmium.SimpleWriter(str(target)) as writer:
        merged.apply(writer, simplify=False)
    return target


class _Reader:
    def __init__(self) -> None:
        self.drawn = Drawn()
        self._wkb = osmium.geom.WKBFactory()

    def read(self, path: Path) -> None:
        wanted = osmium.filter.KeyFilter(*KEYS)
        file: Any = osmium.FileProcessor(str(path)).with_locations("flex_mem")
        for item in file.with_areas(wanted).with_filter(wanted):
            tags = {tag.k: tag.v for tag in item.tags}
            if item.is_node():
                self._add(point_kind(tags), tags, self._wkb.create_point, item)
            elif item.is_way():
                self._add_way(item, tags)
            elif item.is_area():
                self._add_area(item, tags)

    def _add_way(self, way: Any, tags: dict[str, str]) -> None:  # noqa: ANN401 (osmium's own)
        kind = line_kind(tags)
        # A closed one that is an area by its tags comes once more as an area.
        if kind and not (way.is_closed() and kind.layer == "piers"):
            self._add(kind, tags, self._wkb.create_linestring, way)
        if tags.get("natural") == "coastline":
            line = self._made(self._wkb.create_linestring, way)
            if line:
                self.drawn.shore.append(shapely.get_coordinates(shapely.from_wkb(line)))

    def _add_area(self, area: Any, tags: dict[str, str]) -> None:  # noqa: ANN401
        kind = area_kind(tags)
        self._add(kind, tags, self._wkb.create_multipolygon, area)
        number = kind and kind.layer == "buildings" and "addr:housenumber" in tags
        station = point_kind(tags) if tags.get("railway") == "station" else None
        for point in filter(None, (Kind("numbers", "number") if number else None, station)):
            shape = self._made(self._wkb.create_multipolygon, area)
            if shape:
                inside = shapely.from_wkb(shape).representative_point()
                self.drawn.layers[point.layer].add(shapely.to_wkb(inside), point.kind, tags)

    def _add(
        self,
        kind: Kind | None,
        tags: dict[str, str],
        make: Callable[[Any], str],
        item: Any,  # noqa: ANN401
    ) -> None:
        if kind is None:
            return
        shape = self._made(make, item)
        if shape:
            self.drawn.layers[kind.layer].add(shape, kind.kind, tags)

    @staticmethod
    def _made(make: Callable[[Any], str], item: Any) -> bytes | None:  # noqa: ANN401
        """The geometry of an object; None where the extract lacks too much of it."""
        try:
            return bytes.fromhex(make(item))
        except (RuntimeError, ValueError):
            return None
