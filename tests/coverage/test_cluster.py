"""A Dask cluster of two workers gives what one machine gives, also when a worker dies."""

import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from locator.cli import coverage
from locator.coverage.cluster import running
from locator.coverage.inputs.facilities import directory_facilities
from locator.coverage.inputs.layer import Layer, Reading
from locator.coverage.inputs.parts import Part, row_groups
from locator.coverage.inputs.sources import Inputs
from locator.coverage.measures.figures import figures
from locator.coverage.measures.parameters import Parameters
from locator.errors import OutageError
from locator.travel import Limit, StraightLine

ASKED = Parameters(
    within=(Limit(5_000.0), Limit(20_000.0)), steps="2km:1,5km:0.68,10km:0.22", poverty_line=0.5
)
NAMES = (
    "nearest",
    "share",
    "cumulative",
    "gravity",
    "e2sfca",
    "bfca",
    "availability",
    "gini",
    "fgt",
)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    workers = LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        memory_limit="1GiB",
    )
    with workers:
        yield workers.scheduler_address


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """6,000 places with people in three files of two row groups each."""
    rng = np.random.default_rng(8)
    folder = tmp_path_factory.mktemp("demand")
    for number in range(3):
        lon, lat = rng.uniform(9.0, 10.2, 2000), rng.uniform(55.2, 56.9, 2000)
        people = {"population": rng.integers(0, 90, 2000)}
        frame = gpd.GeoDataFrame(people, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
        frame.to_crs(25832).to_parquet(folder / f"{number}.parquet", row_group_size=1000)
    return folder


@pytest.fixture(scope="module")
def inputs(folder) -> Inputs:
    parts = row_groups(folder, Reading("population"))
    assert len(parts) == 6
    return Inputs(parts, directory_facilities(["library"]), StraightLine())


def test_the_cluster_equals_one_machine(cluster, inputs):
    with running(cluster) as run:
        there = figures(inputs, NAMES, ASKED, run)
    assert there == figures(inputs, NAMES, ASKED)


def test_parts_equal_the_whole_at_once(inputs, folder, tmp_path):
    whole = gpd.pd.concat([gpd.read_parquet(file) for file in sorted(folder.iterdir())])
    whole.to_parquet(tmp_path / "whole.parquet")
    one = Inputs(
        row_groups(tmp_path / "whole.parquet", Reading("population")),
        inputs.facilities,
        inputs.metric,
    )
    assert len(one.parts) == 1
    for name, figure in figures(inputs, NAMES, ASKED).items():
        at_once = figures(one, NAMES, ASKED)[name]
        assert figure.get("values", {}) == pytest.approx(at_once.get("values", {}), rel=1e-12)
        assert figure.get("summary", {}) == pytest.approx(at_once.get("summary", {}), rel=1e-12)


@dataclass(frozen=True)
class Deadly:
    """A part that kills the worker which reads it first."""

    part: Part
    killed: Path

    def load(self) -> Layer:
        if not self.killed.exists():
            self.killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.part.load()


def test_a_lost_worker_costs_time_and_nothing_else(cluster, inputs, tmp_path):
    first, second, *rest = inputs.parts
    parts = [first, Deadly(second, tmp_path / "killed"), *rest]
    with running(cluster) as run:
        there = figures(Inputs(parts, inputs.facilities, inputs.metric), NAMES, ASKED, run)
    assert (tmp_path / "killed").exists()
    assert there == figures(inputs, NAMES, ASKED)


@dataclass(frozen=True)
class Marked:
    """A part that leaves a mark when it is read."""

    folder: Path
    number: int

    def load(self) -> Layer:
        (self.folder / str(self.number)).touch()
        return None


def read(part: Part) -> int:
    part.load()
    return part.number


def test_parts_are_given_out_a_few_at_a_time(cluster, tmp_path):
    with running(cluster) as run:
        results = iter(run(read, [Marked(tmp_path, number) for number in range(50)]))
        assert next(results) == 0
        time.sleep(1.0)
        assert len(list(tmp_path.iterdir())) < 15
        assert list(results) == list(range(1, 50))


def test_the_command_line_says_the_same_on_the_cluster(cluster, folder):
    arguments = [
        *("--demand", str(folder), "--population", "population", "--category", "library"),
        *("--measure", "nearest", "--within", "5km", "--format", "json"),
    ]
    here = CliRunner().invoke(coverage.command, arguments)
    there = CliRunner().invoke(coverage.command, [*arguments, "--scheduler", cluster])
    assert here.exit_code == there.exit_code == 0, there.output
    assert json.loads(here.stdout) == json.loads(there.stdout)
    assert len(json.loads(here.stdout)["values"]) == 6000


def test_no_scheduler_is_said():
    with pytest.raises(OutageError, match="dask scheduler"), running("tcp://127.0.0.1:9"):
        pass
