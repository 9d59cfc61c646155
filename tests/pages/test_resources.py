"""What all sessions share holds under many threads, and is asked for by all it depends on."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from random import Random
from types import SimpleNamespace

import numpy as np
import pytest

from locator.coverage import Parameters, Request, Sources, ask
from locator.travel import Limit
from pages.parts import coverage_inputs
from pages.parts.resources import Outcomes


@dataclass
class Measured:
    """An outcome of so many places."""

    places: int

    @property
    def values(self):
        return SimpleNamespace(ids=range(self.places))


@pytest.fixture
def switching_often():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_outcomes_are_kept_for_many_sessions_at_once(switching_often):
    """The cache was not locked, and failed for whoever came while it made room."""
    kept = Outcomes(1000)

    def visit(seed):
        random = Random(seed)
        for _ in range(5000):
            key = random.randrange(60)
            found = kept.get(key)
            if found is None:
                kept.keep(key, Measured(100 + key))
            else:
                assert found.places == 100 + key

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(visit, range(8)))


def test_what_is_larger_than_all_room_is_kept_alone():
    kept = Outcomes(1000)
    kept.keep("small", Measured(10))
    kept.keep("large", Measured(5000))
    assert kept.get("small") is None
    assert kept.get("large")


ASKED = Request(Sources(categories=("food_bank",)), parameters=Parameters(within=(Limit(5000.0),)))
CHANGED = {
    "sources": Sources(categories=("food_bank",), free=True),
    "measures": ("nearest", "cumulative"),
    "resolution": 6,
    "bom": True,
    "day": "2026-11-24",
    "lang": "da",
    "licence": "CC0",
}
PARAMETERS = {
    "within": (Limit(20_000.0),),
    "by": "municipality",
    "k": 2,
    "decay": "exp(-0.2)",
    "steps": "2km:1",
    "middle": "median",
    "of": "gravity",
    "income": "people",
    "poverty_line": 5.0,
    "corrected": True,
    "ranks": "row-order",
    "bounds": "all",
    "tau": Limit(10_000.0),
    "increment": 2.0,
    "constraint": "singly",
}


def requests():
    assert {*CHANGED, "parameters"} == {field.name for field in fields(Request)}
    assert set(PARAMETERS) == {field.name for field in fields(Parameters)}
    yield from (replace(ASKED, **{name: value}) for name, value in CHANGED.items())
    for name, value in PARAMETERS.items():
        yield replace(ASKED, parameters=replace(ASKED.parameters, **{name: value}))


def test_requests_of_one_key_have_one_outcome():
    """Each part of a request changes the key, or nothing that is measured."""
    found = ask(ASKED)
    shared = [other for other in requests() if other.measuring == ASKED.measuring]
    assert {other.lang for other in shared} == {"en", "da"}
    for other in shared:
        again = ask(other)
        for name, values in found.values.places.items():
            assert np.array_equal(values, again.values.places[name])
        assert again.values.columns.keys() == found.values.columns.keys()
        assert again.study.cells.ids == found.study.cells.ids
        assert np.array_equal(again.study.cost, found.study.cost)


@pytest.mark.parametrize("k", [1, 2])
def test_another_rank_is_measured_anew(k):
    """It was not part of the key: the second asked for got the first's figures."""
    other = replace(ASKED, parameters=replace(ASKED.parameters, k=k))
    assert (other.measuring == ASKED.measuring) == (k == 1)


def test_a_limit_counts_where_a_measure_stops_at_it():
    near = replace(ASKED, measures=("cumulative",))
    far = replace(near, parameters=replace(near.parameters, within=(Limit(20_000.0),)))
    assert near.measuring != far.measuring


def test_a_file_that_is_written_anew_is_read_anew(tmp_path):
    file = tmp_path / "places.csv"
    file.write_text("id,lat,lon\na,55.7,12.5\n")
    asked = replace(ASKED, sources=Sources(facilities=str(file)))
    before = coverage_inputs.stamp(asked)
    assert coverage_inputs.stamp(asked) == before
    file.write_text("id,lat,lon\na,55.7,12.6\nb,55.8,12.6\n")
    assert coverage_inputs.stamp(asked) != before
