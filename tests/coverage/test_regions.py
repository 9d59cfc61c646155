"""Figures by municipality add up to those of the country, and to the published population."""

import csv

import pytest

from locator.coverage.inputs.embedded import embedded_demand
from locator.coverage.inputs.facilities import directory_facilities
from locator.coverage.inputs.parts import held
from locator.coverage.inputs.sources import Inputs
from locator.coverage.measures.by_place import values
from locator.coverage.measures.parameters import Parameters
from locator.coverage.measures.regions import by_group
from locator.errors import InputError
from locator.settings import GEODATA
from locator.travel import Limit, StraightLine

NO_POSTCODE = "Christiansø"  # its post goes to Gudhjem on Bornholm


@pytest.fixture(scope="module")
def demand():
    return embedded_demand()


@pytest.fixture(scope="module")
def metres(demand):
    return (
        StraightLine().nearest(demand.places, directory_facilities(["library"]).places).cost[:, 0]
    )


def by(demand, metres, limit, name):
    return by_group(demand.table[name].to_numpy(str), demand.weight, metres, limit, name)


def test_every_municipality_has_its_published_population(demand, metres):
    with (GEODATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["name"] != NO_POSTCODE]
    published = {row["name"]: int(row["population_2020"]) for row in rows}
    found = by(demand, metres, 5_000, "municipality").set_index("municipality")["people"]
    assert found.to_dict() == pytest.approx(published)


@pytest.mark.parametrize(("name", "groups"), [("municipality", 98), ("region", 5)])
def test_groups_add_up_to_the_country(demand, metres, name, groups):
    found = by(demand, metres, 5_000, name)
    assert len(found) == groups
    assert found["people"].sum() == pytest.approx(demand.weight.sum())
    assert found["within"].sum() == pytest.approx(demand.weight[metres <= 5_000].sum())
    assert found["share"].between(0, 1).all()


def test_the_worst_covered_come_first(demand, metres):
    found = by(demand, metres, 2_000, "municipality")
    assert found["share"].is_monotonic_increasing
    assert found.set_index("municipality").loc["København", "mean"] < 2_000


def test_a_wider_limit_never_covers_fewer(demand, metres):
    near = by(demand, metres, 1_000, "region").set_index("region")["within"]
    wide = by(demand, metres, 10_000, "region").set_index("region")["within"]
    assert (wide >= near.reindex(wide.index)).all()


def test_a_column_that_is_not_there_is_named(demand):
    inputs = Inputs(held(demand), directory_facilities(["library"]), StraightLine())
    with pytest.raises(InputError, match="parish"):
        values(inputs, ["share"], Parameters(within=(Limit(1_000.0),), by="parish"))
