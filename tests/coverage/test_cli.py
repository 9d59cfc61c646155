"""The command line on tables of one's own."""

import json

import pytest
from click.testing import CliRunner

from locator.cli import coverage, site
from locator.directory.records import load
from locator.errors import LocatorError


def run(command, *arguments):
    result = CliRunner().invoke(command, [*map(str, arguments), "--format", "json"])
    if isinstance(result.exception, LocatorError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_ids_that_became_numbers_in_one_file_still_join(shared):
    folder = shared / "published" / "san_francisco"
    found = run(
        site.command,
        *("--demand", folder / "SF_demand_205_centroid_uniform_weight.csv"),
        *("--population", "POP2000", "--demand-id", "NAME"),
        *("--cost", folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv"),
        *("--cost-columns", "DestinationName,name,distance"),
        *("--objective", "mclp", "--p", 4, "--within", "5km"),
    )
    assert found["people_covered"] == 875_247
    assert found["percent_of_places"] == 89.75609756097562
    assert found["assignment"]["060816029.00"].startswith("Store_")


def test_jobs_by_cell_at_full_precision(shared):
    folder = shared / "published" / "belo_horizonte"
    found = run(
        coverage.command,
        *("--demand", folder / "land_use_data.csv", "--population", "population"),
        *("--facilities", folder / "land_use_data.csv", "--capacity", "schools"),
        *("--cost", folder / "travel_matrix.csv.gz"),
        *("--cost-columns", "from_id,to_id,travel_time"),
        *("--measure", "gravity", "--decay", "exp(-0.2)"),
    )
    assert round(found["values"]["89a88cdb597ffff"], 8) == 1.15549493


def test_a_wide_table_says_the_same_as_a_long_one(tmp_path):
    (tmp_path / "wide.csv").write_text("id,x,y\na,1,5\nb,,2\n")
    (tmp_path / "long.csv").write_text("o,d,c\na,x,1\na,y,5\nb,y,2\n")
    wide = run(coverage.command, "--cost", tmp_path / "wide.csv")
    long = run(coverage.command, "--cost", tmp_path / "long.csv", "--cost-columns", "o,d,c")
    assert wide == long
    assert wide["values"] == {"a": 1.0, "b": 2.0}


def test_every_kind_of_help_at_a_glance_counts_as_each_does_alone():
    rows = run(coverage.command, "--every-category", "--within", "5km")
    assert [row["share"] for row in rows] == sorted(row["share"] for row in rows)
    assert len(rows) >= 30
    for row in rows[::10]:
        alone = run(
            coverage.command,
            *("--category", row["category"], "--measure", "share", "--within", "5km"),
        )
        assert row["people"] == pytest.approx(alone["shares"][0]["people"])
        assert row["median"] == pytest.approx(alone["summary"]["median"], abs=0.01)


def test_what_if_tells_before_and_after():
    (found,) = run(
        coverage.command,
        *("--category", "food_bank", "--within", "20km", "--open", "57.44,10.54"),  # Frederikshavn
    )
    assert found["after"] > found["before"] + 30_000
    assert found["farther"] == 0


def test_the_mean_over_an_interval_lies_between_its_ends(tmp_path):
    (tmp_path / "long.csv").write_text("o,d,c\na,x,20\na,y,22\nb,y,40\n")
    asked = ("--cost", tmp_path / "long.csv", "--cost-columns", "o,d,c", "--within", "20..23")
    mean = run(coverage.command, *asked, "--measure", "interval")["values"]
    median = run(coverage.command, *asked, "--measure", "interval", "--middle", "median")["values"]
    assert mean == {"a": 1.5, "b": 0.0}  # 1, 1, 2, 2
    assert median == {"a": 1.5, "b": 0.0}


def test_a_place_that_no_site_reaches_is_named(tmp_path):
    (tmp_path / "wide.csv").write_text("id,x,y\nnear,1,5\nlost,9,8\n")
    with pytest.raises(LocatorError, match="lost"):
        run(site.command, "--cost", tmp_path / "wide.csv", "--objective", "lscp", "--within", 6)


BAD = {
    "negative": ("id,lon,lat,people\na,12,55,-4\n", "negative"),
    "missing": ("id,lon,lat,people\na,12,55,\n", "missing"),
    "swapped": ("id,lon,lat,people\na,55.6,12.5,1\n", "swapped"),
    "no crs": ("id,x,y,people\na,720000,6170000,1\n", "--crs"),
    "empty": ("id,lon,lat,people\n", "no rows"),
    "twice": ("id,lon,lat,people\na,12,55,1\na,12,55,1\n", "twice"),
    "no number": ("id,lon,lat,people\na,12,55,many\n", "row 2"),
}


@pytest.mark.parametrize(("text", "says"), BAD.values(), ids=BAD)
def test_a_bad_demand_file_gets_advice(tmp_path, text, says):
    (tmp_path / "demand.csv").write_text(text)
    (tmp_path / "facilities.csv").write_text("id,lon,lat\nf,12.1,55.1\n")
    with pytest.raises(LocatorError, match=says):
        run(
            coverage.command,
            *("--demand", tmp_path / "demand.csv", "--population", "people"),
            *("--facilities", tmp_path / "facilities.csv"),
        )


def test_facets_choose_among_the_places(tmp_path):
    asked = ("--category", "library", "--municipality", "0101", "--within", "5km")
    result = CliRunner().invoke(coverage.command, [*asked, "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    features = json.loads((tmp_path / "facilities.geojson").read_text())["features"]
    chosen = load().filter(categories=("library",), municipalities=("0101",))
    assert len(features) == sum(r.point is not None and r.status == "active" for r in chosen)
    with pytest.raises(LocatorError, match="fewer conditions"):
        run(coverage.command, *asked, "--language", "xx")
