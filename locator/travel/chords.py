"""Why the nearest by chord are the nearest by geodesic: the one proof of every search here.

Searches compare points by their chord, the straight line through the earth, for which k-d trees
and grids are made. A geodesic is never shorter than its chord c, nor longer than
`earth.longest_geodesic` of it, L(c), which grows with c. Let c be the k-th smallest chord: k
facilities are then at most L(c) away, so every one of the k nearest has a geodesic, and therefore
a chord, of at most L(c). So:

    all facilities whose chord is at most `no_nearer_beyond(c)` hold the k nearest,

and where these are no more than k, none needs to be measured to know which they are. Coordinates
are rounded to 1e-9 m and geodesics to 1e-8 m; `SLACK` is more than both together.
"""

from typing import Any

from locator.earth import longest_geodesic

SLACK = 1e-6  # metres

LONGEST = 1e7  # metres; beyond it, half way round the earth, L grows loose and all are measured


def no_nearer_beyond(chord: Any) -> Any:  # noqa: ANN401 (a number or an array, also compiled)
    """The chord beyond which nothing is nearer, by geodesic, than what has this chord.

    Args:
        chord: metres, at most `LONGEST`.
    """
    return longest_geodesic(chord) + SLACK
