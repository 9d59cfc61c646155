"""What a search and its results are called: headings, titles, one line of filters."""

from locator.directory import categories, groups
from locator.earth import Precision
from locator.find.search import ANYWHERE, Search
from locator.find.search_around import Found, wanted_categories
from locator.geocoding import Answer, is_bare
from locator.language import Language
from locator.travel import limit_text


def near(origin: Answer, t: Language, *, own: bool = False) -> str:
    """The place in a word or two, to stand after "near"; `own` is where the person is."""
    if own:
        return t("your position")
    if is_bare(origin):
        return t("the point on the map")
    village = origin.village if origin.precision is Precision.VILLAGE else ""
    return origin.street or village or origin.city or origin.address


def heading(found: Found, origin: Answer, t: Language, *, own: bool = False) -> str:
    """How many places there are, and where."""
    place = near(origin, t, own=own)
    return t.n(
        "{count} place near {place}", "{count} places near {place}", len(found.hits), place=place
    )


def need_text(search: Search, t: Language) -> str:
    """What is looked for: the one kind, else the group; "" where it is anything."""
    if len(search.categories) == 1:
        return categories()[search.categories[0]].name(t)
    return next((g.name(t) for g in groups() if g.id == search.group), "")


def radius_text(search: Search, t: Language) -> str:
    """How far the search goes."""
    if search.within == ANYWHERE:
        return t("all of Denmark")
    return t("within {distance}", distance=limit_text(search.within, t))


def narrowed(search: Search) -> int:
    """How many filters narrow the search, beside what is looked for and how far."""
    several = len(search.categories) > 1
    return sum((several, search.open_now, search.free, bool(search.language), search.wheelchair))


def is_sensitive(search: Search) -> bool:
    """Whether it would harm the person that someone else sees what was looked for."""
    if not search.group and not search.categories:
        return False
    return any(categories()[c].protected for c in wanted_categories(search) if c in categories())


def title(search: Search, origin: Answer | None, t: Language) -> str:
    """The title of the page, which the browser's history keeps: coarse, and mum if need be."""
    need = "" if is_sensitive(search) else need_text(search, t)
    place = (origin.postcode or origin.city) if origin else ""
    if need and place:
        return t("{need} near {place} – Nærved", need=need, place=place)
    if place:
        return t("Help near {place} – Nærved", place=place)
    return f"{need or t('Find help')} – Nærved"
