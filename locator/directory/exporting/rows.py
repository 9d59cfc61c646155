"""Records as a table (CSV), map data (GeoJSON) or plain JSON, with where it comes from.

Every record carries its sources, their dates and licences, so that what is copied stays
attributed. Text is put on one line; in CSV it cannot run as a formula (see `locator.text`).
"""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any, TypedDict, cast

from locator.directory.record import Record
from locator.directory.texts import Reader
from locator.language import plain, spreadsheet_cell


class Row(TypedDict):
    """One record as flat JSON-able data, in the order of a table's columns.

    `distance_m` is metres, `bearing` degrees clockwise from north, both from the point asked
    about; `lat` and `lon` are degrees WGS84 (EPSG:4326). All four are None where there is no
    point. `name` and `description` are in the language asked for, else in one that is there; the
    originals are as the record itself has them. `source` is the first source's address.
    """

    id: str
    name: str
    original_name: str
    category: str
    categories: list[str]
    distance_m: float | None
    bearing: float | None
    lat: float | None
    lon: float | None
    address: str
    postcode: str
    city: str
    precision: str | None
    phone: str
    email: str
    website: str
    opening_hours: str
    languages: list[str]
    cost: str
    booking: str
    wheelchair: str
    organization: str
    description: str
    original_description: str
    source: str
    source_date: str
    assured_date: str
    point_source: str
    licence: str


COLUMNS = tuple(Row.__annotations__)

# Without it Excel reads CSV in the local code page and garbles the Danish letters.
_BOM = "\ufeff"

# How to name those whose licence asks for it, by what a source or licence says of them.
_HOLDERS = (
    (("OpenStreetMap", "ODbL"), "© OpenStreetMap contributors, ODbL 1.0"),
    (("GeoNames",), "GeoNames, CC BY 4.0"),
    (("register of streets",), "Street registers of the CPR Office and GeoDanmark"),
    (("postcode", "DAGI", "DAWA", "DAR"), "Klimadatastyrelsen, CC BY 4.0"),
)


def as_row(
    record: Record, reader: Reader, distance_m: float | None = None, bearing: float | None = None
) -> Row:
    """One record as a row, with where it lies from the point asked about (metres, degrees)."""
    first = record.sources[0]
    row = {
        "id": record.id,
        "name": reader.name(record),
        "original_name": record.name,
        "category": record.categories[0],
        "categories": list(record.categories),
        "distance_m": None if distance_m is None else round(distance_m, 3),
        "bearing": None if bearing is None else round(bearing, 1),
        "lat": record.lat,
        "lon": record.lon,
        "address": record.place,
        "postcode": record.postcode,
        "city": record.city,
        "precision": record.precision.value if record.precision else None,
        "phone": "; ".join(phone.number for phone in record.phones),
        "email": "; ".join(record.emails),
        "website": record.website,
        "opening_hours": record.opening_hours,
        "languages": list(record.languages),
        "cost": record.cost.value,
        "booking": record.booking,
        "wheelchair": record.wheelchair.value,
        "organization": record.organization.name,
        "description": reader.said(record, "description").text,
        "original_description": record.description,
        "source": first.url,
        "source_date": first.date,
        "assured_date": record.assured_date,
        "point_source": record.point_source,
        "licence": "; ".join(_distinct(source.licence for source in record.sources)),
    }
    return cast(Row, {k: plain(v) if isinstance(v, str) else v for k, v in row.items()})


def csv_text(rows: Iterable[Row], *, bom: bool = False) -> str:
    """The rows as CSV (RFC 4180, commas, first row names).

    Lists are joined with ";". `bom` puts a byte order mark first, for spreadsheets.
    """
    text = io.StringIO()
    known = list(rows)
    writer = csv.DictWriter(text, known[0] if known else COLUMNS)
    writer.writeheader()
    for row in known:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return (_BOM if bom else "") + text.getvalue()


def json_text(rows: Iterable[Row]) -> str:
    """The rows as a JSON list of objects."""
    return json.dumps(list(rows), ensure_ascii=False, indent=2)


def geojson_text(rows: Iterable[Row]) -> str:
    """The rows as a GeoJSON FeatureCollection (RFC 7946: lon, lat order, WGS84).

    Records without a point have no geometry. `attribution` beside the features names everyone
    whose data it is.
    """
    known = list(rows)
    collection = {
        "type": "FeatureCollection",
        "attribution": attribution(known),
        "features": [_feature(row) for row in known],
    }
    return json.dumps(collection, ensure_ascii=False, indent=1)


def attribution(rows: Iterable[Row]) -> list[str]:
    """Whom to name for these rows: the holders of what stands under a licence, points included."""
    return _distinct(_holder(row[field]) for row in rows for field in ("licence", "point_source"))


def _holder(text: str) -> str:
    return next((holder for words, holder in _HOLDERS if any(w in text for w in words)), text)


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, list):
        value = ";".join(value)
    return spreadsheet_cell(value) if isinstance(value, str) else value


def _feature(row: Row) -> dict[str, Any]:
    at = None if row["lat"] is None else {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    properties = {name: value for name, value in row.items() if name not in ("lat", "lon")}
    return {"type": "Feature", "id": row["id"], "geometry": at, "properties": properties}


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
