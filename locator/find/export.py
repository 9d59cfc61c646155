"""What was found, as CSV, JSON or GeoJSON, with where it comes from (see `Row`)."""

from collections.abc import Iterable
from typing import Any, cast

from locator.directory import Reader, Record, Row, as_row, csv_text, geojson_text, json_text
from locator.find.nearby import Hit
from locator.find.over_water import crossings
from locator.find.trips import Trip
from locator.geocoding import Answer
from locator.travel import Unit


def to_csv(
    hits: Iterable[Hit],
    placeless: Iterable[Record],
    reader: Reader,
    origin: Answer | None = None,
    *,
    bom: bool = False,
    ordered_by: str = "",
) -> str:
    """The hits, then the records without a point, as CSV.

    Args:
        ordered_by: the rule of their order, "help", "distance" or "time", told in every row.
        origin: what distances are from; how well it is known stands in every row, and not where
            it is, which is nobody else's business.
    """
    return csv_text(_rows(hits, placeless, reader, origin, ordered_by), bom=bom)


def to_json(
    hits: Iterable[Hit],
    placeless: Iterable[Record],
    reader: Reader,
    origin: Answer | None = None,
    *,
    ordered_by: str = "",
) -> str:
    """The hits, then the records without a point, as a JSON list of objects (see `to_csv`)."""
    return json_text(_rows(hits, placeless, reader, origin, ordered_by))


def to_geojson(
    hits: Iterable[Hit],
    placeless: Iterable[Record],
    reader: Reader,
    origin: Answer | None = None,
    *,
    ordered_by: str = "",
) -> str:
    """The hits, then the records without a point, as GeoJSON (see `to_csv`)."""
    return geojson_text(_rows(hits, placeless, reader, origin, ordered_by))


# What a cost that is not the straight line is called; nothing else tells its unit.
_COLUMNS = {
    Unit.METRE: "way_m",
    Unit.SECOND: "travel_s",
    Unit.MINUTE: "travel_min",
    Unit.UNKNOWN: "travel_cost",
}


# What lies between, of a straight line (see `Crossing`).
_CROSSING = "crossing"

# How well the place that distances are from is known, and so the distances: metres.
_SURENESS = ("distance_off_m", "origin_precision", "origin_accuracy_m")


def _rows(
    hits: Iterable[Hit],
    placeless: Iterable[Record],
    reader: Reader,
    origin: Answer | None,
    ordered_by: str,
) -> list[Row]:
    """`distance_m` is always the straight line; another cost has a column of its own beside it."""
    found = list(hits)
    name = "" if all(hit.is_straight for hit in found) else _COLUMNS[found[0].unit]
    travels = any(hit.trip for hit in found)
    names = (name or _CROSSING, *(_trip(None) if travels else ()), *(_SURENESS if origin else ()))
    order = {"ordered_by": ordered_by} if ordered_by else {}
    rows = []
    for hit, crossing in zip(found, crossings(found), strict=True):
        row = as_row(hit.record, reader, hit.distance_m, hit.bearing)
        cost = {name: hit.cost} if name else {_CROSSING: crossing.value}
        cost |= _trip(hit.trip) if travels else {}
        rows.append(cast(Row, {**row, **cost, **_sureness(hit, origin), **order}))
    lines = [{**as_row(record, reader), **dict.fromkeys(names), **order} for record in placeless]
    return [*rows, *(cast(Row, line) for line in lines)]


def _trip(trip: Trip | None) -> dict[str, Any]:
    """How one goes, metres of the way where it was followed, seconds on ferries."""
    if not trip:
        return dict.fromkeys(("mode", "travel_m", "ferry_s"))
    metres = None if trip.metres is None else round(trip.metres)
    crossings = [seconds for _, seconds in trip.ferries if seconds is not None]
    known = trip.metres is not None and len(crossings) == len(trip.ferries)
    ferry = round(sum(crossings)) if known else None
    return {"mode": trip.mode, "travel_m": metres, "ferry_s": ferry}


def _sureness(hit: Hit, origin: Answer | None) -> dict[str, Any]:
    if not origin:
        return {}
    accuracy = None if origin.accuracy_m is None else round(origin.accuracy_m)
    values = (round(hit.off_m), origin.precision.value, accuracy)
    return dict(zip(_SURENESS, values, strict=True))
