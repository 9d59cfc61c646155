"""How complete the directory is of a kind: in how many municipalities one is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from locator.directory.qualities import Kind, kinds
from locator.directory.records import Directory
from locator.places import CHRISTIANSOE, municipalities

_KEPT: "WeakKeyDictionary[Directory, Mapping[str, Kind]]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class KnownIn:
    """In how many municipalities a kind is known, of how many, and whether in the person's own."""

    category: str
    count: int
    of: int
    here: bool


def known_in(
    directory: Directory, wanted: Sequence[str], here: Sequence[str], now: datetime
) -> list[KnownIn]:
    """The kinds that have places and are not known in every municipality, as `wanted` has them.

    Args:
        here: codes of the municipalities that the person may be in; () says nothing of here.
    """
    known = _KEPT.get(directory)
    if known is None:
        known = _KEPT[directory] = {kind.category: kind for kind in kinds(directory, now)}
    every = len(municipalities().keys() - {CHRISTIANSOE})
    return [
        KnownIn(name, len(kind.covered), every, not here or not kind.covered.isdisjoint(here))
        for name in wanted
        if (kind := known.get(name)) and kind.located and len(kind.covered) < every
    ]
