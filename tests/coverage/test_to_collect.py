"""What to collect next: what is not known within reach of people, and nothing that is."""

import csv

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.coverage import missing_csv, what_to_collect
from locator.directory import Directory, load
from locator.directory.record import Record
from locator.language import language
from locator.places import municipalities
from locator.travel import parse_limit


def record(**fields):
    plain = {"id": "a", "name": "A", "categories": ["library"]}
    return Record.model_validate(plain | {"sources": [{"url": "https://a.dk/"}]} | fields)


def missing(*records, **options):
    found = what_to_collect(Directory(records), **options)
    return {one.municipality: one for one in found if one.category == "library"}


AARHUS = {"lat": 56.153, "lon": 10.204, "precision": "point", "municipality_code": "0751"}


def test_what_is_within_reach_is_not_missing():
    everywhere = missing()
    assert len(everywhere) == 98
    assert everywhere["0751"].people == pytest.approx(municipalities()["0751"].population)
    found = missing(record(**AARHUS))
    assert "0751" not in found or found["0751"].people < everywhere["0751"].people / 3
    assert found["0461"].people == pytest.approx(everywhere["0461"].people)
    wide = missing(record(**AARHUS), within=parse_limit("400km"))
    assert wide == {}


def test_a_service_for_a_municipality_is_in_reach_of_all_who_live_there():
    placeless = record(id="b", scope="municipal", municipality_code="0101")
    found = missing(record(**AARHUS, service_area=["0461"]), placeless)
    assert not {"0461", "0101"} & found.keys()


def test_a_closed_one_and_one_for_the_nation_count_for_nobody():
    whole = missing()
    closed = record(**AARHUS, status="defunct")
    nation = record(id="b", scope="national", phones=[{"number": "70 20 30 82"}])
    assert {m: one.people for m, one in missing(closed).items()} == {
        m: one.people for m, one in whole.items()
    }
    assert missing(nation, record(id="c", **AARHUS)).keys() == missing(record(**AARHUS)).keys()


def test_kinds_whose_places_are_secret_are_not_asked_for():
    assert "domestic_violence_help" not in {one.category for one in what_to_collect(load())}


def test_the_command_lists_the_most_people_first_and_writes_all(tmp_path):
    path = tmp_path / "next.csv"
    said = CliRunner().invoke(
        main, ["directory", "collect-next", "--most", "3", "--csv", str(path)]
    )
    assert said.exit_code == 0, said.output
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    people = [int(row["people_without"]) for row in rows]
    assert people == sorted(people, reverse=True)
    assert f"{len(rows)} lines" in said.output
    assert missing_csv(what_to_collect(load()), language("en")).count("\n") == len(rows) + 1
