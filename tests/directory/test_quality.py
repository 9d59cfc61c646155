"""How much is known of each kind of help, and where."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.qualities import kinds, quality
from locator.directory.record import Record
from locator.directory.records import load, write_records
from locator.directory.taxonomy import categories
from locator.settings import EMBEDDED

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24)
UNDATED = {"url": "https://example.dk/"}
SOURCE = {"url": "https://example.dk/", "date": "2026-01"}


def record(name, **fields):
    base = {"id": name, "name": name, "categories": ("library",), "sources": (SOURCE,)}
    return Record.model_validate(base | fields)


@pytest.fixture
def some():
    there = {"lat": 57.05, "lon": 9.92, "precision": "place", "municipality_code": "0851"}
    return [
        record("a", **there, opening_hours="Mo 10:00-12:00"),
        record("b", categories=("library", "language_cafe"), municipality_code="0751"),
        record("c", scope="regional", service_area=("0810", "0851", "0411"), sources=(UNDATED,)),
        record("d", scope="national", phones=({"number": "1813"},), assured_date="2020"),
    ]


def test_a_kind_tells_how_much_is_known_of_it(some):
    known = {kind.category: kind for kind in kinds(some, NOW)}
    library = known["library"]
    assert (library.records, library.located, library.timed, library.phoned) == (4, 1, 1, 1)
    assert library.fresh == 2  # neither the old one, nor the one of which no date is known
    assert library.there == {"0851", "0751"}
    assert library.covered == {"0851", "0751", "0810"}  # Christiansø is no municipality
    assert library.national == 1
    assert (known["language_cafe"].records, known["tax"].records) == (1, 0)


def test_the_command_prints_both_tables(some, tmp_path):
    write_records(tmp_path / "a.jsonl", some)
    options = ["directory", "quality", "--directory", str(tmp_path)]
    said = CliRunner().invoke(main, [*options, "--on", "2026-11-24", "--lang", "da"])
    assert said.exit_code == 0
    amounts, covered = said.output.strip().split("\n\n")
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in amounts.splitlines()]
    assert cells[2] == ["Biblioteker", "4", "1", "1", "1", "2"]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in covered.splitlines()]
    assert cells[2] == ["Biblioteker", "2", "3", "1"]


def test_quality_counts_every_record_and_tells_what_is_missing():
    every = list(load())
    seen = quality(every, NOW)
    assert seen.total == len(every)
    assert sum(seen.by_precision.values()) == sum(seen.by_age.values()) == len(every)
    assert sum(seen.by_municipality.values()) == len(every)
    assert seen.by_precision[""] == sum(r.point is None for r in every)
    one = quality([record("a")], NOW)
    assert one.missing["phones"] == {"library": 1}
    assert ("library", "Aalborg") in one.gaps
    assert one.by_category["library"] == 1
    assert one.by_category["tax"] == 0


def test_the_tables_of_the_readme_are_those_of_the_data():
    """Where the records change: paste what `directory quality --on DAY` prints, and the day."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    day = re.search(r"`python -m locator directory quality --on (\d{4}-\d\d-\d\d)`", readme)
    assert day
    given = ["directory", "quality", "--on", day[1], "--directory", str(EMBEDDED)]
    said = CliRunner().invoke(main, given)
    assert said.exit_code == 0
    amounts, covered = said.output.strip().split("\n\n")
    assert len(amounts.splitlines()) == len(covered.splitlines()) == len(categories()) + 2
    assert amounts in readme
    assert covered in readme
