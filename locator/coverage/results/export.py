"""The files of an export: every format, the map, the report, and the sidecar."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from locator.coverage.request import Outcome, Request
from locator.coverage.results.formats import (
    rounded,
    to_csv,
    to_json,
    write_geojson,
    write_geopackage,
    write_geoparquet,
    write_parquet,
    write_text,
)
from locator.coverage.results.report import map_page, report
from locator.coverage.results.sidecar import NAME, write_sidecar
from locator.coverage.study import Coverage
from locator.directory import category
from locator.language import language
from locator.travel import Unit

_EXCEL = 1_048_575  # rows under a heading


# What the columns of costs are called in files: there nothing else tells the unit.
_COLUMNS = {
    Unit.METRE: {"cost": "distance_m", "mean": "mean_m", "max": "max_m"},
    Unit.SECOND: {"cost": "travel_s", "mean": "mean_s", "max": "max_s"},
    Unit.MINUTE: {"cost": "travel_min", "mean": "mean_min", "max": "max_min"},
    Unit.UNKNOWN: {"mean": "mean_cost", "max": "max_cost"},
}


def write_export(asked: Request, found: Outcome, folder: Path) -> list[Path]:
    """Write every file to `folder`; the files, in order, the sidecar last."""
    files = [folder / "figures.json"]
    write_text(files[0], to_json(found.figures(asked, each=False)) + "\n")
    files += _places(found, folder, bom=asked.bom)
    if found.study is not None:
        limits = asked.parameters.limits(found.inputs.metric.unit)
        gaps = found.study.gaps(limits[-1])
        files += _layers(found.study, gaps, folder, bom=asked.bom)
        t = language(asked.lang)
        subject = ", ".join(category(one).name(t) for one in asked.sources.categories)
        files += [folder / "report.html", folder / "map.html"]
        write_text(files[-2], report(found.study, gaps, limits, found.notes, subject, asked.day, t))
        write_text(files[-1], map_page(found.study, gaps, limits[-1], subject, asked.day, t))
    write_sidecar(folder / NAME, asked, files)
    return [*files, folder / NAME]


def _places(found: Outcome, folder: Path, *, bom: bool) -> list[Path]:
    """The values of every place of the demand."""
    columns: dict[str, Sequence[object] | np.ndarray] = {
        "id": found.values.ids.tolist(),
        "people": found.values.people,
    }
    for name, each in found.values.places.items():
        columns[name] = np.where(np.isfinite(each), each, np.nan)
        if name == "nearest":
            ids = found.inputs.facilities.ids
            columns["facility"] = [ids[row] if row >= 0 else "" for row in found.values.facility]
    frame = pd.DataFrame(columns)
    files = [folder / "places.parquet"]
    write_parquet(files[0], frame)
    if len(frame) <= _EXCEL:
        files.append(folder / "places.csv")
        write_text(files[1], to_csv(frame, bom=bom))
    return files


def _layers(study: Coverage, gaps: gpd.GeoDataFrame, folder: Path, *, bom: bool) -> list[Path]:
    """Cells, gaps and facilities in every format."""
    names = _COLUMNS[study.metric.unit]
    layers = {
        "cells": rounded(study.cell_frame().rename(columns=names)),
        "gaps": rounded(gaps.rename(columns=names)),
        "facilities": rounded(study.facility_frame()),
    }
    files = [folder / "coverage.gpkg"]
    write_geopackage(files[0], layers)
    for name, frame in layers.items():
        files += [folder / f"{name}{end}" for end in (".parquet", ".geojson", ".csv")]
        write_geoparquet(files[-3], frame)
        write_geojson(files[-2], frame)
        write_text(files[-1], to_csv(frame, bom=bom))
    return files
