"""Every kind of help at a glance: how many people have each within reach."""

from collections.abc import Sequence
from typing import NamedTuple

from locator.coverage.inputs import Part, directory_facilities, whole
from locator.coverage.measures import shares, summary
from locator.directory import Directory, categories
from locator.errors import NotFoundError
from locator.travel import STRAIGHT_LINE, Limit, Metric, Places, spatial_order


class Reach(NamedTuple):
    """A kind of help, its places, the people within the limit, and costs over people."""

    category: str
    places: int
    people: float
    share: float
    mean: float
    median: float


def overview(
    parts: Sequence[Part],
    limit: Limit,
    directory: Directory,
    metric: Metric = STRAIGHT_LINE,
) -> list[Reach]:
    """Each category of the directory that has places, the smallest share first.

    Args:
        parts: of the demand, EPSG:4326.
        limit: inclusive.
        metric: from any point to the places of the directory.

    Raises:
        InputError: the limit is of another kind than the metric.
    """
    within, demand = limit.under(metric.unit), whole(parts)
    lon, lat = demand.points()
    order = spatial_order(lon, lat)
    people, at = demand.weight[order], Places(lon[order], lat[order])
    rows = []
    for name in categories():
        try:
            facilities = directory_facilities([name], directory)
        except NotFoundError:
            continue  # offered by telephone or online alone
        cost = metric.rough.nearest(at, facilities.places).cost[:, 0]
        share, found = shares(cost, people, [within])[0], summary(cost, people)
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
