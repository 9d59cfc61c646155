"""Networks of real extracts, each built once for all tests."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from locator.travel.streets import Network, build_streets, open_network


@pytest.fixture(scope="session")
def network(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Network]:
    """`network("ronne_2017")`: of the extract of that name."""
    made = tmp_path_factory.mktemp("networks")

    @cache
    def of(name: str) -> Network:
        source = next(shared.glob(f"*/{name}.osm.pbf"))
        build_streets(source, made / name)
        return open_network(made / name)

    return of
