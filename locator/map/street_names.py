"""Names of streets for the offline map, where an operator has imported addresses.

A street is named at its middle door in each postcode. The names come in small answers, one for
each cell of a grid, so that a phone fetches those in view alone, and from our own server.
"""

import numpy as np

from locator.geocoding import DEGREE, AddressIndex
from locator.language import plain

CELL_LAT, CELL_LON = 0.05, 0.1  # degrees; some 6 km each way
_DECIMALS = 5
_COLUMNS = 10_000  # more than there are on the earth


class StreetNames:
    """The names of an index, ready to be asked for by cell; without an index there are none."""

    def __init__(self, index: AddressIndex | None) -> None:
        self.index = index
        middle = np.empty(0, np.intp) if index is None else index.columns["pair_middle"]
        self._lat = middle if index is None else index.columns["door_lat"][middle] / DEGREE
        self._lon = middle if index is None else index.columns["door_lon"][middle] / DEGREE
        cells = np.floor(self._lat / CELL_LAT) * _COLUMNS + np.floor(self._lon / CELL_LON)
        self._order = np.argsort(cells, kind="stable")
        self._cells = cells[self._order]

    def cell(self, row: int, column: int) -> list[tuple[float, float, str]]:
        """(lat, lon, name) of the streets of a cell.

        Args:
            row, column: latitude and longitude (degrees, WGS84) over the cell's size, rounded down.
        """
        if self.index is None:
            return []
        first, last = np.searchsorted(self._cells, row * _COLUMNS + np.array((column, column + 1)))
        return [
            (
                round(float(self._lat[pair]), _DECIMALS),
                round(float(self._lon[pair]), _DECIMALS),
                plain(self.index.street(pair)),
            )
            for pair in self._order[first:last].tolist()
        ]
