"""The ways to what was found, where one travels: how far, over what, by which vehicles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from locator.earth import Point
from locator.travel import Metric, Places

if TYPE_CHECKING:
    from locator.find.nearby import Hit
    from locator.find.search import Search
    from locator.travel import Journey, StreetNetwork, Way

# Ways that are followed, of the quickest; a page shows fewer.
FOLLOWED = 60
_JOURNEYS = 10  # which take longer


@dataclass(frozen=True, slots=True)
class Trip:
    """How one goes to a place.

    Attributes:
        mode: one of `TRAVEL_MODES`.
        metres: along the way, with the walks to the streets and from them; None where it was not
            followed.
        line: of the way, (latitude, longitude) in degrees.
        ferries: names, "" where not known, and seconds of the crossings without waiting, None
            where the map does not say.
        steps: metres of stairs, where somebody asked for a way without; else 0.
        journey: by public transport, leg by leg.
    """

    mode: str
    metres: float | None = None
    line: tuple[tuple[float, float], ...] = ()
    ferries: tuple[tuple[str, float | None], ...] = ()
    steps: float = 0.0
    journey: "Journey | None" = None


def with_trips(
    hits: Sequence["Hit"], search: "Search", metric: Metric, origin: Point
) -> list["Hit"]:
    """The hits with how one goes there; the ways of the first are followed."""
    if not search.travel or not hits:
        return list(hits)
    from locator.travel import StreetNetwork, Timetable  # read by now, to make the metric

    trips: list[Trip] = []
    if isinstance(metric, StreetNetwork):
        trips = _ways(hits, search, metric, origin)
    elif isinstance(metric, Timetable):
        points = [point for hit in hits[:_JOURNEYS] if (point := hit.record.point)]
        journeys = metric.journeys(origin, _places(points)) if points else []
        trips = [Trip(search.travel, journey=journey) for journey in journeys]
    rest = [Trip(search.travel)] * (len(hits) - len(trips))
    return [replace(hit, trip=trip) for hit, trip in zip(hits, [*trips, *rest], strict=True)]


def _ways(
    hits: Sequence["Hit"], search: "Search", metric: "StreetNetwork", origin: Point
) -> list[Trip]:
    points = [point for hit in hits[:FOLLOWED] if (point := hit.record.point)]
    there = _places(points)
    found = {way.facility: way for way in metric.ways(origin, there, len(points))}
    return [
        _trip(found[row], search) if row in found else Trip(search.travel)
        for row in range(len(points))
    ]


def _trip(way: "Way", search: "Search") -> Trip:
    lon, lat = way.line
    return Trip(
        mode=search.travel,
        metres=way.metres + way.snap_from + way.snap_to,
        line=tuple(zip(lat.tolist(), lon.tolist(), strict=True)),
        ferries=tuple((ferry.name, ferry.seconds) for ferry in way.ferries),
        steps=way.steps if search.wheelchair else 0.0,
    )


def _places(points: Sequence[Point]) -> Places:
    import numpy as np

    lat, lon = np.array(points, float).T
    return Places(lon, lat)
