"""A limit is never compared with costs of another kind."""

import math

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from locator.cli import main
from locator.errors import InputError
from locator.travel import Limit, Unit, parse_limit, parse_limits, parse_unit


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("5km", Limit(5000, Unit.METRE)),
        ("800 m", Limit(800, Unit.METRE)),
        ("1,5 km", Limit(1500, Unit.METRE)),
        ("30 min", Limit(30, Unit.MINUTE)),
        ("30MIN", Limit(30, Unit.MINUTE)),
        ("2 hours", Limit(120, Unit.MINUTE)),
        ("90s", Limit(90, Unit.SECOND)),
        ("12.5", Limit(12.5)),
    ],
)
def test_limits_as_people_write_them(text, limit):
    assert parse_limit(text) == limit


@pytest.mark.parametrize("text", ["", "km", "5 miles", "-5km", "5km8", "1e400x", "nan"])
def test_what_is_no_limit_gets_advice(text):
    with pytest.raises(InputError, match="write 5km"):
        parse_limit(text)


@given(st.floats(0, 1e9), st.sampled_from([None, Unit.METRE, Unit.SECOND, Unit.MINUTE]))
def test_a_limit_comes_back_from_json(value, unit):
    limit = Limit(value, unit)
    assert Limit.from_json(limit.to_json()) == limit


def test_a_bare_number_takes_the_unit_of_the_metric():
    assert {Limit(30.0).under(unit) for unit in Unit} == {30.0}


def test_minutes_and_seconds_are_one_kind():
    assert parse_limit("30min").under(Unit.SECOND) == 1800
    assert parse_limit("90s").under(Unit.MINUTE) == 1.5


@pytest.mark.parametrize(
    ("text", "unit", "says"),
    [
        ("30 min", Unit.METRE, "30 min is a time.*write 5km"),
        ("5km", Unit.MINUTE, "5000 m is a length.*write 30min"),
        ("5km", Unit.SECOND, "5000 m is a length"),
        ("5km", Unit.UNKNOWN, "--cost-unit"),
    ],
)
def test_another_kind_is_refused_with_advice(text, unit, says):
    with pytest.raises(InputError, match=says):
        parse_limit(text).under(unit)


def test_ranges():
    assert parse_limits("20..22,1km") == (*map(Limit, (20.0, 21.0, 22.0)), Limit(1000, Unit.METRE))
    assert parse_limits("20min..22min")[-1] == Limit(22, Unit.MINUTE)
    assert len(parse_limits("0..100000000")) < 20_000
    with pytest.raises(InputError, match=r"20min\.\.30min"):
        parse_limits("20min..1km")


def test_units_in_words():
    assert parse_unit("Minutes") == (1, Unit.MINUTE)
    assert parse_unit("km") == (1000, Unit.METRE)
    with pytest.raises(InputError, match="no unit"):
        parse_unit("parsecs")


def test_no_limit_at_all_is_no_end():
    assert Limit(math.inf).under(Unit.MINUTE) == math.inf


@pytest.mark.parametrize(
    "command",
    [
        ("nearest", "8000 Aarhus C"),
        ("coverage", "--category", "library"),
        ("coverage", "--category", "library", "--measure", "share", "--format", "json"),
        ("coverage", "--every-category"),
        ("site", "--category", "library", "--objective", "mclp", "--p", "1"),
    ],
    ids=" ".join,
)
def test_half_an_hour_is_never_thirty_metres(command):
    result = CliRunner().invoke(main, [*command, "--within", "30min"])
    assert isinstance(result.exception, InputError), result.output
    assert "30 min is a time" in str(result.exception)


@pytest.mark.parametrize("given", [("--decay", "linear(30min)"), ("--steps", "30min:1")])
def test_nor_in_a_decay(given):
    asked = ["coverage", "--category", "library", "--measure", "2sfca", *given]
    result = CliRunner().invoke(main, asked)
    assert isinstance(result.exception, InputError), result.output
    assert "30 min is a time" in str(result.exception)
