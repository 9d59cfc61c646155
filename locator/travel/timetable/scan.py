"""Earliest arrivals by connection scan (Dibbelt, Pajor, Strasser, Wagner 2018, "Connection Scan
Algorithm", ACM Journal of Experimental Algorithmics 23).

All times are whole seconds since one moment. Who gets off at a stop may get on again there, or at
a stop within a walk, once the seconds of that change have passed; `changes` lists them for every
stop, itself among them, each at least a second. So two rides of the same second are never taken
one after the other, and their order does not matter.
"""

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

NEVER = np.int32(2**30)

_BOARD, _ALIGHT = np.uint8(1), np.uint8(2)


@numba.njit(cache=True, nogil=True)
def forward(
    departure: Ints, arrival: Ints, start: Ints, end: Ints, run: Ints, flags: Bytes,
    first: int, latest: int,
    change_begin: Ints, change_to: Ints, change_seconds: Ints,
    ready: Ints, alight: Ints, entered: Ints, by: Ints, boarded: Ints, came: Ints,
) -> None:  # fmt: skip
    """One departure to all stops.

    Args:
        departure, ..., flags: the connections.
        first: the first connection that leaves at or after the departure.
        latest: what leaves later is of no use.
        change_begin, change_to, change_seconds: the changes from each stop, one behind another.
        ready: in: when one can get on at each stop, walking there; out: the earliest.
        alight: out: the earliest that one gets off at each stop; NEVER where nothing goes.
        entered: scratch, shape (runs,).
        by, boarded: out: the connections by which one comes to each stop and got on before.
        came: out: where one got off to be `ready`, -1 where one walked there from the start.
    """
    alight[:] = NEVER
    entered[:] = -1
    by[:] = -1
    boarded[:] = -1
    came[:] = -1
    for c in range(first, len(departure)):
        if departure[c] > latest:
            break
        vehicle = run[c]
        if entered[vehicle] < 0:
            if not flags[c] & _BOARD or ready[start[c]] > departure[c]:
                continue
            entered[vehicle] = c
        stop = end[c]
        when = arrival[c]
        if flags[c] & _ALIGHT and when < alight[stop]:
            alight[stop] = when
            by[stop] = c
            boarded[stop] = entered[vehicle]
            for at in range(change_begin[stop], change_begin[stop + 1]):
                to = change_to[at]
                if when + change_seconds[at] < ready[to]:
                    ready[to] = when + change_seconds[at]
                    came[to] = stop


@numba.njit(cache=True, nogil=True)
def forward_many(
    departure: Ints, arrival: Ints, start: Ints, end: Ints, run: Ints, flags: Bytes,
    change_begin: Ints, change_to: Ints, change_seconds: Ints,
    runs: int, stops: int, moments: Ints, most: int,
    access_stop: Ints, access_seconds: Ints,
    egress_begin: Ints, egress_stop: Ints, egress_seconds: Ints, taken: Ints,
) -> None:  # fmt: skip
    """Several departures from one place, to several places.

    Args:
        moments: when one leaves.
        most: seconds that a journey may take.
        access_stop, access_seconds: stops one can walk to, and when one can get on there, seconds
            after leaving.
        egress_begin, egress_stop, egress_seconds: of each place, the stops one can walk from,
            nearest first.
        taken: in and out: seconds to each place from each departure, lowered where a ride is
            quicker, shape (moments, places).
    """
    ready = np.empty(stops, np.int32)
    alight = np.empty(stops, np.int32)
    by = np.empty(stops, np.int32)
    boarded = np.empty(stops, np.int32)
    came = np.empty(stops, np.int32)
    entered = np.empty(runs, np.int32)
    for m in range(len(moments)):
        ready[:] = NEVER
        for at in range(len(access_stop)):
            ready[access_stop[at]] = moments[m] + access_seconds[at]
        first = np.searchsorted(departure, moments[m])
        forward(
            departure, arrival, start, end, run, flags, first, moments[m] + most,
            change_begin, change_to, change_seconds,
            ready, alight, entered, by, boarded, came,
        )  # fmt: skip
        for place in range(len(egress_begin) - 1):
            best = taken[m, place]
            for at in range(egress_begin[place], egress_begin[place + 1]):
                if egress_seconds[at] >= best:
                    break  # the others are farther
                if alight[egress_stop[at]] < NEVER:
                    best = min(best, alight[egress_stop[at]] - moments[m] + egress_seconds[at])
            taken[m, place] = best


@numba.njit(cache=True, nogil=True)
def _entry(
    begin: int, size: int, leaves: Ints, arrives: Ints, moment: int, best: int
) -> int:  # fmt: skip
    """The entry of a stop's profile that a moment can still take; -1 where none beats `best`."""
    last = begin + size - 1
    if last < begin or arrives[last] >= best:
        return -1
    while last >= begin and leaves[last] < moment:
        last -= 1
    return last if last >= begin and arrives[last] < best else -1


@numba.njit(cache=True, nogil=True)
def backward(
    departure: Ints, arrival: Ints, start: Ints, end: Ints, run: Ints, flags: Bytes,
    change_begin: Ints, change_to: Ints, change_seconds: Ints,
    runs: int, egress: Ints, egress_row: Ints,
    begin: Ints, size: Ints, leaves: Ints, arrives: Ints, row: Ints,
) -> None:  # fmt: skip
    """From every stop at every time to the nearest of a set of places.

    Args:
        departure, ..., change_seconds, runs: as in `forward_many`.
        egress: seconds to walk from each stop to the nearest place, NEVER where none is.
        egress_row: which place that is.
        begin: where each stop's entries begin, room for one a ride that leaves it.
        size: out: how many entries it has.
        leaves, arrives, row: out: who can get on at a stop at `leaves` is at the place `row` at
            `arrives`; of a stop the later entries leave and arrive earlier.
    """
    size[:] = 0
    ends = np.full(runs, NEVER, np.int32)
    place = np.full(runs, -1, np.int32)
    for c in range(len(departure) - 1, -1, -1):
        vehicle, stop, when = run[c], end[c], arrival[c]
        best, to = ends[vehicle], place[vehicle]
        if flags[c] & _ALIGHT:
            if egress[stop] < NEVER and when + egress[stop] < best:
                best, to = when + egress[stop], egress_row[stop]
            for at in range(change_begin[stop], change_begin[stop + 1]):
                other = change_to[at]
                entry = _entry(
                    begin[other], size[other], leaves, arrives, when + change_seconds[at], best
                )
                if entry >= 0:
                    best, to = arrives[entry], row[entry]
            ends[vehicle], place[vehicle] = best, to
        if best < NEVER and flags[c] & _BOARD:
            at = start[c]
            last = begin[at] + size[at] - 1
            if last < begin[at] or best < arrives[last]:
                if last < begin[at] or leaves[last] != departure[c]:
                    last += 1
                    size[at] += 1
                leaves[last], arrives[last], row[last] = departure[c], best, to


@numba.njit(cache=True, nogil=True)
def profile_times(
    begin: Ints, size: Ints, leaves: Ints, arrives: Ints, row: Ints,
    moments: Ints, access_begin: Ints, access_stop: Ints, access_seconds: Ints,
    taken: Ints, place: Ints,
) -> None:  # fmt: skip
    """Seconds from several places at each moment, lowered where the profile of a stop is quicker.

    Args:
        begin, ..., row: what `backward` gives.
        moments: when one leaves, ascending.
        access_begin, access_stop, access_seconds: of each place, the stops one can walk to,
            nearest first, and when one can get on there, seconds after leaving.
        taken, place: in and out: seconds, and to which place, shape (origins, moments).
    """
    for origin in range(len(access_begin) - 1):
        worst = taken[origin].max()
        for at in range(access_begin[origin], access_begin[origin + 1]):
            if access_seconds[at] >= worst:
                break  # the others are farther
            stop = access_stop[at]
            last = begin[stop] + size[stop] - 1
            for m in range(len(moments)):
                moment = moments[m] + access_seconds[at]
                while last >= begin[stop] and leaves[last] < moment:
                    last -= 1
                if last < begin[stop]:
                    break
                if arrives[last] - moments[m] < taken[origin, m]:
                    taken[origin, m], place[origin, m] = arrives[last] - moments[m], row[last]
            else:
                worst = taken[origin].max()
