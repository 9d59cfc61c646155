"""Areas dissolved by the mesh are those of H3's own dissolving."""

import h3
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

from locator.coverage.study.mesh import mesh

CELLS = sorted(h3.grid_disk(h3.latlng_to_cell(56.0, 9.5, 7), 9))
MESH = mesh(CELLS)


def by_h3(cells: list[str]) -> list[float]:
    shape = h3.cells_to_geo(cells)
    areas = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return sorted(Polygon(rings[0], rings[1:]).area for rings in areas)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.sampled_from([0.01, 0.3, 0.5, 0.7, 0.99, 1.0]))
def test_any_choice_of_cells(seed, share):
    rng = np.random.default_rng(seed)
    chosen = np.flatnonzero(rng.random(len(CELLS)) < share)
    if not len(chosen):
        return
    found = MESH.areas(chosen)
    assert sorted(area.area for area, _ in found) == pytest.approx(
        by_h3([CELLS[row] for row in chosen]), abs=1e-12
    )
    assert sorted(row for _, rows in found for row in rows) == chosen.tolist()
    for area, rows in found:
        assert area.is_valid
        for row in rows[:5]:
            lat, lon = h3.cell_to_latlng(CELLS[row])
            assert area.contains(Point(lon, lat))


def test_a_ring_has_a_hole():
    middle = h3.latlng_to_cell(56.0, 9.5, 7)
    chosen = np.flatnonzero([cell in set(h3.grid_ring(middle, 1)) for cell in CELLS])
    ((area, rows),) = MESH.areas(chosen)
    assert len(rows) == 6
    assert len(area.interiors) == 1
