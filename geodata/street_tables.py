"""The tables of `../shared/facts` that the embedded streets are made of, as they stand today."""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from locator.geocoding.addresses.rows import house_numbers
from locator.language import key

Row = dict[str, str]
Pair = tuple[str, str]  # street and postcode, or village and postcode
Door = tuple[int, int, int, float, float, str]  # pair, number, letter (1 for A), lat, lon, source

_NO_STREETS = frozenset({"Postbox"})


def rows(folder: Path, name: str) -> Iterator[Row]:
    """The rows of a table, packed or not."""
    path = folder / name
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))


class Streets:
    """What both files are made of: every pair, village and name, in their order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._set_postcodes()
        table = {
            (r["street"], r["postcode"]): r
            for r in self.table("streets.csv")
            if r["street"] not in _NO_STREETS
        }
        self.key_of = {name: key(name) for name in {street for street, _ in table}}
        self.pairs = sorted(table, key=lambda pair: (self.key_of[pair[0]].encode(), pair[1], pair))
        self.number = {pair: at for at, pair in enumerate(self.pairs)}
        self.rows = [table[pair] for pair in self.pairs]
        self.village_of = {
            (r["street"], r["postcode"]): (r["village"], r["postcode"])
            for r in self.table("street_villages.csv")
        }
        self.villages = sorted(
            set(self.village_of.values()), key=lambda v: (key(v[0]).encode(), v[1], v[0])
        )
        self.village_number = {village: at for at, village in enumerate(self.villages)}

    def _set_postcodes(self) -> None:
        """Find what has another postcode by now.

        Islands have one of their own since the register: Tunø was in 8300 Odder. A postcode in
        which the register has no street, and that has the name of a village, is that village's.
        """
        villages = list(rows(self.folder, "street_villages.csv"))
        used = {row["postcode"] for row in rows(self.folder, "streets.csv")}
        new = {
            row["name"]: row["postcode"]
            for row in rows(self.folder, "postcodes.csv")
            if row["postcode"] not in used
        }
        homes: dict[Pair, set[str]] = defaultdict(set)
        for row in villages:
            homes[row["street"], row["postcode"]].add(row["village"])
        old = defaultdict(set)
        for row in villages:
            if row["village"] in new:
                old[row["village"]].add(row["postcode"])
        self._moved = {
            (name, code): new[name]
            for name, codes in old.items()
            if len(codes) == 1
            for code in codes
        }
        self._moved_street = {
            pair: self._moved[village, pair[1]]
            for pair, (village, *others) in homes.items()
            if not others and (village, pair[1]) in self._moved
        }

    def table(self, name: str) -> Iterator[Row]:
        """The rows of a table, their postcodes as they are now."""
        for row in rows(self.folder, name):
            code = row["postcode"]
            if "street" in row:
                code = self._moved_street.get((row["street"], code), code)
            elif "village" in row:
                code = self._moved.get((row["village"], code), code)
            yield row | {"postcode": code}

    def doors(self, name: str) -> list[Door]:
        """The doors of a table whose street is known, by pair, number and letter."""
        found = {}
        for row in self.table(name):
            pair = self.number.get((row["street"], row["postcode"]))
            houses = house_numbers(row["house_number"])
            if pair is None or len(houses) != 1 or not houses[0][0]:
                continue
            number, letter = houses[0]
            where = float(row["lat"]), float(row["lon"])
            door = (pair, number, ord(letter) - 64 if letter else 0, *where, row["source"])
            found.setdefault(door[:3], door)
        return sorted(found.values())
