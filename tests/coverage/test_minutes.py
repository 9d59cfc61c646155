"""A table of minutes gets all that metres get: cells, gaps, map, report, exports, what-if."""

import json
from pathlib import Path

import geopandas as gpd
import h3
import pandas as pd
import pytest
from click.testing import CliRunner

from locator.cli import coverage, site
from locator.coverage.results.sidecar import NAME
from locator.errors import InputError

# Two places in Aarhus that share a cell, one in Odense, one in Esbjerg; two open facilities, and
# one more that the table knows the way to.
DEMAND = """id,lon,lat,people
aarhus-1,10.200,56.150,30
aarhus-2,10.201,56.151,10
odense,10.400,55.400,20
esbjerg,8.460,55.480,5
"""
FACILITIES = "id,lon,lat,name\nlibrary,10.21,56.16,The library\nclinic,10.39,55.39,The clinic\n"
MINUTES = """from,to,minutes
aarhus-1,library,12
aarhus-2,library,40
aarhus-1,clinic,95
odense,clinic,8.5
odense,library,100
esbjerg,harbour,3
odense,harbour,70
"""


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    (tmp_path / "demand.csv").write_text(DEMAND)
    (tmp_path / "facilities.csv").write_text(FACILITIES)
    (tmp_path / "costs.csv").write_text(MINUTES)
    return [
        *("--demand", str(tmp_path / "demand.csv"), "--population", "people"),
        *("--facilities", str(tmp_path / "facilities.csv")),
        *("--cost", str(tmp_path / "costs.csv"), "--cost-columns", "from,to,minutes"),
    ]


def run(*arguments):
    result = CliRunner().invoke(coverage.command, [str(part) for part in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def export(tables, tmp_path) -> Path:
    run(*tables, "--within", "10min,30 min", "--out", tmp_path / "out")
    return tmp_path / "out"


def test_every_file_that_metres_have(export, tmp_path):
    metres = ["--demand", tmp_path / "demand.csv", "--facilities", tmp_path / "facilities.csv"]
    run(*metres, "--within", "5km", "--out", tmp_path / "metres")
    files = {path.name for path in export.iterdir()}
    assert files == {path.name for path in (tmp_path / "metres").iterdir()}
    assert {"cells.geojson", "gaps.csv", "coverage.gpkg", "map.html", "report.html"} <= files


def test_a_cell_is_as_far_as_half_of_its_people_are(export):
    cells = gpd.read_parquet(export / "cells.parquet")
    assert "distance_m" not in cells
    aarhus = cells[cells["people"] == 40].iloc[0]
    assert (aarhus["travel_min"], aarhus["facility"]) == (12.0, "library")
    assert cells[cells["people"] == 20]["travel_min"].tolist() == [8.5]
    assert cells[cells["people"] == 5]["travel_min"].isna().all()  # no way to an open one


def test_gaps_are_beyond_the_limit_in_minutes(export):
    gaps = gpd.read_file(export / "coverage.gpkg", layer="gaps")
    assert gaps["municipality"].tolist() == ["Esbjerg"]
    assert {"travel_min", "mean_min", "max_min"} <= set(gaps.columns)


def test_the_map_and_the_report_speak_of_minutes(export):
    report = (export / "report.html").read_text()
    assert "farther than 30 min" in report
    assert "Travel time" in report
    assert "5 people reach no place of help" in report
    assert "straight line" not in report
    page = (export / "map.html").read_text()
    assert "Esbjerg: 5 people, none within reach" in page
    assert "The library" in page


def test_figures_name_their_unit_and_limits(export):
    nearest = json.loads((export / "figures.json").read_text())["nearest"]
    assert nearest["unit"] == "min"
    assert [(s["limit"], s["people"]) for s in nearest["shares"]] == [(10, 20), (30, 50)]


def test_the_sidecar_makes_the_same_again(export, tmp_path):
    run("--from-sidecar", export / NAME, "--out", tmp_path / "again")
    for file in export.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_what_if_one_closed(tables):
    (found,) = json.loads(
        run(*tables, "--within", "30", "--close", "clinic", "--format", "json").stdout
    )
    assert (found["before"], found["after"]) == (60, 40)


def test_what_if_one_opened_that_the_table_leads_to(tables):
    asked = (*tables, "--within", "30min", "--open", "harbour", "--format", "json")
    (found,) = json.loads(run(*asked).stdout)
    assert (found["before"], found["after"], found["nearer"]) == (60, 65, 5)


@pytest.mark.parametrize(
    ("opened", "says"),
    [
        ("55.5,8.5", "does not say how far it is to a new place at 55.5, 8.5"),
        ("airport", "does not lead to airport"),
        ("library", "library is open already"),
    ],
)
def test_what_the_table_does_not_know_is_said(tables, opened, says):
    with pytest.raises(InputError, match=says):
        run(*tables, "--within", "30min", "--open", opened)


def test_a_length_is_no_limit_of_minutes(tables):
    with pytest.raises(InputError, match="5000 m is a length"):
        run(*tables, "--within", "5km")


def test_an_unknown_unit_is_asked_for_and_may_be_declared(tables, tmp_path):
    (tmp_path / "costs.csv").write_text(MINUTES.replace("minutes", "c"))
    table = [part.replace("minutes", "c") for part in tables]
    assert "--cost-unit minutes" in run(*table, "--within", "30").stderr
    with pytest.raises(InputError, match="--cost-unit"):
        run(*table, "--within", "30min")
    found = run(*table, "--cost-unit", "hours", "--within", "12h", "--format", "json")
    nearest = json.loads(found.stdout)
    assert (nearest["unit"], nearest["values"]["odense"]) == ("min", 510)
    assert nearest["shares"][0]["people"] == 50


def test_a_usual_name_of_a_column_is_taken_and_said(tables, tmp_path):
    (tmp_path / "costs.csv").write_text(MINUTES.replace("minutes", "travel_time_p50"))
    table = [part.replace("minutes", "travel_time_p50") for part in tables]
    found = run(*table, "--within", "30min", "--format", "json")
    assert json.loads(found.stdout)["unit"] == "min"
    assert "taken to be minutes" in found.stderr


def test_ids_that_are_cells_say_where_they_are(shared, tmp_path):
    """Belo Horizonte: a table without coordinates, between H3 cells."""
    folder = shared / "published" / "belo_horizonte"
    run(
        *("--demand", folder / "land_use_data.csv", "--population", "population"),
        *("--cost", folder / "travel_matrix.csv.gz"),
        *("--cost-columns", "from_id,to_id,travel_time", "--within", "30min"),
        *("--resolution", 15, "--k", 3, "--out", tmp_path / "out"),
    )
    cells = gpd.read_parquet(tmp_path / "out" / "cells.parquet").set_index("id")
    land = pd.read_csv(folder / "land_use_data.csv").set_index("id")
    assert {h3.get_resolution(cell) for cell in cells.index} == {9}
    assert cells["people"].sum() == land["population"].sum()
    places = pd.read_csv(tmp_path / "out" / "places.csv").set_index("id")["nearest"]
    both = cells.join(places)
    pd.testing.assert_series_equal(both["travel_min"], both["nearest"], check_names=False)


def test_siting_over_cells_counts_minutes(tables):
    arguments = [*tables, "--objective", "mclp", "--p", "1", "--within", "30min"]
    found = CliRunner().invoke(site.command, [*arguments, "--resolution", "7", "--format", "json"])
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    assert (answer["sites"], answer["people_covered"]) == (["library"], 40)


def test_an_existing_site_that_a_clipped_table_leaves_out_is_a_note(tables, tmp_path):
    """No one is near it, so it covers nobody; it stays open all the same."""
    (tmp_path / "kept.csv").write_text("id\nairport\n")
    no_file = [part for part in tables if not part.endswith("facilities.csv")]
    no_file.remove("--facilities")
    arguments = [*no_file, "--objective", "mclp", "--p", "1", "--within", "30min"]
    kept = ["--existing", str(tmp_path / "kept.csv"), "--format", "json"]
    found = CliRunner().invoke(site.command, [*arguments, *kept])
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    assert answer["existing"] == ["airport"]
    assert sorted(answer["sites"]) == ["airport", "library"]
    assert answer["people_covered"] == 30
    assert "1 existing facilities are not in the cost table (airport)" in found.stderr
    for objective in ("p-median", "p-center", "lscp"):
        asked = ["--objective", objective, *(("--p", "3") if objective != "lscp" else ())]
        limit = ["--within", "100min"]
        found = CliRunner().invoke(site.command, [*no_file, *asked, *limit, *kept])
        assert "airport" in json.loads(found.stdout)["sites"], found.output


def test_an_existing_site_that_nobody_knows_is_refused_where_all_are_known(tables, tmp_path):
    (tmp_path / "kept.csv").write_text("id\nairport\n")
    measured = [part for part in tables if not part.startswith("--cost")][:6]
    asked = ["--objective", "p-median", "--p", "1", "--existing", str(tmp_path / "kept.csv")]
    found = CliRunner().invoke(site.command, [*measured, *asked])
    assert "airport" in str(found.exception)
