"""Columns that say one thing in several languages: "name_da", "Beskrivelse (engelsk)"."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from locator.directory.texts import FALLBACK, UNDETERMINED
from locator.directory.translation import Origin, TextField, translated
from locator.language import fold, locale_of

# The texts that tables have, and what such columns are called.
_TEXTS: dict[TextField, tuple[str, ...]] = {
    "name": ("name", "navn", "title", "titel"),
    "description": ("description", "beskrivelse", "text", "tekst"),
    "audience_note": ("audience", "target group", "målgruppe"),
}


def translated_column(title: str) -> str | None:
    """ "name:da" for a column that holds names in Danish; None where no such thing is meant.

    The language stands first or last, as a tag or by its name in English or Danish.
    """
    words = fold(title).split()
    fields = {fold(name): field for field, names in _TEXTS.items() for name in names}
    for at, rest in ((0, words[1:]), (-1, words[:-1])):
        field = fields.get(" ".join(rest))
        language = language_named(words[at]) if field and len(words) > 1 else None
        if language:
            return f"{field}:{language}"
    return None


def language_named(text: str) -> str | None:
    """The code of a language, by its code or its name in English or Danish; None for no such."""
    word = fold(text)
    locale = locale_of(word) if len(word) in (2, 3) else None
    return locale.language if locale else _by_name().get(word)


@cache
def _by_name() -> dict[str, str]:
    return {
        fold(name): tag
        for code in reversed(FALLBACK)
        for tag, name in Locale.parse(code).languages.items()
        if len(tag) in (2, 3)
    }


def said_in(cells: Mapping[str, str], field: TextField) -> list[str]:
    """What a row says in a field, in whatever language, that of no language named first."""
    return [text for _, text in sorted(_variants(cells, field).items())]


def texts_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a record that the texts of a row are, with their translations.

    A text without a language is the record's own. Where all name theirs, the Danish one is, else
    the first.
    """
    values: dict[str, Any] = {}
    languages: dict[TextField, str] = {}
    translations = []
    for field in _TEXTS:
        variants = _variants(cells, field)
        if not variants:
            continue
        own = next((tag for tag in ("", "da") if tag in variants), min(variants))
        values[field], languages[field] = variants.pop(own), own or UNDETERMINED
        translations += [
            translated(field, values[field], tag, text, Origin.ORIGINAL)
            for tag, text in variants.items()
        ]
    written = {languages[field] for field in languages if field != "name"}
    return values | {
        "name_language": languages.get("name", UNDETERMINED),
        "text_language": written.pop() if len(written) == 1 else UNDETERMINED,
        "translations": translations,
    }


def _variants(cells: Mapping[str, str], field: TextField) -> dict[str, str]:
    """By language, "" for none named."""
    split = ((column.partition(":"), text) for column, text in cells.items())
    return {tag: text for (name, _, tag), text in split if name == field and text}
