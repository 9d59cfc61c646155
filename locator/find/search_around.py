"""From a point to what a page shows: the nearest help, filtered, counted by category."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from locator.directory import Directory, OpenState, Record, groups, open_state
from locator.find.distances import as_sure
from locator.find.nearby import Hit, nearest, placeless
from locator.find.search import Search
from locator.geocoding import Answer, municipalities_of
from locator.notes import Note
from locator.travel import STRAIGHT_LINE, Metric

_LOOKED_AT = 20  # hits, as many as a page shows at first


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: places within the radius, nearest first.
        placeless: phone lines and online help of the same categories: no place, no distance.
        counts: places and lines within the radius by category, whichever categories are chosen.
        beyond: the nearest place outside the radius, where there is none inside it.
        note: what the figures of the hits are.
    """

    hits: tuple[Hit, ...]
    placeless: tuple[Record, ...]
    counts: dict[str, int]
    beyond: Hit | None
    note: Note


def find(
    directory: Directory,
    origin: Answer | None,
    search: Search,
    now: datetime,
    metric: Metric = STRAIGHT_LINE,
) -> Found:
    """Everything that matches `search` around `origin` at the moment `now` (any time zone).

    How far it is, and may be, is as the metric has it. Without an origin there are no hits, only
    what needs no place. What is not known (hours, cost) is never taken for "closed"; it does not
    count as "free" or "accessible" either.
    """
    wanted = wanted_categories(search)
    chosen = directory.filter(
        languages=(search.language,) if search.language else (),
        free=search.free,
        wheelchair=search.wheelchair,
    )
    hits: list[Hit] = []
    if origin:
        near = nearest(chosen, origin.point, limit=None, within=search.within, metric=metric)
        hits = _open(as_sure(near, origin), search, now)
    here = municipalities_of(origin) if origin else ()
    serving = placeless(chosen, municipalities=here)
    lines = [record for record in serving if _is_open(record, search, now)]
    counts = Counter(c for hit in hits for c in hit.record.categories)
    counts.update(c for record in lines for c in record.categories)
    matching = tuple(h for h in hits if _matches(h.record, wanted))
    beyond = None
    if origin and not matching:
        every = nearest(chosen, origin.point, categories=wanted, limit=None, metric=metric)
        beyond = next(iter(_open(as_sure(every, origin), search, now)), None)
    return Found(
        hits=matching,
        placeless=tuple(r for r in lines if _matches(r, wanted)) if wanted else (),
        counts=dict(counts),
        beyond=beyond,
        note=metric.note,
    )


def order_may_differ(found: Found) -> bool:
    """Whether the first places may be in another order, for what is not known of where they are."""
    first = found.hits[:_LOOKED_AT]
    return any(b.distance_m - a.distance_m < max(a.off_m, b.off_m) for a, b in pairwise(first))


def wanted_categories(search: Search) -> frozenset[str]:
    """The categories asked for; a group stands for all of its own, none for every category."""
    if search.categories:
        return frozenset(search.categories)
    return frozenset(c.id for g in groups() if g.id == search.group for c in g.categories)


def _open(hits: Iterable[Hit], search: Search, now: datetime) -> list[Hit]:
    return [hit for hit in hits if _is_open(hit.record, search, now)]


def _is_open(record: Record, search: Search, now: datetime) -> bool:
    return not search.open_now or open_state(record, now).kind is not OpenState.Kind.CLOSED


def _matches(record: Record, wanted: frozenset[str]) -> bool:
    return not wanted or not wanted.isdisjoint(record.categories)
