"""Reading the tables that people bring: sheets, Parquet, GeoPackage, GeoJSON, Shapefile."""

import json
from pathlib import Path
from typing import NoReturn

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely import GEOSException, from_wkb

from locator.errors import DataError, InputError, LocatorError
from locator.sheets import find_columns, is_sheet, open_sheet, place_of, read_frame

MOST_ROWS = 5_000_000

_MAPS = (".gpkg", ".geojson", ".json", ".shp", ".fgb")


def read_table(path: Path) -> pd.DataFrame:
    """The whole table; a GeoDataFrame where the file has geometries. Cells of sheets stay text.

    The index has the rows' numbers: in a sheet as it shows them, else from 1.

    Raises:
        InputError: no such file, an unknown format, no rows, or more than `MOST_ROWS`.
        DataError: the file cannot be read as what its name says.
    """
    check_file(path)
    suffixes = [suffix.lower() for suffix in path.suffixes]
    try:
        table = _read(path, suffixes)
    except LocatorError:
        raise
    except (ValueError, OSError, RuntimeError) as error:
        raise _unreadable(path, error) from error
    if not len(table):
        raise InputError("{path} has no rows: give a file with at least one place.", path=path)
    if len(table) > MOST_ROWS:
        refuse_size(path, len(table))
    return table


def numbered(table: pd.DataFrame, before: int = 0) -> pd.DataFrame:
    """The table with its rows' numbers as index, from 1 and what is `before` it."""
    return table.set_axis(range(before + 1, before + len(table) + 1))


def row_group_sizes(path: Path) -> list[int]:
    """Rows of each row group of a Parquet file.

    Raises:
        DataError: it is none.
    """
    try:
        about = pq.ParquetFile(path).metadata
    except (ValueError, OSError) as error:
        raise _unreadable(path, error) from error
    return [about.row_group(number).num_rows for number in range(about.num_row_groups)]


def check_file(path: Path) -> None:
    """See that there is such a file.

    Raises:
        InputError: there is none.
    """
    if not path.is_file():
        raise InputError("There is no file {path}: check the name.", path=path)


def read_row_group(path: Path, number: int) -> pd.DataFrame:
    """A row group of a Parquet file, a GeoDataFrame where the file is GeoParquet.

    Raises:
        DataError: the file cannot be read, or its geometries are not in WKB.
    """
    try:
        file = pq.ParquetFile(path)
        frame = file.read_row_group(number).to_pandas()
        about = (file.schema_arrow.metadata or {}).get(b"geo")
        if about is None:
            return pd.DataFrame(frame)
        geo = json.loads(about)
        name = geo["primary_column"]
        system = geo["columns"][name].get("crs", "OGC:CRS84")  # what GeoParquet takes it to be
        crs = CRS.from_user_input(system) if system is not None else None
        frame[name] = from_wkb(frame[name])
        shapes: pd.DataFrame = gpd.GeoDataFrame(frame, geometry=name, crs=crs)
        return shapes
    except (ValueError, OSError, KeyError, TypeError, CRSError, GEOSException) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> DataError:
    return DataError(
        "{path} cannot be read: {reason}. Save it again as CSV (UTF-8), GeoPackage, GeoParquet "
        "or GeoJSON.",
        path=path,
        reason=str(error).splitlines()[0] if str(error) else type(error).__name__,
    )


def _read(path: Path, suffixes: list[str]) -> pd.DataFrame:
    last = suffixes[-1] if suffixes else ""
    if last in (".parquet", ".geoparquet"):
        about = pq.ParquetFile(path)
        if about.metadata.num_rows > MOST_ROWS:
            refuse_size(path, about.metadata.num_rows)
        is_geo = b"geo" in (about.schema_arrow.metadata or {})
        frame: pd.DataFrame = gpd.read_parquet(path) if is_geo else pd.read_parquet(path)
        return numbered(frame)
    if last in _MAPS:
        return numbered(gpd.read_file(path))
    if is_sheet(path):
        return read_frame(open_sheet(path), MOST_ROWS)
    raise InputError(
        "{path} is of no known format: give .csv, .xlsx, .gpkg, .parquet, .geojson or .shp.",
        path=path,
    )


def refuse_size(path: Path, rows: int) -> NoReturn:
    """Say what to do with a table that is too large to hold at once."""
    raise InputError(
        "{path} has {rows} rows or more, and at most {most} are read at once. Save it as "
        "GeoParquet in row groups of at most so many rows (or a folder of such files): it is then "
        "read part by part. Or aggregate it to H3 cells first.",
        path=path,
        rows=rows,
        most=MOST_ROWS,
    )


def column(table: pd.DataFrame, name: str, path: Path | str) -> pd.Series:
    """The column that a person calls so (see `locator.sheets.place_of`).

    Raises:
        InputError: there is none, or several; the message lists those there are.
    """
    return table.iloc[:, place_of([str(title) for title in table.columns], name, path)]


def named_columns(table: pd.DataFrame, *fields: str) -> dict[str, str]:
    """The names of the columns of these fields of `locator.sheets.find_columns`, of those found."""
    titles = [str(title) for title in table.columns]
    return {field: titles[at] for field, at in find_columns(titles, fields).items()}
