"""The points that stand for a whole street: its own, its village's, its town's, its postcode's."""

from collections.abc import Sequence

import numpy as np

from locator.earth import Precision
from locator.geocoding.addresses.columns import Array, Columns
from locator.geocoding.addresses.grid import DEGREE
from locator.places import postcodes

NO_VILLAGE = 0xFFFF
NO_MUNICIPALITY = 0xFF
LEVELS = (Precision.POSTCODE, Precision.PLACE, Precision.VILLAGE, Precision.STREET)


class _Spots:
    """Points that stand for more than a door, gathered."""

    def __init__(self) -> None:
        self.size = 0
        self.parts: list[tuple[Array, Array, Array, Array]] = []

    def add(self, lat: Array, lon: Array, source: Array, level: Precision) -> Array:
        """Add points; returns their numbers."""
        levels = np.full(len(lat), LEVELS.index(level), np.uint8)
        self.parts.append((lat, lon, source, levels))
        self.size += len(lat)
        return np.arange(self.size - len(lat), self.size, dtype=np.int32)

    def columns(self) -> Columns:
        names = ("spot_lat", "spot_lon", "spot_source", "spot_level")
        return {
            n: np.concatenate(c) for n, c in zip(names, zip(*self.parts, strict=True), strict=True)
        }


def spot_columns(
    main: Columns, more: Columns, codes: Sequence[str], shift: int, last: int
) -> Columns:
    """Every point that stands for more than a door, and which is the best for each pair.

    Args:
        codes: of the municipalities, as the columns number them.
        shift: added to the numbers of the second file's sources.
        last: the number of the postcodes' source.
    """
    spots = _Spots()

    def add(columns: Columns, name: str, level: Precision, shift: int = 0) -> Array:
        lat, lon, source = (columns[f"{name}_{part}"] for part in ("lat", "lon", "source"))
        return spots.add(lat, lon, source + np.uint8(shift), level)

    areas = list(postcodes().values())
    whole = np.array([p.point for p in areas]) * DEGREE
    lat, lon = (whole[:, axis].round().astype(np.int32) for axis in (0, 1))
    town = np.full(10_000, -1, np.int32)
    town[[int(p.code) for p in areas]] = spots.add(
        lat, lon, np.full(len(areas), last, np.uint8), Precision.POSTCODE
    )
    area = town.copy()
    town[main["town_at"]] = add(main, "town", Precision.PLACE)
    village = np.full(len(main["village_postcode"]), -1, np.int32)
    street = np.full(len(main["pair_name"]), -1, np.int32)
    village[main["village_spot_at"]] = add(main, "village_spot", Precision.VILLAGE)
    street[main["street_at"]] = add(main, "street", Precision.STREET)
    if more:
        village[more["village_spot_at"]] = add(more, "village_spot", Precision.VILLAGE, shift)
        at = add(more, "street", Precision.STREET, shift)
        lacking = street[more["street_at"]] < 0
        street[more["street_at"][lacking]] = at[lacking]
    of = main["pair_village"]
    outside = of != NO_VILLAGE
    away = outside | _in_another_municipality(main, codes)
    best = np.where(away, area[main["pair_postcode"]], town[main["pair_postcode"]])
    best[outside] = np.where(village[of[outside]] >= 0, village[of[outside]], best[outside])
    # The point of a postcode that is one street is the street's.
    sole = main["sole_pair"]
    at = area[main["pair_postcode"][sole]]
    own = spots.add(lat[at], lon[at], np.full(len(at), last, np.uint8), Precision.STREET)
    best[sole] = own
    best = np.where(street >= 0, street, best).astype(np.int32)
    return {**spots.columns(), "pair_spot": best, "village_point": village}


def _in_another_municipality(main: Columns, codes: Sequence[str]) -> Array:
    """Which pairs are in no municipality that their postcode's town is in: Christiansø, say.

    Of those whose place is known not one in five is as near to the town as other streets are.
    """
    home = np.full(10_000, NO_MUNICIPALITY, np.uint8)
    for found in postcodes().values():
        if found.municipalities[0] in codes:
            home[int(found.code)] = codes.index(found.municipalities[0])
    town = home[main["pair_postcode"]]
    of = main["pair_municipality"]
    away = (of != town) & (of != NO_MUNICIPALITY)
    also = main["more_municipality"] == town[main["more_pair"]]
    away[main["more_pair"][also]] = False
    return np.asarray(away, bool)
