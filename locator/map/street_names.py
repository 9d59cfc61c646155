"""Names of streets for the offline map, where an operator has imported addresses.

A street is named at its middle door in each postcode. The names come in small files, one for each
cell of a grid, so that a phone fetches those in view alone, and from our own server.
"""

import math
import shutil
from collections import defaultdict
from pathlib import Path

from locator.geocoding import DEGREE, AddressIndex
from locator.language import plain, script_json

CELL_LAT, CELL_LON = 0.05, 0.1  # degrees; some 6 km each way
_DECIMALS = 5


def write_street_names(index: AddressIndex | None, folder: Path) -> None:
    """Fill `folder` with a file `ROW_COLUMN.json` for each cell that has streets.

    Each is a list of [lat, lon, name]; row and column are latitude and longitude (degrees, WGS84)
    over the cell's size, rounded down. Without an index the folder is empty.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if index is None:
        return
    middle = index.columns["pair_middle"]
    lats = (index.columns["door_lat"][middle] / DEGREE).round(_DECIMALS).tolist()
    lons = (index.columns["door_lon"][middle] / DEGREE).round(_DECIMALS).tolist()
    cells: dict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
    for pair, (lat, lon) in enumerate(zip(lats, lons, strict=True)):
        cell = math.floor(lat / CELL_LAT), math.floor(lon / CELL_LON)
        cells[cell].append((lat, lon, plain(index.street(pair))))
    for (row, column), streets in cells.items():
        (folder / f"{row}_{column}.json").write_text(script_json(streets), encoding="utf-8")
