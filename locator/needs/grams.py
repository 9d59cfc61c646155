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


class Grams:
    """Texts that are asked which of them are like another.

    Args:
        texts: folded texts (`folded`).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        parts = [_weighed(_runs(texts)), _weighed(_words(texts))]
        self._idf = [idf for _, idf in parts]
        self._texts = hstack([_unit(m) for m, _ in parts], format="csr").T.tocsr()
        self._texts.data /= 2

    def similar(self, texts: Sequence[str]) -> Floats:
        """How like each of `texts` (rows) is to each of the index's (columns), 0 to 1."""
        counted = (_runs(texts), _words(texts))
        parts = [
            _unit(_damped(c).multiply(i).tocsr()) for c, i in zip(counted, self._idf, strict=True)
        ]
        asked = hstack(parts, format="csr")
        found: Floats = (asked @ self._texts).toarray().astype(np.float32)
        return found


def _runs(texts: Sequence[str]) -> csr_array:
    """How often each run of letters within a word, spaces at its ends counted, is in each text."""
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
    return _counted(np.concatenate(rows), np.concatenate(columns), len(texts))


def _words(texts: Sequence[str]) -> csr_array:
    """How often each word and pair of words is in each text."""
    rows, columns = [], []
    for row, text in enumerate(texts):
        words = text.split()
        for gram in (*words, *map(" ".join, pairwise(words))):
            rows.append(row)
            columns.append(crc32(gram.encode()) & ((1 << _BITS) - 1))
    return _counted(np.array(rows, np.int64), np.array(columns, np.int64), len(texts))


def _counted(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], height: int) -> csr_array:
    ones = np.ones(len(rows), np.float32)
    counts = csr_array((ones, (rows, columns)), shape=(height, 1 << _BITS))
    counts.sum_duplicates()
    return counts


def _damped(counts: csr_array) -> csr_array:
    counts.data = 1 + np.log(counts.data)
    return counts


def _weighed(counts: csr_array) -> tuple[csr_array, Floats]:
    """The counts by sublinear tf and smoothed idf, and the idf of each column."""
    texts = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = (np.log((1 + counts.shape[0]) / (1 + texts)) + 1).astype(np.float32)
    return _damped(counts).multiply(idf).tocsr(), idf


def _unit(rows: csr_array) -> csr_array:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data = rows.data / np.repeat(np.maximum(length, 1e-9), np.diff(rows.indptr)).astype(
        np.float32
    )
    return rows
