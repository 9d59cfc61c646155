"""Sorted keys of names: asked whole, by their first letters, and with errors."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import overload

from rapidfuzz.distance import OSA

from locator.geocoding.addresses.columns import Array
from locator.language import Spellings

LONGEST_KEY = 60  # bytes of a key that are kept and compared
MOST_ERRORS = 2
_HEADS = (5, 8)  # letters of a beginning that are compared, allowing one error, then two
_MANY = 100  # questions: then it pays to have all keys in memory


class Texts(Sequence[bytes]):
    """Strings kept end to end, read one at a time."""

    def __init__(self, text: Array, start: Array) -> None:
        self.text = text
        self.start = start
        self._view = memoryview(text.data)

    def __len__(self) -> int:
        return len(self.start) - 1

    @overload
    def __getitem__(self, at: int) -> bytes: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[bytes]: ...

    def __getitem__(self, at: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return bytes(self._view[self.start[at] : self.start[at + 1]])

    def string(self, at: int) -> str:
        """The text at this position."""
        return self[at].decode(errors="replace")


class Keys(Texts):
    """Keys in the order of their bytes."""

    _asked = 0

    def exact(self, key: str) -> int | None:
        """The number of this key, None where there is none."""
        return self.number(key.encode()[:LONGEST_KEY])

    def number(self, key: bytes) -> int | None:
        """The number of this key as it is kept, None where there is none."""
        every = self._ordered
        at = bisect_left(every, key)
        return at if at < len(every) and every[at] == key else None

    def kept(self, span: Sequence[int]) -> list[bytes]:
        """The keys of these numbers, as they are kept."""
        every = self._ordered
        return [every[at] for at in span]

    def starting(self, prefix: str) -> range:
        """The numbers of the keys that start so."""
        sought = prefix.encode()[:LONGEST_KEY]
        every = self._ordered
        first = bisect_left(every, sought)
        return range(first, bisect_left(every, sought + b"\xff", first))

    @property
    def _ordered(self) -> Sequence[bytes]:
        """All keys: read from the file one by one at first, and from memory if many are asked."""
        self._asked += 1
        return self._listed if self._asked > _MANY else self

    @cached_property
    def _listed(self) -> list[bytes]:
        return [self[at] for at in range(len(self))]

    def misspelt(self, key: str, most: int = MOST_ERRORS) -> list[tuple[int, int]]:
        """Keys within `most` errors of this one: (errors, number of key), fewest errors first.

        An error is a letter left out, put in, changed, or two changed about (optimal string
        alignment).
        """
        return self._whole.within(key, most)

    def misspelt_beginning(self, beginning: str) -> list[tuple[int, int]]:
        """Keys that begin almost so: (errors, number of key); one error in five letters, else two.

        Fewer than five letters could be the beginning of anything: [].
        """
        heads = [size for size in _HEADS if size <= len(beginning)]
        if not heads:
            return []
        size, most = heads[-1], len(heads)
        names, firsts = self._beginnings[size]
        near = names.within(beginning[:size], most)
        found = []
        for at in (at for _, head in near for at in range(firsts[head], firsts[head + 1])):
            text = self._whole.texts[at]
            ends = (len(beginning) + extra for extra in (-1, 0, 1))
            errors = min(OSA.distance(beginning, text[:end], score_cutoff=most) for end in ends)
            if errors <= most:
                found.append((errors, at))
        return sorted(found)

    @cached_property
    def _whole(self) -> Spellings:
        return Spellings([self.string(at) for at in range(len(self))])

    @cached_property
    def _beginnings(self) -> dict[int, tuple[Spellings, list[int]]]:
        """The first letters that keys have, in order, and the first key of each (and the end)."""
        found = {}
        for size in _HEADS:
            heads = [text[:size] for text in self._whole.texts]
            firsts = [at for at, head in enumerate(heads) if not at or heads[at - 1] != head]
            names = Spellings([heads[at] for at in firsts])
            found[size] = (names, [*firsts, len(heads)])
        return found
