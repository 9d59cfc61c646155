"""Distances and directions as people say them."""

from functools import lru_cache

from babel import Locale
from babel.units import format_unit

from locator.language.catalogue import Language


def distance_text(metres: float, t: Language) -> str:
    """A distance as people say it, in the language's own figures: "350 m", "1.2 km", "12 km"."""
    if metres < 995:
        step = 1 if metres < 10 else 10
        return _length(round(metres / step) * step, "length-meter", t.locale)
    kilometres = round(metres / 1000, 1 if metres < 9950 else 0)
    return _length(kilometres, "length-kilometer", t.locale)


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
