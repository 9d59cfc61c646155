"""Score a method on the public test set of needs: `python -m tests.needs.score --help`.

A file a language, `lang, kind, query, expected`: `kind` is need, crisis or nonsense; `expected` the
id of the kind of help, "" for nonsense. Every third line of a file is held out: nobody may tune a
lexicon or a method on it, and both parts are reported.
"""

import csv
import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import click

from locator.directory import load
from locator.geocoding import Finder
from locator.needs import Interpreter, meanings

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))
HELD_OUT = 3  # every third line, from another one in each language

Case = dict[str, str]
Understand = Callable[[str, str | None], Sequence[dict[str, Any]]]


def cases(lang: str) -> list[Case]:
    """The lines of a language, each with `held_out` "yes" or ""."""
    shift = LANGUAGES.index(lang)
    with (FOLDER / f"{lang}.csv").open(encoding="utf-8", newline="") as file:
        return [
            case | {"held_out": "yes" if (at + shift) % HELD_OUT == HELD_OUT - 1 else ""}
            for at, case in enumerate(csv.DictReader(file))
        ]


def rank(case: Case, found: Sequence[dict[str, Any]]) -> int:
    """The place of the expected kind among the needs that were found, 1 the first; 0 for none.

    For nonsense: 1 where no need is claimed with confidence, else 0.
    """
    needs = [one for one in found if one["kind"] == "need"]
    if case["kind"] == "nonsense":
        return int(not any(one["confident"] for one in needs))
    ids = [one["id"] for one in needs]
    return ids.index(case["expected"]) + 1 if case["expected"] in ids else 0


def method(name: str) -> Understand:
    """The method of this name: "engine", or any MODULE:FUNCTION of (text, language)."""
    if name == "engine":
        name = "tests.needs.score:engine"
    module, _, function = name.partition(":")
    found: Understand = getattr(importlib.import_module(module), function)
    return found


def engine(text: str, lang: str | None) -> list[dict[str, Any]]:
    """What the program itself understands."""
    return [meaning.as_object() for meaning in _interpreter(vectors=True).understand(text, lang)]


def words(text: str, lang: str | None) -> list[dict[str, Any]]:
    """What the program understands without vectors."""
    return [meaning.as_object() for meaning in _interpreter(vectors=False).understand(text, lang)]


@cache
def _interpreter(*, vectors: bool) -> Interpreter:
    return Interpreter(Finder(None), load(), meanings() if vectors else None)


def table(ranks: Iterable[tuple[Case, int]]) -> str:
    """Shares by language: needs first and in the first three, crisis likewise, nonsense left."""
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for case, place in ranks:
        for lang in (case["lang"], "all"):
            counts[lang][case["kind"]].append(place)
    lines = ["lang  need1  need3  crisis1 crisis3 nonsense (claims)"]
    for lang in sorted(counts, key=lambda one: (one == "all", one)):
        need, crisis = counts[lang]["need"], counts[lang]["crisis"]
        claims = counts[lang]["nonsense"].count(0), len(counts[lang]["nonsense"])
        lines.append(
            f"{lang:5} {_share(need, 1)} {_share(need, 3)}  {_share(crisis, 1)}  "
            f"{_share(crisis, 3)}  {claims[0]} of {claims[1]}"
        )
    return "\n".join(lines)


def _share(places: Sequence[int], most: int) -> str:
    share = sum(1 <= place <= most for place in places) / (len(places) or 1)
    return f"{share:6.1%}"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--method", "name", default="engine", show_default=True, help="Or MODULE:FUNCTION.")
@click.option("--lang", "langs", multiple=True, type=click.Choice(LANGUAGES), help="Only these.")
@click.option("--without-language", is_flag=True, help="Do not tell the method the language.")
@click.option("--quiet", is_flag=True, help="Do not list the lines that fail.")
def main(name: str, langs: tuple[str, ...], without_language: bool, quiet: bool) -> None:
    """Score a method on the test set, the held-out lines apart, and show what fails."""
    understand = method(name)
    ranks = []
    for lang in langs or LANGUAGES:
        for case in cases(lang):
            found = understand(case["query"], None if without_language else lang)
            ranks.append((case, rank(case, found)))
            failed = ranks[-1][1] != 1
            if failed and not quiet and not case["held_out"]:
                got = ", ".join(f"{one['id']} {one['score']}" for one in found[:3])
                print(f"{lang} {case['query']!r}: {case['expected'] or 'nothing'}, not {got}")
    for held_out, title in (("", "Tuned on"), ("yes", "Held out")):
        chosen = [(case, place) for case, place in ranks if case["held_out"] == held_out]
        print(f"\n{title}, {len(chosen)} lines\n{table(chosen)}")


if __name__ == "__main__":
    main()
