"""A made-up Denmark of addresses: real postcodes and postal names, Danish street names.

Street names are those of the embedded table and of the extracts beside the project, and new ones
put together from their first parts and their endings. A name is in as many postcodes as a Zipf
law gives it; a street has doors on both sides, letters now and then. Points scatter about the
postcode's point by its area.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import osmium

from locator.geocoding.addresses.osm import read_osm
from locator.geocoding.addresses.streets import street_index
from locator.places.tables import city, postcodes

ENDINGS = ("vej", "gade", "stræde", "allé", "vænget", "parken", "haven", "bakken", "toften")
_ENDING = re.compile(r"(?:s?vej|s?gade|stræde|s? ?allé?|vænget|parken|haven|bakken|toften)$")


def street_names(shared: Path, count: int, rng: np.random.Generator) -> list[str]:
    """`count` different street names: the real ones first, then combinations."""
    index = street_index()
    inner = np.flatnonzero(index.columns["pair_postcode"] < 2000).tolist()
    real = {index.street(pair) for pair in inner}
    for path in sorted((shared / "osm").glob("*.pbf")):
        real |= {row.street.strip() for row in read_osm(path, lambda _: None)}
    table = (shared / "addresses" / "dar_access_addresses_sample.csv").read_text(encoding="utf-8")
    real |= {line.split(",")[1] for line in table.splitlines()[1:]}
    names = sorted(name for name in real if name)
    stems = sorted({_ENDING.sub("", name) for name in names if " " not in name} - {""})
    firsts = ("", "Gammel ", "Ny ", "Nørre ", "Sønder ", "Store ", "Lille ", "Øster ", "Vester ")
    seen = set(names)
    while len(names) < count:
        first, second = rng.choice(stems, 2)
        ending = ENDINGS[rng.integers(len(ENDINGS))]
        joined = rng.random() < 0.4
        name = firsts[max(int(rng.integers(-20, 9)), 0)] + (
            f"{first}{str(second).lower()}{ending}" if joined else f"{first}{ending}"
        )
        if name not in seen:
            seen.add(name)
            names.append(name)
    return names


def addresses(
    shared: Path, count: int, seed: int = 1
) -> Iterator[tuple[str, int, str, str, float, float]]:
    """(street, number, letter, postcode, lat, lon) of about `count` addresses."""
    rng = np.random.default_rng(seed)
    pairs = max(count // 21, 10)
    names = street_names(shared, max(pairs // 2, 2000), rng)
    order = rng.permutation(len(names))
    popularity = 1 / np.arange(1, len(names) + 1) ** 0.75
    chosen = order[rng.choice(len(names), pairs, p=popularity / popularity.sum())]
    codes = [code for code in postcodes() if int(code) >= 2000] + ["1800", "1552", "1620"]
    where = rng.integers(len(codes), size=pairs)
    for name, at in sorted(set(zip(chosen.tolist(), where.tolist(), strict=True))):
        postcode = postcodes()[codes[at]]
        lat, lon = np.array(postcode.point) + rng.normal(0, (0.02, 0.035))
        highest = int(min(rng.lognormal(2.62, 0.8) + 2, 400))
        step = rng.normal(0, (0.0001, 0.00018))
        off = rng.normal(0, 0.0001, (highest, 2))
        for number in range(1, highest + 1):
            letters = ["", "A", "B"] if rng.random() < 0.06 else [""]
            for letter in letters:
                yield (
                    names[name],
                    number,
                    letter,
                    postcode.code,
                    float(lat + step[0] * number + off[number - 1, 0]),
                    float(lon + step[1] * number + off[number - 1, 1]),
                )


def write_pbf(path: Path, shared: Path, count: int) -> int:
    """The addresses as an OpenStreetMap file; how many there are."""
    total = 0
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for street, number, letter, code, lat, lon in addresses(shared, count):
            total += 1
            tags = {
                "addr:street": street,
                "addr:housenumber": f"{number}{letter}",
                "addr:postcode": code,
                "addr:city": city(code),
            }
            writer.add_node(osmium.osm.mutable.Node(id=total, location=(lon, lat), tags=tags))
    return total
