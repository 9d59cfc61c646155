"""Address search in a country of 2.5 million addresses, beside SQLite FTS5 and tantivy.

    python -m tests.benchmarks.bench_addresses [--count 2500000] [--folder DIR]

Builds the made-up country of `tests.benchmarks.country`, then asks the same seeded questions of
all on one core: every keystroke of an address being typed, and whole addresses with one typing
error in the street (and one in the town). Prints the build's time, memory and size, and
milliseconds and hits a query. Time is the processor's: what else runs on the machine is left out
as far as that goes. With --embedded it asks the embedded streets alone, as they come.
"""

import argparse
import multiprocessing
import os
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import tantivy

from locator.errors import NotFoundError
from locator.geocoding.addresses.importer import build
from locator.geocoding.addresses.index import AddressIndex
from locator.geocoding.addresses.rows import Report
from locator.geocoding.addresses.streets import street_index
from locator.geocoding.addresses.table import Mapping
from locator.geocoding.offline import OfflineGeocoder
from locator.places.tables import city
from tests.benchmarks.country import write_pbf

SHARED = Path(__file__).resolve().parents[3] / "shared"
LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
KEYSTROKES, MISSPELT = 500, 2000  # addresses typed; addresses asked with an error

Address = tuple[str, str, str]  # street, house number, postcode
Ask = Callable[[str], str]  # the address found first, "" for none


def text(address: Address) -> str:
    """The address as post writes it."""
    street, house, postcode = address
    return f"{street} {house}, {postcode} {city(postcode)}"


def misspelt(word: str, rng: random.Random) -> str:
    """One letter left out, put in, changed, or two changed about."""
    while True:
        at, kind = rng.randrange(len(word)), rng.randrange(4)
        letter = rng.choice(LETTERS)
        changed = (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        )[kind]
        if changed.casefold() != word.casefold() and changed.strip():
            return changed


def sample(index: AddressIndex, count: int, rng: random.Random) -> list[Address]:
    """Addresses of the index by chance."""
    found = []
    for at in rng.sample(range(len(index)), count):
        pair = index.pair_of(at)
        found.append((index.street(pair), index.door(at).house, index.postcode(pair)))
    return found


def every(index: AddressIndex) -> Iterator[Address]:
    """Every address of the index."""
    for pair in range(len(index.columns["pair_name"])):
        street, postcode = index.street(pair), index.postcode(pair)
        first, numbers, _ = index.doors(pair)
        for at in range(len(numbers)):
            yield street, index.door(first + at).house, postcode


def build_apart(source: Path, out: Path) -> tuple[Report, float, float, int]:
    """Build in a process of its own: its report, seconds in all and of processor, most MB."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_build, (source, out))


def _build(source: Path, out: Path) -> tuple[Report, float, float, int]:
    start = time.perf_counter()
    report = build([source], out, Mapping(), lambda path, part: None)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return report, time.perf_counter() - start, time.process_time(), most


def naerved(path: Path | None) -> tuple[Ask, Ask]:
    """Nærved's search as one types, and its answer to a whole address."""
    geocoder = OfflineGeocoder(addresses=path)

    def whole(query: str) -> str:
        try:
            answer = geocoder.answer(query)
        except NotFoundError:
            return ""
        # A misspelt street is asked about: what counts is that the right one is offered first.
        return answer.alternatives[0].address if answer.question else answer.address

    def typing(query: str) -> str:
        found = geocoder.suggest(query)
        return found[0].address if found else ""

    return typing, whole


def fts5(index: AddressIndex, path: Path) -> tuple[Ask, Ask]:
    """SQLite FTS5 with prefix indexes, accents folded; it knows no typing errors."""
    base = sqlite3.connect(path)
    options = "tokenize='unicode61 remove_diacritics 2', prefix='2 3 4'"
    base.execute(f"CREATE VIRTUAL TABLE address USING fts5(text, {options})")
    base.executemany("INSERT INTO address VALUES (?)", ((text(each),) for each in every(index)))
    base.execute("INSERT INTO address(address) VALUES ('optimize')")
    base.commit()

    def ask(query: str) -> str:
        words = " ".join(f'"{word}"*' for word in _words(query))
        sql = "SELECT text FROM address WHERE address MATCH ? LIMIT 8"
        found = base.execute(sql, (words,)).fetchone() if words else None
        return str(found[0]) if found else ""

    return ask, ask


def tantivy_search(index: AddressIndex, folder: Path) -> tuple[Ask, Ask]:
    """tantivy: the last word as a prefix when typing, all words within one error when whole."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    schema = builder.build()
    store = tantivy.Index(schema, path=str(folder))
    writer = store.writer(heap_size=200_000_000, num_threads=1)
    for each in every(index):
        writer.add_document(tantivy.Document(text=text(each)))
    writer.commit()
    writer.wait_merging_threads()
    store.reload()
    searcher = store.searcher()
    must = tantivy.Occur.Must

    def run(parts: list[tantivy.Query]) -> str:
        found = searcher.search(tantivy.Query.boolean_query([(must, p) for p in parts]), 8).hits
        return str(searcher.doc(found[0][1])["text"][0]) if found else ""

    def exact(word: str) -> tantivy.Query:
        return tantivy.Query.term_query(schema, "text", word)

    def fuzzy(word: str, *, prefix: bool = False) -> tantivy.Query:
        distance = 0 if any(c.isdigit() for c in word) else 1
        return tantivy.Query.fuzzy_term_query(
            schema, "text", word, distance=0 if prefix else distance, prefix=prefix
        )

    def typing(query: str) -> str:
        words = _words(query)
        return run([*map(exact, words[:-1]), fuzzy(words[-1], prefix=True)]) if words else ""

    def whole(query: str) -> str:
        words = _words(query)
        return run([fuzzy(word) for word in words]) if words else ""

    return typing, whole


def _words(query: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in query.casefold()).split()


def measure(ask: Ask, queries: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Milliseconds of processor a query, median and 99th percentile, and the share that is right.

    The share is nan where the questions want no certain answer.
    """
    times, right, judged = [], 0, 0
    for query, wanted in queries:
        start = time.thread_time()
        found = ask(query)
        times.append((time.thread_time() - start) * 1000)
        judged += bool(wanted)
        right += bool(wanted) and found.startswith(wanted)
    times.sort()
    return (
        times[len(times) // 2],
        times[int(len(times) * 0.99)],
        right / judged if judged else float("nan"),
    )


def questions(index: AddressIndex) -> dict[str, list[tuple[str, str]]]:
    """The kinds of questions: (query, address wanted first); "" accepts any."""
    rng = random.Random(7)
    typed = [text(address) for address in sample(index, KEYSTROKES, rng)]
    asked = sample(index, MISSPELT, rng)
    wrong = [(misspelt(street, rng), house, code) for street, house, code in asked]
    return {
        "keystroke": [(each[:end], "") for each in typed for end in range(1, len(each) + 1)],
        "whole": [(text(each), text(each)) for each in asked],
        "misspelt, postcode": [
            (text(bad), text(good)) for bad, good in zip(wrong, asked, strict=True)
        ],
        "misspelt, town": [
            (f"{bad[0]} {bad[1]}, {city(bad[2])}", text(good))
            for bad, good in zip(wrong, asked, strict=True)
        ],
        "misspelt, both": [
            (f"{bad[0]} {bad[1]}, {bad[2]} {misspelt(city(bad[2]), rng)}", text(good))
            for bad, good in zip(wrong, asked, strict=True)
        ],
    }


def streets_sample(index: AddressIndex, count: int, rng: random.Random) -> list[Address]:
    """Streets of an index by chance, each with a number made up."""
    pairs = rng.sample(range(len(index.columns["pair_name"])), count)
    return [(index.street(pair), str(rng.randint(1, 60)), index.postcode(pair)) for pair in pairs]


def ask_embedded() -> None:
    """Keystrokes over the embedded streets, once those and their typing errors are in memory."""
    typing, _ = naerved(None)
    typed = [text(each) for each in streets_sample(street_index(), KEYSTROKES, random.Random(7))]
    typing("Nyropsgaed")
    strokes = [(each[:end], "") for each in typed for end in range(1, len(each) + 1)]
    median, most, _ = measure(typing, strokes)
    print(f"embedded, {len(strokes)} keystrokes: median {median:.3f} ms, p99 {most:.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_500_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", action="store_true", help="Nærved only")
    parser.add_argument("--embedded", action="store_true", help="the embedded streets only")
    options = parser.parse_args()
    if options.embedded:
        ask_embedded()
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        source, out = folder / "country.osm.pbf", folder / "country.index"
        if not source.exists():
            write_pbf(source, SHARED, options.count)
        report, seconds, processor, memory = build_apart(source, out)
        size = out.stat().st_size / 1e6
        print(f"{report.kept} addresses from {source.stat().st_size / 1e6:.0f} MB of OSM PBF")
        print(f"build {seconds:.0f} s ({processor:.0f} s of processor), {memory} MB at most")
        print(f"index {size:.0f} MB on disk")
        process, start = psutil.Process(), time.perf_counter()
        before = process.memory_info().rss
        index = AddressIndex.open(out)
        print(f"open {(time.perf_counter() - start) * 1000:.1f} ms")
        asked = questions(index)
        engines = {"Nærved": lambda: naerved(out)}
        if not options.only:
            store = Path(temporary) / "tantivy"
            store.mkdir()
            engines["SQLite FTS5"] = lambda: fts5(index, Path(temporary) / "fts.db")
            engines["tantivy"] = lambda: tantivy_search(index, store)
        print(f"{'':14}" + "".join(f"{kind:>34}" for kind in asked))
        print(f"{'':14}" + "".join(f"{'median ms':>12}{'p99 ms':>11}{'right':>11}" for _ in asked))
        for name, make in engines.items():
            typing, whole = make()
            found = [
                measure(typing if kind == "keystroke" else whole, queries)
                for kind, queries in asked.items()
            ]
            print(f"{name:14}" + "".join(f"{m:12.3f}{p:11.2f}{r:11.3f}" for m, p, r in found))
            if name == "Nærved":
                grown = (process.memory_info().rss - before) / 1e6
                print(f"{'':14}resident {grown:.0f} MB more than before opening")


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    main()
