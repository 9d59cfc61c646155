"""Answers as plain data: for JSON, tables, CSV and GeoJSON."""

from collections.abc import Sequence
from typing import Any

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
    "notes",
    "source",
    "id",
)


def as_row(answer: Answer) -> dict[str, Any]:
    """The answer's parts by name; coordinates in degrees WGS84 to seven decimals (1 cm)."""
    return {
        "address": answer.address,
        "lat": round(answer.point.lat, 7),
        "lon": round(answer.point.lon, 7),
        "precision": str(answer.precision),
        "confidence": str(answer.confidence),
        "street": answer.street,
        "number": answer.number,
        "postcode": answer.postcode,
        "city": answer.city,
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
        position = [row.pop("lon"), row.pop("lat")]
        geometry = {"type": "Point", "coordinates": position}
        features.append({"type": "Feature", "geometry": geometry, "properties": row})
    return {"type": "FeatureCollection", "features": features}
