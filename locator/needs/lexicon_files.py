"""The phrases of the lexicon: what people write for each kind of help, one file a language."""

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicon"
NONE = "none"  # the kind of what no kind of help answers


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line of a lexicon: `text` in the language of this tag is written for `kind`."""

    kind: str
    text: str
    language: str


@cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases of all languages, in the order of the files."""
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [Phrase(r["kind"], r["phrase"], path.stem) for r in csv.DictReader(file)]
    return tuple(found)


def digest() -> str:
    """SHA-256 of the phrases and their kinds, whatever the order of the lines."""
    lines = sorted(f"{one.kind}\t{one.text.casefold()}" for one in phrases())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
