"""How good the embedded streets are, on real doors that they were not made of.

    python -m tests.geocoding.held_out ../shared/facts [--doors 2000] [--pairs 3000]

Doors are held out by fifths: an index is made without anything that was known of their streets, and
each is asked for in three ways: with postcode and town, with the town only, and with one typing
error in the street. Streets picked by chance from the whole register are asked for in the same
ways, for whom no point is known. Prints for each way how many were named right, asked about with
the right one among the choices, and silently answered with another street; how far off the points
are; and how often `accuracy_m` held the door, level by level, and by what it would have to be
multiplied to hold 91 in 100 of them. Lest a figure be judged by the doors that set it, that is done
once more by tenths of the postcodes: each is judged by what the other nine say.
"""

import argparse
import csv
import gzip
import io
import random
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from zlib import crc32

import numpy as np

from geodata.build_streets import Streets, build
from locator.earth.geodesic import distance
from locator.earth.point import Precision
from locator.errors import NotFoundError
from locator.geocoding.addresses.layers import Layers, same_street
from locator.geocoding.addresses.streets import open_streets, street_index
from locator.geocoding.answer import Answer
from locator.geocoding.query import parse
from locator.geocoding.resolve import resolve
from locator.language.normalise import clean
from locator.places.tables import city
from tests.benchmarks.bench_addresses import misspelt

Row = dict[str, str]
Door = tuple[str, str, str, float, float]  # street, number, postcode, lat, lon
FIFTHS = 5
MOST = 6  # doors of one postcode, so that no town weighs more than it should
WANTED = 0.91  # a hundredth more than is promised, for what is left to chance
ENOUGH = 100  # doors of a level
_FROM_STREETS = ("a known street", "median of known streets")


def read(path: Path) -> list[Row]:
    """The rows of a table, packed or not."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(text.decode("utf-8").splitlines()))


def write(path: Path, rows: list[Row], fields: Iterable[str]) -> None:
    """Put the rows in the table's place."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(fields))
    writer.writeheader()
    writer.writerows(rows)
    data = text.getvalue().encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def doors(facts: Path, rng: random.Random) -> list[Door]:
    """Doors of all sources, at most `MOST` a postcode and one a street."""
    every = [*read(facts / "doors.csv.gz"), *read(facts / "doors_openstreetmap.csv.gz")]
    rng.shuffle(every)
    seen: set[tuple[str, str]] = set()
    counts: Counter[str] = Counter()
    known = Streets(facts).number
    found = []
    for row in every:
        pair = row["street"], row["postcode"]
        if pair in seen or pair not in known or counts[row["postcode"]] == MOST:
            continue
        seen.add(pair)
        counts[row["postcode"]] += 1
        point = float(row["lat"]), float(row["lon"])
        found.append((row["street"], row["house_number"], row["postcode"], *point))
    return found


def without(facts: Path, pairs: set[tuple[str, str]], folder: Path) -> None:
    """Copies of the tables in which nothing is known of where these streets are."""
    shutil.copytree(facts, folder, dirs_exist_ok=True)
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
    for name in ("doors.csv.gz", "doors_openstreetmap.csv.gz", "streets_openstreetmap.csv"):
        rows = read(folder / name)
        kept = [row for row in rows if (row["street"], row["postcode"]) not in pairs]
        write(folder / name, kept, rows[0])
    rows = read(folder / "streets.csv")
    for row in rows:
        if (row["street"], row["postcode"]) in pairs:
            row |= {"lat": "", "lon": ""}
    write(folder / "streets.csv", rows, rows[0])
    rows = read(folder / "villages.csv")
    # A village whose point is that of a street held out would give it away.
    write(folder / "villages.csv", [r for r in rows if r["source"] not in _FROM_STREETS], rows[0])


class Tally:
    """What became of one way of asking."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.off: list[float] = []
        self.levels: dict[Precision, list[tuple[float, float, str]]] = defaultdict(list)
        self.wrong: list[str] = []

    def add(self, text: str, door: Door, answer: Answer | None) -> None:
        """Judge an answer."""
        kind = judged(door, answer)
        self.kinds[kind] += 1
        if kind == "silently wrong" and answer:
            self.wrong.append(f"{text!r} (of {door[0]}): {answer.address}")
        if answer and kind == "right" and door[3]:
            metres = float(distance(door[4], door[3], answer.point.lon, answer.point.lat))
            self.off.append(metres)
            self.levels[answer.precision].append((metres, answer.accuracy_m or 0.0, door[2]))

    def lines(self) -> Iterator[str]:
        """What there is to say."""
        total = self.kinds.total()
        yield "  " + ", ".join(f"{k} {n / total:.2%}" for k, n in self.kinds.most_common())
        if self.off:
            middle, most = np.quantile(self.off, [0.5, 0.9])
            yield f"  {middle:.0f} m off in the median, 90 % within {most:.0f} m"
        for level, found in sorted(self.levels.items()):
            held = sum(off <= accuracy for off, accuracy, _ in found) / len(found)
            radius = np.median([accuracy for _, accuracy, _ in found])
            yield f"    {level:9} {len(found):5} doors, {held:.1%} held by {radius:.0f} m (median)"
            if len(found) >= ENOUGH:
                yield crossed(found)
        yield from (f"    {line}" for line in self.wrong[:12])


def crossed(found: list[tuple[float, float, str]]) -> str:
    """By what `accuracy_m` should be multiplied, and what that holds of postcodes left out."""
    ratio = np.array([off / accuracy for off, accuracy, _ in found])
    tenth = np.array([crc32(postcode.encode()) % 10 for _, _, postcode in found])
    held = [ratio[tenth == t] <= np.quantile(ratio[tenth != t], WANTED) for t in range(10)]
    share, factor = np.concatenate(held).mean(), np.quantile(ratio, WANTED)
    return f"      {WANTED:.0%} within {factor:.2f} of it; set by other postcodes: {share:.1%} held"


def judged(door: Door, answer: Answer | None) -> str:
    """Which of the outcomes it is."""
    if answer is None:
        return "empty"
    if answer.question:
        among = any(_same(door, choice) for choice in answer.alternatives)
        return "asked" if among else "asked without it"
    if not answer.street:
        return "honestly coarser"
    return "right" if _same(door, answer) else "silently wrong"


def _same(door: Door, answer: Answer) -> bool:
    return same_street(answer.street) == same_street(door[0]) and answer.postcode == door[2]


WAYS: dict[str, Callable[[Door, random.Random], str]] = {
    "postcode and town": lambda d, rng: f"{d[0]} {d[1]}, {d[2]} {city(d[2])}",
    "town only": lambda d, rng: f"{d[0]} {d[1]}, {city(d[2])}",
    "one typing error": lambda d, rng: f"{misspelt(d[0], rng)} {d[1]}, {d[2]} {city(d[2])}",
    "one typing error, town only": lambda d, rng: f"{misspelt(d[0], rng)} {d[1]}, {city(d[2])}",
}


def ask(layers: Layers, text: str) -> Answer | None:
    """The answer, None for none."""
    try:
        return resolve(layers, clean(text), parse(text))
    except NotFoundError:
        return None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--doors", type=int, default=2000)
    parser.add_argument("--pairs", type=int, default=3000)
    parser.add_argument("--accuracy", action="store_true", help="only how well accuracy_m holds")
    options = parser.parse_args()
    rng = random.Random(9)
    held = doors(options.facts, rng)[: options.doors]
    ways = dict([*WAYS.items()][:1]) if options.accuracy else WAYS
    tallies = {way: Tally() for way in ways}
    for part in range(FIFTHS):
        mine = held[part::FIFTHS]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            without(options.facts, {(d[0], d[2]) for d in mine}, folder)
            main_file, osm_file = build(folder, folder)
            layers = Layers(open_streets(main_file, osm_file))
            for way, text_of in ways.items():
                for door in mine:
                    text = text_of(door, rng)
                    tallies[way].add(text, door, ask(layers, text))
    index = street_index()
    layers = Layers(index)
    pairs = 0 if options.accuracy else options.pairs
    chosen = rng.sample(range(len(index.columns["pair_name"])), pairs)
    streets = {way: Tally() for way in ways}
    for pair in chosen:
        door = (index.street(pair), str(rng.randint(1, 40)), index.postcode(pair), 0.0, 0.0)
        for way, text_of in ways.items():
            text = text_of(door, rng)
            streets[way].add(text, door, ask(layers, text))
    for name, every in (("doors held out", tallies), ("streets of the register", streets)):
        for way, tally in every.items():
            print(f"{name}, {way} ({tally.kinds.total()}):")
            print("\n".join(tally.lines()))


if __name__ == "__main__":
    main()
