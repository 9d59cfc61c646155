"""Names that are nearly the one sought, among many thousands, in a fraction of a millisecond.

There is no table of deletions, which for the streets of a country is larger than all else: each
text has a signature of its letters, and one error changes at most two bits of it. So an exclusive
or over all signatures leaves a few hundred texts to be compared letter by letter.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

_CLASSES = 32  # of letters: a to z, five pairs of digits, and all else


class Spellings:
    """Texts that are asked with errors."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._signature = _signatures(texts)
        self._length = np.fromiter(map(len, texts), np.int16, len(texts))

    def within(self, sought: str, most: int) -> list[tuple[int, int]]:
        """(errors, position) of the texts within `most` errors, fewest first."""
        if not len(self.texts):
            return []
        differ = np.bitwise_count(self._signature ^ _signature(sought))
        near = (differ <= 2 * most) & (np.abs(self._length - len(sought)) <= most)
        at = np.flatnonzero(near)
        chosen = [self.texts[i] for i in at.tolist()]
        if not chosen:
            return []
        errors = cdist([sought], chosen, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
        close = np.flatnonzero(errors <= most)
        return sorted(zip(errors[close].tolist(), at[close].tolist(), strict=True))


def _signatures(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    """For each text 64 bits: of each class of letters whether it has one, and whether two or more.

    A letter put in, left out or changed alters at most two of the bits; two changed about, none.
    """
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    letters = "".join(texts).encode("ascii", "replace")
    classes = _class_of()[np.frombuffer(letters, np.uint8)]
    counts = np.bincount(owner * _CLASSES + classes, minlength=len(texts) * _CLASSES)
    table = counts.reshape(len(texts), _CLASSES)
    found = np.zeros(len(texts), np.uint64)
    for number in range(_CLASSES):
        bits = (table[:, number] >= 1) + 2 * (table[:, number] >= 2)
        found |= bits.astype(np.uint64) << np.uint64(2 * number)
    return found


def _signature(text: str) -> np.uint64:
    """That of one text: numpy would take fifty times as long for a word."""
    once = twice = 0
    for letter in text.encode("ascii", "replace"):
        bit = _bits()[letter]
        twice |= once & bit
        once |= bit
    return np.uint64(once | twice << 1)


@cache
def _bits() -> tuple[int, ...]:
    return tuple(1 << 2 * int(number) for number in _class_of())


@cache
def _class_of() -> npt.NDArray[np.int_]:
    classes = np.full(256, _CLASSES - 1)
    classes[ord("a") : ord("z") + 1] = np.arange(26)
    classes[ord("0") : ord("9") + 1] = 26 + np.arange(10) // 2
    return classes
