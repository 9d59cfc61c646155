"""The address field: a combobox with suggestions from this machine, and "use my position"."""

from dataclasses import replace
from typing import Literal, NotRequired, TypedDict, get_args

import streamlit as st

from locator.earth import Precision, parse_point
from locator.errors import LocatorError
from locator.find import near, precision_text
from locator.geocoding import Answer, is_bare, origin_at, taken
from locator.language import Language, distance_text
from pages.parts import question, resources, understood
from pages.parts.assets import component, escape

_EXAMPLE = "1602"  # the postcode of the first example

_field = component("field")

How = Literal["typed", "chosen", "point", "own"]


class Place(TypedDict):
    """A place as it was asked for: typed, chosen from a list, or a point "LAT,LON", which is on the
    map or where the person is ("own").

    `at` is the point "LAT,LON" of what was chosen: it tells places of one name apart. `off` is how
    many metres the phone says that its position may be off.
    """

    kind: How
    text: str
    at: NotRequired[str]
    off: NotRequired[float]


_MOST = 300  # characters of a place
_FARTHEST = 1e6  # metres that a position may be off
_WORTH_SAYING = 50.0  # metres

# Keys of the session: the Answer that everything is measured from, or why there is none.
ORIGIN = "origin"
PROBLEM = "origin_problem"
_PLACE = "origin_place"  # the Place that was asked for
_BEFORE = "origin_before"  # the Place before a point of the map, and its Answer
_VERSION = "origin_version"  # grows when the field must show another text
_COUNT = (
    "origin_count"  # grows when the person asks for a place: the page then goes to what is found
)
_OFFERED = "origin_offered"  # the Answers that the person may choose from
_AGREED = "online_agreed"  # the person agreed that a service is asked
_ASKED = "origin_asked"  # the Answer whose question is still open
_REGION = "origin_region"  # a postcode of the person's region, once one is known


def place() -> Place | None:
    """The place as it was asked for."""
    found: Place | None = st.session_state.get(_PLACE)
    return found


def is_own() -> bool:
    """Whether everything is measured from where the person is."""
    return (wanted := place()) is not None and wanted["kind"] == "own"


def asked() -> int:
    """How many places the person has asked for in this session."""
    return int(st.session_state.get(_COUNT, 0))


def read_place(value: object) -> Place | None:
    """A place that the browser kept; None where it is none."""
    if not isinstance(value, dict):
        return None
    text, at = value.get("text"), value.get("at")
    kind = next((one for one in get_args(How) if one == value.get("kind")), None)
    if not kind or not isinstance(text, str) or not text.strip():
        return None
    found = Place(kind=kind, text=text[:_MOST])
    if isinstance(at, str):
        found["at"] = at[:_MOST]
    if isinstance(off := value.get("off"), int | float) and 0 <= off < _FARTHEST:
        found["off"] = float(off)
    return found


def take(wanted: Place | None, *, quietly: bool = False) -> None:
    """Make a place the one that everything is measured from, or keep why there is none.

    Of an answer with a question only what is certain is taken, and the question stays open.

    Args:
        quietly: the person did not ask just now; the page stays where it is.
    """
    state = st.session_state
    _remember_before(wanted)
    state[_PLACE] = wanted
    state[ORIGIN] = state[PROBLEM] = state[_ASKED] = state["alternative"] = None
    if wanted:
        try:
            found = _find(wanted)
        except LocatorError as error:
            state[PROBLEM] = error
        else:
            state[_ASKED] = found if found.question else None
            state[ORIGIN] = None if found.precision is Precision.COUNTRY else found
            state[_REGION] = found.postcode or state.get(_REGION, _EXAMPLE)
    state[_VERSION] = state.get(_VERSION, 0) + 1
    if not quietly:
        state[_COUNT] = asked() + 1


def _remember_before(wanted: Place | None) -> None:
    """From a point of the map the person can go back to the place before."""
    state = st.session_state
    before = place()
    if not wanted or wanted["kind"] != "point":
        state[_BEFORE] = None
    elif before and before["kind"] != "point" and state.get(ORIGIN):
        state[_BEFORE] = (before, state[ORIGIN])


def _find(wanted: Place) -> Answer:
    geocoders, text = resources.geocoders(), wanted["text"]
    if point := parse_point(text):
        return origin_at(geocoders.offline, point, wanted.get("off"))
    agreed = bool(st.session_state.get(_AGREED))
    if wanted["kind"] != "chosen":
        return taken(geocoders.answer(text, agreed=agreed))
    for answer in (*st.session_state.get(_OFFERED, ()), *geocoders.offline.suggest(text)):
        if answer.address == text and _at(answer) == wanted.get("at"):
            return _settled(answer)
    found = geocoders.answer(text, agreed=agreed)
    every = (found, *found.alternatives)
    return next((_settled(one) for one in every if _at(one) == wanted.get("at")), taken(found))


def _settled(answer: Answer) -> Answer:
    return replace(answer, alternatives=(), question=None)


def _at(answer: Answer) -> str:
    return f"{answer.point.lat:.5f},{answer.point.lon:.5f}"


def _choose(answer: Answer) -> None:
    """Take a place that the person chose from a list; the field shows it."""
    st.session_state[_OFFERED] = (answer,)
    take({"kind": "chosen", "text": answer.address, "at": _at(answer)})


def _type(text: str) -> None:
    take({"kind": "typed", "text": text})


@st.fragment
def show(t: Language) -> None:
    """Draw the field. Typing reruns only this; choosing a place reruns the page."""
    version = st.session_state.get(_VERSION, 0)
    query = str((st.session_state.get("address_field") or {}).get("query") or "")
    suggestions = resources.geocoders().offline.suggest(query) if query.strip() else ()
    meant = understood.suggestions(query, t)
    st.session_state[_OFFERED] = suggestions
    result = _field(
        key="address_field",
        data=_data(t, query, suggestions, meant, version),
        on_query_change=lambda: None,
        on_asked_change=lambda: None,
    )
    _take_asked(result.asked, t)
    _ask_consent(t)
    if st.session_state.get(_VERSION, 0) != version:
        st.rerun()


def _take_asked(wish: object, t: Language) -> None:
    """Take the place, the need, or both, that the person asked for just now."""
    if isinstance(wish, dict) and wish.get("kind") in ("need", "service", "number"):
        understood.choose(str(wish["kind"]), str(wish.get("at", ""))[:_MOST], t)
        _redraw(results=understood.is_need())
    elif wanted := read_place(wish):
        if wanted["kind"] != "typed":
            take(wanted)
        elif named := understood.place_in(wanted["text"], t):
            take(Place(kind="typed", text=named))
        else:
            _redraw(results=understood.is_need())


def _redraw(*, results: bool) -> None:
    """Have the page drawn anew with the place it has, if any, and go to the results, if asked."""
    state = st.session_state
    state[PROBLEM] = None
    state[_VERSION] = state.get(_VERSION, 0) + 1
    if results and state.get(ORIGIN):
        state[_COUNT] = state.get(_COUNT, 0) + 1


def _ask_consent(t: Language) -> None:
    """Where the operator enabled an online service: whether this person wants it asked."""
    service = resources.geocoders().service
    if service:
        st.checkbox(
            t("Also ask {service} on the internet for addresses not known here", service=service),
            key=_AGREED,
            help=t("What you search for is then sent to {service}.", service=service),
            persist_state="session",
        )


def _data(
    t: Language,
    query: str,
    suggestions: tuple[Answer, ...],
    meant: list[understood.Suggestion],
    version: int,
) -> dict[str, object]:
    example = resources.geocoders().offline.example(st.session_state.get(_REGION, _EXAMPLE))
    wanted = place()
    return {
        "value": wanted["text"] if wanted and wanted["kind"] in ("typed", "chosen") else "",
        "version": version,
        "query": query,
        "label": t("Your address or town, or what you need"),
        "hint": t("What you type stays on this computer's server. No one else is asked."),
        "placeholder": t("For example: {address} · food · lawyer", address=example),
        "search": t("Search"),
        "position": t("Use my position"),
        "locating": t("Asking your phone or browser …"),
        "no_position": t("Your position is not available. Type an address, a postcode or a town."),
        "suggestions_label": t("Suggestions"),
        "count_text": t.n("{count} suggestion", "{count} suggestions", count)
        if (count := len(meant) + len(suggestions))
        else t("No suggestion: write on, or press Enter"),
        "suggestions": [*meant, *(_suggestion(answer, t) for answer in suggestions)],
    }


def _suggestion(answer: Answer, t: Language) -> understood.Suggestion:
    return {
        "what": "place",
        "id": "",
        "label": answer.address,
        "more": question.told_apart(answer, t),
        "kind": question.kind(answer.precision, t),
        "at": _at(answer),
    }


def open_question(t: Language) -> str:
    """What the person must answer before the place is certain, or why there is none; else ""."""
    return question.text(st.session_state.get(PROBLEM) or st.session_state.get(_ASKED), t)


def show_origin(t: Language) -> Answer | None:
    """Say which place is in use and how good its point is, or ask; return the Answer in use."""
    problem: LocatorError | None = st.session_state.get(PROBLEM)
    if problem:
        question.show_problem(problem, t, _type)
    origin: Answer | None = st.session_state.get(ORIGIN)
    asked_of: Answer | None = st.session_state.get(_ASKED)
    if origin:
        notes = () if asked_of else origin.notes
        said = [*_from(origin, t), *(escape(note.text(t)) for note in notes)]
        st.markdown(" · ".join(said))
    if before := st.session_state.get(_BEFORE):
        wanted, answer = before
        label = t("Back to {place}", place=escape(near(answer, t)))
        st.button(label, on_click=take, args=(wanted,))
    if asked_of:
        question.show(asked_of, t, _choose, _type)
    elif origin and origin.alternatives:
        every = (replace(origin, alternatives=()), *origin.alternatives)
        question.show(replace(origin, notes=(), alternatives=every), t, _choose, _type)
    return origin


def _from(origin: Answer, t: Language) -> list[str]:
    off = [right_to(origin.accuracy_m, t)] if (origin.accuracy_m or 0) >= _WORTH_SAYING else []
    if is_own():
        return [t("From: {place}", place=t("your position")), *off]
    if is_bare(origin):
        return [t("From: {place}", place=t("the point on the map"))]
    said = [t("From: {place}", place=escape(origin.address))]
    if origin.precision is not Precision.POINT:
        said.append(precision_text(origin.precision, t))
    return [*said, *off]


def right_to(metres: float | None, t: Language) -> str:
    """How near the true place is, nine times in ten."""
    return t("right to about {distance}", distance=distance_text(metres or 0.0, t))
