"""Distances, durations and directions as people say them."""

from functools import lru_cache

from babel import Locale
from babel.units import format_unit

from locator.language.catalogue import Language

_MINUTE = 60.0
_PLAIN = 25.0  # metres: nobody is misled by so little


def distance_text(metres: float, t: Language) -> str:
    """A distance as people say it, in the language's own figures: "350 m", "1.2 km", "12 km"."""
    if metres < 995:
        step = 1 if metres < 10 else 10
        return _length(round(metres / step) * step, "length-meter", t.locale)
    kilometres = round(metres / 1000, 1 if metres < 9950 else 0)
    return _length(kilometres, "length-kilometer", t.locale)


def rough_distance_text(metres: float, off: float, t: Language) -> str:
    """A distance that may be `off` metres more or less: "350 m", "about 2 km", "1 to 3 km".

    Never more exact than it is: to a tenth it is said plainly, to a half as "about", and what is
    not known to a half as the span it lies in.
    """
    if off <= max(_PLAIN, metres / 10):
        return distance_text(metres, t)
    if off <= metres / 2:
        return t("about {distance}", distance=distance_text(_rounded(metres, 2), t))
    low, high = _rounded(max(metres - off, 0), 1), _rounded(metres + off, 1)
    if low < high / 10:
        return t("up to {distance}", distance=distance_text(high, t))
    if low >= 500 and high >= 2000:
        low = max(round(low / 1000), 1) * 1000
    if (low < 1000) != (high < 1000):
        least, most = distance_text(low, t), distance_text(high, t)
        return t("{low} to {high}", low=least, high=most)
    figure = t.number(low / 1000 if low >= 1000 else low, 0)
    return t("{low} to {high}", low=figure, high=distance_text(high, t))


def _rounded(metres: float, digits: int) -> float:
    return float(f"{metres:.{digits}g}")


def duration_text(seconds: float, t: Language) -> str:
    """A duration as people say it: "40 sec", "7.5 min", "25 min", "2 h 5 min"."""
    if 0 < seconds < 57:
        return _length(round(seconds), "duration-second", t.locale)
    minutes = round(seconds / 60, 1 if seconds < 597 else 0)
    if minutes < 100:
        return _length(minutes, "duration-minute", t.locale)
    hours = _length(minutes // 60, "duration-hour", t.locale)
    left = minutes % 60
    return f"{hours} {_length(left, 'duration-minute', t.locale)}" if left else hours


def rough_duration_text(seconds: float, off: float, t: Language) -> str:
    """A travel time in whole minutes that may be `off` seconds more or less: "12 min", "about 20
    min", "10 to 30 min". As with distances, never more exact than it is.
    """
    if off <= max(_MINUTE, seconds / 10):
        return _minutes_text(seconds, t)
    if off <= seconds / 2:
        step = _MINUTE if seconds < 10 * _MINUTE else 5 * _MINUTE
        return t("about {distance}", distance=_minutes_text(round(seconds / step) * step, t))
    low, high = seconds - off, _rounded((seconds + off) / _MINUTE, 1) * _MINUTE
    if low < high / 10:
        return t("up to {distance}", distance=_minutes_text(high, t))
    least = t.number(max(_rounded(low / _MINUTE, 1), 1), 0)
    if high >= 100 * _MINUTE:  # told in hours
        least = _minutes_text(_rounded(low / _MINUTE, 1) * _MINUTE, t)
    return t("{low} to {high}", low=least, high=_minutes_text(high, t))


def _minutes_text(seconds: float, t: Language) -> str:
    return duration_text(max(round(seconds / _MINUTE), 1) * _MINUTE, t)


# Figures repeat: one page asks for the same hundred lengths again and again.
@lru_cache(maxsize=4096)
def _length(figure: float, unit: str, locale: Locale) -> str:
    return format_unit(figure, unit, "short", format="#,##0.#", locale=locale)


def direction_text(bearing: float, t: Language) -> str:
    """The nearest of eight compass points for a bearing in degrees clockwise from north."""
    words = (
        t("north"),
        t("north-east"),
        t("east"),
        t("south-east"),
        t("south"),
        t("south-west"),
        t("west"),
        t("north-west"),
    )
    return words[round(bearing / 45) % 8]
