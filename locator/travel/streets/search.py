"""Searches by Dijkstra's algorithm over arcs, compiled.

The queue is a heap whose nodes have four children (half as deep as with two, and children lie
side by side); what was improved since is skipped when it comes up. Times of junctions are
infinite between searches: each resets those it touched, so that a small search costs little in
a large country.
"""

import numba
import numpy as np

_NONE = -1


@numba.njit(cache=True, inline="always")
def _push(keys, items, size, key, item):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    at = size
    while at > 0:
        above = (at - 1) >> 2
        if keys[above] <= key:
            break
        keys[at], items[at] = keys[above], items[above]
        at = above
    keys[at], items[at] = key, item


@numba.njit(cache=True, inline="always")
def _drop_first(keys, items, size):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Take the first of `size` off; the caller has read it."""
    key, item = keys[size - 1], items[size - 1]
    last, at = size - 1, 0
    while True:
        child = 4 * at + 1
        if child >= last:
            break
        least = child
        for other in range(child + 1, min(child + 4, last)):
            if keys[other] < keys[least]:
                least = other
        if keys[least] >= key:
            break
        keys[at], items[at] = keys[least], items[least]
        at = least
    keys[at], items[at] = key, item


@numba.njit(cache=True, inline="always")
def _roomier(values):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    more = np.empty(2 * len(values), values.dtype)
    more[: len(values)] = values
    return more


@numba.njit(cache=True, inline="always")
def _begun(node, start, limit, time, via):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Queue and list of touched junctions with the sources in them, and how long they are."""
    room = max(1024, len(node) + 1)
    keys, items, touched = np.empty(room), np.empty(room, np.int32), np.empty(room, np.int32)
    size, count = 0, 0
    for source in range(len(node)):
        at = node[source]
        if start[source] <= limit and start[source] < time[at]:
            touched[count] = at
            count += np.isinf(time[at])
            time[at], via[at] = start[source], _NONE - source
            _push(keys, items, size, start[source], at)
            size += 1
    return keys, items, touched, size, count


@numba.njit(cache=True, nogil=True)
def spread(first, to, seconds, node, start, limit, time, via):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  # pragma: no cover (compiled)
    """Go from sources to all that is within the limit.

    Args:
        first, to, seconds: arcs.
        node, start: sources and when each starts, shape (sources,); inf for none.
        limit: seconds, inclusive.
        time: shape (nodes,), all inf; left as reached, for the caller to reset.
        via: the arc by which each junction was reached, -1 - source for sources.

    Returns:
        the junctions touched, in no order.
    """
    keys, items, touched, size, count = _begun(node, start, limit, time, via)
    while size:
        now, here = keys[0], items[0]
        _drop_first(keys, items, size)
        size -= 1
        if now > time[here]:
            continue
        room = first[here + 1] - first[here]
        while size + room > len(keys):
            keys, items = _roomier(keys), _roomier(items)
        while count + room > len(touched):
            touched = _roomier(touched)
        for arc in range(first[here], first[here + 1]):
            there, then = to[arc], now + seconds[arc]
            if then < time[there] and then <= limit:
                touched[count] = there
                count += np.isinf(time[there])
                time[there], via[there] = then, arc
                _push(keys, items, size, then, there)
                size += 1
    return touched[:count].copy()


@numba.njit(cache=True, inline="always")
def _sooner(then, label, now, known):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    return then < now or (then == now and then < np.inf and label < known)


@numba.njit(cache=True, nogil=True)
def spread_labels(first, to, seconds, node, start, label, nodes):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  # pragma: no cover (compiled)
    """From sources to everywhere: when each junction is reached, and the label of its source.

    Of sources equally near, the one with the lower label stands.

    Returns:
        seconds (inf where not reached) and labels (-1), shape (nodes,).
    """
    time, found = np.full(nodes, np.inf), np.full(nodes, -1, np.int32)
    keys, items, size = np.empty(1 << 16), np.empty(1 << 16, np.int32), 0
    for source in range(len(node)):
        at, then = node[source], start[source]
        if _sooner(then, label[source], time[at], found[at]):
            time[at], found[at] = then, label[source]
            if size >= len(keys):
                keys, items = _roomier(keys), _roomier(items)
            _push(keys, items, size, then, at)
            size += 1
    while size:
        now, here = keys[0], items[0]
        _drop_first(keys, items, size)
        size -= 1
        if now > time[here]:
            continue
        for arc in range(first[here], first[here + 1]):
            there, then = to[arc], now + seconds[arc]
            if _sooner(then, found[here], time[there], found[there]):
                time[there], found[there] = then, found[here]
                if size >= len(keys):
                    keys, items = _roomier(keys), _roomier(items)
                _push(keys, items, size, then, there)
                size += 1
    return time, found


@numba.njit(cache=True, nogil=True)
def turned_round(first, to, seconds, edge):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  # pragma: no cover (compiled)
    """The arcs by the junction they lead to."""
    nodes = len(first) - 1
    begin = np.zeros(nodes + 1, np.int32)
    for there in to:
        begin[there + 1] += 1
    begin = np.cumsum(begin).astype(np.int32)
    at = begin[:-1].copy()
    back, cost, which = np.empty_like(to), np.empty_like(seconds), np.empty_like(edge)
    for here in range(nodes):
        for arc in range(first[here], first[here + 1]):
            row = at[to[arc]]
            at[to[arc]] += 1
            back[row], cost[row], which[row] = here, seconds[arc], edge[arc]
    return begin, back, cost, which


@numba.njit(cache=True, inline="always")
def _slot_of(table, node):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Where a junction stands in a hash table of junctions (a power of 2, -1 where empty), or
    the empty place where it would."""
    mask = len(table) - 1
    at = (node * 2654435761 >> 7) & mask
    while table[at] != node and table[at] != _NONE:
        at = (at + 1) & mask
    return at


@numba.njit(cache=True)
def hashed(nodes, size):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  # pragma: no cover (compiled)
    """A hash table of junctions (ascending) and the first row of each."""
    table, row = np.full(size, _NONE, np.int64), np.zeros(size, np.int32)
    for at in range(len(nodes)):
        if at == 0 or nodes[at] != nodes[at - 1]:
            slot = _slot_of(table, nodes[at])
            table[slot], row[slot] = nodes[at], at
    return table, row


@numba.njit(cache=True, inline="always")
def row_of(table, node):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  # pragma: no cover (compiled)
    """The first row of a junction, a very large one where it has none."""
    slot = _slot_of(table[0], node)
    return table[1][slot] if table[0][slot] == node else 1 << 30


@numba.njit(cache=True, inline="always")
def _ranked(cost, facility, end, count, then, which, by):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Put a facility among the nearest; returns how many there are."""
    k, at = len(cost), count
    for row in range(count):
        if facility[row] == which:
            if cost[row] <= then:
                return count
            at = row
            break
    if at == k:
        if then > cost[k - 1] or (then == cost[k - 1] and which > facility[k - 1]):
            return count
        at = k - 1
    more = count + (at == count)
    while at > 0 and (then < cost[at - 1] or (then == cost[at - 1] and which < facility[at - 1])):
        cost[at], facility[at], end[at] = cost[at - 1], facility[at - 1], end[at - 1]
        at -= 1
    cost[at], facility[at], end[at] = then, which, by
    return more


@numba.njit(cache=True, inline="always")
def _met(here, now, ends, table, limit, best, count):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Put the facilities at a junction among the nearest; returns how many there are."""
    node, after, facility = ends
    row = row_of(table, here)
    while row < len(node) and node[row] == here:
        if now + after[row] <= limit:
            cost, found, by = best
            count = _ranked(cost, found, by, count, now + after[row], facility[row], row)
        row += 1
    return count


@numba.njit(cache=True, nogil=True)
def nearest(first, to, seconds, node, start, ends, table, direct, k, limit, time, via):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  # pragma: no cover (compiled)
    """The k nearest facilities of one origin; stops as soon as no other can be nearer.

    Args:
        first, to, seconds, node, start, limit, time, via: as in `spread`.
        ends: (junction ascending, seconds from it, facility) of where facilities are entered.
        table: of `hashed` for these junctions.
        direct: (facility, seconds) of those on the origin's own edge.

    Returns:
        seconds, facility, and the row in `ends` (-1: along the own edge) of each, nearest first;
        and the junctions touched.
    """
    cost, found, by = np.full(k, np.inf), np.full(k, -1, np.int32), np.full(k, -1, np.int32)
    count = 0
    for row in range(len(direct[0])):
        if direct[1][row] <= limit:
            count = _ranked(cost, found, by, count, direct[1][row], direct[0][row], -1)
    keys, items, touched, size, many = _begun(node, start, limit, time, via)
    while size:
        now, here = keys[0], items[0]
        if now > limit or now > cost[k - 1]:
            break
        _drop_first(keys, items, size)
        size -= 1
        if now > time[here]:
            continue
        count = _met(here, now, ends, table, limit, (cost, found, by), count)
        room = first[here + 1] - first[here]
        while size + room > len(keys):
            keys, items = _roomier(keys), _roomier(items)
        while many + room > len(touched):
            touched = _roomier(touched)
        for arc in range(first[here], first[here + 1]):
            there, then = to[arc], now + seconds[arc]
            if then < time[there]:
                touched[many] = there
                many += np.isinf(time[there])
                time[there], via[there] = then, arc
                _push(keys, items, size, then, there)
                size += 1
    return cost, found, by, touched[:many].copy()
