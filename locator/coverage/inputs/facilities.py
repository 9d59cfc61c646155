"""Facilities from the directory: the records with a point, as a layer."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from locator.coverage.inputs.layer import WGS84, Layer
from locator.directory import Directory, Status, category, load
from locator.errors import NotFoundError
from locator.notes import Note


def directory_facilities(
    categories: Sequence[str],
    directory: Directory | None = None,
    *,
    languages: Sequence[str] = (),
    audience: Sequence[str] = (),
    municipalities: Sequence[str] = (),
    free: bool = False,
    wheelchair: bool = False,
) -> Layer:
    """Records that exist today, fit these facets and have a point; each of supply 1, EPSG:4326.

    Args:
        directory: else the embedded one.

    Raises:
        NotFoundError: there is none.
        InputError: an unknown category.
    """
    kinds = tuple(category(name).id for name in categories)
    fitting = (load() if directory is None else directory).filter(
        categories=kinds,
        languages=languages,
        audience=audience,
        municipalities=municipalities,
        free=free,
        wheelchair=wheelchair,
    )
    chosen = [record for record in fitting if record.status == Status.ACTIVE]
    placed = [record for record in chosen if record.point is not None]
    if not placed:
        raise NotFoundError(
            "The directory has no such place of the kind {kinds}: choose another category, fewer "
            "conditions, or a file of your own with --facilities.",
            kinds=", ".join(kinds),
        )
    frame = pd.DataFrame(
        [(r.id, r.name, r.place, r.municipality_code, r.lon, r.lat, r.precision) for r in placed],
        columns=["id", "name", "address", "municipality_code", "lon", "lat", "precision"],
    )
    notes: tuple[Note, ...] = ()
    if len(placed) < len(chosen):
        left_out = {"count": str(len(chosen) - len(placed))}
        notes = (
            Note("{count} records of this kind have no point, so they are left out.", left_out),
        )
    x, y = frame["lon"].to_numpy(float), frame["lat"].to_numpy(float)
    return Layer(frame["id"].tolist(), np.ones(len(frame)), x, y, WGS84, frame, notes)
