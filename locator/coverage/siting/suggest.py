"""Where the next places would help most, for a page that answers while one looks."""

import numpy as np

from locator.coverage.siting import Sites, site
from locator.coverage.study import Coverage
from locator.earth import Point
from locator.errors import NotFoundError
from locator.travel import Costs, geodesic

_SITES = 3_000  # cells that may get a place: those of most people


def suggest(study: Coverage, p: int, limit: float) -> list[Point]:
    """`p` points, or fewer, that bring most people within `limit` metres of help.

    Maximal covering (greedy, then interchange) of the people who are beyond the limit today; the
    points to choose from are those of the fullest cells among them.

    Raises:
        NotFoundError: nobody is beyond the limit.
    """
    lon, lat = study.cells.points()
    far = np.flatnonzero((study.metres > limit) & (study.cells.weight > 0))
    if not len(far):
        raise NotFoundError("No one lives farther away than that.")
    people = study.cells.weight[far]
    sites = far[np.argsort(-people, kind="stable")[:_SITES]]
    costs: Costs = geodesic(lon[far], lat[far], lon[sites], lat[sites], limit)
    found = site(Sites(costs, people), "mclp", p=min(p, len(sites)), limit=limit, proof=False)
    return [Point(float(lat[sites[row]]), float(lon[sites[row]])) for row in found.sites]
