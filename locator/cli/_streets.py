"""What the command line asks about streets."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from locator.cli._travel_options import PairTable, PlaceTable
from locator.travel import STREETS

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from locator.travel import Limit, Streets, Way

ADDED = ("seconds", "network_seconds", "metres", "snap_from_m", "snap_to_m", "note")


def open_streets(network: Path, mode: str, speed: float | None) -> "Streets":
    """The streets in a network's folder as one mode has them; speed in km/h."""
    from locator.travel import open_network

    return open_network(network / STREETS).streets(mode, speed)


def street_pairs(
    network: Path, mode: str, speed: float | None, table: PairTable
) -> tuple[tuple[str, ...], list[list[str]]]:
    """What `travel times` adds to a table of pairs: heads, and cells row by row."""
    from locator.travel import pair_ways

    streets = open_streets(network, mode, speed)
    rows: list[list[str]] = [[] for _ in table.rows]
    with click.progressbar(length=len(rows), label="Measuring", file=sys.stderr) as bar:
        for row, way in pair_ways(streets, table.origin, table.destination):
            rows[row] = _measured(way)
            bar.update(1)
    return ADDED, rows


def _measured(way: "Way | str") -> list[str]:
    if isinstance(way, str):
        return ["", "", "", "", "", way]
    figures = (way.seconds, way.network_seconds, way.metres, way.snap_from, way.snap_to)
    notes = []
    for ferry in way.ferries:
        name = f"ferry {ferry.name}".strip()
        if ferry.seconds is None:
            notes.append(f"{name}, crossing time not known, without waiting")
        else:
            notes.append(f"{name}, crossing {ferry.seconds / 60:.0f} min, without waiting")
    if way.steps >= 1:
        notes.append(f"{way.steps:.0f} m of steps")
    return [*(f"{figure:.1f}" for figure in figures), "; ".join(notes)]


def street_matrix(
    streets: "Streets", start: PlaceTable, end: PlaceTable, within: "Limit | None"
) -> Iterator[list[str]]:
    """Origin, destination and seconds of each pair that has a way."""
    from locator.travel import Places, StreetNetwork

    here, there = Places(start.lon, start.lat), Places(end.lon, end.lat)
    for block, costs in StreetNetwork(streets).costs(here, there, within):
        for at, to, cost in zip(costs.origin, costs.destination, costs.cost, strict=True):
            yield [start.ids[block.start + at], end.ids[to], f"{cost:.1f}"]


def areas_geojson(
    areas: "Sequence[BaseGeometry]",
    limits: Sequence[tuple[str, float]],
    mode: str,
    streets: "Streets",
) -> str:
    """The largest first, so that the smaller lie over it.

    Args:
        limits: of each area, in words and in seconds.
    """
    from shapely.geometry import mapping

    about = streets.network.about
    features = [
        {
            "type": "Feature",
            "properties": {
                "mode": mode,
                "within": text,
                "seconds": seconds,
                "source": f"{about['source']}, {about['licence']}",
                "date": about["date"],
            },
            "geometry": mapping(area),
        }
        for area, (text, seconds) in reversed(list(zip(areas, limits, strict=True)))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def street_facts(folder: Path) -> dict[str, str]:
    """What a street network holds, for people."""
    from locator.travel import open_network

    about = open_network(folder).about
    west, south, east, north = about["bbox"]
    return {
        "folder": f"{folder} ({size_of(folder) / 1e6:.1f} MB)",
        "extent": f"{south:.4f}, {west:.4f} to {north:.4f}, {east:.4f} (lat, lon, WGS84)",
        "made from": about["file"],
        "date of the data": about["date"] or "not said",
        "built": about["built"],
        "source": f"{about['source']}, {about['licence']}",
        "junctions, edges": f"{about['junctions']}, {about['edges']} ({about['kilometres']} km)",
        **{
            f"edges for {mode}": f"{of['edges']} ({of['connected']} well connected)"
            for mode, of in about["modes"].items()
        },
        "ferries": ", ".join(filter(None, about["ferries"].values())) or "none with a name",
    }


def size_of(path: Path) -> int:
    """Bytes of a file, or of the files in a folder."""
    return sum(part.stat().st_size for part in (path.iterdir() if path.is_dir() else [path]))
