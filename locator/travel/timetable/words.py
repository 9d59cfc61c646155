"""Journeys in words, for people."""

from locator.language import Language, duration_text
from locator.travel.timetable.journey import Journey, Ride, Walk


def journey_lines(journey: Journey, t: Language) -> list[str]:
    """A line for each leg: "Walk 4 min to Central", "14:07 bus 5A from Central to Harbour", ..."""
    lines: list[str] = []
    for number, leg in enumerate(journey.legs):
        if isinstance(leg, Walk):
            lines.append(_walk(leg, t))
            continue
        before = journey.legs[number - 1] if number else None
        if isinstance(before, Ride):
            lines.append(t("Change at {stop}", stop=leg.start))
        lines.append(_ride(leg, t))
        if leg.by_order:
            lines.append(t("This comes only when it is ordered beforehand."))
    return lines


def _walk(leg: Walk, t: Language) -> str:
    duration = duration_text(max(round(leg.seconds / 60), 1) * 60, t)
    if leg.to:
        return t("Walk {duration} to {stop}", duration=duration, stop=leg.to)
    return t("Walk {duration} to the place", duration=duration)


def _ride(leg: Ride, t: Language) -> str:
    line = " ".join((vehicle_text(leg.kind, t), leg.line)).strip()
    if leg.platform:
        start = t("{stop}, platform {platform}", stop=leg.start, platform=leg.platform)
    else:
        start = leg.start
    if leg.every:
        return t(
            "{line}, about every {duration}, from {start} to {end}",
            line=line,
            duration=duration_text(leg.every, t),
            start=start,
            end=leg.end,
        )
    return t(
        "{time} {line} from {start} to {end}, there at {arrival}",
        time=f"{leg.leaves:%H:%M}",
        line=line,
        start=start,
        end=leg.end,
        arrival=f"{leg.arrives:%H:%M}",
    )


def vehicle_text(kind: int, t: Language) -> str:
    """What a `route_type` of GTFS, or an extended one, is called."""
    hundred = kind // 100 if kind >= 100 else None
    if kind == 2 or hundred == 1:
        return t("train")
    if kind == 1 or hundred in (4, 5, 6):
        return t("metro")
    if kind in (0, 5) or hundred == 9:
        return t("tram")
    if kind == 4 or hundred in (10, 12):
        return t("ferry")
    if kind in (6, 7) or hundred in (13, 14):
        return t("cable car")
    if hundred == 11:
        return t("aeroplane")
    if hundred == 15:
        return t("shared taxi")
    return t("bus")
