"""What a straight line does not say of the way: another island, or much water in between."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from locator.find.nearby import Hit
from locator.language import Language
from locator.places import Stretch, sea_between

# Metres of sea on the line that make the way by land longer than anyone would guess from it.
MUCH = 2000.0


class Crossing(StrEnum):
    """What lies between; the value stands in exports."""

    UNKNOWN = "unknown"
    NONE = "none"  # on the same landmass, without much water on the line
    WATER = "water"
    FIXED_LINK = "fixed_link"  # much water, and a bridge or tunnel along the line
    ISLAND = "other_island"
    FERRY = "other_island_by_ferry"


def own_land_first(hits: Iterable[Hit]) -> list[Hit]:
    """In the same order, but what no fixed link leads to at the end."""
    return sorted(hits, key=lambda hit: hit.apart)


def crossings(hits: Sequence[Hit]) -> list[Crossing]:
    """What lies between, for each hit."""
    return [_crossing(hit, sea) for hit, sea in zip(hits, _seas(hits), strict=True)]


def crossing_text(hit: Hit, t: Language) -> str:
    """What lies between, in words; "" where it is nothing, or not known."""
    (sea,) = _seas([hit])
    match _crossing(hit, sea):
        case Crossing.FERRY if hit.there and hit.there.main:
            return t("not on this island, by ferry")
        case Crossing.FERRY:
            return t("on another island, by ferry")
        case Crossing.ISLAND if hit.there and hit.there.main:
            return t("not on this island")
        case Crossing.ISLAND:
            return t("on another island")
        case Crossing.FIXED_LINK:
            return t("by way of {link}", link=sea.link)
        case Crossing.WATER:
            return t("across water: the way by land is longer")
        case _:
            return ""


def _crossing(hit: Hit, sea: Stretch) -> Crossing:
    if not hit.is_straight:
        return Crossing.UNKNOWN  # another metric knows the way itself
    if hit.overseas:
        ferry = any(land and land.ferry for land in (hit.here, hit.there))
        return Crossing.FERRY if ferry else Crossing.ISLAND
    if not (hit.here and hit.there):
        return Crossing.UNKNOWN
    if sea.metres < MUCH + hit.off_m:
        return Crossing.NONE
    return Crossing.FIXED_LINK if sea.link else Crossing.WATER


def _seas(hits: Sequence[Hit]) -> list[Stretch]:
    """The sea on the lines of the hits, which begin at one point; none where it says nothing."""
    found = [Stretch(0.0, "")] * len(hits)
    rows = [
        row
        for row, hit in enumerate(hits)
        if hit.is_straight and hit.start and hit.record.point and hit.here and hit.here == hit.there
        # A shorter line crosses no such water, and most are.
        if hit.distance_m >= MUCH + hit.off_m
    ]
    if not rows:
        return found
    points = [point for row in rows if (point := hits[row].record.point)]
    start = next(point for row in rows if (point := hits[row].start))
    seas = sea_between(start, [p.lon for p in points], [p.lat for p in points])
    for row, sea in zip(rows, seas, strict=True):
        found[row] = sea
    return found
