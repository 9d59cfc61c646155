"""A country-sized OpenStreetMap file: real extracts copied on a grid and joined by roads.

    python -m tests.benchmarks.copied_streets OUT.osm.pbf [--copies 2820]

Patches of town on a lattice: sizes and times carry over to a country, how many junctions lie
within an hour only roughly.
"""

import argparse
import itertools
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import osmium
from osmium.osm.mutable import Node, Way

SHARED = Path(__file__).resolve().parents[3] / "shared"
EXTRACTS = ("inner_copenhagen_2025", "kalvebod_2017", "rodovre_2016", "ronne_2017",
            "vesterbro_2016")  # fmt: skip
SIDE = 3_400.0  # metres of a patch
WEST, SOUTH = 8.2, 54.8
_DRIVEN = ("tertiary", "secondary", "primary", "unclassified", "residential")


class Patch(NamedTuple):
    """An extract with its nodes numbered from 1, places from its middle in metres.

    Attributes:
        nodes: (metres east, metres north, tags).
        ways: (rows of nodes, tags).
        gate: row of the node that roads to other patches start at.
    """

    nodes: list[tuple[float, float, dict[str, str]]]
    ways: list[tuple[list[int], dict[str, str]]]
    gate: int


def patch(path: Path) -> Patch:
    """Read an extract."""
    rows: dict[int, int] = {}
    nodes: list[tuple[float, float, dict[str, str]]] = []
    ways: list[tuple[list[int], dict[str, str]]] = []
    for item in osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY):
        if item.is_node():
            rows[item.id] = len(nodes)
            nodes.append((item.lon, item.lat, dict(item.tags)))
        else:
            refs = [rows[node.ref] for node in item.nodes if node.ref in rows]
            if len(refs) > 1:
                ways.append((refs, dict(item.tags)))
    used = [row for refs, tags in ways if tags.get("highway") in _DRIVEN for row in refs]
    lon = sum(nodes[row][0] for row in used) / len(used)
    lat = sum(nodes[row][1] for row in used) / len(used)
    east = 111_320 * math.cos(math.radians(lat))
    moved = [((x - lon) * east, (y - lat) * 110_574, tags) for x, y, tags in nodes]
    counted = {row: used.count(row) for row in set(used)}
    crossings = [row for row, many in counted.items() if many > 2]
    gate = min(crossings or used, key=lambda row: math.hypot(moved[row][0], moved[row][1]))
    return Patch(moved, ways, gate)


def write(path: Path, copies: int, names: Sequence[str] = EXTRACTS) -> None:
    """Write the file."""
    patches = [patch(SHARED / "osm" / f"{name}.osm.pbf") for name in names]
    across = math.ceil(math.sqrt(copies * 0.8))  # a country is longer than it is wide
    order = [patches[copy % len(patches)] for copy in range(copies)]
    begin = list(itertools.accumulate((len(p.nodes) for p in order), initial=1))
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for copy, one in enumerate(order):
            for row, (lon, lat, tags) in enumerate(_placed(one, *divmod(copy, across))):
                node = Node(id=begin[copy] + row, location=(lon, lat), tags=tags, version=1)
                writer.add_node(node)
        number = 0
        for copy, one in enumerate(order):
            for refs, tags in one.ways:
                number += 1
                nodes = [begin[copy] + row for row in refs]
                writer.add_way(Way(id=number, nodes=nodes, tags=tags, version=1))
        for here, there in _neighbours(copies, across):
            number += 1
            ends = [begin[copy] + order[copy].gate for copy in (here, there)]
            tags = {"highway": "tertiary", "maxspeed": "80"}
            writer.add_way(Way(id=number, nodes=ends, tags=tags, version=1))


def _placed(one: Patch, row: int, column: int) -> Iterator[tuple[float, float, dict[str, str]]]:
    lat = SOUTH + row * SIDE / 110_574
    lon = WEST + column * SIDE / (111_320 * math.cos(math.radians(56)))
    east = 111_320 * math.cos(math.radians(lat))
    for x, y, tags in one.nodes:
        yield lon + x / east, lat + y / 110_574, tags


def _neighbours(copies: int, across: int) -> Iterator[tuple[int, int]]:
    for copy in range(copies):
        if (copy + 1) % across and copy + 1 < copies:
            yield copy, copy + 1
        if copy + across < copies:
            yield copy, copy + across


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--copies", type=int, default=2820)
    parser.add_argument("--extract", action="append", help="names of extracts to copy")
    given = parser.parse_args()
    write(given.out, given.copies, given.extract or EXTRACTS)
