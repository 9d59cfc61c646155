"""Every place that has a name: towns, postal towns and municipalities, each once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from locator.earth import Point, roughly
from locator.language import fold, key
from locator.places.landmarks import Area, areas
from locator.places.tables import (
    POSTCODES_SOURCE,
    TOWNS_SOURCE,
    Municipality,
    Postcode,
    Town,
    municipalities,
    postcodes,
    towns,
)

_SAME_PLACE = 20_000.0  # metres between a municipality's point and its town of the same name


@dataclass(frozen=True, slots=True)
class Place:
    """A town, postal town, municipality, island or district, and all its names (any script).

    Attributes:
        name: the Danish name.
        population: residents, 0 where not known.
        postcodes: the postcodes known to be in it (none for a small town).
        city: the postal name that goes with a district, else "".
    """

    name: str
    point: Point
    names: tuple[str, ...]
    population: int
    postcodes: tuple[str, ...]
    source: str
    city: str = ""


@cache
def places() -> tuple[Place, ...]:
    """Every town, postal town and municipality, the most populous first."""
    by_name: dict[str, list[Postcode]] = defaultdict(list)
    for postcode in postcodes().values():
        by_name[fold(postcode.name)].append(postcode)
    longer: dict[str, list[Postcode]] = defaultdict(list)  # København K, of København
    for name, group in by_name.items():
        for at in (at for at, letter in enumerate(name) if letter == " "):
            longer[name[:at]] += group
    found = [_town(town, by_name, longer) for town in towns()]
    known = _folded(found)
    found += [_postal_town(group) for name, group in by_name.items() if name not in known]
    known = _folded(found)
    for one in municipalities().values():
        others = known.get(fold(one.name), ())
        if not any(roughly(one.point, other.point) < _SAME_PLACE for other in others):
            found.append(_municipality(one))
    return tuple(sorted(found, key=lambda place: -place.population))


@cache
def names() -> dict[str, tuple[Place, ...]]:
    """The places of each name's key (`locator.language.key`), most populous first."""
    table: dict[str, list[Place]] = defaultdict(list)
    for place in _with_areas(places()):
        for spelling in {key(name) for name in place.names if not _is_code(name)} - {""}:
            table[spelling].append(place)
    return {spelling: tuple(found) for spelling, found in table.items()}


def _with_areas(found: Iterable[Place]) -> list[Place]:
    """The places, and islands and districts; a town without postcodes of its own takes theirs."""
    named = {key(area.name): area for area in areas()}
    every = []
    for place in found:
        area = named.get(key(place.name))
        if area and not place.postcodes and roughly(area.point, place.point) < _SAME_PLACE:
            del named[key(place.name)]
            place = replace(place, postcodes=area.postcodes, city=area.city)
        every.append(place)
    return every + [_district(area) for area in named.values()]


def _district(area: Area) -> Place:
    return Place(area.name, area.point, area.names, 0, area.postcodes, area.source, area.city)


def _is_code(name: str) -> bool:
    """Whether it is an airport's code that GeoNames has among a town's names: AAL."""
    return len(name) <= 3 and name.isascii() and name.isupper()


@cache
def town_residents() -> dict[str, int]:
    """Residents of the largest town that has each postcode; a municipality is no town."""
    found: dict[str, int] = {}
    for place in places():
        for code in place.postcodes if place.source == TOWNS_SOURCE else ():
            found[code] = max(found.get(code, 0), place.population)
    return found


def _folded(found: Iterable[Place]) -> dict[str, list[Place]]:
    """The places of each folded name."""
    table: dict[str, list[Place]] = defaultdict(list)
    for place in found:
        for name in {fold(name) for name in place.names}:
            table[name].append(place)
    return table


def _town(
    town: Town, by_name: dict[str, list[Postcode]], longer: dict[str, list[Postcode]]
) -> Place:
    names = dict.fromkeys([town.name, *town.names])
    point, danish = town.point, town.name
    codes: list[str] = []
    for name in names:
        # "Viby" is the name of two towns, so a postal name counts only where it is.
        near = [p for p in by_name.get(fold(name), ()) if roughly(p.point, point) < _SAME_PLACE]
        codes += [p.code for p in near]
        danish = near[0].name if near else danish
    # GeoNames has some names in English or in an older spelling: the municipality has the name.
    danish = next(
        (m for m in _municipality_names() if m in names and key(m) == key(danish)), danish
    )
    danish = "København" if danish == "Copenhagen" else danish
    codes += [
        postcode.code
        for postcode in longer.get(fold(danish), ())
        if roughly(postcode.point, point) < _SAME_PLACE
    ]
    return Place(
        danish,
        point,
        (*names, danish),
        town.population,
        tuple(dict.fromkeys(codes)),
        TOWNS_SOURCE,
    )


def _postal_town(group: list[Postcode]) -> Place:
    """A postal name of one or many postcodes ("København V" has 150): the middlemost's point."""
    lat = sum(p.point.lat for p in group) / len(group)
    lon = sum(p.point.lon for p in group) / len(group)
    middle = min(group, key=lambda p: (p.point.lat - lat) ** 2 + ((p.point.lon - lon) * 0.56) ** 2)
    name = group[0].name
    return Place(name, middle.point, (name,), 0, tuple(p.code for p in group), POSTCODES_SOURCE)


def _municipality(one: Municipality) -> Place:
    name = one.name
    return Place(
        name,
        one.point,
        (name, f"{name} Kommune", f"{name}s Kommune", f"{name} Municipality"),
        one.population,
        tuple(p.code for p in postcodes().values() if one.code in p.municipalities),
        POSTCODES_SOURCE,
    )


@cache
def _municipality_names() -> tuple[str, ...]:
    return tuple(one.name for one in municipalities().values())
