"""What a person wrote in the field that is no place: a need, a service's name, a number to call.

What was written is kept in the session alone, as the reason that is shown; the tab and the address
keep only the kinds of help.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

import streamlit as st

from locator.directory import DENMARK, category
from locator.find import card
from locator.geocoding import Answer
from locator.language import Language, plain
from locator.needs import Meaning, What
from locator.notes import Note
from pages.parts import resources, results_list, searching
from pages.parts.assets import escape

_UNDERSTOOD = "understood"  # key of the session: the `Understood` of what was written last
_LAST = "understood_last"  # and of the text that was asked for last, entered or not
_WORTH_ASKING = 0.25  # score from which a kind is asked about that is not sure
_KINDS, _SERVICES = 3, 3  # suggested while typing
_LEAST = 2  # letters, to suggest anything


class Suggestion(TypedDict):
    """One line of the field's list."""

    what: str
    id: str
    label: str
    more: str
    kind: str
    at: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What was written, and all that it may mean."""

    text: str
    meanings: tuple[Meaning, ...]

    def of(self, what: What, *, sure: bool = False) -> list[Meaning]:
        """The meanings of a sort, the likeliest first."""
        return [m for m in self.meanings if m.what is what and (m.confident or not sure)]


def _understood(text: str, t: Language) -> Understood:
    """What the text may mean; of the one asked for last it is still known.

    The field asks for the same text while it is typed, when it is entered and when it is drawn.
    """
    of = (text, t.code, resources.directory())
    kept: tuple[tuple[object, ...], Understood] | None = st.session_state.get(_LAST)
    if kept and kept[0] == of:
        return kept[1]
    found = Understood(text, tuple(resources.interpreter().understand(text, t.code)))
    st.session_state[_LAST] = (of, found)
    return found


def place_in(text: str, t: Language) -> str:
    """Act on what was written; return the part of it that is a place, "" for none.

    A need that is sure becomes what is searched for. All else is told and asked by `show`.
    """
    found = _understood(text, t)
    st.session_state[_UNDERSTOOD] = None
    first = found.meanings[0] if found.meanings else None
    if first is None or first.what is What.PLACE:
        return text
    st.session_state[_UNDERSTOOD] = found
    places = found.of(What.PLACE, sure=True)
    if first.what is What.NEED and first.confident:
        _search_for(first.id)
        return places[0].text if places else ""
    if first.what is What.NUMBER or found.of(What.SERVICE, sure=True):
        return ""
    # Nothing is sure: as a place it has an answer or a question, or there is something to ask.
    worth = [one for one in found.of(What.NEED) if one.score >= _WORTH_ASKING]
    return "" if worth and not found.of(What.PLACE) else text


def is_need() -> bool:
    """Whether what was written or chosen last is surely a need."""
    found: Understood | None = st.session_state.get(_UNDERSTOOD)
    return not found or bool(found.of(What.NEED, sure=True))


def choose(what: str, name: str, t: Language) -> None:
    """Take what the person chose among the suggestions: a need, a service or a number."""
    st.session_state[_UNDERSTOOD] = None
    if what == What.NEED:
        _search_for(name)
    elif what == What.SERVICE:
        st.session_state[_UNDERSTOOD] = Understood(name, (_chosen(What.SERVICE, name),))
    elif what == What.NUMBER:
        place_in(name, t)


def _chosen(what: What, name: str) -> Meaning:
    return Meaning(what, name, 1.0, confident=True, why=Note("A name in the directory"), text=name)


def _search_for(kind: str) -> None:
    group = category(kind).group
    searching.change(replace(searching.begin(), group=group, categories=(kind,)))


def suggestions(text: str, t: Language) -> list[Suggestion]:
    """Needs, services and numbers that the text typed so far may mean, the likeliest first."""
    if len(text.strip()) < _LEAST:
        return []
    found = _understood(text, t)
    if found.meanings and found.meanings[0].what is What.PLACE:
        return []
    needs = [m for m in found.of(What.NEED) if m.confident or m.score >= _WORTH_ASKING]
    shown = [*found.of(What.NUMBER), *needs[:_KINDS], *found.of(What.SERVICE)[:_SERVICES]]
    return [one for meaning in shown if (one := _suggestion(meaning, t))]


def _suggestion(meaning: Meaning, t: Language) -> Suggestion | None:
    label, more, kind = meaning.id, "", t("call")
    if meaning.what is What.NUMBER:
        more = meaning.why.values["name"]
    elif meaning.what is What.NEED:
        one = category(meaning.id)
        label, more, kind = one.name(t), one.sentence(t), t("help")
    elif record := resources.directory().by_id.get(meaning.id):
        reader = resources.directory().reader(t)
        label, more, kind = plain(reader.name(record)), record.city, t("service")
    else:
        return None
    return {
        "what": meaning.what.value,
        "id": meaning.id,
        "label": label,
        "more": more,
        "kind": kind,
        "at": "",
    }


def show(t: Language, origin: Answer | None) -> None:
    """Say what was understood, and ask where it is not sure."""
    found: Understood | None = st.session_state.get(_UNDERSTOOD)
    if not found:
        return
    for meaning in found.of(What.NUMBER):
        digits = meaning.id.replace(" ", "")
        st.link_button(f"☎ {escape(meaning.id)}", f"tel:{digits}", type="primary")
        st.markdown(escape(meaning.why.values["name"]))
    needs = found.of(What.NEED)
    if needs and needs[0].confident:
        names = ", ".join(category(c).name(t) for c in searching.begin().categories)
        because = t("because you wrote “{words}”", words=escape(found.text))
        st.markdown(f"**{escape(names)}**, {because}")
        if not origin:
            st.markdown(t("Where are you? Write your address, postcode or town."))
    services = found.of(What.SERVICE, sure=True)
    if services and not (needs and needs[0].confident):
        _show_services(services, t)
    _ask(needs, t)


def _show_services(services: list[Meaning], t: Language) -> None:
    directory, now = resources.directory(), datetime.now(DENMARK)
    records = [directory.by_id[one.id] for one in services if one.id in directory.by_id]
    cards = [card(record, directory.reader(t), now) for record in records]
    section: results_list.Section = {"title": t("By its name"), "note": "", "cards": cards}
    results_list.show([section], t, key="named")


def _ask(needs: list[Meaning], t: Language) -> None:
    """Offer the other kinds that may be meant."""
    sure = bool(needs) and needs[0].confident
    chosen = searching.begin().categories if sure else ()
    others = [
        m for m in needs if m.id not in chosen and m.score >= _WORTH_ASKING / (2 if sure else 1)
    ]
    kinds = {category(m.id).name(t): m.id for m in others[:_KINDS]}
    if not kinds:
        return

    def picked() -> None:
        if kind := kinds.get(st.session_state["meant"] or ""):
            choose(What.NEED, kind, t)

    question = t("Or do you need this?") if sure else t("Do you need one of these?")
    st.pills(question, list(kinds), key="meant", on_change=picked)
