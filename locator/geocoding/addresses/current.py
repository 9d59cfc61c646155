"""The address index in use, opened again when a new one takes its place."""

from pathlib import Path

from locator.errors import InputError
from locator.geocoding.addresses.index import AddressIndex
from locator.settings import addresses_path


class CurrentIndex:
    """The index at a path, if there is one.

    Args:
        given: the path; else `NAERVED_ADDRESSES`, else the data folder's.
    """

    def __init__(self, given: Path | None = None) -> None:
        self._given = given
        self._stamp: tuple[Path, int, int, int] | None = None
        self._index: AddressIndex | None = None

    def index(self) -> AddressIndex | None:
        """The index as it is now; None where none was built.

        Raises:
            DataError: the file there is no index.
            InputError: a path was given, and there is no file.
        """
        path = addresses_path(self._given)
        try:
            stat = path.stat()
        except OSError as error:
            if self._given:
                raise InputError(
                    "There is no address index at {path}. Build it: "
                    "python -m locator addresses build FILE --out {path}.",
                    path=path,
                ) from error
            self._stamp = self._index = None
            return None
        stamp = (path, stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if stamp != self._stamp:
            self._index, self._stamp = AddressIndex.open(path), stamp
        return self._index
