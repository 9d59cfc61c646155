"""The address field: a combobox with suggestions from this machine, and "use my position"."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from locator.earth import Point, Precision, parse_point
from locator.errors import LocatorError
from locator.find import precision_text
from locator.geocoding import Answer, origin_at, taken
from locator.language import Language, language
from pages.parts import question, resources
from pages.parts.frame import escape, read_static

_EXAMPLE = "1602"  # the postcode of the first example

_field = st.components.v2.component(
    "naerved_address_field",
    html=read_static("address_field.html"),
    css=read_static("address_field.css"),
    js=read_static("address_field.js"),
)

# Keys of the session: the Answer that everything is measured from, or why there is none.
ORIGIN = "origin"
PROBLEM = "origin_problem"
_VERSION = "origin_version"  # grows when the field must show another text
_OWN = "origin_own"  # the origin is where the person is, as the phone or browser says
_SUGGESTIONS = "suggestions"
_AGREED = "online_agreed"  # the person agreed that a service is asked
_TYPED = "origin_typed"  # what the person typed, which stays in the field
_ASKED = "origin_asked"  # the Answer whose question is still open
_REGION = "origin_region"  # a postcode of the person's region, once one is known


def set_origin(answer: Answer | None, problem: LocatorError | None = None) -> None:
    """Make `answer` the place that everything is measured from, or keep why there is none.

    Of an answer with a question only what is certain is taken, and the question stays open.
    """
    asked = answer if answer and answer.question else None
    if answer and answer.precision is Precision.COUNTRY:
        answer = None
    if answer and answer.postcode:
        st.session_state[_REGION] = answer.postcode
    st.session_state[ORIGIN] = answer
    st.session_state[_ASKED] = asked
    st.session_state[PROBLEM] = problem
    st.session_state[_OWN] = False
    st.session_state["alternative"] = None
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1


def look_up(text: str) -> None:
    """Make the place that `text` names the origin; "LAT,LON" is a place too."""
    geocoders = resources.geocoders()

    def find() -> Answer:
        point = parse_point(text)
        if point:
            return origin_at(geocoders.offline, point)
        return taken(geocoders.answer(text, agreed=bool(st.session_state.get(_AGREED))))

    _settle(find, text)


def look_up_point(point: Point, *, own: bool = False) -> None:
    """Make a point the origin: a click on the map, or where the person is (`own`)."""
    _settle(
        lambda: origin_at(resources.geocoders().offline, point), f"{point.lat:.6f}, {point.lon:.6f}"
    )
    st.session_state[_OWN] = own


def _settle(find: Callable[[], Answer], typed: str) -> None:
    st.session_state[_TYPED] = typed
    try:
        set_origin(find())
    except LocatorError as error:
        set_origin(None, error)


def _pick(answer: Answer) -> None:
    """Make a place that the person chose from a list the origin; the field shows it."""
    st.session_state[_TYPED] = answer.address
    set_origin(answer)


@st.fragment
def show(t: Language) -> None:
    """Draw the field. Typing reruns only this; choosing a place reruns the page."""
    version = st.session_state.get(_VERSION, 0)
    query = str((st.session_state.get("address_field") or {}).get("query") or "")
    suggestions = resources.geocoders().offline.suggest(query) if query.strip() else ()
    st.session_state[_SUGGESTIONS] = suggestions
    result = _field(
        key="address_field",
        data=_data(t, query, suggestions, version),
        on_query_change=lambda: None,
        on_chosen_change=lambda: None,
        on_submitted_change=lambda: None,
        on_position_change=lambda: None,
    )
    if result.chosen:
        _choose(result.chosen)
    elif result.submitted:
        look_up(str(result.submitted))
    elif result.position:
        look_up_point(Point(result.position["lat"], result.position["lon"]), own=True)
    _ask_consent(t)
    if st.session_state.get(_VERSION, 0) != version:
        st.rerun()


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


def _t() -> Language:
    return language(st.session_state["lang"])


def _choose(chosen: dict[str, str]) -> None:
    for answer in st.session_state.get(_SUGGESTIONS, ()):
        if (
            answer.address == chosen["label"]
            and question.told_apart(answer, _t()) == chosen["more"]
        ):
            _pick(answer)
            return
    look_up(chosen["label"])


def _data(
    t: Language, query: str, suggestions: tuple[Answer, ...], version: int
) -> dict[str, object]:
    example = resources.geocoders().offline.example(st.session_state.get(_REGION, _EXAMPLE))
    return {
        "value": st.session_state.get(_TYPED, ""),
        "version": version,
        "query": query,
        "label": t("Your address, postcode or town"),
        "hint": t("What you type stays on this computer's server. No one else is asked."),
        "placeholder": t("For example: {address}", address=example),
        "search": t("Search"),
        "position": t("Use my position"),
        "locating": t("Asking your phone or browser …"),
        "no_position": t("Your position is not available. Type an address, a postcode or a town."),
        "suggestions_label": t("Suggestions"),
        "count_text": t.n("{count} suggestion", "{count} suggestions", len(suggestions))
        if suggestions
        else t("No suggestion: write on, or press Enter"),
        "suggestions": [
            {"label": a.address, "more": question.told_apart(a, t), "kind": _kind(a.precision, t)}
            for a in suggestions
        ],
    }


def _kind(precision: Precision, t: Language) -> str:
    return {
        Precision.POINT: t("point"),
        Precision.ADDRESS: t("address"),
        Precision.STREET: t("street"),
        Precision.VILLAGE: t("village"),
        Precision.PLACE: t("town"),
        Precision.POSTCODE: t("postcode"),
        Precision.COUNTRY: "",
    }[precision]


def show_origin(t: Language) -> Answer | None:
    """Say which place is in use and how good its point is, or ask; return the Answer in use."""
    problem: LocatorError | None = st.session_state.get(PROBLEM)
    if problem:
        question.show_problem(problem, t, look_up)
    origin: Answer | None = st.session_state.get(ORIGIN)
    asked: Answer | None = st.session_state.get(_ASKED)
    if origin:
        said = [
            t("From: {place}", place=escape(origin.address)),
            t("Your position")
            if st.session_state.get(_OWN)
            else precision_text(origin.precision, t),
        ]
        if not asked:
            said += [escape(note.text(t)) for note in origin.notes]
        st.markdown(" · ".join(said))
    if asked:
        question.show(asked, t, _pick, look_up)
    elif origin and origin.alternatives:
        every = (replace(origin, alternatives=()), *origin.alternatives)
        question.show(replace(origin, notes=(), alternatives=every), t, _pick, look_up)
    return origin
