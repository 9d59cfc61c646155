"""Services by their names, misspelt or half written."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from locator.directory import Directory, Record
from locator.language import Spellings, language
from locator.needs.folding import folded
from locator.needs.names_abroad import in_danish
from locator.places import names

_LEAST = 3  # letters of a word that may be the beginning of a name's
_EXACT, _MISSPELT = 1.0, 0.8
_SURE = 0.8  # of a line's weight that must be in a name, for the name to be meant
_PART = 0.5  # of it, for a name to be worth showing


class Names:
    """The names of a directory's services and of who runs them.

    Args:
        directory: names are read in Danish and English, and as the record has them.
    """

    def __init__(self, directory: Directory) -> None:
        self._records = directory.records
        self._words = [_name_words(directory, record) for record in self._records]
        counts = Counter(word for words in self._words for word in words)
        self._rare = {w: math.log((1 + len(self._words)) / (1 + n)) for w, n in counts.items()}
        self._vocabulary = sorted(counts)
        self._spellings = Spellings(self._vocabulary)
        # Many a service bears the name of its town, which alone names no service.
        self._towns = {w for name in names() for w in [folded(name)] if w in counts}
        self._holders: dict[str, list[int]] = {}
        for at, words in enumerate(self._words):
            for word in words:
                self._holders.setdefault(word, []).append(at)

    def found(self, text: str, limit: int = 5) -> list[tuple[Record, float]]:
        """(record, score 0 to 1) of the services whose name the text may be, likeliest first."""
        typed = in_danish(folded(text)).split()
        most = math.log(1 + len(self._words))  # the weight of a word that no name has
        whole, scores, named = 0.0, Counter[int](), set[int]()
        for word in typed:
            near = self._near(word)
            whole += max((self._rare[w] for w, like in near if like == _EXACT), default=most)
            best: dict[int, float] = {}
            for name_word, like in near:
                holders = self._holders[name_word]
                if len(name_word) > 1 and name_word not in self._towns:
                    named.update(holders)
                for at in holders:
                    best[at] = max(best.get(at, 0.0), like * self._rare[name_word])
            scores.update(best)
        found = [(at, scores[at] / whole) for at in named if scores[at] >= _PART * whole]
        found.sort(key=lambda one: (-round(one[1], 2), len(self._words[one[0]]), one[0]))
        return [(self._records[at], min(score, 1.0)) for at, score in found[:limit]]

    def _near(self, word: str) -> list[tuple[str, float]]:
        """(a word of a name, how like it is) of those that the typed word may be."""
        found = dict.fromkeys(self._misspelt(word), _MISSPELT)
        if len(word) >= _LEAST:
            found |= {w: (1 + len(word) / len(w)) / 2 for w in self._starting(word)}
        if word in self._rare:
            found[word] = _EXACT
        return list(found.items())

    def _misspelt(self, word: str) -> Iterator[str]:
        if len(word) > _LEAST + 1:
            for _, at in self._spellings.within(word, 2 if len(word) >= 8 else 1):
                yield self._vocabulary[at]

    def _starting(self, word: str) -> Iterator[str]:
        for at in range(bisect_left(self._vocabulary, word), len(self._vocabulary)):
            if not self._vocabulary[at].startswith(word):
                return
            yield self._vocabulary[at]


def is_meant(score: float) -> bool:
    """Whether a name that scores so is surely the one that was written."""
    return score >= _SURE


@lru_cache(maxsize=4)
def names_of(directory: Directory) -> Names:
    """The names of a directory, read once."""
    return Names(directory)


def _name_words(directory: Directory, record: Record) -> frozenset[str]:
    readers = [directory.reader(language(code)) for code in ("da", "en")]
    names = (record.name, record.organization.name, *(one.name(record) for one in readers))
    return frozenset(word for name in names for word in folded(name).split())
