"""Lines that speak of a crisis, found by reviewed phrases before anything else is tried.

The rules of a phrase are those of `crisis/README.md`. Errors fall to the side of showing help.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from locator.language import Spellings
from locator.needs.folding import folded
from locator.needs.lexicon_files import phrases

FOLDER = Path(__file__).parent / "crisis"

# What comes first in each crisis, and the order of crises where phrases of several are as long.
KINDS: dict[str, tuple[str, str, str]] = {
    "suicide": ("crisis_line", "emergency_line", "mental_health"),
    "illness": ("emergency_line", "hospital_emergency", "health_clinic"),
    "rape": ("crisis_line", "domestic_violence_help", "emergency_line"),
    "uses_violence": ("violence_treatment", "domestic_violence_help", "crisis_line"),
    "violence": ("domestic_violence_help", "emergency_line", "crisis_line"),
    "child": ("emergency_line", "crisis_line", "domestic_violence_help"),
    "no_bed": ("homeless_service", "crisis_line", "housing_help"),
}
_KNOWN = ("da", "en")  # everyone here may write in these
_BETWEEN = 3  # words that may stand between two words of a phrase
_LONG = 7  # letters of a word that alone is a phrase, and may be misspelt
_MOST = 40  # words of a line that are read
_STEM = 4  # letters that a word has at least, for longer ones to be it with an ending
_ARABIC = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "فال")  # written with the next word

Slots = tuple[tuple[str, ...], ...]
Where = dict[str, set[int]]


@dataclass(frozen=True, slots=True)
class Crisis:
    """What a line speaks of: one of `KINDS`, and how many words of a phrase say so."""

    name: str
    words: int

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of help that come first, in this order."""
        return KINDS[self.name]


@dataclass(frozen=True, slots=True)
class _Phrase:
    crisis: str
    slots: Slots
    language: str


def crises(text: str, lang: str | None = None, *, address: bool = False) -> list[Crisis]:
    """The crises that a line speaks of, the surest first; [] for none.

    Args:
        text: as typed.
        lang: tag of the page's language: a phrase of a single word must be of it, Danish or English
            to have other endings. None for a language that is not known.
        address: the line looks like one, so that no word alone is taken for another misspelt.
    """
    words = folded(text).split()[:_MOST]
    read = _phrases().places(words)
    found: dict[str, int] = {}
    for phrase in _phrases().begun(read[_Reading.NEAR]):
        longer = len(phrase.slots) > found.get(phrase.crisis, 0)
        if longer and _fits(read[_reading(phrase, lang, address)], phrase.slots):
            found[phrase.crisis] = len(phrase.slots)
    order = list(KINDS)
    ranked = sorted(found.items(), key=lambda one: (-one[1], order.index(one[0])))
    return [Crisis(name, count) for name, count in ranked]


class _Reading(Enum):
    """How a word of a line may differ from one of a phrase."""

    NEAR = 1  # another ending, or misspelt
    BEGUN = 2  # with an ending put to it
    SAME = 3


def _reading(phrase: _Phrase, lang: str | None, address: bool) -> _Reading:
    """How freely a phrase is read. A word alone is soon another one, or another language's."""
    if len(phrase.slots) > 1:
        return _Reading.NEAR
    if lang not in (None, phrase.language):
        return _Reading.BEGUN if phrase.language in _KNOWN else _Reading.SAME
    long = min(map(len, phrase.slots[0])) >= _LONG and not address
    return _Reading.NEAR if long else _Reading.BEGUN


class _Phrases:
    """The phrases of all languages, and which words of a line each of their words may be."""

    def __init__(self, phrases: Sequence[_Phrase]) -> None:
        words = sorted({w for phrase in phrases for slot in phrase.slots for w in slot})
        self._words = frozenset(words)
        self._stems: dict[str, list[str]] = {}
        for word in words:
            for cut in range(_cut(word) + 1):
                self._stems.setdefault(word[: len(word) - cut], []).append(word)
        self._long = [word for word in words if len(word) > _STEM]
        self._spellings = Spellings(self._long)
        self._first: dict[str, list[_Phrase]] = {}
        for phrase in phrases:
            # By the slot of the fewest words, which a line is least likely to have.
            for word in min(phrase.slots, key=len):
                self._first.setdefault(word, []).append(phrase)

    def begun(self, where: Where) -> Iterator[_Phrase]:
        """The phrases that a line may have which has these words."""
        for word in where:
            yield from self._first.get(word, ())

    def places(self, words: Sequence[str]) -> dict[_Reading, Where]:
        """For each word of the phrases, the positions in the line at which it stands, so read."""
        found: dict[_Reading, Where] = {reading: {} for reading in _Reading}

        def put(meant: str, at: int, *readings: _Reading) -> None:
            for reading in readings:
                found[reading].setdefault(meant, set()).add(at)

        for at, word in enumerate(words):
            forms = tuple(_forms(word))
            for meant in self._meant(word):
                put(meant, at, _Reading.NEAR)
                if any(form.startswith(meant) for form in forms):
                    put(meant, at, _Reading.BEGUN)
                if meant in forms:
                    put(meant, at, _Reading.SAME)
            for meant in self._misspelt(word):
                put(meant, at, _Reading.NEAR)
            if at + 1 < len(words) and (joined := word + words[at + 1]) in self._words:
                put(joined, at, *_Reading)
        return found

    def _meant(self, word: str) -> Iterator[str]:
        for form in _forms(word):
            if form in self._words:
                yield form
            for end in range(_STEM, len(form) + 1):
                for whole in self._stems.get(form[:end], ()):
                    if end == len(whole) or len(form) <= len(whole) + 3:
                        yield whole

    def _misspelt(self, word: str) -> Iterator[str]:
        for form in _forms(word):
            if len(form) > _STEM and form not in _written():
                for errors, place in self._spellings.within(form, 2 if len(form) >= 9 else 1):
                    if errors == 1 or len(self._long[place]) >= 9:
                        yield self._long[place]


@cache
def _written() -> frozenset[str]:
    """The words of the lexicon: right as they stand, they are no others misspelt."""
    return frozenset(word for one in phrases() for word in folded(one.text).split())


def _cut(word: str) -> int:
    """How many letters of a word's end may be another ending."""
    return 0 if len(word) <= _STEM else 1 if len(word) < 7 else 2


def _forms(word: str) -> Iterator[str]:
    """The word, and what is left of it without what Arabic writes together with it."""
    yield word
    if word and "\u0600" <= word[0] <= "\u06ff":
        for sign in _ARABIC:
            if word.startswith(sign) and len(word) >= len(sign) + 3:
                yield word[len(sign) :]


def _fits(where: Where, slots: Slots) -> bool:
    """Whether the line has a word for each slot, all of them different and close together."""
    places = []
    for slot in slots:
        found = [where[word] for word in slot if word in where]
        if not found:
            return False
        places.append(set().union(*found))
    apart = len(slots) - 1 + _BETWEEN * min(len(slots) - 1, 2)
    return _close(places, (), apart)


def _close(places: Sequence[set[int]], chosen: tuple[int, ...], apart: int) -> bool:
    if not places:
        return True
    return any(
        _close(places[1:], (*chosen, at), apart)
        for at in places[0].difference(chosen)
        if max(*chosen, at, at) - min(*chosen, at, at) <= apart
    )


@cache
def _phrases() -> _Phrases:
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.append(_Phrase(row["crisis"], _slots(row["phrase"]), path.stem))
    return _Phrases([phrase for phrase in found if phrase.slots])


def _slots(phrase: str) -> Slots:
    slots = []
    for written in phrase.split():
        words = dict.fromkeys(folded(word).replace(" ", "") for word in written.split("/"))
        slots.append(tuple(word for word in words if word))
    return tuple(slot for slot in slots if slot)
