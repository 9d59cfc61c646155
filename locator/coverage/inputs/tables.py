"""Reading the tables that people bring: CSV, Parquet, GeoPackage, GeoJSON, Shapefile."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely import GEOSException, from_wkb

from locator.errors import DataError, InputError

MOST_ROWS = 5_000_000

_MAPS = (".gpkg", ".geojson", ".json", ".shp", ".fgb")


def read_table(path: Path) -> pd.DataFrame:
    """The whole table; a GeoDataFrame where the file has geometries. CSV cells stay text.

    Raises:
        InputError: no such file, an unknown format, no rows, or more than `MOST_ROWS`.
        DataError: the file cannot be read as what its name says.
    """
    check_file(path)
    suffixes = [suffix.lower() for suffix in path.suffixes]
    try:
        table = _read(path, suffixes)
    except (ValueError, OSError, RuntimeError, pd.errors.ParserError) as error:
        if isinstance(error, InputError):
            raise
        raise _unreadable(path, error) from error
    if not len(table):
        raise InputError("{path} has no rows: give a file with at least one place.", path=path)
    if len(table) > MOST_ROWS:
        refuse_size(path, len(table))
    return table


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
        return frame
    if last in _MAPS:
        shapes: pd.DataFrame = gpd.read_file(path)
        return shapes
    if ".csv" in suffixes or ".tsv" in suffixes or last == ".txt":
        separator = "\t" if ".tsv" in suffixes else _separator(path)
        return pd.read_csv(
            path,
            dtype=str,
            keep_default_na=False,
            sep=separator,
            encoding="utf-8-sig",
            nrows=MOST_ROWS + 1,
        )
    raise InputError(
        "{path} is of no known format: give .csv, .gpkg, .parquet, .geojson or .shp.", path=path
    )


def _separator(path: Path) -> str:
    if path.suffix == ".gz":
        return ","
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        head = file.readline()
    return max(",;\t", key=head.count)


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
    """The column of this name, in any case.

    Raises:
        InputError: there is none; the message lists those there are.
    """
    found = find_column(table, (name,))
    if found is None:
        raise InputError(
            "{path} has no column {name}; it has: {columns}.",
            path=path,
            name=repr(name),
            columns=", ".join(map(str, table.columns)),
        )
    return table[found]


def find_column(table: pd.DataFrame, names: Sequence[str]) -> str | None:
    """The first column with one of these names, exactly or else but for case; None without one."""
    for name in names:
        if name in table.columns:
            return name
    lower = {str(given).strip().lower(): str(given) for given in reversed(table.columns)}
    return next((lower[name.lower()] for name in names if name.lower() in lower), None)


def numbers(values: pd.Series, name: str, path: Path | str) -> pd.Series:
    """The column as numbers, NaN where a cell is empty.

    Raises:
        DataError: a cell is no number; the message names its row (the first is 1) and what it says.
    """
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(float)
    text = values.astype(str).str.strip()
    empty = text.str.lower().isin(("", "na", "nan", "none", "null", "<na>"))
    found = pd.to_numeric(text.where(~empty), errors="coerce").astype(float)
    wrong = found.isna() & ~empty
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise DataError(
            "{path}, row {row}: {column} is {value}, which is no number. Write decimals with a "
            "point and no thousands separators.",
            path=path,
            row=row + 1,
            column=name,
            value=repr(str(text.iloc[row])),
        )
    return found
