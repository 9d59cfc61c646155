"""Making a street network of a file of OpenStreetMap: a folder of arrays, whole or not at all."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from locator.errors import DataError
from locator.files import replaced_folder
from locator.openstreetmap import LICENCE, NAME
from locator.travel.streets.access import CAR, MODES
from locator.travel.streets.arcs import arcs_of, costs_at, entrances, part_sizes, speeds_of
from locator.travel.streets.assembly import Edges, Int32s, assemble
from locator.travel.streets.grid import lay
from locator.travel.streets.reading import read_ways
from locator.travel.streets.tags import FERRY
from locator.travel.streets.turns import Turns, with_copies, with_turns

FORMAT = 2  # of the folder; another is refused
ABOUT = "about.json"

Tell = Callable[[str], None]


def build_streets(path: Path, folder: Path, tell: Tell = lambda _: None) -> dict[str, Any]:
    """Make the street network of an OpenStreetMap file.

    A network in use stays until the new one is whole.

    Args:
        folder: where it is put.
        tell: called with what is being done.

    Returns:
        what `about.json` says: extent, source, date, licence, modes, sizes.

    Raises:
        DataError: the file is damaged or has no streets.
    """
    tell("Reading the streets")
    ways = read_ways(path)
    tell("Joining them at junctions")
    edges = assemble(ways)
    if not len(edges.tail):
        raise DataError(
            "The streets in {path} have no positions: give an extract with nodes.", path=path.name
        )
    with replaced_folder(folder) as new:
        flags = np.array([found.flags for found in ways.profiles], np.uint8)
        speed, kind = speeds_of(edges, ways.profiles)
        flags = flags[_kinds(edges.kind, kind, len(speed))]
        edges, turns, of = with_turns(edges, ways.turns, speed, kind)
        _save(new, edges, speed=speed, kind=kind, flags=flags)
        modes = _save_modes(new, edges, speed, kind, flags, (turns, of), tell)
        about = {
            "format": FORMAT,
            "file": path.name,
            "date": ways.date,
            "built": datetime.now(UTC).isoformat(timespec="seconds"),
            "source": NAME,
            "licence": LICENCE,
            "bbox": _extent(edges),
            "junctions": len(edges.node_x),
            "edges": len(edges.tail),
            "turns": len(of),
            "kilometres": round(float(edges.metres[(flags[kind] & FERRY) == 0].sum()) / 1000, 1),
            "modes": modes,
            "ferries": _ferries(edges, dict(ways.ferries)),
        }
        text = json.dumps(about, ensure_ascii=False, indent=1)
        (new / ABOUT).write_text(text + "\n", encoding="utf-8")
    return about


def _kinds(old: Int32s, new: Int32s, count: int) -> npt.NDArray[np.int64]:
    """Of each new kind the old."""
    rows = np.arange(count)
    rows[new] = old
    return rows


def _save(folder: Path, edges: Edges, **more: Any) -> None:  # noqa: ANN401
    arrays = {
        name: value
        for name, value in vars(edges).items()
        if name not in ("kind", "crossing", "number")
    }
    for name, value in (arrays | more).items():
        np.save(folder / f"{name}.npy", value)


def _save_modes(
    folder: Path,
    edges: Edges,
    speed: npt.NDArray[np.float32],
    kind: Int32s,
    flags: npt.NDArray[np.uint8],
    turned: tuple[Turns, Int32s],
    tell: Tell,
) -> dict[str, Any]:
    """The arcs of every mode, and on which edges it may start; how large each is."""
    found = {}
    enter = np.zeros(len(edges.tail), np.uint8)
    for mode, name in enumerate(MODES):
        tell(f"The ways {_HOW[name]}")
        arcs = arcs_of(edges, speed, kind, flags, mode)
        if mode == CAR:
            arcs = with_copies(arcs, *turned)
        sizes = part_sizes(arcs)
        np.maximum.at(sizes, turned[1], sizes[turned[0].copy])
        may, good = entrances(edges, speed, kind, flags, mode, sizes)
        enter |= (may << mode).astype(np.uint8) | (good << (mode + 3)).astype(np.uint8)
        for part, value in arcs._asdict().items():
            np.save(folder / f"{name}_{part}.npy", value)
        np.save(folder / f"{name}_wait.npy", costs_at(edges, speed, kind, mode).astype(np.uint8))
        found[name] = {"edges": int(may.sum()), "connected": int(good.sum())}
    for part, value in turned[0]._asdict().items():
        np.save(folder / f"turn_{part}.npy", value)
    tell("A grid to find the nearest")
    grid = lay(edges.start, edges.x, edges.y, enter > 0)
    np.save(folder / "enter.npy", enter)
    for part, value in grid._asdict().items():
        np.save(folder / f"grid_{part}.npy", value)
    return found


_HOW = {"foot": "on foot", "bicycle": "by bicycle", "car": "by car"}


def _extent(edges: Edges) -> list[float]:
    """West, south, east, north in degrees."""
    x, y = edges.x, edges.y
    return [round(float(v) * 1e-7, 7) for v in (x.min(), y.min(), x.max(), y.max())]


def _ferries(edges: Edges, names: dict[int, str]) -> dict[str, str]:
    there = np.unique(edges.way[np.isin(edges.way, np.array(list(names), np.int64))])
    return {str(way): names[int(way)] for way in there}
