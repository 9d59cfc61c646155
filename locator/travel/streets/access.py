"""Who may use a way or pass a point on it, by the tags of OpenStreetMap.

Of the keys that say so the most specific wins (https://wiki.openstreetmap.org/wiki/Key:access):
`foot`, `bicycle` or `motorcar` before `motor_vehicle`, `vehicle` and `access`.
"""

from collections.abc import Mapping

Tags = Mapping[str, str]

MODES = ("foot", "bicycle", "car")
FOOT, BICYCLE, CAR = range(3)

_KEYS = (
    ("foot", "access"),
    ("bicycle", "vehicle", "access"),
    ("motorcar", "motor_vehicle", "vehicle", "access"),
)
_ALLOWED = frozenset(("yes", "designated", "permissive", "official"))
_BARRED = frozenset(
    [
        "no",
        "private",
        "use_sidepath",
        "agricultural",
        "forestry",
        "delivery",
        "military",
        "restricted",
        "emergency",
        "psv",
        "bus",
        "taxi",
        "permit",
        "residents",
    ]
)

# What a point does to those who pass, as bits.
BARS_FOOT, BARS_BICYCLE, BARS_CAR, SIGNAL, GATE = 1, 2, 4, 8, 16
BARS = (BARS_FOOT, BARS_BICYCLE, BARS_CAR)

_SOLID = frozenset(("yes", "wall", "fence"))
_CARS_PASS = frozenset(
    [
        "cattle_grid",
        "border_control",
        "toll_booth",
        "sally_port",
        "no",
        "entrance",
        "height_restrictor",
        "arch",
    ]
)
_GATES = frozenset(("gate", "lift_gate", "swing_gate", "sliding_gate"))


def permission(tags: Tags, mode: int) -> bool | None:
    """Whether the mode is let in; None where no tag says."""
    for key in _KEYS[mode]:
        value = tags.get(key)
        if value is not None:
            if ";" in value:
                parts = {part.strip() for part in value.split(";")}
                value = next(iter(parts & _ALLOWED), value)
            return value not in _BARRED
    return None


def invited(tags: Tags, mode: int) -> bool:
    """Whether a tag other than `access` says that the mode may pass."""
    for key in _KEYS[mode][:-1]:
        if key in tags:
            return tags[key] in _ALLOWED
    return False


def marks(tags: Tags) -> int:
    """What a point does to those who pass: the bits above."""
    found = SIGNAL if tags.get("highway") == "traffic_signals" else 0
    if tags.get("highway") == "crossing":
        return found | (SIGNAL if tags.get("crossing") == "traffic_signals" else 0)
    barrier = tags.get("barrier")
    if barrier in ("fence", "wall") and tags.get("sensory") in ("audible", "audio"):
        barrier = None
    for mode in range(3):
        allowed = permission(tags, mode)
        bars = not allowed if allowed is not None else _in_the_way(tags, barrier, mode)
        found |= BARS[mode] if bars else 0
    if barrier in _GATES and permission(tags, CAR) is None:
        found |= GATE
    return found


def _in_the_way(tags: Tags, barrier: str | None, mode: int) -> bool:
    if mode != CAR:
        return barrier in _SOLID
    if barrier is None or tags.get("bollard") == "rising":
        return False
    if barrier == "kerb" and tags.get("kerb") in ("lowered", "flush"):
        return False
    return barrier not in _CARS_PASS and barrier not in _GATES
