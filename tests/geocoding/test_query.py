"""How an address is taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.geocoding.query import Query, parse


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nyropsgade 1, 1602 København V", ("Nyropsgade", "1", "", "1602", "København V")),
        (
            "Margrethepladsen 4, 4. 8000 Aarhus C",
            ("Margrethepladsen", "4", "4", "8000", "Aarhus C"),
        ),
        (
            "Tofthøjvej 20, -0121, 4130 Viby Sjælland",
            ("Tofthøjvej", "20", "-0121", "4130", "Viby Sjælland"),
        ),
        (
            "Østre Stationsvej 24, kld., 5000 Odense C",
            ("Østre Stationsvej", "24", "kld", "5000", "Odense C"),
        ),
        (
            "Østergade 43, 2 sal tv, 5000 Odense C",
            ("Østergade", "43", "2 sal tv", "5000", "Odense C"),
        ),
        ("Borgergade 45, st. th, 1300", ("Borgergade", "45", "st. th", "1300", "")),
        (
            "Borgergade 045 b 1.tv 1300 København K",
            ("Borgergade", "45B", "1.tv", "1300", "København K"),
        ),
        ("1. Maj Vej 3, 9000 Aalborg", ("1. Maj Vej", "3", "", "9000", "Aalborg")),
        ("8000 Aarhus C, Margrethepladsen 4", ("Margrethepladsen", "4", "", "8000", "Aarhus C")),
        ("8000 Aarhus C Margrethepladsen 4", ("Margrethepladsen", "4", "", "8000", "Aarhus C")),
        ("Margrethepladsen 4, Aarhus C", ("Margrethepladsen", "4", "", "", "Aarhus C")),
        ("Nygade 3 DK-8000 Aarhus C, Danmark", ("Nygade", "3", "", "8000", "Aarhus C")),
        ("2100 København Ø", ("", "", "", "2100", "København Ø")),
        ("nyropsgade1,1602", ("nyropsgade", "1", "", "1602", "")),
        ("2100", ("", "", "", "2100", "")),
    ],
)
def test_the_likeliest_reading(text: str, parts: tuple[str, ...]):
    first = parse(text)[0]
    assert (first.street, first.house, first.unit.strip(" ."), first.postcode, first.place) == parts


@pytest.mark.parametrize(
    ("text", "street", "place"),
    [
        ("Aarhus C, Margrethepladsen 4", "Margrethepladsen", "Aarhus C"),
        ("København Nørrebrogade 12", "Nørrebrogade", "København"),
        ("Nørrebrogade København", "Nørrebrogade", "København"),
        ("Aarhus Vestergade", "Vestergade", "Aarhus"),
    ],
)
def test_a_town_without_a_postcode_is_among_the_readings(text: str, street: str, place: str):
    assert any((q.street, q.place) == (street, place) for q in parse(text))


def test_the_first_number_of_a_range_is_looked_up():
    assert parse("Leifsgade 2-4, 2300")[0].house == "2"
    assert parse("Njalsgade 72 A-D, 2300 København S")[0].house == "72A"


def test_a_village_before_the_postcode_is_set_aside():
    first = parse("Nygade 3, Skovby, 8464 Galten")[0]
    assert (first.street, first.extra, first.place) == ("Nygade", "Skovby", "Galten")


def test_long_text_is_cut_and_says_so():
    assert all(query.cut for query in parse("Nygade 1 " * 1000))


@given(st.text(max_size=400))
def test_any_text_has_at_most_ten_readings(text: str):
    readings = parse(text)
    assert len(readings) <= 10
    assert all(isinstance(query, Query) for query in readings)


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        ("Algade 12, 4000 / Nygade 3, 5000", "Algade", "Nygade 3, 5000"),
        ("Algade 12 og Nygade 3 Odense", "Algade", "Nygade 3 Odense"),
        ("Algade 12, 4000 Roskilde, Nygade 3, 5000 Odense C", "Algade", "Nygade 3, 5000 Odense C"),
        ("Algade 12, 4000 Roskilde", "Algade", ""),
        ("Algade 12, 2. 14, 4000 Roskilde", "Algade", ""),
        ("Algade 12; 14, 4000 Roskilde", "Algade", ""),
        ("Ole og Annes Vej 12, 4000 Roskilde", "Ole og Annes Vej", ""),
    ],
)
def test_of_two_addresses_in_a_line_the_first_is_read(line, first, second):
    query = parse(line)[0]
    assert (query.street, query.number, query.second) == (first, 12, second)
