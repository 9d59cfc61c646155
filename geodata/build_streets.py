"""Make streets.index and streets_openstreetmap.index from the tables of `../shared/facts`.

    python -m geodata.build_streets ../shared/facts [--out geodata]

Every street of Denmark by postcode, the village it belongs to, its municipality, its stretches of
house numbers, and every point known. What comes from OpenStreetMap is in a file of its own, under
the ODbL; it refers to streets and villages by their position in the first. The bytes depend on the
tables only. `locator.geocoding.addresses.streets` reads both.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
import numpy as np

from geodata.street_tables import Door, Row, Streets
from locator.geocoding.addresses.columns import Columns, write
from locator.geocoding.addresses.grid import DEGREE
from locator.geocoding.addresses.spots import NO_MUNICIPALITY, NO_VILLAGE
from locator.geocoding.addresses.streets import FILE, OSM_FILE
from locator.language import key, spellings

DATE = "2015-02 (register); 2006 to 2025 (points)"
OSM = "OpenStreetMap contributors, ODbL 1.0"
# What people read as the source of a point, by the tags of the tables.
SOURCES = {
    "dar_testdata": "Klimadatastyrelsen (DAR)",
    "geodanmark_testdata": "Klimadatastyrelsen (GeoDanmark)",
    "geodanmark_cycle": "Klimadatastyrelsen (GeoDanmark)",
    "geodanmark_odense": "Klimadatastyrelsen (GeoDanmark)",
    "vejman_odense": "Vejdirektoratet (vejman.dk)",
    "resources": "Nærved's directory, CC BY 4.0",
    "GeoNames": "GeoNames, CC BY 4.0",
    "DAGI parish centre 2015": "Klimadatastyrelsen (DAGI)",
    "a known street": "Nærved, from the streets known there",
    "median of known streets": "Nærved, from the streets known there",
}
_SIDES = {"odd": 1, "even": 0}
_LAST = 999  # the register's "and all beyond"


def texts(name: str, every: Sequence[str]) -> Columns:
    """Strings end to end, and the bytes of each."""
    data = [text.encode() for text in every]
    return {
        f"{name}_text": np.frombuffer(b"".join(data), np.uint8),
        f"{name}_size": np.array([len(text) for text in data], np.uint8),
    }


def degrees(values: Iterable[str | float]) -> np.ndarray:
    """Degrees as the files keep them."""
    return np.array([round(float(value) * DEGREE) for value in values], np.int32)


def points(name: str, found: Sequence[tuple[int, Row]], sources: list[str]) -> Columns:
    """Points that some of the pairs, villages or towns have, by position or postcode."""
    found = sorted(found, key=lambda each: each[0])
    return {
        f"{name}_at": np.array([at for at, _ in found], np.uint32),
        f"{name}_lat": degrees(row["lat"] for _, row in found),
        f"{name}_lon": degrees(row["lon"] for _, row in found),
        f"{name}_source": np.array([_source(row, sources) for _, row in found], np.uint8),
    }


def _source(row: Row, sources: list[str]) -> int:
    tags = (row.get("source") or row.get("sources") or "").split(";")
    label = next((SOURCES[tag] for tag in tags if tag in SOURCES), OSM)
    if label not in sources:
        sources.append(label)
    return sources.index(label)


def door_columns(doors: Sequence[Door], sources: list[str]) -> Columns:
    """The doors' columns."""
    return {
        "door_pair": np.array([door[0] for door in doors], np.uint32),
        "door_number": np.array([door[1] for door in doors], np.uint16),
        "door_letter": np.array([door[2] for door in doors], np.uint8),
        "door_lat": degrees(door[3] for door in doors),
        "door_lon": degrees(door[4] for door in doors),
        "door_source": np.array([_source({"source": d[5]}, sources) for d in doors], np.uint8),
    }


def main_columns(streets: Streets, sources: list[str]) -> tuple[Columns, list[str]]:
    """The columns of the main file, and the codes of municipalities in their order."""
    names = sorted(streets.key_of, key=lambda name: (streets.key_of[name].encode(), name))
    name_number = {name: at for at, name in enumerate(names)}
    codes = sorted({c for r in streets.rows for c in r["municipality_code"].split(";") if c})
    found = [(at, row) for at, row in enumerate(streets.rows) if row["lat"]]
    villages = [
        (streets.village_number[r["village"], r["postcode"]], r)
        for r in streets.table("villages.csv")
        if (r["village"], r["postcode"]) in streets.village_number
    ]
    towns = [(int(r["postcode"]), r) for r in streets.table("postcode_towns.csv")]
    columns = {
        **texts("name", names),
        **_keys(streets),
        "pair_name": np.array([name_number[s] for s, _ in streets.pairs], np.uint16),
        "pair_postcode": np.array([int(p) for _, p in streets.pairs], np.uint16),
        "pair_village": np.array(
            [
                streets.village_number[streets.village_of[pair]]
                if pair in streets.village_of
                else NO_VILLAGE
                for pair in streets.pairs
            ],
            np.uint16,
        ),
        "pair_municipality": np.array([_first_code(row, codes) for row in streets.rows], np.uint8),
        **_more_municipalities(streets, codes),
        **_villages(streets),
        **points("street", found, sources),
        **points("village_spot", villages, sources),
        **points("town", towns, sources),
        **door_columns(streets.doors("doors.csv.gz"), sources),
        **_intervals(streets),
        "sole_pair": np.array(_sole(streets), np.uint32),
    }
    return columns, codes


def _villages(streets: Streets) -> Columns:
    """The villages in the order of their keys, and the keys."""
    names = [village for village, _ in streets.villages]
    counts = Counter(key(name) for name in names)
    keys = sorted(counts, key=str.encode)
    return {
        **texts("village", names),
        "village_postcode": np.array([int(p) for _, p in streets.villages], np.uint16),
        **texts("village_key", keys),
        "village_key_count": np.array([counts[text] for text in keys], np.uint16),
    }


def _first_code(row: Row, codes: list[str]) -> int:
    first = row["municipality_code"].split(";")[0]
    return codes.index(first) if first else NO_MUNICIPALITY


def _more_municipalities(streets: Streets, codes: list[str]) -> Columns:
    more = [
        (at, codes.index(code))
        for at, row in enumerate(streets.rows)
        for code in row["municipality_code"].split(";")[1:]
    ]
    return {
        "more_pair": np.array([at for at, _ in more], np.uint32),
        "more_municipality": np.array([code for _, code in more], np.uint8),
    }


def _keys(streets: Streets) -> Columns:
    """The keys that lead to a street: its name's, those that its abbreviations may stand for, and
    those of the register's short name."""
    found: dict[bytes, set[int]] = defaultdict(set)
    for at, (street, _) in enumerate(streets.pairs):
        for text in spellings(street):
            found[text.encode()].add(at)
    for row in streets.table("street_short_names.csv"):
        number = streets.number.get((row["street"], row["postcode"]))
        for text in spellings(row["short_name"]) if number is not None else ():
            found[text.encode()].add(number)
    keys = sorted(found)
    return {
        **texts("key", [text.decode() for text in keys]),
        "key_pairs": np.array([len(found[text]) for text in keys], np.uint16),
        "key_pair": np.array([at for text in keys for at in sorted(found[text])], np.uint32),
    }


def _intervals(streets: Streets) -> Columns:
    """House numbers that a street has in a postcode, on each side, by pair."""
    by_street: dict[str, list[Row]] = defaultdict(list)
    for row in (*streets.table("street_house_ranges.csv.gz"), *_inner(streets)):
        by_street[row["street"]].append(row)
    found = []
    for row in (row for every in by_street.values() for row in every):
        pair = streets.number.get((row["street"], row["postcode"]))
        if pair is None or row["municipality_code"] not in streets.rows[pair]["municipality_code"]:
            continue
        low, high = (int("".join(c for c in row[n] if c.isdigit()) or 0) for n in ("from", "to"))
        found.append((pair, _SIDES[row["side"]], low, high or _LAST))
    found.sort()
    return {
        "interval_pair": np.array([each[0] for each in found], np.uint32),
        "interval_side": np.array([each[1] for each in found], np.uint8),
        "interval_low": np.array([each[2] for each in found], np.uint16),
        "interval_high": np.array([each[3] for each in found], np.uint16),
    }


def _sole(streets: Streets) -> list[int]:
    """The streets that a whole postcode was made for, by PostNord's list."""
    keys = {(streets.key_of[street], code): at for at, (street, code) in enumerate(streets.pairs)}
    listed = list(streets.table("inner_copenhagen_streets.csv"))
    counts = Counter(row["postcode"] for row in listed)
    alone = [row for row in listed if counts[row["postcode"]] == 1]
    found = (keys.get((key(_parted(row["street"])[0]), row["postcode"])) for row in alone)
    return sorted(at for at in found if at is not None)


def _inner(streets: Streets) -> Iterator[Row]:
    """The stretches of PostNord's list of inner Copenhagen: "Studiestræde 3-49 + 6-40"."""
    keys = {(streets.key_of[street], code): street for street, code in streets.pairs}
    for row in streets.table("inner_copenhagen_streets.csv"):
        name, stretch = _parted(row["street"])
        street = keys.get((key(name), row["postcode"]))
        if not stretch or street is None:
            continue
        code = streets.rows[streets.number[street, row["postcode"]]]["municipality_code"]
        side = {"lige nr.": "2-998", "ulige nr.": "1-999"}.get(stretch, stretch)
        for span in side.split("+"):
            ends = [int(number) for number in re.findall(r"\d+", span)]
            yield {
                "street": street,
                "municipality_code": code,
                "side": "odd" if ends[0] % 2 else "even",
                "from": str(ends[0]),
                "to": str(ends[-1]),
                "postcode": row["postcode"],
            }


def _parted(text: str) -> tuple[str, str]:
    """The street's name and the stretch of house numbers that PostNord's list puts after it."""
    part = re.fullmatch(r"(.*?[^\d\s])\s+(\d[\dA-Z\s+-]*|u?lige nr\.)\s*", text)
    return (part[1], part[2].strip()) if part else (text, "")


def osm_columns(streets: Streets, sources: list[str]) -> Columns:
    """The columns of the file that is under the ODbL."""
    found = [
        (streets.number[row["street"], row["postcode"]], row)
        for row in streets.table("streets_openstreetmap.csv")
        if (row["street"], row["postcode"]) in streets.number
    ]
    villages = [
        (streets.village_number[row["village"], row["postcode"]], row)
        for row in streets.table("villages_openstreetmap.csv")
        if (row["village"], row["postcode"]) in streets.village_number
    ]
    return {
        **points("street", found, sources),
        **points("village_spot", villages, sources),
        **door_columns(streets.doors("doors_openstreetmap.csv.gz"), sources),
    }


def build(folder: Path, out: Path) -> tuple[Path, Path]:
    """Write both files from the tables in `folder`; where they are."""
    streets = Streets(folder)
    sources: list[str] = []
    columns, codes = main_columns(streets, sources)
    digest = hashlib.sha256(repr((streets.pairs, streets.villages)).encode()).hexdigest()
    about = {"pairs": digest, "date": DATE, "sources": sources, "municipalities": codes}
    found = out / FILE.name, out / OSM_FILE.name
    write(found[0], columns, about)
    more = [OSM]
    columns = osm_columns(streets, more)
    write(found[1], columns, {"pairs": digest, "date": "2016 to 2025", "sources": more})
    return found


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=FILE.parent)
def main(folder: Path, out: Path) -> None:
    """Read the tables in FOLDER and write both files."""
    for path in build(folder, out):
        click.echo(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
