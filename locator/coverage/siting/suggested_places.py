"""Where the next places would help most, for a page that answers while one looks."""

import numpy as np

from locator.coverage.siting import Sites, site
from locator.coverage.study import Coverage
from locator.earth import Point
from locator.errors import InputError, NotFoundError
from locator.travel import Costs, Limit, Places, Unit

# Cells that may get a place: those of most people. Each is searched from where time is measured.
_SITES, _SITES_BY_TIME = 3_000, 500


def suggest(study: Coverage, p: int, limit: float) -> list[Point]:
    """`p` points, or fewer, that bring most people within `limit` (in the metric's unit) of help.

    Maximal covering (greedy, then interchange) of the people who are beyond the limit today; the
    points to choose from are those of the fullest cells among them.

    Raises:
        NotFoundError: nobody is beyond the limit.
        InputError: the metric cannot tell how far it is to a new place.
    """
    if not study.metric.anywhere:
        raise InputError(
            "A cost table does not say how far it is to new places: choose among those that it "
            "leads to with `python -m locator site`."
        )
    lon, lat = study.cells.points()
    far = np.flatnonzero((study.cost > limit) & (study.cells.weight > 0))
    if not len(far):
        raise NotFoundError("No one lives farther away than that.")
    people = study.cells.weight[far]
    count = _SITES_BY_TIME if study.metric.unit is Unit.SECOND else _SITES
    sites = far[np.argsort(-people, kind="stable")[:count]]
    blocks = study.metric.costs(
        Places(lon[far], lat[far]), Places(lon[sites], lat[sites]), Limit(limit)
    )
    costs = Costs.joined(blocks, (len(far), len(sites)))
    found = site(Sites(costs, people), "mclp", p=min(p, len(sites)), limit=limit, proof=False)
    return [Point(float(lat[sites[row]]), float(lon[sites[row]])) for row in found.sites]
