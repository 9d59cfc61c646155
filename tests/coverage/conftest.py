"""The published tables, as arrays."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from locator.coverage.siting import Sites
from locator.travel.costs import Costs


class BeloHorizonte(NamedTuple):
    costs: Costs
    land: pd.DataFrame
    first: list[int]  # rows of the cells in the order of the published result


class SanFrancisco(NamedTuple):
    sites: Sites
    stores: list[str]


@pytest.fixture(scope="session")
def belo_horizonte(shared: Path) -> BeloHorizonte:
    folder = shared / "published" / "belo_horizonte"
    land = pd.read_csv(folder / "land_use_data.csv")
    table = pd.read_csv(folder / "travel_matrix.csv.gz")
    row = pd.Series(range(len(land)), index=land.id)
    shape = (len(land), len(land))
    costs = Costs.from_pairs(row[table.from_id], row[table.to_id], table.travel_time, shape)
    return BeloHorizonte(costs, land, row[table.from_id.unique()].tolist())


@pytest.fixture(scope="session")
def san_francisco(shared: Path) -> SanFrancisco:
    folder = shared / "published" / "san_francisco"
    demand = pd.read_csv(folder / "SF_demand_205_centroid_uniform_weight.csv").sort_values("NAME")
    table = pd.read_csv(folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv")
    wide = table.pivot(index="DestinationName", columns="name", values="distance")
    assert (wide.index == demand["NAME"]).all()
    people = demand["POP2000"].to_numpy(float)
    names = tuple(map(str, wide.index))
    return SanFrancisco(
        Sites(Costs.from_matrix(wide.to_numpy()), people, ids=names), list(wide.columns)
    )


@pytest.fixture
def grid() -> Sites:
    """300 places and 40 candidates in a square of 20 by 20 km, planar metres, fixed seed."""
    rng = np.random.default_rng(5)
    at, to = rng.uniform(0, 20_000, (300, 2)), rng.uniform(0, 20_000, (40, 2))
    cost = np.hypot(*(at[:, None] - to[None]).transpose(2, 0, 1))
    return Sites(Costs.from_matrix(cost), rng.integers(1, 500, 300).astype(float))
