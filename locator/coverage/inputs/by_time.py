"""How one travels where ways are measured in time: by a network of this machine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import numpy as np

from locator.coverage.inputs.layer import Layer
from locator.coverage.inputs.parts import Part
from locator.earth import Precision
from locator.errors import InputError, NotFoundError
from locator.notes import Note
from locator.travel import (
    MODES,
    STREETS,
    TIMETABLE,
    TRANSIT,
    Metric,
    Network,
    Schedule,
    StreetNetwork,
    open_network,
)

_LOST = {
    "people": Note(
        "{count} people live more than 500 m from every street of {path}: they are not measured, "
        "and left out of all figures. An extract that reaches them would tell."
    ),
    "addresses": Note(
        "{count} addresses lie more than 500 m from every street of {path}: they are not "
        "measured, and left out of all figures. An extract that reaches them would tell."
    ),
}

_ROUGH = (Precision.VILLAGE, Precision.PLACE, Precision.POSTCODE, Precision.COUNTRY)


@dataclass(frozen=True)
class Transport:
    """JSON-able.

    Attributes:
        mode: "foot", "bicycle", "car" or "transit".
        network: folder of streets and a timetable.
        speed: km/h of walking or riding, None for the usual.
        depart: first departure, local time, ISO 8601; the next three are for transit too.
        window: seconds; a departure at each minute of it.
        percentile: of the times of those departures.
        longest: seconds of a journey; what takes longer is no way.
        walk: seconds of the longest walk to a stop, from one, or instead of riding.
    """

    mode: str
    network: str
    speed: float | None = None
    depart: str = ""
    window: float = 3600.0
    percentile: float = 50.0
    longest: float = 7200.0
    walk: float = 3600.0

    def streets(self) -> StreetNetwork:
        """The streets, by public transport those one walks along.

        Raises:
            NotFoundError: there are none.
            DataError: they were made by another version.
            InputError: no such mode, or a speed that is none.
        """
        return StreetNetwork(self._opened().streets(self._along, self.speed))

    def metric(self) -> Metric:
        """How long ways take; errors as in `streets`, and no timetable, or none of that day."""
        from locator.travel import Timetable, Walks

        streets = self.streets()
        if self.mode != TRANSIT:
            return streets
        schedule = self.schedule()
        if not self.depart:
            raise InputError(
                "By public transport it matters when one leaves: give --depart "
                '"{day} 08:00" or another day from {first} to {last}.',
                day=schedule.last.isoformat(),
                first=schedule.first.isoformat(),
                last=schedule.last.isoformat(),
            )
        departure = datetime.fromisoformat(self.depart)
        schedule.check_day(schedule.day_of(departure))
        return Timetable(
            schedule,
            Walks(streets.streets.pace, streets),
            departure,
            self.window,
            self.percentile,
            max_walk=min(self.walk, self.longest),
            most=self.longest,
        )

    def schedule(self) -> Schedule:
        """The timetable."""
        folder = Path(self.network) / TIMETABLE
        if not folder.is_dir():
            raise NotFoundError(
                "There is no timetable at {path}. Build it: python -m locator travel timetable "
                "FEED.zip.",
                path=folder,
            )
        return Schedule(folder)

    def files(self) -> list[Path]:
        """What figures depend on."""
        others = tuple(f"{mode}_" for mode in MODES if mode != self._along)
        files = sorted((Path(self.network) / STREETS).glob("*"))
        files = [file for file in files if not file.name.startswith(others)]
        if self.mode == TRANSIT:
            files += sorted((Path(self.network) / TIMETABLE).glob("*"))
        return files

    def sources(self) -> list[dict[str, str]]:
        """title, sources, licence and date of what the network was made from."""
        about = self._opened().about
        made = [(about["file"], about["source"], about["licence"], about["date"] or "")]
        if self.mode == TRANSIT:
            for feed in self.schedule().meta["feeds"]:
                days = f"{feed['first']} to {feed['last']}"
                made.append((feed["file"], feed["publisher"], "not stated in the feed", days))
        return [
            dict(zip(("title", "sources", "licence", "date"), one, strict=True)) for one in made
        ]

    def notes(self) -> tuple[Note, ...]:
        """Of which data the figures are, and for which departures."""
        about = self._opened().about
        told = {name: str(about[name] or "?") for name in ("file", "source", "licence", "date")}
        notes = [
            Note("Ways follow the streets of {file}: {source}, {licence}, data of {date}.", told)
        ]
        if self.speed is not None:
            notes.append(Note("The speed is {speed} km/h.", {"speed": f"{self.speed:g}"}))
        if self.mode == TRANSIT:
            notes += self._transit_notes()
        return tuple(notes)

    def _transit_notes(self) -> list[Note]:
        feeds = self.schedule().meta["feeds"]
        shown = {
            "depart": self.depart,
            "minutes": f"{self.window / 60:g}",
            "percentile": f"{self.percentile:g}",
            "feeds": ", ".join(f"{f['file']} ({f['first']} – {f['last']})" for f in feeds),
            "longest": f"{self.longest / 60:g}",
            "walk": f"{self.walk / 60:g}",
        }
        when = Note("The departure is {depart}. Timetable: {feeds}.", shown)
        if self.window > 60:
            when = Note(
                "There is a departure each minute for {minutes} minutes from {depart}; who is "
                "within a limit gets there in time at {percentile} % of them at least (a "
                "percentile of time, not of access). Timetable: {feeds}.",
                shown,
            )
        far = Note(
            "Journeys of more than {longest} minutes, and walks of more than {walk} to a stop, "
            "from one or all the way, count as no way.",
            shown,
        )
        return [when, far]

    @property
    def _along(self) -> str:
        return "foot" if self.mode == TRANSIT else self.mode

    def _opened(self) -> Network:
        folder = Path(self.network) / STREETS
        stat = folder.stat() if folder.is_dir() else None
        return _network(folder, (stat.st_ino, stat.st_mtime_ns) if stat else None)


@lru_cache(maxsize=4)
def _network(folder: Path, state: tuple[int, int] | None) -> Network:
    return open_network(folder)


def is_left_out(note: Note) -> bool:
    """Whether it says how many the figures say nothing of."""
    return note.template in {one.template for one in _LOST.values()}


@dataclass(frozen=True)
class OnStreets:
    """A part without those whom the network does not reach: of them it says nothing.

    Attributes:
        counts: "people" or "addresses".
    """

    part: Part
    travel: Transport
    counts: str = "people"

    def load(self) -> Layer:
        """Read the part; says how many are left out."""
        layer, streets = self.part.load(), self.travel.streets()
        known = streets.knows(layer.places)
        lost = round(float(layer.weight[~known].sum()))
        kept = layer if known.all() else layer.some(np.flatnonzero(known))
        if not lost:
            return kept
        told = {"count": str(lost), "path": streets.streets.network.about["file"]}
        return replace(kept, notes=(*kept.notes, replace(_LOST[self.counts], values=told)))


def on_streets(parts: Sequence[Part], travel: Transport, counts: str) -> list[Part]:
    """The parts, each without those whom the network does not reach.

    Raises:
        InputError: it reaches nobody, or there are no coordinates.
    """
    found: list[Part] = [OnStreets(part, travel, counts) for part in parts]
    if not any(len(part.load()) for part in found):
        raise InputError(
            "The network made of {file} reaches none of the places of the demand: build it from "
            "an extract of where they are (python -m locator travel build FILE.osm.pbf).",
            file=travel.streets().streets.network.about["file"],
        )
    return found


def with_a_way(facilities: Layer, travel: Transport) -> Layer:
    """The facilities that lie at a street, with notes on the others and on rough points.

    Raises:
        NotFoundError: none does.
    """
    streets = travel.streets()
    known = streets.knows(facilities.places)
    told = {
        "count": str(int((~known).sum())),
        "total": str(len(known)),
        "file": streets.streets.network.about["file"],
    }
    if not known.any():
        raise NotFoundError(
            "None of the {total} places of help lies at a street of {file}: build the network "
            "from an extract of where they are.",
            **told,
        )
    if known.all():
        kept = facilities
    else:
        note = Note(
            "{count} of {total} places of help lie more than 500 m from every street of {file}, "
            "so they are left out: near its edge another may be nearer than is said.",
            told,
        )
        kept = facilities.some(np.flatnonzero(known))
        kept = replace(kept, notes=(*kept.notes, note))
    rough = kept.table["precision"].isin(_ROUGH).sum() if "precision" in kept.table else 0
    if not rough:
        return kept
    note = Note(
        "Of {count} of {total} places of help only the town or postcode is known, so minutes to "
        "them are rough.",
        {"count": str(rough), "total": str(len(kept))},
    )
    return replace(kept, notes=(*kept.notes, note))
