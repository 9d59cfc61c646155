"""What is asked of a person whose place is not certain yet, answered in the same spot."""

from collections.abc import Callable

import streamlit as st

from locator.earth import Precision
from locator.errors import LocatorError, UnknownStreetError
from locator.geocoding import Answer, Question, asked_text
from locator.language import Language
from pages.parts.assets import escape

SHOWN = 5  # choices; of more the person is asked for the town


def told_apart(answer: Answer, t: Language) -> str:
    """What tells a place from another of its name: village and municipality, as far as known."""
    village = answer.village if answer.village not in ("", answer.city) else ""
    municipality = answer.municipality
    if municipality and municipality not in answer.city:
        municipality = t("{name} Municipality", name=municipality)
    return ", ".join(filter(None, (village, municipality)))


def labels(choices: tuple[Answer, ...], t: Language) -> dict[str, Answer]:
    """The choices by what is written on them: each address, and more where others have it too."""
    found: dict[str, Answer] = {}
    for answer in choices:
        more = told_apart(answer, t)
        found.setdefault(f"{answer.address} ({more})" if more else answer.address, answer)
    return found


def kind(precision: Precision, t: Language) -> str:
    """What sort of place it is, in a word."""
    return {
        Precision.POINT: t("point"),
        Precision.ADDRESS: t("address"),
        Precision.STREET: t("street"),
        Precision.VILLAGE: t("village"),
        Precision.PLACE: t("town"),
        Precision.POSTCODE: t("postcode"),
        Precision.COUNTRY: "",
    }[precision]


def text(open_still: LocatorError | Answer | None, t: Language) -> str:
    """What is asked, or why there is no answer, in a sentence; "" where all is settled."""
    if isinstance(open_still, LocatorError):
        return open_still.message(t)
    return asked_text(open_still.question or Question.WHICH).text(t) if open_still else ""


def show(
    asked: Answer,
    t: Language,
    choose: Callable[[Answer], None],
    look_up: Callable[[str], None],
) -> None:
    """Ask which place is meant: the likeliest to click on, and the town in a field where needed.

    Args:
        choose, look_up: called with the choice, or with the text that says more.
    """
    choices = labels(asked.alternatives[:SHOWN], t)
    question = text(asked, t)

    def chosen() -> None:
        answer = choices.get(st.session_state["alternative"] or "")
        if answer:
            choose(answer)

    said = [escape(note.text(t)) for note in asked.notes]
    if said:
        st.markdown(" · ".join(said))
    st.pills(question, list(choices), key="alternative", on_change=chosen)
    first = asked.alternatives[0]
    if len(asked.alternatives) > SHOWN and first.street:
        _ask_town(t, f"{first.street} {first.number}".strip(), look_up)


def show_problem(problem: LocatorError, t: Language, look_up: Callable[[str], None]) -> None:
    """Say why there is no place; of a street that is not known, ask where it is."""
    st.warning(problem.message(t))
    if isinstance(problem, UnknownStreetError):
        _ask_town(t, str(problem.values["street"]), look_up)


def _ask_town(t: Language, street: str, look_up: Callable[[str], None]) -> None:
    """A field for the town or postcode, which keeps the street."""

    def given() -> None:
        town = str(st.session_state["town"]).strip()
        if town:
            look_up(f"{street}, {town}")

    st.text_input(
        t("Town or postcode of {street}", street=street), key="town", on_change=given, max_chars=100
    )
