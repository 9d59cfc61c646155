"""Where help is missing: pure measures of coverage and siting over arrays and cost tables.

Demand (people at places) and facilities are joined by `cost.Costs`, which may hold distances in
metres or travel times in minutes: no measure asks which. Everything is reproducible: the same
input gives the same figures and, exported, the same bytes.

    from locator.coverage.accessibility import two_step
    from locator.coverage.cost import Costs, geodesic
    from locator.coverage.decay import binary
    from locator.coverage.siting import Sites, site

    costs = geodesic(lon, lat, facility_lon, facility_lat)  # or Costs.from_matrix(minutes)
    supply_per_person = two_step(costs, supply, people, binary(5000))
    best = site(Sites(costs, people), "p-median", p=4)

`measures`, `accessibility` and `inequality` are functions over arrays; `grid` finds the nearest of
millions; `request.ask` answers a whole question, with gaps as GeoDataFrames in `study.Coverage`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
