"""What pages say is plain: short sentences, and none of the words that only developers know.

The length is that of the rules of plain language: fifteen words on average, no sentence far above.
"""

import re
from statistics import mean

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from locator.language.catalogue import CATALOGUES, TEXTS
from locator.language.translating import KEYWORDS, ROOT

# What only people who use the pages read; errors of files and commands are for operators.
PAGES = sorted(
    [
        *(ROOT / "pages").rglob("*.py"),
        *(ROOT / "locator" / "find").rglob("*.py"),
        *(ROOT / "locator" / "api").rglob("*.py"),
        *(ROOT / "locator").rglob("templates/*.html"),
    ]
)
AVERAGE, LONGEST = 15, 25
DEVELOPERS = re.compile(
    r"\b(ids?|json|jsonl|null|regex|pattern|parameter|boolean|string|cache|token|schema|lat|lon"
    r"|mo-su|payload|endpoint|mønster|streng|nøgleord)\b",
    re.IGNORECASE,
)


def said() -> list[tuple[str, ...]]:
    found = set()
    for path in PAGES:
        method = "jinja2" if path.suffix == ".html" else "python"
        with path.open("rb") as file:
            for _, message, _, _ in extract(method, file, KEYWORDS):
                found.add(message if isinstance(message, tuple) else (message,))
    assert len(found) > 300
    return sorted(found)


def translated(tag: str) -> list[str]:
    if tag == "en":
        return [text for message in said() for text in message]
    with (CATALOGUES / tag / f"{TEXTS}.po").open("rb") as file:
        catalogue = read_po(file)
    texts = (catalogue.get(message[0]).string for message in said())
    return [one for text in texts for one in (text if isinstance(text, tuple) else (text,))]


def sentences(text: str) -> list[list[str]]:
    plain = re.sub(r"\]\(\S+\)|https?://\S+|[\[\]*`]", " ", text)
    return [one.split() for one in re.split(r"(?<=[.!?:;])\s+", plain) if one.strip()]


@pytest.mark.parametrize("tag", ["en", "da"])
def test_sentences_are_short(tag: str):
    lengths = {text: [len(one) for one in sentences(text)] for text in translated(tag)}
    # A label is no sentence; it would make the average look better than it reads.
    whole = [
        n for text, each in lengths.items() for n in each if text.rstrip().endswith((".", "?"))
    ]
    assert mean(whole) <= AVERAGE
    assert [text for text, each in lengths.items() if max(each, default=0) > LONGEST] == []


@pytest.mark.parametrize("tag", ["en", "da"])
def test_no_word_is_a_developers(tag: str):
    shown = [re.sub(r"\{\w*\}", " ", text) for text in translated(tag)]
    assert [text for text in shown if DEVELOPERS.search(text)] == []
