"""How fast one gets along a way on foot, by bicycle and by car, by its tags.

The figures are a model between the profiles of OSRM and Valhalla, which differ by a fifth for
bicycles and cars; they are no measured travel times. Speeds are km/h.
"""

from typing import NamedTuple

from locator.travel.streets.access import BICYCLE, CAR, FOOT, Tags, invited, permission

WALK = 5.04  # 1.4 m/s
RIDE = 15.5
_PUSH = 4.5
_PUSH_ON_STEPS = 2.0
_STEPS = 0.6  # of the speed of walking
_OF_LIMIT = 0.88  # of the speed limit that is driven

FERRY, STEPS, MOTORWAY, UNTIMED = 1, 2, 4, 8  # the last: a ferry of unknown duration

# Keys that the speed depends on; ways that agree in these have one profile.
KEYS = frozenset(
    [
        "highway",
        "route",
        "man_made",
        "railway",
        "public_transport",
        "service",
        "access",
        "foot",
        "bicycle",
        "vehicle",
        "motor_vehicle",
        "motorcar",
        "motorroad",
        "oneway",
        "oneway:bicycle",
        "oneway:foot",
        "junction",
        "cycleway",
        "cycleway:left",
        "cycleway:right",
        "cycleway:both",
        "cycleway:left:oneway",
        "cycleway:right:oneway",
        "sidewalk",
        "surface",
        "tracktype",
        "maxspeed",
        "maxspeed:forward",
        "maxspeed:backward",
        "impassable",
        "tunnel",
        "area",
        "duration",
    ]
)

_STREETS = frozenset(
    [
        "primary",
        "primary_link",
        "secondary",
        "secondary_link",
        "tertiary",
        "tertiary_link",
        "unclassified",
        "residential",
        "living_street",
        "service",
        "road",
    ]
)
_PATHS = frozenset(
    ["track", "path", "steps", "pedestrian", "footway", "platform", "corridor", "pier"]
)
_PUSHED = frozenset(("footway", "pedestrian", "steps", "platform", "corridor", "pier"))

_DRIVE = {
    "motorway": 110.0, "motorway_link": 60.0, "trunk": 85.0, "trunk_link": 50.0,
    "primary": 70.0, "primary_link": 45.0, "secondary": 65.0, "secondary_link": 40.0,
    "tertiary": 55.0, "tertiary_link": 35.0, "unclassified": 45.0, "residential": 35.0,
    "road": 35.0, "living_street": 12.0, "service": 15.0,
}  # fmt: skip
_SERVICE = {"parking_aisle": 10.0, "driveway": 10.0, "drive-through": 10.0, "alley": 10.0}
_INVITED_CAR = 10.0  # along a track or path that lets cars in

_RIDE_SURFACE = {
    "paving_stones": 14.0, "compacted": 12.0, "fine_gravel": 10.0, "wood": 12.0, "metal": 12.0,
    "sett": 10.0, "unpaved": 7.5, "ground": 8.0, "dirt": 8.0, "earth": 7.0, "cobblestone": 8.0,
    "unhewn_cobblestone": 7.0, "gravel": 7.0, "pebblestone": 7.0, "grass_paver": 8.0,
    "grass": 6.0, "woodchips": 5.0, "mud": 5.0, "sand": 5.0,
}  # fmt: skip
_DRIVE_SURFACE = {  # of the usual speed
    "sett": 0.8,
    "cobblestone": 0.7,
    "unhewn_cobblestone": 0.6,
    "compacted": 0.8,
    **dict.fromkeys(("fine_gravel", "gravel", "unpaved", "ground", "dirt", "pebblestone"), 0.65),
    **dict.fromkeys(("earth", "grass", "sand", "mud"), 0.5),
}

_LIMITS = {"walk": 7.0, "none": 130.0, "urban": 50.0, "rural": 80.0, "motorway": 130.0,
           "trunk": 90.0, "living_street": 15.0, "signals": 0.0, "variable": 0.0}  # fmt: skip
_MILE = 1.609344

_YES, _NO, _BACK = frozenset(("yes", "true", "1")), frozenset(("no", "false", "0")), "-1"


class Profile(NamedTuple):
    """Of all ways with the same tags.

    Attributes:
        speeds: km/h, (forward, backward) for foot, bicycle and car; 0 where barred. Of a ferry
            it says only who may board.
        flags: bits of FERRY, STEPS, MOTORWAY, UNTIMED.
        seconds: of a ferry's crossing, 0 where not known.
    """

    speeds: tuple[tuple[float, float], ...]
    flags: int = 0
    seconds: float = 0.0


def profile(tags: Tags) -> Profile | None:
    """The profile of a way; None where nobody gets along."""
    if tags.get("route") == "ferry" and "highway" not in tags:
        return _ferry(tags)
    kind = _kind(tags)
    if not kind or tags.get("impassable") == "yes":
        return None
    on_foot = _on_foot(tags, kind)
    speeds = (on_foot, _by_bicycle(tags, kind, on_foot), _by_car(tags, kind))
    if not any(map(any, speeds)):
        return None
    flags = STEPS * (kind == "steps") + MOTORWAY * (kind in ("motorway", "motorway_link"))
    return Profile(speeds, flags)


def crossing_seconds(text: str) -> float:
    """Of a ferry's `duration`: "20" (minutes), "1:30", "01:30:00" or "PT1H30M"; 0 for none."""
    text = text.strip()
    if text.startswith("PT"):
        seconds, number = 0.0, ""
        for letter in text[2:]:
            if letter.isdigit() or letter == ".":
                number += letter
            elif letter in "HMS" and number:
                seconds += float(number) * {"H": 3600, "M": 60, "S": 1}[letter]
                number = ""
        return seconds
    parts = text.split(":")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return 0.0
    numbers = [float(part) for part in (["0", *parts] if len(parts) == 1 else parts)]
    return sum(number * unit for number, unit in zip(numbers, (3600, 60, 1), strict=False))


def _kind(tags: Tags) -> str:
    """The class of a way that is walked, ridden or driven, "" for others."""
    kind = tags.get("highway", "")
    if not kind:
        if "platform" in (tags.get("railway"), tags.get("public_transport")):
            return "platform"
        return "pier" if tags.get("man_made") == "pier" else ""
    known = kind in _DRIVE or kind in _PATHS or kind in ("cycleway", "bridleway", "busway")
    return kind if known else ""


def _ferry(tags: Tags) -> Profile | None:
    """A car must be told that it may board; feet and bicycles may unless told not to."""
    taken = (
        permission(tags, FOOT) is not False,
        permission(tags, BICYCLE) is not False,
        invited(tags, CAR),
    )
    if not any(taken):
        return None
    both = tags.get("oneway") not in _YES
    speeds = tuple((float(on), float(on and both)) for on in taken)
    seconds = crossing_seconds(tags.get("duration", ""))
    return Profile(speeds, FERRY | (0 if seconds else UNTIMED), seconds)


def _on_foot(tags: Tags, kind: str) -> tuple[float, float]:
    allowed = permission(tags, FOOT)
    usual = kind in _STREETS or kind in _PATHS
    if kind in ("trunk", "trunk_link"):
        usual = tags.get("sidewalk") in ("both", "left", "right", "yes")
    if kind in ("motorway", "motorway_link") or tags.get("motorroad") == "yes":
        usual = allowed = False
    if allowed is False or not (usual or invited(tags, FOOT)):
        return 0.0, 0.0
    speed = WALK * (_STEPS if kind == "steps" else 1.0)
    return speed, 0.0 if tags.get("oneway:foot") in _YES else speed


def _by_bicycle(tags: Tags, kind: str, on_foot: tuple[float, float]) -> tuple[float, float]:
    """Riding, and pushing where riding is barred and walking is not."""
    there, back = _ridden_ways(tags, kind)
    speed = _riding(tags, kind)
    push = _PUSH_ON_STEPS if kind == "steps" else _PUSH
    round_about = tags.get("junction") in ("roundabout", "circular")
    pushed = [push if walked and not round_about else 0.0 for walked in on_foot]
    return (speed * there or pushed[0], speed * back or pushed[1])


def _riding(tags: Tags, kind: str) -> float:
    allowed, told = permission(tags, BICYCLE), invited(tags, BICYCLE)
    if allowed is False or tags.get("bicycle") == "dismount" or kind == "steps":
        return 0.0
    if kind in ("motorway", "motorway_link") or tags.get("motorroad") == "yes":
        return 0.0
    usual = kind in _STREETS or kind in ("cycleway", "track", "path")
    if not (usual or told):
        return 0.0
    speed = {"track": 12.0, "path": 13.0}.get(kind, RIDE)
    if kind in _PUSHED:
        speed = 12.0  # among those who walk
    return min(speed, _RIDE_SURFACE.get(tags.get("surface", ""), speed))


def _ridden_ways(tags: Tags, kind: str) -> tuple[bool, bool]:
    own = tags.get("oneway:bicycle")
    if own is not None:
        return own != _BACK, own not in _YES
    there, back = _driven_ways(tags, kind)
    sides = [tags.get(f"cycleway{side}", "") for side in ("", ":left", ":right", ":both")]
    two = [tags.get(f"cycleway:{side}:oneway", "") for side in ("left", "right")]
    if any(side.startswith("opposite") for side in sides) or {"no", "-1"} & set(two):
        return True, True
    return there, back


def _driven_ways(tags: Tags, kind: str) -> tuple[bool, bool]:
    """Whether one may go forward, and backward."""
    oneway = tags.get("oneway", "")
    if oneway in ("reversible", "alternating"):
        return False, False
    if oneway in (_BACK, "reverse"):
        return False, True
    implied = tags.get("junction") in ("roundabout", "circular") or kind == "motorway"
    return True, not (oneway in _YES or (implied and oneway not in _NO))


def _by_car(tags: Tags, kind: str) -> tuple[float, float]:
    allowed, told = permission(tags, CAR), invited(tags, CAR)
    if allowed is False or tags.get("service") == "emergency_access":
        return 0.0, 0.0
    usual = _DRIVE.get(kind, 0.0)
    if not usual:
        usual = _INVITED_CAR if told and kind not in ("steps", "platform", "corridor") else 0.0
    if kind == "service":
        usual = _SERVICE.get(tags.get("service", ""), usual)
    there, back = _driven_ways(tags, kind)
    both = tags.get("maxspeed", "")
    smooth = _DRIVE_SURFACE.get(tags.get("surface", ""), 1.0)
    speeds = []
    for on, side in ((there, "maxspeed:forward"), (back, "maxspeed:backward")):
        limit = speed_limit(tags.get(side, both)) or usual
        driven = limit if kind in _DRIVE and usual else usual
        speeds.append(driven * smooth * _OF_LIMIT * on)
    return speeds[0], speeds[1]


def speed_limit(text: str) -> float:
    """Of `maxspeed`, km/h: "50", "30 mph", "DK:urban"; 0 where it says nothing that is known."""
    first = text.partition(";")[0].strip()
    number, _, unit = first.partition(" ")
    try:
        return max(float(number), 0.0) * (_MILE if unit == "mph" else 1.0)
    except ValueError:
        word = first.rpartition(":")[2]
        return float(word) if word.isdigit() else _LIMITS.get(word, 0.0)
