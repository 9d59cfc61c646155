"""Answers as plain data: for JSON, tables, CSV and GeoJSON."""

from collections.abc import Sequence
from typing import Any

from locator.earth import Precision
from locator.geocoding.answer import Answer

COLUMNS = (
    "address",
    "lat",
    "lon",
    "precision",
    "confidence",
    "street",
    "number",
    "postcode",
    "city",
    "village",
    "municipality",
    "accuracy_m",
    "question",
    "notes",
    "source",
    "id",
)


def as_row(answer: Answer) -> dict[str, Any]:
    """The answer's parts by name; coordinates in degrees WGS84 to seven decimals (1 cm).

    Where only the country is certain there are none: its middle would be a place on a map.
    """
    point = None if answer.precision is Precision.COUNTRY else answer.point
    accuracy = answer.accuracy_m
    return {
        "address": answer.address if point else "",
        "lat": round(point.lat, 7) if point else None,
        "lon": round(point.lon, 7) if point else None,
        "precision": str(answer.precision),
        "confidence": str(answer.confidence),
        "street": answer.street,
        "number": answer.number,
        "postcode": answer.postcode,
        "city": answer.city,
        "village": answer.village,
        "municipality": answer.municipality,
        "accuracy_m": None if accuracy is None else round(accuracy),
        "question": str(answer.question) if answer.question else "",
        "notes": [note.text() for note in answer.notes],
        "source": answer.source,
        "id": answer.id,
    }


def as_object(answer: Answer) -> dict[str, Any]:
    """The row, and its alternatives' rows under "alternatives"."""
    return as_row(answer) | {"alternatives": [as_row(other) for other in answer.alternatives]}


def as_collection(answers: Sequence[Answer]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection (RFC 7946; longitude first, WGS84), one point an answer."""
    features = []
    for answer in answers:
        row = as_row(answer)
        lon, lat = row.pop("lon"), row.pop("lat")
        geometry = None if lon is None else {"type": "Point", "coordinates": [lon, lat]}
        features.append({"type": "Feature", "geometry": geometry, "properties": row})
    return {"type": "FeatureCollection", "features": features}
