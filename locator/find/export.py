"""What was found, as CSV, JSON or GeoJSON, with where it comes from (see `Row`)."""

from collections.abc import Iterable
from typing import cast

from locator.directory import Reader, Record, Row, as_row, csv_text, geojson_text, json_text
from locator.find.nearby import Hit
from locator.travel import Unit


def to_csv(
    hits: Iterable[Hit], placeless: Iterable[Record], reader: Reader, *, bom: bool = False
) -> str:
    """The hits, then the records without a point, as CSV."""
    return csv_text(_rows(hits, placeless, reader), bom=bom)


def to_json(hits: Iterable[Hit], placeless: Iterable[Record], reader: Reader) -> str:
    """The hits, then the records without a point, as a JSON list of objects."""
    return json_text(_rows(hits, placeless, reader))


def to_geojson(hits: Iterable[Hit], placeless: Iterable[Record], reader: Reader) -> str:
    """The hits, then the records without a point, as GeoJSON."""
    return geojson_text(_rows(hits, placeless, reader))


# What a cost that is not the straight line is called; nothing else tells its unit.
_COLUMNS = {
    Unit.METRE: "way_m",
    Unit.SECOND: "travel_s",
    Unit.MINUTE: "travel_min",
    Unit.UNKNOWN: "travel_cost",
}


def _rows(hits: Iterable[Hit], placeless: Iterable[Record], reader: Reader) -> list[Row]:
    """`distance_m` is always the straight line; another cost has a column of its own beside it."""
    found = list(hits)
    rows = [(as_row(hit.record, reader, hit.distance_m, hit.bearing), hit.cost) for hit in found]
    lines = [(as_row(record, reader), None) for record in placeless]
    if all(hit.is_straight for hit in found):
        return [row for row, _ in (*rows, *lines)]
    name = _COLUMNS[found[0].unit]
    return [cast(Row, {**row, name: cost}) for row, cost in (*rows, *lines)]
