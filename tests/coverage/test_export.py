"""Exports: read back, and made again from their sidecar with the same bytes."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from click.testing import CliRunner

from locator.cli import coverage
from locator.coverage import ask, read_sidecar, write_export
from locator.coverage.results.sidecar import NAME, sha256
from locator.errors import DataError


def run(*arguments):
    return CliRunner().invoke(coverage.command, [str(part) for part in arguments])


@pytest.fixture
def export(tmp_path: Path) -> Path:
    demand = "id,lon,lat,people\nnear,12.50,55.70,10\nfar,8.46,55.48,30\nfar2,8.47,55.48,5\n"
    (tmp_path / "demand.csv").write_text(demand)
    (tmp_path / "facilities.csv").write_text("id,lon,lat\n=1+1,12.51,55.70\n")
    result = run(
        *("--demand", tmp_path / "demand.csv", "--population", "people"),
        *("--facilities", tmp_path / "facilities.csv", "--within", "1km,5km"),
        *("--out", tmp_path / "out", "--licence", "CC0"),
    )
    assert result.exit_code == 0, result.output
    return tmp_path / "out"


def test_a_sidecar_makes_the_same_bytes_again(export, tmp_path):
    again = tmp_path / "again"
    assert run("--from-sidecar", export / NAME, "--out", again).exit_code == 0
    files = sorted(path.name for path in export.iterdir())
    assert len(files) == 16
    assert [sha256(export / name) for name in files] == [sha256(again / name) for name in files]


def test_a_sidecar_refuses_inputs_that_changed(export, tmp_path):
    (tmp_path / "demand.csv").write_text("id,lon,lat,people\nnear,12.5,55.7,11\n")
    assert isinstance(run("--from-sidecar", export / NAME).exception, DataError)


def test_a_sidecar_finds_inputs_that_were_moved_beside_it(export, tmp_path):
    (tmp_path / "demand.csv").rename(export / "demand.csv")
    assert run("--from-sidecar", export / NAME, "--out", tmp_path / "again").exit_code == 0
    name = "cells.geojson"
    assert (tmp_path / "again" / name).read_bytes() == (export / name).read_bytes()


def test_a_sidecar_names_licences_and_versions(export):
    sidecar = json.loads((export / NAME).read_text())
    own = next(source for source in sidecar["sources"] if source["title"] == "demand.csv")
    assert own["licence"] == "CC0"
    assert all(source["licence"] for source in sidecar["sources"])
    assert sidecar["libraries"]["h3"]


def test_the_gap_holds_the_people_beyond_the_limit_on_land(export):
    gaps = gpd.read_file(export / "coverage.gpkg", layer="gaps")
    assert gaps.crs.to_epsg() == 4326
    assert gaps["people"].tolist() == [35.0]
    assert gaps["facility"].tolist() == ["=1+1"]
    assert gaps["municipality"].tolist() == ["Esbjerg"]
    assert not gaps.geometry.is_empty.any()


def test_formats_agree_and_csv_runs_no_formula(export):
    cells = gpd.read_parquet(export / "cells.parquet")
    features = json.loads((export / "cells.geojson").read_text())["features"]
    assert [f["properties"]["id"] for f in features] == cells["id"].tolist()
    assert "\n=1+1" not in (export / "facilities.csv").read_text()


def test_the_report_needs_no_server(export):
    text = (export / "report.html").read_text()
    assert "<svg" in text
    assert "src=" not in text
    assert "href=" not in text


def test_the_report_speaks_danish(tmp_path):
    arguments = ("--category", "food_bank", "--within", "5km", "--lang", "da", "--out", tmp_path)
    assert run(*arguments).exit_code == 0
    text = (tmp_path / "report.html").read_text()
    assert '<html lang="da"' in text
    assert "Hvor hjælp mangler" in text
    assert "poster af denne slags har intet punkt" in text


def test_eight_at_once_write_the_bytes_of_one(export, tmp_path):
    """Sessions export at the same time in one process: none may see another's settings."""
    asked = read_sidecar(export / NAME)
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    time.sleep(1.1)  # the clock has gone on

    def write(number: int) -> dict[str, str]:
        files = write_export(asked, ask(asked), tmp_path / str(number))
        return {file.name: sha256(file) for file in files}

    with ThreadPoolExecutor(8) as threads:
        written = list(threads.map(write, range(16)))
    assert written == 16 * [{name: sha256(export / name) for name in written[0]}]
    assert len(written[0]) == 16
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == before
