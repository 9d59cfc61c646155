"""The operator's index lying over the embedded streets, asked as one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from locator.geocoding.addresses.build import street_id
from locator.geocoding.addresses.columns import Array
from locator.geocoding.addresses.index import AddressIndex
from locator.geocoding.addresses.streets import StreetIndex
from locator.places import postcodes

COMPLETE = 0.8  # of a municipality's streets: with so many, a door that is not there does not exist

# A street and postcode pair of one of the indexes.
Part = tuple[AddressIndex, int]

same_street = lru_cache(maxsize=65_536)(street_id)


class Member(NamedTuple):
    """A pair of an index under one of its names (by number), and what it costs to reach it.

    `errors` of the price are letters of the name.
    """

    layer: AddressIndex
    pair: int
    name: int
    price: float = 0.0
    errors: float = 0.0


@dataclass(frozen=True, slots=True)
class Street:
    """A street in a postcode, as all layers know it.

    Attributes:
        name: as the uppermost layer writes it.
        written: the name that was matched (the register has short names too).
        parts: where it is in the layers, the uppermost first.
    """

    name: str
    written: str
    postcode: str
    parts: tuple[Part, ...]


class Layers:
    """Indexes over one another.

    Args:
        embedded: every street of Denmark.
        imported: the operator's addresses, over it, if there are any.
    """

    def __init__(self, embedded: StreetIndex, imported: AddressIndex | None = None) -> None:
        self.embedded = embedded
        self.imported = imported
        self.indexes: tuple[AddressIndex, ...] = (imported, embedded) if imported else (embedded,)

    def share(self, postcode: str) -> float:
        """How many of the postcode's streets the imported index has, 0 to 1."""
        return float(self.shares[int(postcode)]) if postcode else 0.0

    def share_about(self, postcode: str) -> float:
        """As `share`, of the whole municipality that most of the postcode lies in."""
        found = postcodes().get(postcode)
        home = found.municipalities[0] if found and found.municipalities else ""
        return self.areas["municipalities"].get(home, 0.0)

    @cached_property
    def areas(self) -> dict[str, dict[str, float]]:
        """What the imported index covers: of each postcode and municipality it has streets in, the
        share of its streets, 0 to 1.
        """
        codes = [f"{code:04d}" for code in np.flatnonzero(self.shares).tolist()]
        known = np.bincount(self.embedded.columns["pair_postcode"], minlength=10_000)
        have: dict[str, float] = {}
        whole: dict[str, float] = {}
        for code, found in postcodes().items():
            for municipality in found.municipalities[:1]:
                weight = float(known[int(code)])
                whole[municipality] = whole.get(municipality, 0.0) + weight
                have[municipality] = have.get(municipality, 0.0) + weight * self.share(code)
        return {
            "postcodes": {code: round(self.share(code), 3) for code in codes},
            "municipalities": {
                code: round(have[code] / whole[code], 3) for code in sorted(have) if have[code]
            },
        }

    @cached_property
    def shares(self) -> Array:
        """The share of each postcode's streets that the imported index has, by postcode."""
        if self.imported is None:
            return np.zeros(10_000)
        counts = [
            np.bincount(index.columns["pair_postcode"], minlength=10_000)
            for index in (self.imported, self.embedded)
        ]
        return np.asarray(np.minimum(counts[0] / np.maximum(counts[1], 1), 1.0))

    def streets(self, found: Iterable[Member]) -> Iterator[tuple[Street, Member]]:
        """The streets of these members, each with all its parts, and its cheapest member."""
        together: dict[tuple[str, str], list[Member]] = {}
        for member in found:
            layer, pair, *_ = member
            identity = same_street(layer.street(pair)), layer.postcode(pair)
            together.setdefault(identity, []).append(member)
        for members in together.values():
            best = min(members, key=lambda member: member.price)
            members.sort(key=lambda member: self.indexes.index(member.layer))
            parts: dict[int, Part] = {}
            for layer, pair, *_ in members:
                parts.setdefault(id(layer), (layer, pair))
            (layer, pair), *_ = parts.values()
            written = best.layer.name(best.name)
            name, code = layer.street(pair), layer.postcode(pair)
            yield Street(name, written, code, tuple(parts.values())), best
