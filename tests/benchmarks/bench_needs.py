"""How long a line takes to be understood: `python -m tests.benchmarks.bench_needs`.

Every line of tests/needs once, after `prepare`, with vectors and without; beside them, on the same
lines, what one would otherwise take: rapidfuzz's best of all phrases. Times of the processor, in
turns. Memory is what a process has more after `prepare` and a thousand lines than before.
"""

import statistics
import time
from collections.abc import Callable

import psutil
from rapidfuzz import fuzz, process

from locator.directory import load
from locator.geocoding import Finder
from locator.needs import Interpreter, meanings, prepare
from locator.needs.lexicon_files import phrases
from tests.needs.score import LANGUAGES, cases


def lines() -> list[tuple[str, str]]:
    return [(case["query"], lang) for lang in LANGUAGES for case in cases(lang)]


def times(understand: Callable[[str, str], object]) -> list[float]:
    """Milliseconds of each line."""
    found = []
    for text, lang in lines():
        began = time.process_time()
        understand(text, lang)
        found.append((time.process_time() - began) * 1e3)
    return sorted(found)


def told(name: str, found: list[float], other: float) -> str:
    median, high = statistics.median(found), found[int(len(found) * 0.95)]
    return f"{name}: median {median:.1f} ms, 95th percentile {high:.1f} ms, {other / median:.1f}"


def main() -> None:
    finder, directory = Finder(), load()
    finder.answer("8000")
    before = psutil.Process().memory_info().rss
    ways = {"words": Interpreter(finder, directory, None)}
    prepare(directory, vectors=True)
    if known := meanings():
        ways["vectors and words"] = Interpreter(finder, directory, known)
    measured = {name: times(way.understand) for name, way in ways.items()}
    more = (psutil.Process().memory_info().rss - before) / 1e6
    texts = [one.text for one in phrases()]
    fuzzy = times(lambda text, _: process.extract(text, texts, scorer=fuzz.WRatio, limit=8))
    other = statistics.median(fuzzy)
    print(told("rapidfuzz over all phrases", fuzzy, other), "times as fast")
    for name, found in measured.items():
        print(told(name, found, other), "times as fast")
    print(f"{more:.0f} MB more")


if __name__ == "__main__":
    main()
