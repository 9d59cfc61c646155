"""The address field: a combobox with suggestions from this machine, and "use my position"."""

from collections.abc import Callable

import streamlit as st

from locator.earth import Point, Precision, parse_point
from locator.errors import LocatorError
from locator.find import precision_text
from locator.geocoding import Answer, origin_at
from locator.language import Language
from pages.parts import resources
from pages.parts.frame import escape, read_static

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
_TYPED = "origin_typed"  # what a person typed that names no place


def set_origin(answer: Answer | None, problem: LocatorError | None = None) -> None:
    """Make `answer` the place that everything is measured from, or keep why there is none."""
    st.session_state[ORIGIN] = answer
    st.session_state[PROBLEM] = problem
    st.session_state[_OWN] = False
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1


def look_up(text: str) -> None:
    """Make the place that `text` names the origin; "LAT,LON" is a place too."""
    geocoders = resources.geocoders()

    def find() -> Answer:
        point = parse_point(text)
        if point:
            return origin_at(geocoders.offline, point)
        return geocoders.answer(text, agreed=bool(st.session_state.get(_AGREED)))

    _settle(find, text)


def look_up_point(point: Point, *, own: bool = False) -> None:
    """Make a point the origin: a click on the map, or where the person is (`own`)."""
    _settle(
        lambda: origin_at(resources.geocoders().offline, point), f"{point.lat:.6f}, {point.lon:.6f}"
    )
    st.session_state[_OWN] = own


def _settle(find: Callable[[], Answer], typed: str) -> None:
    try:
        set_origin(find())
    except LocatorError as error:
        set_origin(None, error)
        st.session_state[_TYPED] = typed


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


def _choose(chosen: dict[str, str]) -> None:
    for answer in st.session_state.get(_SUGGESTIONS, ()):
        if answer.address == chosen["label"]:
            set_origin(answer)
            return
    look_up(chosen["label"])


def _data(
    t: Language, query: str, suggestions: tuple[Answer, ...], version: int
) -> dict[str, object]:
    origin: Answer | None = st.session_state.get(ORIGIN)
    text = origin.address if origin else st.session_state.get(_TYPED, "")
    return {
        "value": text,
        "version": version,
        "query": query,
        "label": t("Your address, postcode or town"),
        "hint": t("What you type stays on this computer's server. No one else is asked."),
        "placeholder": t("For example: Nyropsgade 1, 1602"),
        "search": t("Search"),
        "position": t("Use my position"),
        "locating": t("Asking your phone or browser …"),
        "no_position": t("Your position is not available. Type an address, a postcode or a town."),
        "suggestions_label": t("Suggestions"),
        "count_text": t.n("{count} suggestion", "{count} suggestions", len(suggestions)),
        "suggestions": [{"label": a.address, "kind": _kind(a.precision, t)} for a in suggestions],
    }


def _kind(precision: Precision, t: Language) -> str:
    return {
        Precision.POINT: t("point"),
        Precision.ADDRESS: t("address"),
        Precision.STREET: t("street"),
        Precision.POSTCODE: t("postcode"),
        Precision.PLACE: t("town"),
    }[precision]


def show_origin(t: Language) -> Answer | None:
    """Say which place is in use and how good its point is; offer the others; return the Answer."""
    problem: LocatorError | None = st.session_state.get(PROBLEM)
    if problem:
        st.warning(problem.message(t), icon="🔎")
    origin: Answer | None = st.session_state.get(ORIGIN)
    if origin:
        said = [
            t("From: {place}", place=escape(origin.address)),
            t("Your position")
            if st.session_state.get(_OWN)
            else precision_text(origin.precision, t),
        ]
        said += [escape(note.text(t)) for note in origin.notes]
        st.markdown(" · ".join(said))
        if origin.alternatives:
            _show_alternatives(origin, t)
    return origin


def _show_alternatives(origin: Answer, t: Language) -> None:
    others = (origin, *origin.alternatives[:11])
    labels = {a.address: a for a in others}

    def choose() -> None:
        chosen = labels.get(st.session_state["alternative"] or "")
        if chosen:
            set_origin(chosen)

    st.pills(
        t("Several places fit. Which one do you mean?"),
        list(labels),
        key="alternative",
        on_change=choose,
    )
