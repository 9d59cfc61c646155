"""Where help is missing: how far people are from it, and where the next place would help most.

Demand (people at places) and facilities are joined by a `travel.Metric`, which may give metres or
minutes: nothing here asks which. Everything is reproducible: the same input gives the same figures
and, exported, the same bytes.

    from locator.coverage import Parameters, Request, Sources, ask, write_export
    from locator.travel import Limit, Unit

    asked = Request(
        Sources(categories=("food_bank",)),
        parameters=Parameters(within=(Limit(5000, Unit.METRE),)),
    )
    found = ask(asked)
    found.study.gaps(5000)  # a GeoDataFrame
    write_export(asked, found, Path("coverage"))

`inputs/` reads demand, facilities and cost tables; `measures/` are functions over arrays and
`travel.Costs`; `study/` has cells, gaps and what-if; `siting/` chooses places; `request` asks a
whole question, here or on a `cluster`; `results/` are files, map and report.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
