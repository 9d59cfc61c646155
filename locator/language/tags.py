"""Language tags (BCP 47), read with CLDR's data, and the choice of a language among those offered.

https://www.rfc-editor.org/info/bcp47; for what browsers ask: RFC 9110, 12.5.4.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

LONGEST = 35  # characters of a tag that are read (RFC 5646, 4.4.1)
_MOST = 30  # tags of a request that are read; browsers send a handful
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis", "root"})


@lru_cache(maxsize=1024)
def locale_of(tag: str) -> Locale | None:
    """The locale that `tag` names ("da", "pt-BR", "zh-Hant"), else the nearest above it.

    Extensions ("-u-ca-buddhist") are passed over. None where no language is named, or one that
    CLDR has no data for.
    """
    subtags = tag[:LONGEST].replace("_", "-").split("-")
    end = next((at for at, part in enumerate(subtags) if len(part) < 2), len(subtags))
    if not end or subtags[0].lower() in _NO_LANGUAGE:
        return None
    alias = get_global("language_aliases").get(subtags[0].lower(), subtags[0])
    known = [*alias.split("_"), *subtags[1:end]]
    for length in range(len(known), 0, -1):
        try:
            return Locale.parse("-".join(known[:length]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def best(wanted: Iterable[str], offered: Sequence[str]) -> str | None:
    """The first of the tags `wanted` that is met by one of those `offered`, and by which.

    A language is met in its own script only: who reads Chinese in Hant is not served with Hans.
    Another country's form of the language is better than none of it.
    """
    known = {tag: locale for tag in offered if (locale := locale_of(tag))}
    for tag in wanted:
        if tag in offered:
            return tag
        if not (asked := locale_of(tag)):
            continue
        near = {
            (one.territory != asked.territory, one.territory is not None): other
            for other, one in reversed(known.items())
            if _written(one) == _written(asked)
        }
        if near:
            return near[min(near)]  # of the same country, else of none, else of another
    return None


@lru_cache(maxsize=1024)
def _written(locale: Locale) -> tuple[str, str]:
    """Language and script; the script that is usual there where none is said."""
    usual = get_global("likely_subtags")
    likely = usual.get(f"{locale.language}_{locale.territory}") or usual.get(locale.language, "")
    return locale.language, locale.script or next(iter(likely.split("_")[1:]), "")


def accepted(header: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first; nonsense is passed over.

    "*" stands for any language and so asks for none; a weight of 0 refuses one.
    """
    weighed: list[tuple[float, str]] = []
    for part in header[: _MOST * 2 * LONGEST].split(",")[:_MOST]:
        tag, _, parameters = part.partition(";")
        name, _, value = parameters.partition("=")
        try:
            weight = float(value) if name.strip().lower() == "q" else 1.0
        except ValueError:
            continue
        if 0 < weight <= 1 and tag.strip() not in ("", "*"):
            weighed.append((weight, tag.strip()))
    return [tag for _, tag in sorted(weighed, key=lambda one: -one[0])]
