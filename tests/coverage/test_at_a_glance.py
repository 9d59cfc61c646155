"""Every kind of help at a glance is measured from the directory at hand, by any metric."""

import shutil

import pytest

from locator.coverage import overview
from locator.coverage.inputs.embedded import embedded_demand
from locator.coverage.inputs.parts import held
from locator.directory import load
from locator.errors import InputError
from locator.settings import EMBEDDED
from locator.travel import Limit, StraightLine, Unit


class Exact(StraightLine):
    """To the last digit, also where that is not needed."""

    @property
    def rough(self):
        return self


@pytest.fixture(scope="module")
def parts():
    return held(embedded_demand())


def test_the_directory_is_not_read_again(parts, tmp_path):
    """It was parsed once for each of 44 kinds, which took twice as long as all the measuring."""
    folder = shutil.copytree(EMBEDDED, tmp_path / "directory")
    directory = load(folder)
    shutil.rmtree(folder)
    assert len(overview(parts, Limit(5000.0), directory)) >= 30


def test_it_is_measured_by_the_metric_that_is_asked(parts):
    quick, exact = (
        overview(parts, Limit(5.0, Unit.METRE), load(), *metric) for metric in ((), (Exact(),))
    )
    assert [row.category for row in quick] == [row.category for row in exact]
    assert [row.mean for row in quick] == pytest.approx([row.mean for row in exact], abs=0.003)
    with pytest.raises(InputError, match="is a time"):
        overview(parts, Limit(30.0, Unit.MINUTE), load())
