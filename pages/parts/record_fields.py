"""The fields of a record as a person fills them in: words, lists to pick from, a line a day."""

from collections.abc import Iterator

import streamlit as st

from locator.directory import CHOICES, FIELDS, HOURS, LISTS, PICKED, STALE, TEXT_FIELDS
from locator.language import Language
from pages.parts import field_words
from pages.parts.assets import escape

Form = dict[str, str]

_ONE_OF = (*CHOICES, "municipality_code", "name_language", "text_language")
_LONG = ("description", "editor_note", "eligibility")
# The languages that pages speak, into which a maintainer is asked to translate.
_TRANSLATED = ("da", "en")


def key(record: str, field: str) -> str:
    """The key of a field's widget in the session."""
    return f"edit_{record}_{field}"


def is_open(record: str) -> bool:
    """Whether the fields are drawn already, and may have been changed."""
    return key(record, FIELDS[0]) in st.session_state


def forget(record: str) -> None:
    """Let all fields begin anew with the record as it is then."""
    for name in [k for k in st.session_state if str(k).startswith(key(record, ""))]:
        del st.session_state[name]


def draw(values: Form, record: str, t: Language) -> Form:
    """All fields, by what they are about; what they say now.

    Args:
        values: of `to_form`.
        record: its id.
    """
    edited: Form = {}
    for number, (title, fields) in enumerate(_sections(t).items()):
        with st.expander(title, expanded=number == 0):
            if HOURS[0] in fields:
                st.caption(
                    t(
                        "Write 10–16, or 10–12 and 13–16, closed, or by appointment. "
                        "Leave all seven empty where the hours are not known."
                    )
                )
            for field in fields:
                if field == "translations":
                    edited[field] = "\n".join(_translations(values, record, t))
                else:
                    edited[field] = _field(field, values[field], key(record, field), t)
    return edited


def _sections(t: Language) -> dict[str, tuple[str, ...]]:
    sections = {
        t("What it is"): ("name", "categories", "description", "status", "editor_note"),
        t("How to reach it"): ("phones", "emails", "website"),
        t("Where it is"): (
            *("place_kind", "address", "postcode", "city", "municipality_code"),
            *("precision", "lat", "lon", "point_source"),
        ),
        t("When it is open"): (*HOURS, "hours_note", "booking"),
        t("For whom, and on what terms"): (
            *("audience", "audience_note", "eligibility", "languages", "scope", "service_area"),
            *("cost", "cost_note", "wheelchair", "accessibility_note"),
        ),
        t("In other languages"): ("name_language", "text_language", "translations"),
        t("How we know"): ("sources", "assured_date"),
    }
    assert {field for fields in sections.values() for field in fields} == set(FIELDS)
    return sections


def _field(field: str, text: str, widget: str, t: Language) -> str:
    label, words = field_words.label(field, t), field_words.values(field, t)

    def named(option: str) -> str:
        return words.get(option, option)

    if field in PICKED:
        codes = text.splitlines()
        options = [*words, *(code for code in codes if code not in words)]
        _begin(widget, codes)
        picked = st.multiselect(
            label, options, format_func=named, key=widget, placeholder=t("None chosen")
        )
        return "\n".join(picked)
    if field in _ONE_OF:
        choices = list(CHOICES.get(field, words))
        _begin(widget, text)
        options = choices if text in choices else [*choices, text]
        return st.selectbox(label, options, format_func=named, key=widget) or ""
    if field in HOURS:
        return _hours(label, text, words, widget)
    _begin(widget, text)
    if field in LISTS or field in _LONG or len(text) > 80:
        return st.text_area(label, key=widget, help=field_words.hint(field, t) or None)
    return st.text_input(label, key=widget, help=field_words.hint(field, t) or None)


def _begin(widget: str, value: object) -> None:
    """What a widget says at first. Given so, and not as its default, a browser takes it up.

    A browser keeps what was typed into a widget of the same key, whatever its default is then.
    """
    st.session_state.setdefault(widget, value)


def _hours(label: str, text: str, words: Form, widget: str) -> str:
    """A day's line in the page's language, and what it says in that of the form."""
    for ours, theirs in words.items():
        text = text.replace(ours, theirs)
    _begin(widget, text)
    said = st.text_input(label, key=widget)
    for ours, theirs in words.items():
        said = said.replace(theirs, ours).replace(theirs.capitalize(), ours)
    return said


def _translations(values: Form, record: str, t: Language) -> Iterator[str]:
    """A line for each text in another language; those that lack are asked for."""
    there = dict(line.split(" | ", 1) for line in values["translations"].splitlines())
    own = {field: values["text_language"] for field in TEXT_FIELDS if values.get(field)}
    own |= {"name": values["name_language"]}
    asked = [
        f"{field}:{code}"
        for field, language in own.items()
        for code in _TRANSLATED
        if code != language and not {f"{field}:{code}", f"{field}:{code}{STALE}"} & there.keys()
    ]
    for name in (*there, *asked):
        widget = key(record, f"translations_{name}")
        _begin(widget, there.get(name, ""))
        said = st.text_area(field_words.label(name, t), key=widget)
        label = name
        if name.endswith(STALE):
            st.caption(escape(t("The text has changed since: mend this, or say that it fits.")))
            if st.checkbox(t("It fits the text as it is now"), key=f"{widget}_fits"):
                label = name.removesuffix(STALE)
        if said.strip():
            yield f"{label} | {' '.join(said.split(chr(10)))}"
