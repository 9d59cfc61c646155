"""Results as files: GeoPackage, GeoParquet, GeoJSON, CSV; same bytes for the same figures."""

import csv
import io
import json
import math
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from shapely import MultiPolygon, Polygon, set_precision
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from locator.files import replace_file
from locator.language import script_json, spreadsheet_cell

_FIXED = "2000-01-01T00:00:00.000Z"  # instead of the clock, so that bytes repeat
_DEGREES = 7  # decimals; a centimetre (RFC 7946 asks for no false precision)

_STYLE = (
    "<!DOCTYPE qgis><qgis><renderer-v2 type='singleSymbol'><symbols><symbol type='{kind}' name='0'>"
    "<layer class='{layer}'><Option type='Map'>"
    "<Option name='color' value='{colour}' type='QString'/>"
    "<Option name='outline_color' value='90,30,20,255' type='QString'/></Option></layer></symbol>"
    "</symbols></renderer-v2></qgis>"
)
_COLOURS = {"gaps": "200,60,40,110", "cells": "60,110,170,90", "facilities": "20,90,60,255"}


def write_geopackage(path: Path, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """One GeoPackage, a layer for each result, with styles that QGIS applies by itself."""
    with replace_file(path) as new:
        new.unlink()
        for name, frame in layers.items():
            pyogrio.write_dataframe(frame, new, layer=name, driver="GPKG")
        with closing(sqlite3.connect(new)) as package:
            _style(package, layers)
            # GDAL would take a fixed date for all of the process alone, where others write too.
            package.execute("UPDATE gpkg_contents SET last_change = ?", (_FIXED,))
            package.commit()
            package.execute("VACUUM")  # leaves no trace of the dates that were there


def _style(package: sqlite3.Connection, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Add the table `layer_styles` in which QGIS keeps the default style of each layer."""
    package.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT, "
        "f_geometry_column TEXT, styleName TEXT, "
        "styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT, "
        "ui TEXT, update_time DATETIME)"
    )
    for name in layers:
        is_points = name == "facilities"
        qml = _STYLE.format(
            kind="marker" if is_points else "fill",
            layer="SimpleMarker" if is_points else "SimpleFill",
            colour=_COLOURS.get(name, "120,120,120,120"),
        )
        package.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, update_time) "
            "VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?)",
            (name, name, qml, _FIXED),
        )
    package.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles')"
    )


def write_geoparquet(path: Path, frame: gpd.GeoDataFrame) -> None:
    """GeoParquet 1.0 with the coordinates in WKB."""
    with replace_file(path) as new:
        frame.to_parquet(new, index=False)


def write_parquet(path: Path, frame: pd.DataFrame) -> None:
    """Parquet without geometries."""
    with replace_file(path) as new:
        frame.to_parquet(new, index=False)


def write_geojson(path: Path, frame: gpd.GeoDataFrame) -> None:
    """GeoJSON (RFC 7946): degrees WGS84, outer rings anticlockwise."""
    features = [
        {
            "type": "Feature",
            "geometry": _geometry(row.pop("geometry")),
            "properties": {k: None if v != v else v for k, v in row.items()},  # NaN is no JSON
        }
        for row in frame.astype({c: object for c in frame.columns if c != "geometry"}).to_dict(
            "records"
        )
    ]
    text = script_json({"type": "FeatureCollection", "features": features})
    write_text(path, text)


def _geometry(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    return None if geometry is None else mapping(_right_handed(geometry))


def _right_handed(geometry: BaseGeometry) -> BaseGeometry:
    if isinstance(geometry, MultiPolygon):
        return MultiPolygon([orient(part) for part in geometry.geoms])
    return orient(geometry) if isinstance(geometry, Polygon) else geometry


def to_csv(frame: pd.DataFrame, *, bom: bool = False) -> str:
    """CSV (RFC 4180) without the geometry; no cell can run as a formula; `bom` for Excel."""
    text = io.StringIO()
    writer = csv.writer(text)
    plain = frame.drop(columns="geometry", errors="ignore")
    writer.writerow(map(spreadsheet_cell, plain.columns))
    for row in plain.astype(object).itertuples(index=False):
        writer.writerow([spreadsheet_cell(c) if isinstance(c, str) else c for c in row])
    return ("\ufeff" if bom else "") + text.getvalue()


def to_json(value: object) -> str:
    """JSON; NaN and infinity, which it does not know, are null."""
    return json.dumps(_no_nan(value), ensure_ascii=False, indent=1, allow_nan=False)


def _no_nan(value: object) -> object:
    if isinstance(value, dict):
        return {key: _no_nan(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_no_nan(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 in one step."""
    with replace_file(path) as new:
        new.write_bytes(text.encode())


def rounded(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The frame with its coordinates on a grid of 1e-7 degrees."""
    return frame.set_geometry(set_precision(frame.geometry.array, 10.0**-_DEGREES))
