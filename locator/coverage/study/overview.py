"""Every kind of help at a glance: how many people have each within reach."""

from collections.abc import Sequence
from typing import NamedTuple

from locator.coverage.inputs import Part, directory_facilities, whole
from locator.coverage.measures import shares, summary
from locator.directory import Directory, categories
from locator.errors import NotFoundError
from locator.travel import FacilityGrid, Points, spatial_order


class Reach(NamedTuple):
    """A kind of help, its places, and the people within the limit; metres over people."""

    category: str
    places: int
    people: float
    share: float
    mean: float
    median: float


def overview(parts: Sequence[Part], limit: float, directory: Directory) -> list[Reach]:
    """Each category of the directory that has places, the smallest share first.

    Args:
        parts: of the demand, EPSG:4326.
        limit: metres, inclusive.
    """
    demand = whole(parts)
    lon, lat = demand.points()
    order = spatial_order(lon, lat)
    people = demand.weight[order]
    at = Points(lon[order], lat[order])
    rows = []
    for name in categories():
        try:
            facilities = directory_facilities([name], directory)
        except NotFoundError:
            continue  # offered by telephone or online alone
        metres = FacilityGrid(*facilities.points()).nearest(at).metres
        share, found = shares(metres, people, [limit])[0], summary(metres, people)
        rows.append(
            Reach(
                name,
                len(facilities),
                share.people,
                share.share_of_people,
                found["mean"],
                found["median"],
            )
        )
    return sorted(rows, key=lambda row: row.share)
