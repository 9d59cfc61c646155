"""What a search and its results are called: headings, titles, one line of filters."""

from collections.abc import Sequence

from locator.directory import KnownIn, categories, groups
from locator.earth import Precision
from locator.find.listed import Listed, Part
from locator.find.nearby import Hit
from locator.find.ranking import LEAST
from locator.find.search import ANYWHERE, Search
from locator.find.search_around import Found, wanted_categories
from locator.find.wishes import Tally
from locator.geocoding import Answer, is_bare, municipalities_of
from locator.language import Language, distance_text
from locator.travel import TRANSIT, limit_text


def near(origin: Answer, t: Language, *, own: bool = False) -> str:
    """The place in a word or two, to stand after "near"; `own` is where the person is."""
    if own:
        return t("your position")
    if is_bare(origin):
        return t("the point on the map")
    village = origin.village if origin.precision is Precision.VILLAGE else ""
    return origin.street or village or origin.city or origin.address


def need_text(search: Search, t: Language) -> str:
    """What is looked for: the one kind, else the group; "" where it is anything."""
    if len(search.categories) == 1:
        return categories()[search.categories[0]].name(t)
    return next((g.name(t) for g in groups() if g.id == search.group), "")


def radius_text(search: Search, t: Language) -> str:
    """How far the search goes."""
    if search.within == ANYWHERE:
        return t("however long it takes") if search.travel else t("all of Denmark")
    return t("within {distance}", distance=limit_text(search.within, t))


def mode_text(mode: str, t: Language) -> str:
    """How one travels, one of `TRAVEL_MODES`."""
    return {
        "foot": t("on foot"),
        "bicycle": t("by bicycle"),
        "car": t("by car"),
        TRANSIT: t("by public transport"),
    }[mode]


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


def tally_text(tally: Tally, t: Language) -> str:
    """How many fit a wish, of how many it is not known, how many are left out."""
    yes, unknown, no = tally.yes, tally.unknown, tally.no
    return {
        "open": t(
            "Open now: {yes} · hours unknown: {unknown} · closed: {no}",
            yes=yes,
            unknown=unknown,
            no=no,
        ),
        "free": t(
            "Free: {yes} · cost unknown: {unknown} · costs money: {no}",
            yes=yes,
            unknown=unknown,
            no=no,
        ),
        "language": t(
            "Speak it: {yes} · languages unknown: {unknown} · other languages: {no}",
            yes=yes,
            unknown=unknown,
            no=no,
        ),
        "wheelchair": t(
            "Wheelchair access: {yes} · not known: {unknown} · no access: {no}",
            yes=yes,
            unknown=unknown,
            no=no,
        ),
    }[tally.wish]


def order_text(found: Found, search: Search, t: Language) -> str:
    """By which rule the places are in order, in a sentence."""
    apart = any(hit.overseas for hit in found.hits)
    last = [t("What is not on the same island comes last.")] if apart else []
    if search.plain:
        plain = t("Nearest first, by distance alone.")
        if search.travel:
            plain = t("Quickest first, by travel time alone.")
        return " ".join((plain, *last))
    within = distance_text(max(found.tolerance_m, LEAST), t)
    if search.travel:
        return t(
            "Quickest first. Of places about equally far (within {distance}), those come first "
            "that are open now, that can be called, and that were checked lately.",
            distance=within,
        )
    rule = t(
        "Nearest first. Where places are about equally far (within {distance}), those come first "
        "that are open now, that can be called, and that were checked lately.",
        distance=within,
    )
    return " ".join((rule, *last))


def section_title(section: Listed, origin: Answer | None, t: Language, *, own: bool = False) -> str:
    """What a part of the list is called."""
    count = len(section.items)
    place = near(origin, t, own=own) if origin else ""
    if section.part is Part.PLACES:
        return t.n("{count} place near {place}", "{count} places near {place}", count, place=place)
    if section.part is Part.UNPLACED:
        return _unplaced_title(section, origin, t)
    return {
        Part.URGENT: t("Call now"),
        Part.MUNICIPALITY: _none_title(section, place, t),
        Part.NEAREST: t("The nearest that we know of"),
        Part.LINES: t("By phone and online"),
        Part.UNREACHED: t("Near in a straight line, but no quick way known ({count})", count=count),
        Part.UNKNOWN: t("Not known to us whether it fits ({count})", count=count),
        Part.UNCERTAIN: t("Less certain ({count})", count=count),
    }[section.part]


def _none_title(section: Listed, place: str, t: Language) -> str:
    if section.doubtful:
        return t("Near {place} we know of none for certain; there may be one", place=place)
    return t("We know of none near {place}; there may be one", place=place)


def _unplaced_title(section: Listed, origin: Answer | None, t: Language) -> str:
    here = set(municipalities_of(origin)) if origin else set()
    records = [one.record if isinstance(one, Hit) else one for one in section.items]
    own = all(not here.isdisjoint({r.municipality_code, *r.service_area}) for r in records)
    if own:
        return t("In your municipality, address not known to us")
    return t("Address not known to us")


def section_note(section: Listed, t: Language) -> str:
    """What a person must know of a part of the list, in a sentence."""
    return {
        Part.URGENT: t("Numbers for an emergency, and lines that are answered now."),
        Part.PLACES: "",
        Part.MUNICIPALITY: t("Ask your municipality: it knows what there is.")
        if section.items
        else "",
        Part.NEAREST: "",
        Part.UNPLACED: t("It has a place that we do not know: call, or ask the municipality."),
        Part.LINES: t("Call or go online, from wherever you are."),
        Part.UNREACHED: t(
            "We know of no way there within the time: the way is longer, or not on our street map."
        ),
        Part.UNKNOWN: t("Call or look at the website before you go."),
        Part.UNCERTAIN: t(
            "We know no way to call, write or go there, or what we know is over two years old."
        ),
    }[section.part]


def known_text(known: Sequence[KnownIn], t: Language) -> str:
    """How complete each kind is, "Jobcentres: known in 30 of 98 municipalities"; "" where all."""
    if not known:
        return ""
    if len(known) == 1:
        (one,) = known
        name = categories()[one.category].name(t)
        values = {"kind": name, "count": one.count, "all": one.of}
        if one.here:
            return t("{kind}: known in {count} of {all} municipalities", **values)
        return t("{kind}: known in {count} of {all} municipalities, not in yours", **values)
    counts = " · ".join(f"{categories()[one.category].name(t)} {one.count}" for one in known)
    return t("Of {all} municipalities, we know of one in: {counts}", all=known[0].of, counts=counts)
