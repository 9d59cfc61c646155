"""Many spellings of a Danish name are one, and what is unreadable does no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.language.normalise import clean, fold, key, keys


@given(st.text())
def test_cleaning_and_folding_twice_is_folding_once(text: str):
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aåoøæeAÅOØÆE hHcC.'sgl1", max_size=20))
def test_folding_danish_letters_twice_is_folding_once(text: str):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Søndre Allé", "soendre alle", "SONDRE ALLE", "Sdr. Alle", "Søndre  Allé\u202e"),
        ("Åboulevarden", "Aaboulevarden", "aboulevarden"),
        (
            "H.C. Andersens Boulevard",
            "HC Andersens Blvd",
            "H C Andersens Blvd.",
            "h. c. andersens boulevard",
        ),
        ("Gammel Kongevej", "Gl. Kongevej", "Gl Kongevej"),
        ("Sankt Knuds Vej", "Skt. Knuds Vej", "Sct Knudsvej"),
        ("Ny Carlsberg Vej", "Ny Carlsbergvej"),
        ("Borgmester Christiansens Gade", "Borgm. Christiansens Gade"),
        ("Nørre Allé", "Nr. Allé", "Nørre Al."),
        ("Ærøskøbing", "Aeroeskoebing"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]):
    assert {key(spelling) for spelling in spellings} == {key(spellings[0])}


def test_an_abbreviation_of_two_meanings_has_both():
    assert {key("Store Kongensgade"), key("Sankt Kongensgade")} <= set(keys("St. Kongensgade"))


@given(st.text(max_size=200))
def test_spellings_are_few_whatever_the_text(text: str):
    assert 1 <= len(keys(text)) <= 8
