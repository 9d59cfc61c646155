"""What all imports share: finding the category in words, and making records of doubtful values."""

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import ValidationError

from locator.directory.record import PlaceKind, Record
from locator.directory.taxonomy import categories
from locator.language import SOURCE, fold, language
from locator.settings import GEODATA


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each category's words as a pattern, in the order of geodata/category_words.json.

    A word counts where it begins a word, or ends a compound ("Sprogcafé" in "Bysprogcafé" not,
    "bibliotek" in "Hovedbibliotek" yes): Danish runs words together.
    """
    rules = json.loads((GEODATA / "category_words.json").read_text(encoding="utf-8"))
    return tuple(
        (rule["category"], re.compile("|".join(_pattern(word) for word in rule["words"])))
        for rule in rules
    )


def _pattern(word: str) -> str:
    folded = re.escape(fold(word))
    return folded if len(word) > 6 else rf"\b{folded}"


# The languages in which imports name a kind of help, in the order in which they are tried. They are
# those of the words above, not those of the interface: one more there changes no import.
_NAMED_IN = (SOURCE, "da")


def category_in(texts: Iterable[str]) -> str | None:
    """The category whose words the first of `texts` that has any contains; None for none.

    Ids and names of categories count before the words of geodata/category_words.json.
    """
    for text in texts:
        folded = fold(text)
        if text.strip() in categories():
            return text.strip()
        by_name = (_by_name(code).get(folded) for code in _NAMED_IN)
        by_word = (kind for kind, words in _words() if words.search(folded))
        if found := next(filter(None, by_name), None) or next(by_word, None):
            return found
    return None


def is_refuge(texts: Iterable[str]) -> bool:
    """Whether any of `texts` speaks of a place for people who flee violence."""
    protected = [words for kind, words in _words() if categories()[kind].protected]
    folded = [fold(text) for text in texts]
    return any(words.search(text) for words in protected for text in folded)


@cache
def _by_name(code: str) -> dict[str, str]:
    """The category of each name, folded, in a language."""
    return {fold(one.name(language(code))): one.id for one in categories().values()}


def protected_categories() -> tuple[str, ...]:
    """Ids of the categories whose places are protected."""
    return tuple(one.id for one in categories().values() if one.protected)


def is_withheld(record: Record) -> bool:
    """Whether nobody may be told where it is: a refuge, or one that keeps its address."""
    protected = set(protected_categories()) & set(record.categories)
    secret = record.place_kind is PlaceKind.SECRET
    return secret or (bool(protected) and not record.address_published)


def lenient_record(values: dict[str, Any]) -> tuple[Record, tuple[str, ...]]:
    """A record of `values`, without the fields that cannot be read, and what was wrong with them.

    Raises:
        ValidationError: what a record cannot do without (id, name, category, source) is wrong.
    """
    problems: list[str] = []
    values = dict(values)
    while True:
        try:
            return Record.model_validate(values), tuple(problems)
        except ValidationError as error:
            bad = {str(one["loc"][0]): one["msg"] for one in error.errors() if one["loc"]}
            needed = {"id", "name", "categories", "sources"} & bad.keys()
            if needed or not bad.keys() & values.keys():
                raise
            if bad.keys() & {"lat", "lon", "precision"}:
                point = ("lat", "lon", "precision")
                bad |= {field: "no whole point" for field in point if field not in bad}
            for field, message in bad.items():
                if field in values:
                    problems.append(f"{field}: {message} ({str(values.pop(field))[:60]!r})")


def identifier(text: str, taken: Iterable[str] = ()) -> str:
    """`text` as a record's id: small ASCII letters, digits and hyphens; unlike those `taken`."""
    folded = fold(text).replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    base = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:100] or "record"
    used, number, name = set(taken), 1, base
    while name in used:
        number += 1
        name = f"{base}-{number}"
    return name
