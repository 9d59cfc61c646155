"""The one rule by which what was found is put in order: help first, within what distance can tell.

Nearest first. But of places that are about equally far, as far as it is known where the person is,
first those that are open now, then those that can be called or written to, then those that were
checked in the last two years. What nobody can act on stands apart, as less certain.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from locator.directory import OpenState, Record, can_be_acted_on, is_stale, open_state
from locator.find.nearby import Hit

# Metres that nobody chooses by, however exactly they are known: little over a minute on foot.
LEAST = 100.0

_OPEN = (OpenState.Kind.OPEN, OpenState.Kind.ALWAYS)


def by_help(hits: Sequence[Hit], accuracy_m: float, now: datetime) -> list[Hit]:
    """Hits that are the nearest first, put in order by help where they are about equally far.

    What is on another island stays behind what one gets to without a ferry.

    Args:
        accuracy_m: how well it is known where the distances are from, in metres.
    """
    ranked: list[Hit] = []
    band: list[Hit] = []
    for hit in hits:
        if band and _is_farther(hit, band[0], accuracy_m):
            ranked += _ranked(band, now)
            band = []
        band.append(hit)
    return ranked + _ranked(band, now)


def is_less_certain(record: Record, now: datetime) -> bool:
    """Whether there is no way to act on it, or it is old and has neither telephone nor website."""
    if not can_be_acted_on(record):
        return True
    return is_stale(record, now) and not (record.phones or record.website)


def answers_now(record: Record, now: datetime) -> bool:
    """Whether it has a telephone that is known to be answered at this moment."""
    return bool(record.phones) and open_state(record, now).kind in _OPEN


def helpfulness(record: Record, now: datetime) -> tuple[int, int, int]:
    """Less is better: open now, a way to reach it, checked lately."""
    reachable = bool(record.phones or record.emails or record.website)
    dated = 0 if record.checked else 1
    age = 2 if is_stale(record, now) else dated
    return (0 if open_state(record, now).kind in _OPEN else 1, 0 if reachable else 1, age)


def lines_first(records: Iterable[Record], wanted: Sequence[str], now: datetime) -> list[Record]:
    """Telephone lines and help online, the most helpful first.

    By kind, as the kinds stand in `wanted`; of a kind those for the whole country, those that
    never close, those that hide no place, then as `helpfulness` has it.
    """
    places = {kind: number for number, kind in enumerate(wanted)}

    def key(record: Record) -> tuple[object, ...]:
        kind = min((places[c] for c in record.categories if c in places), default=len(places))
        always = open_state(record, now).kind is OpenState.Kind.ALWAYS and bool(record.phones)
        return (
            kind,
            record.scope != "national",
            not always,
            record.place_kind == "secret_place",
            not record.phones,
            helpfulness(record, now),
            record.id,
        )

    return sorted(records, key=key)


def _is_farther(hit: Hit, first: Hit, accuracy_m: float) -> bool:
    slack = _slack(first, accuracy_m)
    return hit.apart is not first.apart or hit.cost - first.cost > slack


def _slack(first: Hit, accuracy_m: float) -> float:
    """By how much more the last of a band may cost than the first, in the unit of the cost."""
    metres = max(accuracy_m, LEAST)
    if first.is_straight or not first.distance_m:
        return metres if first.is_straight else 0.0
    return metres * first.cost / first.distance_m


def _ranked(band: list[Hit], now: datetime) -> list[Hit]:
    return sorted(band, key=lambda h: (helpfulness(h.record, now), h.cost, h.record.id))
