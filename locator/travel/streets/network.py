"""A street network on the disk, opened by mapping its arrays into memory."""

import json
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from locator.errors import DataError, InputError, NotFoundError
from locator.travel.streets.access import MODES
from locator.travel.streets.arcs import Arcs
from locator.travel.streets.building import ABOUT, FORMAT
from locator.travel.streets.grid import Grid
from locator.travel.streets.tags import RIDE, WALK
from locator.travel.streets.turns import Turns

_USUAL = {"foot": WALK, "bicycle": RIDE}


@dataclass(frozen=True, eq=False)
class Network:
    """See `assembly.Edges` for most of its arrays.

    Attributes:
        folder: where it lies.
        about: what `building.build_streets` returned.
        speed: metres a second, shape (kinds, 3 modes, 2 directions); 0 where barred.
        flags: bits of each kind (see `tags`).
        enter: bit `mode` of an edge: one may start there; bit `mode + 3`: it is well connected.
        grid: over all edges where somebody may start.
        turns: that cars keep to.
        modes: of each mode its arcs, and seconds that passing each junction costs.
    """

    folder: Path
    about: dict[str, Any]
    node_x: npt.NDArray[np.int32]
    node_y: npt.NDArray[np.int32]
    mark: npt.NDArray[np.uint8]
    tail: npt.NDArray[np.int32]
    head: npt.NDArray[np.int32]
    metres: npt.NDArray[np.float32]
    way: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int32]
    start: npt.NDArray[np.int64]
    x: npt.NDArray[np.int32]
    y: npt.NDArray[np.int32]
    speed: npt.NDArray[np.float32]
    flags: npt.NDArray[np.uint8]
    enter: npt.NDArray[np.uint8]
    grid: Grid
    turns: Turns
    modes: dict[str, tuple[Arcs, npt.NDArray[np.uint8]]]
    _streets: dict[tuple[str, float], "Streets"] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def streets(self, mode: str, speed: float | None = None) -> "Streets":
        """The network as one mode has it.

        Args:
            mode: "foot", "bicycle" or "car".
            speed: km/h on foot or by bicycle on good ground, None for the usual.

        Raises:
            InputError: no such mode, or a speed that is none.
        """
        if mode not in MODES:
            raise InputError(
                "{mode} is no way to travel here: write foot, bicycle or car.", mode=repr(mode)
            )
        scale = 1.0
        if speed is not None:
            if mode not in _USUAL:
                raise InputError("By car one drives as the streets allow: leave out the speed.")
            if not 0 < speed < 100:
                raise InputError("{speed} km/h is no speed to travel at.", speed=speed)
            scale = _USUAL[mode] / speed
        with self._lock:
            if (mode, scale) not in self._streets:
                self._streets[mode, scale] = Streets(self, mode, scale)
            return self._streets[mode, scale]


@dataclass(frozen=True, eq=False)
class Streets:
    """A network as one mode has it.

    Attributes:
        scale: times the usual time, but on ferries.
    """

    network: Network
    mode: str
    scale: float = 1.0

    @property
    def row(self) -> int:
        """Of the mode."""
        return MODES.index(self.mode)

    @property
    def pace(self) -> float:
        """Metres a second to the nearest edge and from it: always on foot."""
        return WALK / 3.6 / (self.scale if self.mode == "foot" else 1.0)

    @cached_property
    def along(self) -> npt.NDArray[np.float32]:
        """Metres a second, shape (kinds, 2); 0 where barred."""
        from locator.travel.streets.tags import FERRY

        ferry = (self.network.flags & FERRY)[:, None] > 0
        usual = self.network.speed[:, self.row]
        return np.where(ferry, usual, usual / np.float32(self.scale)).astype(np.float32)

    @cached_property
    def arcs(self) -> Arcs:
        """By the junction they leave."""
        found, _ = self.network.modes[self.mode]
        if self.scale == 1.0:
            return found
        edge, back = found.edge >> 1, found.edge & 1
        kind = self.network.kind[edge]
        metres = self.network.metres[edge]
        row = self.row
        usual = metres / self.network.speed[kind, row, back]
        own = metres / self.along[kind, back]
        return found._replace(seconds=(found.seconds - usual + own).astype(np.float32))

    @property
    def wait(self) -> npt.NDArray[np.uint8]:
        """Seconds that passing each junction costs, shape (nodes,)."""
        return self.network.modes[self.mode][1]

    @cached_property
    def reversed(self) -> Arcs:
        """The same arcs by the junction they lead to, `to` the one they leave."""
        from locator.travel.streets.search import turned_round

        return Arcs(*turned_round(*self.arcs))


def open_network(folder: Path) -> Network:
    """Open a network; reading waits until something is asked.

    Raises:
        NotFoundError: there is none.
        DataError: it was made by another version of this program, or is not whole.
    """
    about = folder / ABOUT
    if not about.is_file():
        raise NotFoundError(
            "There is no street network at {path}. Build it: "
            "python -m locator travel build FILE.osm.pbf.",
            path=folder,
        )
    try:
        told = json.loads(about.read_text(encoding="utf-8"))
        if told.get("format") != FORMAT:
            raise ValueError("format")
        names = [name for name in Network.__dataclass_fields__ if name not in _OTHERS]
        arrays = {name: _mapped(folder, name) for name in names}
        grid = Grid(*(_mapped(folder, f"grid_{part}") for part in Grid._fields))
        turns = Turns(*(_mapped(folder, f"turn_{part}") for part in Turns._fields))
        # All at once: the folder may be another's by the time that they are asked for.
        modes = {mode: _mode(folder, mode) for mode in MODES}
    except (OSError, ValueError, AttributeError) as error:
        raise DataError(
            "The street network at {path} was made by another version, or is not whole. Build "
            "it again: python -m locator travel build FILE.osm.pbf.",
            path=folder,
        ) from error
    return Network(folder=folder, about=told, grid=grid, turns=turns, modes=modes, **arrays)


_OTHERS = ("folder", "about", "grid", "turns", "modes", "_streets", "_lock")


def _mode(folder: Path, mode: str) -> tuple[Arcs, npt.NDArray[np.uint8]]:
    arcs = Arcs(*(_mapped(folder, f"{mode}_{part}") for part in Arcs._fields))
    return arcs, _mapped(folder, f"{mode}_wait")


def _mapped(folder: Path, name: str) -> Any:  # noqa: ANN401
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="c"))
