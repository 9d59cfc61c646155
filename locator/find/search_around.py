"""From a point to what a page shows: the nearest help, in order, with what is not known apart."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise

from locator.directory import (
    Directory,
    PlaceKind,
    Record,
    Status,
    categories,
    groups,
)
from locator.find.distances import as_sure
from locator.find.municipal import contacts
from locator.find.nearby import Hit, nearest, placeless
from locator.find.over_water import own_land_first
from locator.find.ranking import answers_now, by_help, is_less_certain, lines_first
from locator.find.search import DEFAULT_RADIUS, Search
from locator.find.trips import with_trips
from locator.find.wishes import Tally, Verdict, Wish, tallies, verdict, wishes
from locator.geocoding import Answer, municipalities_of
from locator.notes import Note
from locator.travel import STRAIGHT_LINE, TRANSIT, Limit, Metric, Unit

_LOOKED_AT = 20  # hits, as many as a page shows at first

# Whom these serve, they serve by telephone or online too, wherever their place is.
_FROM_ANYWHERE = ("national", "regional")

# Metres a second in a straight line that one easily makes where there is a way.
_DIRECT = {"foot": 1.0, "bicycle": 3.0, "car": 6.0, TRANSIT: 2.0}

# 112, 114 and the doctor's number.
_ALWAYS = "emergency_line"

One = Hit | Record


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: places to visit within the radius that fit, in order.
        urgent: in a crisis, the telephones that are answered now, or always first (112).
        placeless: other phone lines and online help of the same kinds: no place, no distance.
        unplaced: what has a place that is not known, here or near, first where the person lives.
        unknown: all of these kinds of which the wishes are not known to fit.
        uncertain: what nobody can act on, or what is old and has neither phone nor website.
        counts: all within the radius by category, whichever categories are chosen.
        tallies: how what was found is judged by each wish.
        beyond: the nearest place outside the radius, where there is none inside it.
        unreached: near in a straight line, but not within that time by any way that is known.
        contact: the line of the municipality that the person is in.
        note: what the figures of the hits are.
        tolerance_m: metres within which places count as equally far; 0 in plain order.
    """

    hits: tuple[Hit, ...]
    urgent: tuple[Record, ...]
    placeless: tuple[Record, ...]
    unplaced: tuple[One, ...]
    unknown: tuple[One, ...]
    uncertain: tuple[One, ...]
    counts: dict[str, int]
    tallies: tuple[Tally, ...]
    beyond: Hit | None
    unreached: tuple[Hit, ...]
    contact: Record | None
    note: Note
    tolerance_m: float


def find(
    directory: Directory,
    origin: Answer | None,
    search: Search,
    now: datetime,
    metric: Metric = STRAIGHT_LINE,
) -> Found:
    """Everything that matches `search` around `origin` at the moment `now` (any time zone).

    How far it is, is as the metric has it. Without an origin there is only what needs no place.
    """
    wanted, wished = _order_of(search), wishes(search)
    here = municipalities_of(origin) if origin else ()
    hits: list[Hit] = []
    if origin:
        hits = _around(directory, origin, metric, within=search.within)
    matching = [hit for hit in hits if _matches(hit.record, wanted)]
    lines = placeless(directory, municipalities=here)
    if not matching:
        lines += _offices(directory)
    fit = [r for r in (*_records(hits), *lines) if verdict(r, wished, now) is not Verdict.NO]
    accuracy = (origin.accuracy_m or 0.0) if origin else 0.0
    matching = matching if search.plain else by_help(matching, accuracy, now)
    chosen = _chosen(lines, wanted, now) if wanted else []
    if origin:
        matching = with_trips(matching, search, metric, origin.point)
    sorted_out = _sort_out([*matching, *chosen], wished, now)
    places, unplaced, remote = _kinds_of_knowledge(sorted_out[Verdict.YES], here)
    urgent = _urgent(remote, search, now)
    farther: list[Hit] = []
    if origin and not places:
        every = _around(directory, origin, metric, categories=wanted)
        farther = list(islice(_beyond(every, hits, wished, now), 1))
        farther = with_trips(farther, search, metric, origin.point)
    known = contacts(directory)
    return Found(
        hits=tuple(places),
        urgent=tuple(urgent),
        placeless=tuple(one for one in remote if one not in urgent),
        unplaced=tuple(unplaced),
        unknown=tuple(sorted_out[Verdict.UNKNOWN]),
        uncertain=tuple(sorted_out[None]),
        counts=dict(Counter(c for record in fit for c in record.categories)),
        tallies=tallies(_records((*matching, *chosen)), wished, now),
        beyond=next(iter(farther), None),
        unreached=_unreached(directory, origin, search, hits, wanted) if origin else (),
        contact=next((known[code] for code in here if code in known), None),
        note=metric.note,
        tolerance_m=0.0 if search.plain else accuracy,
    )


def _around(
    directory: Directory,
    origin: Answer,
    metric: Metric,
    *,
    categories: Collection[str] = (),
    within: Limit | None = None,
) -> list[Hit]:
    point = origin.point
    found = nearest(
        directory, point, categories=categories, limit=None, within=within, metric=metric
    )
    return own_land_first(as_sure(found, origin))


def order_may_differ(found: Found) -> bool:
    """Whether the first places may be in another order, for what is not known of where they are."""
    first = sorted(found.hits[:_LOOKED_AT], key=lambda hit: hit.cost)
    return any(b.cost - a.cost < max(a.off, b.off) for a, b in pairwise(first))


def without_languages(found: Found) -> int:
    """How many of those found have not told which languages are spoken there."""
    parts = (found.hits, found.urgent, found.placeless, found.unplaced, found.unknown)
    every = _records(one for part in (*parts, found.uncertain) for one in part)
    return len({record.id for record in every if not record.languages})


def wanted_categories(search: Search) -> frozenset[str]:
    """The categories asked for; a group stands for all of its own, none for every category."""
    return frozenset(_order_of(search))


def is_crisis(search: Search) -> bool:
    """Whether a telephone that is answered now comes before any place."""
    asked = {categories()[c].group for c in search.categories if c in categories()}
    return any(g.crisis and g.id in (asked or {search.group}) for g in groups())


def _order_of(search: Search) -> tuple[str, ...]:
    """The categories asked for, in the order in which their lines are told."""
    if search.categories:
        return search.categories
    return tuple(c.id for g in groups() if g.id == search.group for c in g.categories)


def _offices(directory: Directory) -> list[Record]:
    """Those for the whole country that have a place, and answer the telephone wherever one is."""
    return [
        record
        for record in directory
        if record.point
        and record.scope == "national"
        and record.status is Status.ACTIVE
        and record.phones
    ]


def _chosen(lines: Iterable[Record], wanted: Sequence[str], now: datetime) -> list[Record]:
    """The lines of these kinds, those first that are to be called before a place is gone to."""
    known = categories()
    first = [c for kind in wanted if kind in known for c in known[kind].call_first]
    order = tuple(dict.fromkeys((*first, *wanted)))
    return lines_first((one for one in lines if _matches(one, order)), order, now)


def _sort_out(
    found: Iterable[One], wished: Sequence[Wish], now: datetime
) -> dict[Verdict | None, list[One]]:
    """By how it fits, in the same order; under None what is less certain than the rest."""
    sorted_out: dict[Verdict | None, list[One]] = {key: [] for key in (None, *Verdict)}
    for one in found:
        record = _record(one)
        # A number for an emergency is told whatever is known of it.
        fits = Verdict.YES if _ALWAYS in record.categories else verdict(record, wished, now)
        doubtful = fits is not Verdict.NO and is_less_certain(record, now)
        sorted_out[None if doubtful else fits].append(one)
    return sorted_out


def _kinds_of_knowledge(
    found: Iterable[One], here: Sequence[str]
) -> tuple[list[Hit], list[One], list[Record]]:
    """Places to visit; what has a place that is not known; what can be asked from anywhere."""
    places: list[Hit] = []
    unplaced: list[One] = []
    remote: list[Record] = []
    for one in found:
        record = _record(one)
        if isinstance(one, Hit) and record.place_kind is not PlaceKind.UNKNOWN:
            places.append(one)
        elif record.place_kind is PlaceKind.UNKNOWN and record.scope not in _FROM_ANYWHERE:
            unplaced.append(one)
        else:
            remote.append(record)
    unplaced.sort(key=lambda one: not _is_of(_record(one), here))
    return places, unplaced, remote


def _is_of(record: Record, here: Sequence[str]) -> bool:
    return not {record.municipality_code, *record.service_area}.isdisjoint(here)


def _urgent(remote: Iterable[Record], search: Search, now: datetime) -> list[Record]:
    if not is_crisis(search):
        return []
    return [r for r in remote if answers_now(r, now) or _ALWAYS in r.categories]


def _beyond(
    every: Iterable[Hit], near: Iterable[Hit], wished: Sequence[Wish], now: datetime
) -> Iterator[Hit]:
    """The places farther off that a person may go to, the nearest first."""
    within = {hit.record.id for hit in near}
    for hit in every:
        record = hit.record
        if record.id in within or record.place_kind is PlaceKind.UNKNOWN:
            continue
        if verdict(record, wished, now) is Verdict.NO or is_less_certain(record, now):
            continue
        yield hit


def _unreached(
    directory: Directory,
    origin: Answer,
    search: Search,
    reached: Iterable[Hit],
    wanted: Sequence[str],
) -> tuple[Hit, ...]:
    """What a person would go to by the straight line, and should know why it is not listed."""
    if not search.travel:
        return ()
    seconds = search.within.under(Unit.SECOND) if search.within.unit else math.inf
    near = Limit(min(_DIRECT[search.travel] * seconds / 2, DEFAULT_RADIUS.value), Unit.METRE)
    there = {hit.record.id for hit in reached}
    straight = nearest(directory, origin.point, categories=wanted, limit=None, within=near)
    missing = [
        hit
        for hit in straight
        if hit.record.id not in there and hit.record.place_kind is not PlaceKind.UNKNOWN
    ]
    return tuple(as_sure(missing[:_LOOKED_AT], origin))


def _records(found: Iterable[One]) -> list[Record]:
    return [_record(one) for one in found]


def _record(one: One) -> Record:
    return one.record if isinstance(one, Hit) else one


def _matches(record: Record, wanted: Sequence[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(record.categories)
