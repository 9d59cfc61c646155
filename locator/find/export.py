"""What was found, as CSV, JSON or GeoJSON, with where it comes from (see `Row`)."""

from collections.abc import Iterable, Iterator

from locator.directory import Reader, Record, Row, as_row, csv_text, geojson_text, json_text
from locator.find.nearby import Hit


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


def _rows(hits: Iterable[Hit], placeless: Iterable[Record], reader: Reader) -> Iterator[Row]:
    yield from (as_row(hit.record, reader, hit.distance_m, hit.bearing) for hit in hits)
    yield from (as_row(record, reader) for record in placeless)
