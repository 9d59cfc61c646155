"""Stations, hospitals and other sites that people name instead of an address."""

from dataclasses import replace
from weakref import WeakKeyDictionary

from locator.earth import Precision
from locator.geocoding.accuracy import measured
from locator.geocoding.addresses import (
    Layers,
    choices_of,
    options_of,
    place_answer,
    search,
    suggestions,
    where_of,
)
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.query import Query, parse
from locator.language import LONGEST, clean, fold, key
from locator.places import Site, site_names, sites_starting

_MOST, _LEAST = 2, 3  # sites among suggestions, from so many letters on


def site_answer(layers: Layers, line: str) -> Answer | None:
    """The answer where the line is a site's name, or that and its town."""
    words = line.replace(",", " ").split()
    if not words or not sites_starting(words[0], 1):
        return None  # as of nearly all lines, which must not wait for the rest
    for size in range(len(words), 0, -1):
        site = site_names().get(key(" ".join(words[:size])))
        answer = _answer(layers, site) if site else None
        if answer and _is_there(answer, " ".join(words[size:])):
            return answer
    return None


def suggested(layers: Layers, text: str, limit: int) -> tuple[Answer, ...]:
    """Answers that what is typed so far may become, the likeliest first; () for none.

    What Enter takes comes first; a slip of another name never comes before a site's own.
    """
    line = clean(text[:LONGEST])
    sites = _starting(layers, line) if len(line) >= _LEAST else []
    found = suggestions(layers, text, limit)
    if not sites:
        return found
    whole = key(line) in site_names()
    after = 1 if found and begins(found[0], line) and not whole else 0
    return (*found[:after], *sites, *found[after:])[:limit]


def begins(answer: Answer, line: str) -> bool:
    """Whether the answer's name begins as the line does."""
    typed = fold(line)
    names = (answer.address, answer.street, answer.village, answer.city)
    return any(fold(name).startswith(typed) for name in names)


def _starting(layers: Layers, line: str) -> list[Answer]:
    """Sites of which a name begins as the line does, the one named whole first."""
    whole = site_names().get(key(line))
    chosen = dict.fromkeys([*([whole] if whole else []), *sites_starting(line, _MOST)])
    found = (_answer(layers, site) for site in list(chosen)[:_MOST])
    return [answer for answer in found if answer]


def _is_there(answer: Answer, town: str) -> bool:
    if not town:
        return True
    where = where_of(Query(place=town))
    inside = where.wide if where.wide is not None else where.inside
    if where.unknown or inside is None:
        return False
    return not answer.postcode or bool(inside[int(answer.postcode)])


def _answer(layers: Layers, site: Site) -> Answer | None:
    """The site's point, or that of the address it is at; looked up once in these layers."""
    known = _ANSWERS.setdefault(layers, {})
    if site not in known:
        known[site] = _looked_up(layers, site)
    return known[site]


_ANSWERS: "WeakKeyDictionary[Layers, dict[Site, Answer | None]]" = WeakKeyDictionary()


def _looked_up(layers: Layers, site: Site) -> Answer | None:
    if site.point:
        return Answer(
            site.name,
            site.point,
            Precision.POINT,
            Confidence.A,
            source=site.source,
            accuracy_m=measured()["site"],
        )
    readings = parse(site.address)
    found = place_answer(readings) or _street(layers, readings)
    if not found:
        return None
    own = found.address.startswith(f"{site.name},")
    address = found.address if own else f"{site.name}, {found.address}"
    return replace(found, address=address, confidence=Confidence.A)


def _street(layers: Layers, readings: tuple[Query, ...]) -> Answer | None:
    matches = search(layers, readings)
    choices = choices_of(options_of(layers, matches)) if matches and matches.sure else []
    return choices[0] if choices else None
