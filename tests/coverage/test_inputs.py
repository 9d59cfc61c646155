"""Files of an analyst's own: every kind is read, every mistake gets advice."""

import json

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from locator.cli import coverage, main, site
from locator.coverage.results.sidecar import NAME
from locator.earth.geodesic import distance
from locator.errors import LocatorError
from locator.geocoding.addresses.index import AddressIndex

# Near Aarhus, Odense and Esbjerg.
LON, LAT, PEOPLE = [10.2, 10.4, 8.5], [56.15, 55.4, 55.5], [30, 20, 10]


def run(command, *arguments):
    result = CliRunner().invoke(command, [*map(str, arguments), "--format", "json"])
    if isinstance(result.exception, LocatorError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def facilities(tmp_path):
    path = tmp_path / "facilities.csv"
    path.write_text("id;longitude;latitude\nf;10.2;56.16\n", encoding="utf-8-sig")  # as Excel does
    return path


@pytest.fixture
def measured(facilities):
    def measured(demand, *more):
        found = run(
            coverage.command,
            *("--demand", demand, "--population", "people", "--facilities", facilities, *more),
        )
        return json.loads(found.stdout)["values"], found.stderr

    return measured


def points() -> gpd.GeoDataFrame:
    columns = {"id": ["a", "b", "c"], "people": PEOPLE}
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(LON, LAT), crs="EPSG:4326")


WRITE = {
    "gpkg": lambda frame, path: frame.to_file(path, driver="GPKG"),
    "geojson": lambda frame, path: frame.to_crs(4326).to_file(path, driver="GeoJSON"),
    "parquet": lambda frame, path: frame.to_parquet(path),
    "shp": lambda frame, path: frame.to_file(path),
}


@pytest.mark.parametrize("crs", [4326, 25832, 3857])
@pytest.mark.parametrize("kind", WRITE)
def test_any_format_in_any_crs_says_the_same(tmp_path, measured, kind, crs):
    WRITE[kind](points().to_crs(crs), tmp_path / f"demand.{kind}")
    found, _ = measured(tmp_path / f"demand.{kind}")
    exact = distance(LON, LAT, [10.2] * 3, [56.16] * 3)
    assert list(found.values()) == pytest.approx(exact, abs=0.01)


def test_polygons_are_measured_from_a_point_inside(tmp_path, measured):
    squares = points().to_crs(25832)
    squares["geometry"] = squares.buffer(100, cap_style="square")
    squares.to_file(tmp_path / "grid.gpkg")
    found, _ = measured(tmp_path / "grid.gpkg")
    exact = distance(LON, LAT, [10.2] * 3, [56.16] * 3)
    assert list(found.values()) == pytest.approx(exact, abs=150)


def test_columns_of_metres_need_their_system_and_then_say_the_same(tmp_path, measured):
    plane = points().to_crs(25832)
    table = pd.DataFrame({"id": plane["id"], "people": PEOPLE, "x": plane.geometry.x})
    table["y"] = plane.geometry.y
    table.to_csv(tmp_path / "demand.csv", index=False)
    with pytest.raises(LocatorError, match="--crs"):
        measured(tmp_path / "demand.csv")
    (tmp_path / "facilities.csv").write_text("id,lon,lat\nf,10.2,56.16\n")
    found, _ = measured(tmp_path / "demand.csv", "--crs", "EPSG:25832")
    exact = distance(LON, LAT, [10.2] * 3, [56.16] * 3)
    assert list(found.values()) == pytest.approx(exact, abs=0.01)


def test_planar_distances_are_those_of_the_plane(tmp_path, measured):
    found, _ = measured(_csv(tmp_path), "--distance", "planar", "--crs", "EPSG:25832")
    at = points().to_crs(25832).geometry
    to = gpd.GeoSeries.from_xy([10.2], [56.16], crs=4326).to_crs(25832).iloc[0]
    assert list(found.values()) == pytest.approx(at.distance(to), abs=1e-6)


def _csv(folder):
    points().assign(lon=LON, lat=LAT).drop(columns="geometry").to_csv(folder / "d.csv", index=False)
    return folder / "d.csv"


def test_how_much_of_the_population_is_covered_is_said(tmp_path, measured):
    _, told = measured(_csv(tmp_path))
    assert "60 people: 0.0 % of Denmark's population" in told


DANISH = (
    "Id;Længdegrad;Breddegrad;Indbyggere\r\n"
    "Århus;10,2;56,15;30\r\nOdense;10,4;55,4;20\r\nEsbjerg;8,5;55,5;10,0\r\n"
)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_list_from_danish_excel_is_a_demand(tmp_path, measured, encoding):
    """Semicolons, decimal commas, Danish headings, and the encoding that Excel has by default."""
    (tmp_path / "liste.csv").write_bytes(DANISH.encode(encoding))
    found, told = measured(tmp_path / "liste.csv", "--population", "Indbyggere")
    exact = distance(LON, LAT, [10.2] * 3, [56.16] * 3)
    assert list(found.values()) == pytest.approx(exact, abs=0.01)
    assert list(found) == ["Århus", "Odense", "Esbjerg"]
    assert "60 people" in told


def test_a_workbook_is_a_demand(tmp_path, measured):
    book = openpyxl.Workbook()
    for row in (["navn", "lon", "lat", "people"], *zip("abc", LON, LAT, PEOPLE, strict=True)):
        book.active.append(row)
    book.save(tmp_path / "liste.xlsx")
    found, told = measured(tmp_path / "liste.xlsx")
    exact = distance(LON, LAT, [10.2] * 3, [56.16] * 3)
    assert list(found.values()) == pytest.approx(exact, abs=0.01)
    assert "60 people" in told


def test_a_column_may_be_named_in_another_language(tmp_path, measured):
    (tmp_path / "liste.csv").write_bytes(DANISH.encode("cp1252"))
    _, told = measured(tmp_path / "liste.csv")  # --population people
    assert "60 people" in told


def test_facilities_and_costs_may_come_from_danish_excel_too(tmp_path):
    (tmp_path / "d.csv").write_bytes("id;indbyggere\nø;1\nå;3\n".encode("cp1252"))
    (tmp_path / "f.csv").write_bytes("id;pladser\næ;1\n".encode("cp1252"))
    (tmp_path / "c.csv").write_bytes("fra;til;minutter\nø;æ;1,5\nå;æ;12,25\n".encode("cp1252"))
    found = run(
        coverage.command,
        *("--cost", tmp_path / "c.csv", "--cost-columns", "fra,til,minutter"),
        *("--demand", tmp_path / "d.csv", "--population", "indbyggere"),
        *("--facilities", tmp_path / "f.csv"),
    )
    assert json.loads(found.stdout)["values"] == {"ø": 1.5, "å": 12.25}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id;lon;lat;people\na;10,2;56,15;1\n\nb;10,2;56,15;many\n", "row 4: people is 'many'"),
        ("id;lon;lat;people\na;10,2;56,15;1\nb;10,2;56,15;2;9\n", "row 3, has 5 cells"),
        ("id;lon;lat;people\na;10,2;56,15;1\nb;10,2;56,15\n", r"first in row 3"),
        ('id;lon;lat;people\na;10,2;56,15;1\n"b;10,2;56,15;1\n', "quote that is not closed"),
        ("id;lon;lat;people\na;10,2;56,15;850\nb;10,2;56,15;1.234\n", "row 3.*thousand"),
        ("id;lon;lat;people\na;10,2;56,15;850\nb;10,2;56,15;1,234\n", "row 3.*thousand"),
    ],
)
def test_a_broken_row_is_named_by_its_number_in_the_sheet(tmp_path, measured, text, says):
    (tmp_path / "liste.csv").write_text(text)
    with pytest.raises(LocatorError, match=says):
        measured(tmp_path / "liste.csv")


BAD = {
    "no crs": (lambda: points().set_crs(None, allow_override=True), "--crs EPSG:25832"),
    "missing": (
        lambda: points().assign(people=[1, None, 3]),
        r"missing or negative in 1 rows.*row 2",
    ),
    "negative": (lambda: points().assign(people=[1, 2, -3]), r"negative in 1 rows.*row 3"),
    "nobody": (lambda: points().assign(people=0), "right column"),
    "no geometry": (lambda: points().assign(geometry=[None, *points().geometry[1:]]), "row 1"),
    "empty": (lambda: points().iloc[:0], "no rows"),
    "another column": (lambda: points().rename(columns={"people": "pop"}), "it has: id, pop"),
    "swapped": (
        lambda: points().set_geometry(gpd.points_from_xy(LAT, LON), crs=4326),
        "swapped",
    ),
}


@pytest.mark.parametrize(("frame", "says"), BAD.values(), ids=BAD)
def test_a_bad_map_file_gets_advice(tmp_path, measured, frame, says):
    frame().to_parquet(tmp_path / "demand.parquet")
    with pytest.raises(LocatorError, match=says):
        measured(tmp_path / "demand.parquet")


@pytest.mark.parametrize(
    ("lon", "lat", "says"),
    [
        (3.0, 56.0, "1 points lie outside Denmark"),
        (11.3, 56.6, "1 points lie at sea, the first is a"),
    ],
)
def test_odd_points_are_counted_and_said(tmp_path, measured, lon, lat, says):
    moved = points()
    moved.loc[0, "geometry"] = gpd.points_from_xy([lon], [lat])[0]
    moved.to_file(tmp_path / "demand.gpkg")
    found, told = measured(tmp_path / "demand.gpkg")
    assert says in told
    assert len(found) == 3


def test_ten_million_rows_at_once_are_told_how_to_come_in_parts(tmp_path, measured):
    table = pa.table({"people": np.ones(10_000_000, np.int8)})
    pq.write_table(table, tmp_path / "demand.parquet", row_group_size=10_000_000)
    with pytest.raises(LocatorError, match="row groups"):
        measured(tmp_path / "demand.parquet")


def test_no_file_and_a_broken_one_are_said(tmp_path, measured):
    with pytest.raises(LocatorError, match="no file"):
        measured(tmp_path / "nowhere.csv")
    (tmp_path / "broken.gpkg").write_bytes(b"SQLite format 3\0 but not really")
    with pytest.raises(LocatorError, match="cannot be read"):
        measured(tmp_path / "broken.gpkg")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 but not really")
    with pytest.raises(LocatorError, match="cannot be read"):
        measured(tmp_path / "broken.parquet")


@pytest.fixture(scope="module")
def index(shared, tmp_path_factory):
    path = tmp_path_factory.mktemp("addresses") / "addresses.index"
    sample = shared / "addresses" / "dar_access_addresses_sample.csv"
    built = CliRunner().invoke(main, ["addresses", "build", str(sample), "--out", str(path)])
    assert built.exit_code == 0, built.output
    return path


def test_every_address_of_the_index_is_a_demand(index):
    arguments = ("--demand", "addresses", "--addresses", index, "--category", "library")
    found = run(coverage.command, *arguments, "--within", "5km", "--measure", "share")
    figures = json.loads(found.stdout)
    rows = len(AddressIndex.open(index))
    assert figures["summary"]["people"] == figures["summary"]["places"] == rows
    assert "each counts once" in found.stderr
    chosen = json.loads(
        run(
            site.command,
            *arguments,
            *("--objective", "mclp", "--p", 2, "--within", "5km", "--resolution", 6),
        ).stdout
    )
    assert chosen["people"] == rows
    assert chosen["places"] < rows


def test_a_cost_table_exports_too_and_again_from_its_sidecar(tmp_path):
    (tmp_path / "minutes.csv").write_text("o,d,t\na,x,1\na,y,5\nb,y,2\n")
    asked = (
        "--cost",
        tmp_path / "minutes.csv",
        "--cost-columns",
        "o,d,t",
        "--out",
        tmp_path / "out",
    )
    run(coverage.command, *asked, "--measure", "cumulative", "--within", "3")
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == [NAME, "figures.json", "places.csv", "places.parquet"]
    assert pd.read_csv(tmp_path / "out" / "places.csv")["cumulative"].tolist() == [1, 1]
    run(coverage.command, "--from-sidecar", tmp_path / "out" / NAME, "--out", tmp_path / "again")
    for name in files:
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_figures_by_the_areas_of_a_map(shared, tmp_path):
    areas = shared / "boundaries" / "municipalities.geojson"
    found = run(
        coverage.command,
        *("--demand", _csv(tmp_path), "--population", "people", "--category", "library"),
        *("--areas", areas, "--area-name", "navn"),
        *("--measure", "share", "--within", "20km"),
    )
    people = {row["navn"]: row["people"] for row in json.loads(found.stdout)["groups"]}
    assert people == {"Aarhus": 30, "Odense": 20, "Esbjerg": 10}


def test_the_embedded_people_stand_in_the_municipalities_they_are_said_to(shared):
    """Old boundaries, simplified, and a point for each postcode: most agree, none is far off."""
    areas = shared / "boundaries" / "municipalities.geojson"
    asked = ("--category", "library", "--measure", "share", "--within", "5km")
    given = ("--areas", areas, "--area-name", "navn")
    drawn, told = (
        {
            row[by]: row["people"]
            for row in json.loads(run(coverage.command, *asked, *more, "--by", by).stdout)["groups"]
        }
        for by, more in (("navn", given), ("municipality", ()))
    )
    same = sum(min(drawn.get(name, 0), people) for name, people in told.items())
    assert same / sum(told.values()) > 0.9


def test_areas_that_are_no_map_are_said(tmp_path, measured):
    with pytest.raises(LocatorError, match="no map of areas"):
        measured(_csv(tmp_path), "--areas", _csv(tmp_path))
