"""Which points one can go between without a ferry: land, and the fixed links that join it.

The land is that of the municipalities' areas (see `locator.places.areas`), the neighbours' that of
the coast. Islands and links are named in geodata/islands.csv and geodata/fixed_links.csv. What
these do not name, or what lies too near two coasts to tell, is not known, and nothing is said.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from locator.earth import TOLERANCE, Floats, land
from locator.places.areas import BORDER, DEGREE, SQUEEZE, municipality_areas, squeezed
from locator.settings import GEODATA

Integers = npt.NDArray[np.intp]
Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Landmass:
    """Islands, or islands and the continent, that fixed links join.

    Attributes:
        islands: their names, as geodata/islands.csv has them.
        main: whether it is the one with Jylland and Sjælland.
        ferry: whether a ferry is known to go there; False where that is not known.
    """

    islands: tuple[str, ...]
    main: bool
    ferry: bool


class _Island(NamedTuple):
    name: str
    lon: float
    lat: float
    radius_m: float  # of an island that the areas do not tell from the land beside it; else 0
    ferry: bool


class _Parts(NamedTuple):
    """Contiguous land (squeezed degrees, see `squeezed`), and the landmass of each, or None."""

    shapes: Shapes
    tree: shapely.STRtree
    masses: list[Landmass | None]


def landmasses_of(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    off_m: npt.ArrayLike = 0.0,
    municipalities: Sequence[Sequence[str]] | None = None,
) -> list[Landmass | None]:
    """The landmass of each point (degrees, WGS84); None where it is not known for certain.

    Args:
        off_m: by how many metres each point may be off: it may then be on any land so near.
        municipalities: codes that each point is known to lie in, which tell more than a point that
            is off; none where they are not known.
    """
    points = squeezed(lon, lat)
    off = np.maximum(np.broadcast_to(np.asarray(off_m, float), len(points)), BORDER)
    near = _near(points, off)
    codes = municipalities or [()] * len(points)
    tidal = _tidal(points, off)
    return [
        None if wet else _only(masses, _of_municipalities(tuple(known)))
        for masses, known, wet in zip(near, codes, tidal, strict=True)
    ]


def _only(near: set[Landmass | None], home: frozenset[Landmass | None]) -> Landmass | None:
    """The one landmass that it can be; `home` are those of its municipality."""
    if len(near) > 1 and near & home:
        near = near & home
    return next(iter(near)) if len(near) == 1 else None


def _near(points: Shapes, off: Floats) -> list[set[Landmass | None]]:
    """The landmasses that each point may be on, with None for land that no table names."""
    parts = _parts()
    found: list[set[Landmass | None]] = [set() for _ in points]
    at, part = parts.tree.query(points, "dwithin", distance=off / DEGREE)
    within = shapely.intersects(parts.shapes[part], points[at])
    surely = np.bincount(at[within & _named()[part]], minlength=len(points)) > 0
    for row, number in zip(at.tolist(), part.tolist(), strict=True):
        # Nobody means an islet without a name who stands on land that has one.
        if parts.masses[number] or not surely[row]:
            found[row].add(parts.masses[number])
    for row in np.flatnonzero([not one for one in found]).tolist():
        found[row] = _ashore(points[row])
    return found


def _ashore(point: shapely.Point) -> set[Landmass | None]:
    """Of a point off the areas, a harbour's perhaps: what is about as near as the nearest land."""
    parts = _parts()
    metres = float(shapely.distance(parts.shapes[int(parts.tree.nearest(point))], point)) * DEGREE
    if metres > TOLERANCE:
        return {_abroad(point)}
    rows = parts.tree.query(point, "dwithin", distance=(metres + BORDER) / DEGREE)
    return {parts.masses[row] for row in rows.tolist()}


def _abroad(point: shapely.Point) -> Landmass | None:
    lon, lat = point.x / SQUEEZE[0], point.y
    rows = land().query(shapely.Point(lon, lat), "intersects").tolist()
    names = {name for name, row in _neighbours().items() if row in rows}
    return next((m for m in _masses() if not names.isdisjoint(m.islands)), None)


@cache
def _neighbours() -> dict[str, int]:
    """The rows in `land` of the islands outside Denmark's areas, by their names."""
    rows = _rows_of_islands()
    abroad = [one for one in _islands() if one.name not in rows and not one.radius_m]
    found = ((one.name, land().query(shapely.Point(one.lon, one.lat))) for one in abroad)
    return {name: int(at[0]) for name, at in found if len(at)}


def _tidal(points: Shapes, off: Floats) -> npt.NDArray[np.bool_]:
    """Which points may be on an island that the areas do not tell from the land beside it."""
    found = np.zeros(len(points), bool)
    for one in _islands():
        if one.radius_m:
            there = squeezed([one.lon], [one.lat])[0]
            found |= shapely.distance(points, there) * DEGREE <= one.radius_m + off
    return found


@cache
def _of_municipalities(codes: tuple[str, ...]) -> frozenset[Landmass | None]:
    every, shapes = municipality_areas()
    parts = _parts()
    found: set[Landmass | None] = set()
    for row in (every.index(code) for code in codes if code in every):
        inner = shapely.point_on_surface(shapely.get_parts(shapes[row]))
        inner = shapely.transform(inner, lambda xy: xy * SQUEEZE)
        found |= {parts.masses[part] for part in parts.tree.query(inner, "intersects")[1].tolist()}
    return frozenset(found)


@cache
def _parts() -> _Parts:
    shapes = _shapes()
    mass_of = {name: mass for mass in _masses() for name in mass.islands}
    masses: list[Landmass | None] = [None] * len(shapes)
    for name, row in _rows_of_islands().items():
        masses[row] = mass_of[name]
    return _Parts(shapes, shapely.STRtree(shapes), masses)


@cache
def _named() -> npt.NDArray[np.bool_]:
    return np.array([mass is not None for mass in _parts().masses])


@cache
def _shapes() -> Shapes:
    whole = shapely.coverage_union_all(municipality_areas().shapes)
    shapes = shapely.transform(shapely.get_parts(whole), lambda xy: xy * SQUEEZE)
    shapely.prepare(shapes)
    return np.asarray(shapes, object)


@cache
def _rows_of_islands() -> dict[str, int]:
    """Which of `_shapes` each island is; not those abroad, nor what is not told apart."""
    told = [one for one in _islands() if not one.radius_m]
    points = squeezed([one.lon for one in told], [one.lat for one in told])
    at, part = shapely.STRtree(_shapes()).query(points, "intersects")
    return {told[row].name: number for row, number in zip(at.tolist(), part.tolist(), strict=True)}


@cache
def _masses() -> tuple[Landmass, ...]:
    """The islands, joined by the fixed links."""
    groups = {one.name: {one.name} for one in _islands() if not one.radius_m}
    for link in fixed_links():
        joined = groups[link.one] | groups[link.other]
        groups.update(dict.fromkeys(joined, joined))
    ferries = {one.name for one in _islands() if one.ferry}
    return tuple(
        Landmass(tuple(sorted(group)), "Jylland" in group, not ferries.isdisjoint(group))
        for group in {id(group): group for group in groups.values()}.values()
    )


class FixedLink(NamedTuple):
    """A bridge, tunnel or causeway between two islands, or a border on land.

    Attributes:
        lon, lat: its middle, in degrees (WGS84), within some hundred metres.
    """

    name: str
    kind: str
    one: str
    other: str
    lon: float
    lat: float


@cache
def fixed_links() -> tuple[FixedLink, ...]:
    """Those of geodata/fixed_links.csv."""
    return tuple(
        FixedLink(r["name"], r["kind"], r["one"], r["other"], float(r["lon"]), float(r["lat"]))
        for r in _rows("fixed_links.csv")
    )


@cache
def _islands() -> tuple[_Island, ...]:
    return tuple(
        _Island(
            r["name"], float(r["lon"]), float(r["lat"]), float(r["radius_m"] or 0), bool(r["ferry"])
        )
        for r in _rows("islands.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (GEODATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
