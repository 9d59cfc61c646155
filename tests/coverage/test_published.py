"""Published tables, to the printed digits (PySAL spopt; R package accessibility, ipeaGIT)."""

import json

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.coverage.measures import accessibility, inequality
from locator.coverage.measures.decay import binary, parse_decay
from locator.coverage.siting import site


def test_san_francisco_needs_eight_stores(san_francisco):
    solution = site(san_francisco.sites, "lscp", limit=5000)
    assert (len(solution.sites), solution.proved) == (8, True)


@pytest.mark.parametrize("proof", [True, False])
def test_san_francisco_maximal_covering(san_francisco, proof):
    solution = site(san_francisco.sites, "mclp", p=4, limit=5000, proof=proof)
    places = int((solution.covered > 0).sum())
    assert (solution.value, places) == (875_247, 184)
    assert places / 205 * 100 == 89.75609756097562
    assert round(solution.value / san_francisco.sites.people.sum() * 100, 3) == 91.638


@pytest.mark.parametrize("proof", [True, False])
def test_san_francisco_p_median(san_francisco, proof):
    solution = site(san_francisco.sites, "p-median", p=4, proof=proof)
    assert round(solution.value, 4) == 2848268129.7145
    assert round(solution.value / san_francisco.sites.people.sum(), 5) == 2982.12686
    stores = [san_francisco.stores[row] for row in solution.sites]
    assert stores == ["Store_11", "Store_12", "Store_15", "Store_2"]


@pytest.mark.parametrize("proof", [True, False])
def test_san_francisco_p_center(san_francisco, proof):
    solution = site(san_francisco.sites, "p-center", p=4, proof=proof)
    assert round(solution.value, 4) == 7403.0638


def test_belo_horizonte_jobs_within_30_minutes(belo_horizonte):
    jobs = accessibility.cumulative(belo_horizonte.costs, belo_horizonte.land.jobs, 30)
    assert jobs[:6].tolist() == [14561, 29452, 16647, 10700, 6669, 37029]


def test_belo_horizonte_schools_by_gravity(belo_horizonte):
    decay = parse_decay("exp(-0.2)")
    schools = accessibility.gravity(belo_horizonte.costs, belo_horizonte.land.schools, decay)
    by_id = dict(zip(belo_horizonte.land.id, schools.round(8), strict=True))
    assert by_id["89a88cdb57bffff"] == 0.03041853
    assert by_id["89a88cdb597ffff"] == 1.15549493


def test_belo_horizonte_two_step_floating_catchments(belo_horizonte):
    land = belo_horizonte.land
    jobs = accessibility.two_step(belo_horizonte.costs, land.jobs, land.population, binary(50))
    first = jobs[belo_horizonte.first[:4]].round(7).tolist()
    assert first == [0.4278111, 0.3863614, 0.4501725, 0.5366707]


def test_belo_horizonte_inequality(belo_horizonte):
    land = belo_horizonte.land
    jobs = accessibility.cumulative(belo_horizonte.costs, land.jobs, 30)
    ratio = inequality.palma(jobs, land.population, land.income_per_capita)
    assert round(ratio, 6) == 3.800465
    poverty = inequality.fgt(jobs, land.population, 95_368)
    assert [round(part, 7) for part in poverty] == [0.5745378, 0.3277383, 0.2218769]


def test_belo_horizonte_gini(belo_horizonte):
    land = belo_horizonte.land
    jobs = accessibility.cumulative(belo_horizonte.costs, land.jobs, 30)
    assert round(inequality.gini(jobs, land.population), 7) == 0.4715251


@pytest.mark.parametrize(
    ("rules", "published"),
    [
        ({"ranks": "row-order", "bounds": "all"}, 0.3346494),  # as accessibility has it
        ({}, 0.3346221),  # no order of rows matters, and no place where nobody lives
    ],
)
def test_belo_horizonte_concentration(belo_horizonte, rules, published):
    land = belo_horizonte.land
    jobs = accessibility.cumulative(belo_horizonte.costs, land.jobs, 30)
    found = inequality.concentration(
        jobs, land.population, land.income_per_capita, corrected=True, **rules
    )
    assert round(found, 7) == published


def test_concentration_of_the_command_line_by_both_rules(shared):
    folder = shared / "published" / "belo_horizonte"
    asked = [
        *("coverage", "--demand", str(folder / "land_use_data.csv"), "--population", "population"),
        *("--facilities", str(folder / "land_use_data.csv"), "--capacity", "jobs"),
        *("--cost", str(folder / "travel_matrix.csv.gz")),
        *("--cost-columns", "from_id,to_id,travel_time", "--within", "30min"),
        *("--measure", "concentration", "--corrected", "--income", "income_per_capita"),
        *("--format", "json"),
    ]
    for rules, published in (
        (["--ranks", "row-order", "--bounds", "all"], 0.3346494),
        ([], 0.3346221),
    ):
        found = CliRunner().invoke(main, [*asked, *rules])
        assert found.exit_code == 0, found.output
        assert round(json.loads(found.stdout)["concentration"], 7) == published
