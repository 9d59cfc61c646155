"""Kinds of help in order of how well a line fits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from locator.needs.folding import folded
from locator.needs.grams import Grams
from locator.needs.lexicon_files import NONE, Phrase, phrases
from locator.needs.vectors import Meanings

_NEAREST = 8  # phrases of a kind that count
_COMPARED = 400  # of all phrases the nearest
_LOW = 0.02  # likeness that most lines have with more phrases than that
_FOREIGN = (
    0.7  # of the likeness of a phrase in a language that neither page nor line is known to have
)
_KNOWN = ("da", "en")  # everyone here picks up words of these
_WORDS = 0.3  # of the words' score, where vectors score too
SAME = 0.95  # likeness of a line that is a phrase

# Measured on the lines of tests/needs that are not held out: see its README.
_SURE_BY_VECTORS, _SURE_BY_WORDS = 0.45, 0.35
_ABOVE_NONE = 0.15

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A kind of help that a line may mean.

    Attributes:
        kind: id of the kind.
        score: about 1 where it is what the line says, 0 where nothing of it is in the line.
        like: how like the line the nearest phrase of the lexicon is, 0 to 1; from `SAME` on it is
            the line, letters and endings apart.
        confident: whether it may be said that this is meant, not only asked.
    """

    kind: str
    score: float
    like: float
    confident: bool


def ranked(text: str, lang: str | None, meanings: Meanings | None) -> list[Ranked]:
    """All kinds of help, the one most likely meant first; [] for a line without a word."""
    line = folded(text)
    if not line:
        return []
    scores, nearest = _lexicon().compared(line, lang)
    if meanings:
        scores = _WORDS * scores + _aligned(meanings, meanings.scores(text))
    nothing = float(scores[_lexicon().kinds.index(NONE)])
    sure = _SURE_BY_VECTORS if meanings else _SURE_BY_WORDS
    found: list[Ranked] = []
    for at in np.argsort(-scores, kind="stable").tolist():
        kind = _lexicon().kinds[at]
        if kind == NONE:
            continue
        score, like = float(scores[at]), float(nearest[at])
        confident = not found and (
            like >= SAME or (score >= sure and score >= nothing + _ABOVE_NONE)
        )
        found.append(Ranked(kind, score, like, confident))
    return found


class _Lexicon:
    """The phrases, their grams, and which kind and language each has."""

    def __init__(self, known: Sequence[Phrase]) -> None:
        self.kinds = sorted({one.kind for one in known} | {NONE})
        self._languages = np.array([one.language for one in known])
        self._kind = np.array([self.kinds.index(one.kind) for one in known])
        self._grams = Grams([folded(one.text) for one in known])

    def compared(self, line: str, lang: str | None) -> tuple[Floats, Floats]:
        """For each kind the squares of its nearest phrases' likeness to the folded line added, and
        the likeness of the nearest.
        """
        likeness = self._grams.similar(line)
        if lang:
            likeness[self._foreign(lang)] *= _FOREIGN
        near = _nearest(likeness)
        near = near[np.lexsort((-likeness[near], self._kind[near]))]
        kind, like = self._kind[near], likeness[near]
        first = np.searchsorted(kind, kind)  # where the phrases of its kind begin
        counted = np.arange(len(near)) - first < _NEAREST
        scores = np.bincount(kind[counted], like[counted] ** 2, minlength=len(self.kinds))
        nearest = np.zeros(len(self.kinds), np.float32)
        nearest[kind[first]] = like[first]
        return scores.astype(np.float32), nearest

    @lru_cache(maxsize=32)  # noqa: B019 (there is one lexicon)
    def _foreign(self, lang: str) -> npt.NDArray[np.bool_]:
        """Which phrases are in languages that need not be known on a page in this one."""
        return ~np.isin(self._languages, (lang, *_KNOWN))


def _nearest(likeness: Floats) -> npt.NDArray[np.intp]:
    """The positions of the `_COMPARED` most alike, of equals all; none of no likeness at all.

    To part all phrases costs more than to compare them: mostly those above `_LOW` are enough.
    """
    near = np.flatnonzero(likeness > _LOW)
    if len(near) < _COMPARED:
        near = np.flatnonzero(likeness)
    if len(near) > _COMPARED:
        near = near[likeness[near] >= np.partition(likeness[near], -_COMPARED)[-_COMPARED]]
    return near


def _aligned(meanings: Meanings, scores: Floats) -> Floats:
    """The scores of vectors in the lexicon's order of kinds; 0 for one that they do not know."""
    by_kind = dict(zip(meanings.kinds, scores.tolist(), strict=True))
    return np.array([by_kind.get(kind, 0.0) for kind in _lexicon().kinds], np.float32)


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(phrases())
