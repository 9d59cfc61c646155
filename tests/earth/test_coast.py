"""What is land and what is sea."""

import numpy as np
import shapely

from locator.earth import at_sea, metres_from_land, on_land

AARHUS, KATTEGAT, ROENNE = (10.2, 56.15), (11.4, 56.6), (14.7, 55.1)


def test_towns_are_on_land_and_the_kattegat_is_not():
    lons, lats = np.array([AARHUS, KATTEGAT, ROENNE]).T
    assert at_sea(lons, lats).tolist() == [False, True, False]
    off = metres_from_land(lons, lats)
    assert off[0] == 0
    assert off[1] > 10_000


def test_of_an_area_over_a_shore_the_land_is_kept():
    area = shapely.box(10.15, 56.1, 10.5, 56.2)  # Aarhus and its bay
    (land,) = on_land(np.array([area]))
    assert 0.2 < shapely.area(land) / shapely.area(area) < 0.8
    assert shapely.contains_xy(land, *AARHUS)


def test_an_area_that_the_coarse_coast_lacks_is_kept_whole():
    area = shapely.box(11.35, 56.55, 11.45, 56.65)
    (kept,) = on_land(np.array([area]))
    assert kept.equals(area)
