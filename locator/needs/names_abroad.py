"""Names of organisations as people write them in their own language and script.

`names.csv`, for native speakers to review: `lang`, `alias`, the `name` that the directory has, and
`reviewed` as in the lexicon. Cyrillic that only spells the Danish letter by letter needs no line.
"""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from locator.language import Spellings
from locator.needs.folding import folded

FILE = Path(__file__).parent / "names.csv"
_LONG = 7  # letters of an alias that may be misspelt


def in_danish(line: str) -> str:
    """A folded line with the names it has in other languages as the directory writes them."""
    words, found, at = line.split(), [], 0
    while at < len(words):
        name, count = _named(words[at : at + _aliases().most])
        found.append(name)
        at += count
    return " ".join(found)


def _named(words: Sequence[str]) -> tuple[str, int]:
    """(the name that the line begins with, its number of words); its first word for none."""
    for count in range(len(words), 0, -1):
        name = _aliases().name("".join(words[:count]))
        if name:
            return name, count
    return words[0], 1


class _Aliases:
    """The aliases by their letters, however many words they are written in."""

    def __init__(self) -> None:
        with FILE.open(encoding="utf-8", newline="") as file:
            rows = [(folded(r["alias"]), folded(r["name"])) for r in csv.DictReader(file)]
        self.most = max(len(alias.split()) for alias, _ in rows)
        self._names = {alias.replace(" ", ""): name for alias, name in rows}
        self._long = [alias for alias in self._names if len(alias) >= _LONG]
        self._spellings = Spellings(self._long)

    def name(self, letters: str) -> str | None:
        """The name that these letters stand for, one of them perhaps wrong."""
        if letters in self._names or len(letters) < _LONG:
            return self._names.get(letters)
        near = self._spellings.within(letters, 1)
        return self._names[self._long[near[0][1]]] if near else None


@cache
def _aliases() -> _Aliases:
    return _Aliases()
