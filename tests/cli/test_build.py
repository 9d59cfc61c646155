"""`build` makes all parts of one extract, each whole or not at all."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory import read_records
from locator.geocoding import CurrentIndex
from locator.map import CurrentTiles
from locator.settings import settings
from locator.travel import Installed


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("NAERVED_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def built(*arguments):
    return CliRunner().invoke(main, ["build", *map(str, arguments)])


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_of_one_extract_and_a_bad_part_leaves_the_rest(data, shared, tmp_path):
    done = built(shared / "osm" / "ronne_2017.osm.pbf")
    assert done.exit_code == 0, done.output
    for part in ("addresses", "street network", "street map", "candidates"):
        assert part in done.stdout
    assert " MB" in done.stdout
    where = settings(os.environ)
    index = CurrentIndex(where.addresses).index()
    assert index is not None
    assert len(index) > 100
    assert Installed(where.network).modes == ("foot", "bicycle", "car")
    assert CurrentTiles(where.tiles).archive() is not None
    candidates = read_records(data / "candidates" / "openstreetmap.jsonl")
    assert f"{len(candidates)} places that the directory does not have" in " ".join(
        done.stdout.split()
    )

    # A feed that is none fails alone: the rest is made anew, and nothing half of it is there.
    feed = tmp_path / "feed.zip"
    feed.write_bytes(b"PK\x03\x04 half a feed")
    done = built(shared / "osm" / "ronne_2017.osm.pbf", "--gtfs", feed)
    assert done.exit_code == 1
    assert "FAILED" in done.stdout
    assert "1 of 5 parts could not be made" in done.stderr
    assert Installed(where.network).modes == ("foot", "bicycle", "car")

    # Half an extract fails in every part, and all stays as it was.
    before = files(data)
    half = tmp_path / "half.osm.pbf"
    half.write_bytes((shared / "osm" / "ronne_2017.osm.pbf").read_bytes()[:70_000])
    done = built(half)
    assert done.exit_code == 1
    assert "4 of 4 parts could not be made" in done.stderr
    assert "Traceback" not in done.output
    assert files(data) == before
