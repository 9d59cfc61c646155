"""A one-page report: map, tables, method, sources and date in one HTML file without a server."""

from collections.abc import Sequence

import jinja2
import numpy as np
from shapely.geometry.base import BaseGeometry

from locator.about import packages
from locator.answer import Note
from locator.coverage.measures import summary
from locator.coverage.study import Coverage

_WIDTH = 700  # units of the drawing
_AREAS = 15  # rows of the table of gaps

_PAGE = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Coverage: {{ subject }}</title>
<style>body{font:14px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid #ccc}
td{text-align:right}td:first-child,.t{text-align:left}svg{width:100%;max-height:80vh}
.cell{fill:#3c6eaa;fill-opacity:.25}.gap{fill:#c83c28;fill-opacity:.45;stroke:#5a1e14}
.site{fill:#145a3c}@media print{svg{max-height:12cm}}</style></head><body>
<h1>Coverage: {{ subject }}</h1>
<p>{{ day }} · {{ "{:,.0f}".format(total.people) }} people, {{ total.places }} cells,
{{ count }} facilities.</p>
<svg viewBox="0 0 {{ size[0] }} {{ size[1] }}" role="img" aria-label="Map of cells and gaps">
{% for kind, title, path in shapes %}
<path class="{{ kind }}" d="{{ path }}"><title>{{ title }}</title></path>
{% endfor %}{% for x, y, title in sites %}
<circle class="site" cx="{{ x }}" cy="{{ y }}" r="3"><title>{{ title }}</title></circle>
{% endfor %}</svg>
<h2>People within a distance</h2><table><tr><th>Within, m</th><th>People</th><th>% of people</th>
<th>% of cells</th></tr>{% for s in shares %}<tr><td>{{ "{:,.0f}".format(s.limit) }}</td>
<td>{{ "{:,.0f}".format(s.people) }}</td><td>{{ "%.2f"|format(100 * s.share_of_people) }}</td>
<td>{{ "%.2f"|format(100 * s.share_of_places) }}</td></tr>{% endfor %}</table>
<p>Mean {{ "{:,.0f}".format(total.mean) }} m, median {{ "{:,.0f}".format(total.median) }} m,
nine in ten within {{ "{:,.0f}".format(total.p90) }} m.</p>
<h2>Largest gaps</h2><table><tr><th>Rank</th><th>Municipality</th><th>People</th><th>Mean, m</th>
<th>Nearest facility</th><th>Distance, m</th></tr>{% for g in gaps %}<tr><td>{{ g.rank }}</td>
<td class="t">{{ g.municipality }}</td><td>{{ "{:,.0f}".format(g.people) }}</td>
<td>{{ "{:,.0f}".format(g.mean_m) }}</td><td class="t">{{ g.facility }}</td>
<td>{{ "{:,.0f}".format(g.distance_m) }}</td></tr>{% endfor %}</table>
<h2>Method</h2><p>People are summed in H3 cells; each cell is measured from its people's mean point
to the nearest facility along the WGS84 ellipsoid. Cells beyond {{ "{:,.0f}".format(limit) }} m that
touch are one gap, clipped to land.</p>{% for note in notes %}<p>{{ note }}</p>{% endfor %}
<h2>Sources</h2><ul>{% for p in packages %}<li>{{ p.title }}: {{ p.sources }}, {{ p.licence }},
{{ p.date }}</li>{% endfor %}</ul></body></html>
"""
)


def report(
    study: Coverage,
    within: Sequence[float],
    notes: Sequence[Note],
    categories: Sequence[str],
    day: str,
) -> str:
    """The report as HTML; `within` in metres, gaps lie beyond the largest; `day` ISO 8601."""
    areas = study.gaps(within[-1])
    to_map, size = _projection(study)
    shapes = [
        ("cell", f"{row.people:.0f} people, {row.distance_m:.0f} m", _path(row.geometry, to_map))
        for row in study.cell_frame().itertuples()
    ]
    shapes += [
        (
            "gap",
            f"{row.rank}. {row.municipality}: {row.people:.0f} people",
            _path(row.geometry, to_map),
        )
        for row in areas.itertuples()
    ]
    x, y = to_map(np.column_stack(study.facilities.points())).T
    return _PAGE.render(
        subject=", ".join(categories) or "own facilities",
        day=day,
        total=summary(study.metres, study.cells.weight),
        count=len(study.facilities),
        size=size,
        shapes=shapes,
        sites=list(zip(x.tolist(), y.tolist(), study.facilities.ids, strict=True)),
        shares=study.shares(*within),
        gaps=list(areas.head(_AREAS).itertuples()),
        limit=within[-1],
        notes=[note.text() for note in notes],
        packages=packages(),
    )


def _projection(study: Coverage):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Degrees to units of the drawing: equirectangular, true at the middle latitude."""
    lon, lat = study.cells.points()
    west, east, south, north = lon.min() - 0.1, lon.max() + 0.1, lat.min() - 0.1, lat.max() + 0.1
    squeeze = np.cos(np.radians((south + north) / 2))
    scale = _WIDTH / ((east - west) * squeeze)

    def to_map(at: np.ndarray) -> np.ndarray:
        flat = np.column_stack(((at[:, 0] - west) * squeeze, north - at[:, 1])) * scale
        return np.asarray(flat.round(1))

    return to_map, (_WIDTH, round(float((north - south) * scale), 1))


def _path(geometry: BaseGeometry, to_map) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    parts = getattr(geometry, "geoms", [geometry])
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    lines = (to_map(np.asarray(ring.coords)[:, :2]).tolist() for ring in rings)
    return "".join("M" + "L".join(f"{x},{y}" for x, y in line) + "Z" for line in lines)
