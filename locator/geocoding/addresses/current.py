"""The address index in use, opened again when a new one takes its place."""

from pathlib import Path

from locator.geocoding.addresses.index import AddressIndex


class CurrentIndex:
    """The index at a path, as soon as and as long as there is one.

    Args:
        path: where it is, or will be; None for no index at all.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._stamp: tuple[Path, int, int, int] | None = None
        self._index: AddressIndex | None = None

    def index(self) -> AddressIndex | None:
        """The index as it is now; None where none was built.

        Raises:
            DataError: the file there is no index.
        """
        path = self._path
        if path is None:
            return None
        try:
            stat = path.stat()
        except OSError:
            self._stamp = self._index = None
            return None
        stamp = (path, stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if stamp != self._stamp:
            self._index, self._stamp = AddressIndex.open(path), stamp
        return self._index
