"""What Danish words mean that stand in the texts of a card and have no equal elsewhere."""

import re
from collections.abc import Iterable

from locator.language import Language


def explained(texts: Iterable[str], t: Language) -> list[str]:
    """A line for each of the words that the texts have: the word as Danes write it, and its sense.

    The meaning of the words is general knowledge, not taken from any law.
    """
    text = "\n".join(texts)
    return [f"{word}: {sense}" for word, sense in _words(t) if _has(text, word)]


def _has(text: str, word: str) -> bool:
    """Whether a text has the word, perhaps as part of a longer one; letters for words alone."""
    if word.isupper():
        return re.search(rf"\b{word}\b", text) is not None
    return word.casefold() in text.casefold()


def _words(t: Language) -> tuple[tuple[str, str], ...]:
    return (
        ("CPR", t("your personal number in Denmark, on your yellow health card")),
        ("MitID", t("the app with which you log in to authorities and banks")),
        ("Borgerservice", t("the municipality’s desk for papers, address and tax")),
        ("Jobcenter", t("the municipality’s office for work and benefits")),
        ("Lægevagt", t("a doctor by telephone when other doctors are closed")),
        ("Retshjælp", t("free advice about the law")),
        ("Krisecenter", t("a safe place to live for those who flee violence")),
        ("Herberg", t("a place to sleep for people without a home")),
        ("Varmestue", t("a warm room where anyone can rest and eat")),
    )
