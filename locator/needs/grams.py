"""Texts compared by words, pairs of words and runs of two to five letters, rarer counting more.

The cosine of weights tf-idf (sublinear tf), as scikit-learn's `TfidfVectorizer` with `char_wb` and
with words would give it, each half of the whole. Runs of letters of all texts are hashed at once.
"""

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, hstack

_SIZES = (2, 3, 4, 5)  # letters
_BITS = 20
_ODD = np.uint64(0x9E3779B97F4A7C15)  # Knuth's multiplicative hashing, 2**64 over the golden ratio

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


class Grams:
    """Texts that are asked which of them are like another.

    Args:
        texts: folded texts (`folded`).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [_counted(*grams(texts), len(texts)) for grams in (_runs, _words)]
        self._idf = [_idf(counts) for counts in counted]
        weighed = [
            _unit(_damped(c).multiply(i).tocsr()) for c, i in zip(counted, self._idf, strict=True)
        ]
        whole = hstack(weighed, format="csr").T.tocsr()  # a row each gram
        self._holders = csr_array(
            (
                (whole.data / 2).astype(np.float32),
                whole.indices.astype(np.int32),
                whole.indptr.astype(np.int32),
            ),
            shape=whole.shape,
        )

    def similar(self, text: str) -> Floats:
        """How like a folded text is to each of the index's, 0 to 1."""
        grams, weights = zip(*(self._asked(text, half) for half in (0, 1)), strict=True)
        found: Floats = np.concatenate(weights) @ self._holders[np.concatenate(grams)]
        return found

    def _asked(self, text: str, half: int) -> tuple[Numbers, Floats]:
        """The grams of one half in a text, and their weights, of length 1."""
        _, columns = (_runs, _words)[half]([text])
        gram, counts = np.unique(columns, return_counts=True)
        weight = (1 + np.log(counts)) * self._idf[half][gram]
        return gram + half * (1 << _BITS), weight / max(float(np.sqrt(weight @ weight)), 1e-9)


def _runs(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """(text, gram) of each run of letters within a word, spaces at its ends counted."""
    joined = "".join(f" {text} " for text in texts)
    letters = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), [len(text) + 2 for text in texts])
    space = letters == ord(" ")
    rows, columns = [], []
    for size in _SIZES:
        starts = max(len(letters) - size + 1, 0)
        mixed = np.full(starts, size, np.uint64)
        whole = owner[:starts] == owner[size - 1 :]
        for at in range(size):
            mixed = (mixed ^ letters[at : at + starts]) * _ODD
            mixed ^= mixed >> np.uint64(29)
            if 0 < at < size - 1:
                whole &= ~space[at : at + starts]
        whole &= ~(space[:starts] & space[size - 1 :][:starts])
        rows.append(owner[:starts][whole])
        columns.append((mixed[whole] >> np.uint64(64 - _BITS)).astype(np.int64))
    return np.concatenate(rows), np.concatenate(columns)


def _words(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """(text, gram) of each word and pair of words."""
    rows, columns = [], []
    for row, text in enumerate(texts):
        words = text.split()
        for gram in (*words, *map(" ".join, pairwise(words))):
            rows.append(row)
            columns.append(crc32(gram.encode()) & ((1 << _BITS) - 1))
    return np.array(rows, np.int64), np.array(columns, np.int64)


def _counted(rows: Numbers, columns: Numbers, height: int) -> csr_array:
    ones = np.ones(len(rows), np.float32)
    counts = csr_array((ones, (rows, columns)), shape=(height, 1 << _BITS))
    counts.sum_duplicates()
    return counts


def _idf(counts: csr_array) -> Floats:
    """The smoothed idf of each gram."""
    texts = np.bincount(counts.indices, minlength=counts.shape[1])
    found: Floats = (np.log((1 + counts.shape[0]) / (1 + texts)) + 1).astype(np.float32)
    return found


def _damped(counts: csr_array) -> csr_array:
    counts.data = 1 + np.log(counts.data)
    return counts


def _unit(rows: csr_array) -> csr_array:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    each = np.repeat(np.maximum(length, 1e-9), np.diff(rows.indptr))
    rows.data = (rows.data / each).astype(np.float32)
    return rows
