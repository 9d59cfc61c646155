"""Reading of the street map's file: a tile is three looks into a file that is mapped to memory."""

import gzip
from functools import cached_property, lru_cache
from pathlib import Path

from pmtiles.reader import MmapSource
from pmtiles.tile import (
    Compression,
    Entry,
    HeaderDict,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from locator.errors import DataError
from locator.openstreetmap import LICENCE, NAME

ATTRIBUTION = f"© {NAME} ({LICENCE})"

_KEPT = 256  # directories of some 4,000 tiles


class TileArchive:
    """The tiles of one PMTiles file of vector tiles.

    Args:
        path: the file.

    Raises:
        DataError: it is no such file, or only a part of one.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._bytes = MmapSource(file)  # type: ignore[no-untyped-call]
            self.header: HeaderDict = deserialize_header(self._bytes(0, 127))
            ends = self.header["tile_data_offset"] + self.header["tile_data_length"]
            whole = path.stat().st_size >= ends and self.header["tile_type"] == TileType.MVT
        except (ValueError, KeyError, IndexError, EOFError, OSError) as error:
            raise _damaged(path) from error
        except Exception as error:  # pmtiles raises its own of no common base
            raise _damaged(path) from error
        if not whole:
            raise _damaged(path)
        stat = path.stat()
        self.version = f"{stat.st_mtime_ns:x}{stat.st_size:x}"
        self._directory = lru_cache(_KEPT)(self._read_directory)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all tiles, degrees WGS84."""
        names = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
        west, south, east, north = (float(self.header[name]) / 1e7 for name in names)  # type: ignore[literal-required]
        return west, south, east, north

    @property
    def zooms(self) -> tuple[int, int]:
        """The least and the greatest zoom there are tiles of."""
        return self.header["min_zoom"], self.header["max_zoom"]

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """One vector tile, compressed by gzip; None where there is none."""
        if not (0 <= zoom <= self.zooms[1] and 0 <= x < 2**zoom and 0 <= y < 2**zoom):
            return None
        number = zxy_to_tileid(zoom, x, y)
        place = self.header["root_offset"], self.header["root_length"]
        for _ in range(4):  # the format's own depth
            entry = find_tile(self._directory(*place), number)
            if entry is None:
                return None
            if entry.run_length:
                start = self.header["tile_data_offset"] + entry.offset
                return self._compressed(self._bytes(start, entry.length))
            place = self.header["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def _compressed(self, body: bytes) -> bytes:
        packed = self.header["tile_compression"] == Compression.GZIP
        return body if packed else gzip.compress(body, 6, mtime=0)

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        return deserialize_directory(self._bytes(offset, length))


class CurrentTiles:
    """The street map at a path, as soon as and as long as there is one.

    Args:
        path: where it is, or will be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self._archive: TileArchive | None = None

    def archive(self) -> TileArchive | None:
        """The street map as it is now; None where none was built.

        Raises:
            DataError: the file there is no street map.
        """
        try:
            stat = self._path.stat()
        except OSError:
            self._stamp = self._archive = None
            return None
        stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if stamp != self._stamp:
            self._archive, self._stamp = TileArchive(self._path), stamp
        return self._archive

    def usable(self) -> TileArchive | None:
        """The street map as it is now; None as well where the file there is no street map."""
        try:
            return self.archive()
        except DataError:
            return None


def _damaged(path: Path) -> DataError:
    return DataError(
        "{path} is no street map, or only a part of one. Build it again: "
        "python -m locator map build FILE.osm.pbf.",
        path=path,
    )
