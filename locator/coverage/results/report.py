"""A one-page report to print, and a map to look around in: each one HTML file, no server needed."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
from jinja2 import Environment, PackageLoader, select_autoescape
from shapely.geometry.base import BaseGeometry
from xstatic.pkg import leaflet

from locator.about import packages
from locator.coverage.inputs import is_left_out
from locator.coverage.measures import summary
from locator.coverage.results.mapped import (
    DOTS,
    counted,
    demand_heading,
    facility_names,
    shown_coverage,
)
from locator.coverage.results.sidecar import NAME
from locator.coverage.study import Coverage
from locator.earth import land
from locator.language import Language, script_json
from locator.map import ASSETS, base_map
from locator.notes import Note
from locator.travel import Floats, cost_name, cost_text

_WIDTH = 700  # units of the drawing
_AREAS = 15  # rows of the table of gaps

_environment = Environment(
    loader=PackageLoader("locator.coverage.results"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)


def report(
    study: Coverage,
    gaps: gpd.GeoDataFrame,
    within: Sequence[float],
    notes: Sequence[Note],
    subject: str,
    day: str,
    t: Language,
) -> str:
    """The report as HTML.

    Args:
        gaps: areas beyond the largest limit (see `gaps.gaps`).
        within: limits in the unit of the study's metric, ascending.
        subject: which help, "" for facilities of one's own.
        day: ISO 8601.
    """
    limit = within[-1]
    unit = study.metric.unit
    total = summary(study.cost, study.cells.weight)
    called = facility_names(study.facilities, t)
    to_map, size = _projection(study)
    return _environment.get_template("report.html").render(
        t=t,
        title=_title(subject, t),
        day=day,
        total=total,
        people=counted(total["people"], study, t),
        heading=demand_heading(study, t),
        count=len(study.facilities),
        size=size,
        shapes=[*_land(to_map, size), *_cells(study, to_map, t), *_gaps(study, gaps, to_map, t)],
        sites=_sites(study, called, to_map),
        shares=study.shares(*within),
        gaps=list(gaps.head(_AREAS).itertuples()),
        names={**called, "": "–"},
        limit=limit,
        cost=lambda value: cost_text(value, unit, t),
        cost_name=cost_name(unit, t),
        unreached=counted(total["people_unreached"], study, t) if total["people_unreached"] else "",
        method=[study.method.text(t), study.metric.note.text(t)],
        left_out=[note.text(t) for note in notes if is_left_out(note)],
        notes=[note.text(t) for note in notes if not is_left_out(note)],
        packages=packages(),
        sidecar=NAME,
    )


def map_page(
    study: Coverage, gaps: gpd.GeoDataFrame, limit: float, subject: str, day: str, t: Language
) -> str:
    """The map as HTML: the page's own map, with all it needs inside; `gaps` beyond `limit`."""
    return _environment.get_template("map.html").render(
        t=t,
        title=_title(subject, t),
        day=day,
        style=_asset(Path(leaflet.BASE_DIR) / "leaflet.css") + _asset(ASSETS / "naerved.css"),
        leaflet=_asset(Path(leaflet.BASE_DIR) / "leaflet.js"),
        script=_asset(ASSETS / "naerved.js"),
        base=script_json(base_map()),
        shown=script_json(shown_coverage(study, limit, t, gaps)),
    )


@cache
def _asset(path: Path) -> str:
    """A file of our own or Leaflet's; without the hint to a source map, which would be fetched."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if "sourceMappingURL" not in line)


def _title(subject: str, t: Language) -> str:
    return t("Coverage: {subject}", subject=subject or t("places of your own"))


Place = Callable[[np.ndarray], np.ndarray]
Shape = tuple[str, str, str]  # class, words, path


def _projection(study: Coverage) -> tuple[Place, tuple[float, float]]:
    """Degrees to units of the drawing: equirectangular, true at the middle latitude."""
    lon, lat = study.cells.points()
    west, east, south, north = lon.min() - 0.1, lon.max() + 0.1, lat.min() - 0.1, lat.max() + 0.1
    squeeze = np.cos(np.radians((south + north) / 2))
    scale = _WIDTH / ((east - west) * squeeze)

    def to_map(at: np.ndarray) -> np.ndarray:
        flat = np.column_stack(((at[:, 0] - west) * squeeze, north - at[:, 1])) * scale
        return np.asarray(flat.round(1))

    return to_map, (_WIDTH, round(float((north - south) * scale), 1))


def _land(to_map: Place, size: tuple[float, float]) -> list[Shape]:
    paths = []
    for part in land().geometries:
        west, north = to_map(np.array([[part.bounds[0], part.bounds[3]]]))[0]
        east, south = to_map(np.array([[part.bounds[2], part.bounds[1]]]))[0]
        if east > 0 and south > 0 and west < size[0] and north < size[1]:
            paths.append(("land", "", _path(part, to_map)))
    return paths


def _cells(study: Coverage, to_map: Place, t: Language) -> list[Shape]:
    """The cells of most people, with words where they are few enough to point at."""
    frame = study.cell_frame()
    kept = frame.nlargest(DOTS, "people") if len(frame) > DOTS else frame
    return [
        (
            "cell",
            t(
                "{people}, {distance} to the nearest",
                people=counted(row.people, study, t),
                distance=cost_text(row.cost, study.metric.unit, t),
            )
            if row.cost == row.cost
            else "",
            _path(row.geometry, to_map),
        )
        for row in kept.itertuples()
    ]


def _gaps(study: Coverage, areas, to_map: Place, t: Language) -> list[Shape]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    return [
        (
            "gap",
            t(
                "{rank}. {municipality}: {people}",
                rank=row.rank,
                municipality=row.municipality,
                people=counted(row.people, study, t),
            ),
            _path(row.geometry, to_map),
        )
        for row in areas.itertuples()
    ]


def _sites(
    study: Coverage, called: dict[str, str], to_map: Place
) -> list[tuple[float, float, str]]:
    if not study.facilities.on_earth:
        return []
    points: Floats = np.column_stack(study.facilities.points())
    x, y = to_map(points).T
    return list(zip(x.tolist(), y.tolist(), called.values(), strict=True))


def _path(geometry: BaseGeometry, to_map: Place) -> str:
    parts = [p for p in getattr(geometry, "geoms", [geometry]) if p.geom_type == "Polygon"]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    lines = (to_map(np.asarray(ring.coords)[:, :2]).tolist() for ring in rings)
    return "".join("M" + "L".join(f"{x},{y}" for x, y in line) + "Z" for line in lines)
