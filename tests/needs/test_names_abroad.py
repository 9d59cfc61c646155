"""Services that people name in their own language and script."""

import csv

import pytest

from locator.directory import load
from locator.geocoding import Finder
from locator.needs import Interpreter, What
from locator.needs.folding import folded
from locator.needs.names_abroad import FILE
from locator.needs.services import names_of


@pytest.fixture(scope="module")
def interpreter() -> Interpreter:
    return Interpreter(Finder(None), load(), None)


def services(interpreter: Interpreter, line: str, lang: str) -> list[str]:
    """Names and organisations of the services that are surely meant."""
    by_id = {record.id: record for record in load()}
    found = interpreter.understand(line, lang)
    sure = [by_id[one.id] for one in found if one.what is What.SERVICE and one.confident]
    return [f"{record.name}, {record.organization.name}" for record in sure]


@pytest.mark.parametrize(
    ("line", "lang", "name"),
    [
        ("كفينفو", "ar", "KVINFO"),
        ("کوینفو", "fa", "KVINFO"),
        ("квінфо", "uk", "KVINFO"),
        ("الصليب الأحمر", "ar", "Røde Kors"),
        ("الصليب الاحمر", "ar", "Røde Kors"),
        ("صلیب سرخ", "fa", "Røde Kors"),
        ("ریڈ کراس", "ur", "Røde Kors"),
        ("червоний хрест", "uk", "Røde Kors"),
        ("Червоний Хрест Орхус", "uk", "Aarhus"),
        ("الصليب الأحمر آرهوس", "ar", "Aarhus"),
        ("Crucea Rosie", "ro", "Røde Kors"),
        ("Kızılhaç", "tr", "Røde Kors"),
        ("هيدسبيس", "ar", "headspace"),
        ("جيش الخلاص", "ar", "Frelsens Hær"),
        ("Данска рада у справах біженців", "uk", "Dansk Flygtningehjælp"),
    ],
)
def test_a_service_is_found_in_the_persons_own_writing(interpreter, line, lang, name):
    assert name in services(interpreter, line, lang)[0]


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("أحمر", "ar"),
        ("صليب", "ar"),
        ("جيش", "ar"),
        ("الأزرق", "ar"),
        ("كراسة", "ar"),
        ("المجلس", "ar"),
        ("سرخ", "fa"),
        ("صلیب", "fa"),
        ("хрест", "uk"),
        ("червоний", "uk"),
        ("армія", "uk"),
        ("cruz", "es"),
        ("krzyż", "pl"),
        ("crucea", "ro"),
        ("rotes auto", "de"),
    ],
)
def test_half_a_name_or_another_word_names_no_service(interpreter, line, lang):
    assert services(interpreter, line, lang) == []


def test_each_name_is_one_that_the_directory_has():
    names = names_of(load())
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        found = names.found(row["alias"])
        assert [score for _, score in found[:1]] == [1.0], row
    assert len({(row["lang"], folded(row["alias"])) for row in rows}) == len(rows)
