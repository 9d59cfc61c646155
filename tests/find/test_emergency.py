"""The numbers on every page are right for where the person is, and never miss the first two."""

import pytest

from locator.directory import Directory, load
from locator.find import emergency_numbers
from locator.language import language
from locator.places import CHRISTIANSOE, municipalities

EN, DA = language("en"), language("da")
DIRECTORY = load()
CODES = sorted(municipalities().keys() - {CHRISTIANSOE})


def digits(here: tuple[str, ...], directory: Directory = DIRECTORY) -> list[str]:
    return [one.digits for one in emergency_numbers(EN, directory, here)]


@pytest.mark.parametrize(
    ("code", "doctor"),
    [
        ("0101", "1813"),  # Copenhagen
        ("0400", "1813"),  # Bornholm
        ("0265", "1818"),  # Roskilde
        ("0561", "70 11 07 07"),  # Esbjerg
        ("0751", "70 11 31 31"),  # Aarhus
        ("0851", "70 15 03 00"),  # Aalborg
    ],
)
def test_the_doctor_is_that_of_the_region(code, doctor):
    assert digits((code,)) == ["112", "114", doctor, "1888"]


def test_every_municipality_has_one_doctors_number_and_all_numbers_a_source():
    for code in CODES:
        numbers = emergency_numbers(DA, DIRECTORY, (code,))
        assert len(numbers) == 4, code
        assert all(one.source.startswith("https://") for one in numbers), code
        assert numbers[2].call.removeprefix("+45").isdigit(), code


def test_on_a_border_both_are_named_and_where_nothing_is_known_none():
    both = emergency_numbers(EN, DIRECTORY, ("0265", "0101"))
    assert {one.digits for one in both} == {"112", "114", "1813", "1818", "1888"}
    assert len({one.text for one in both}) == 5
    assert digits(()) == ["112", "114", "1888"]
    assert digits(("0101",), Directory([])) == ["112", "114", "1888"]
