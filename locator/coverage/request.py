"""An export of coverage from its parameters alone, so that a sidecar can ask for it again."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from locator.answer import Note
from locator.coverage.embedded import embedded_demand
from locator.coverage.export import write_text
from locator.coverage.facilities import directory_facilities
from locator.coverage.layer import Layer, read_layer
from locator.coverage.report import report
from locator.coverage.sidecar import NAME, write_sidecar
from locator.coverage.study import Coverage, coverage, write_study
from locator.errors import InputError
from locator.settings import GEODATA, directory_path


@dataclass(frozen=True)
class Request:
    """All that an export depends on besides the bytes of its input files; JSON-able.

    Attributes:
        categories: of the directory, where `facilities` is "".
        demand, facilities: files of one's own, "" for the embedded demand and the directory.
        population, demand_id, capacity, facility_id, crs: columns and EPSG code, or None.
        within: limits in metres; areas beyond the largest are gaps.
        day: of the report, ISO 8601.
    """

    categories: list[str]
    demand: str
    facilities: str
    population: str | None
    demand_id: str | None
    capacity: str | None
    facility_id: str | None
    crs: str | None
    directory: str
    within: list[float]
    k: int
    resolution: int
    bom: bool
    day: str


def request(
    given: dict[str, Any],
    within: tuple[float, ...],
    k: int,
    resolution: int,
    bom: bool,
    directory: Path | None,
) -> Request:
    """From the options of the command line, dated today.

    Raises:
        InputError: no limit, or costs that cannot be mapped.
    """
    if not within:
        raise InputError("An export needs a limit: --within 5km.")
    if given["cost"] is not None or given["distance"] == "planar":
        raise InputError("--out maps geodesic distances between points: leave out --cost.")
    return Request(
        categories=list(given["category"]),
        demand=str(given["demand"].resolve()) if given["demand"] else "",
        facilities=str(given["facilities"].resolve()) if given["facilities"] else "",
        population=given["population"],
        demand_id=given["demand_id"],
        capacity=given["capacity"],
        facility_id=given["facility_id"],
        crs=given["crs"],
        directory=str(directory_path(directory).resolve()),
        within=list(within),
        k=k,
        resolution=resolution,
        bom=bom,
        day=date.today().isoformat(),
    )


def run(asked: Request) -> tuple[Coverage, tuple[Note, ...]]:
    """The study, and what a person should know about its inputs."""
    demand, facilities = _demand(asked), _facilities(asked)
    study = coverage(demand, facilities, resolution=asked.resolution, k=asked.k)
    return study, (*demand.notes, *facilities.notes)


def write_export(
    asked: Request, study: Coverage, notes: tuple[Note, ...], folder: Path
) -> list[Path]:
    """Write every format, the report with its map, and the sidecar; the files, in order."""
    files = write_study(study, folder, asked.within[-1], bom=asked.bom)
    files.append(folder / "report.html")
    write_text(files[-1], report(study, asked.within, notes, asked.categories, asked.day))
    sidecar = folder / NAME
    write_sidecar(sidecar, asdict(asked), _inputs(asked), files)
    return [*files, sidecar]


def _demand(asked: Request) -> Layer:
    if not asked.demand:
        return embedded_demand()
    return read_layer(
        Path(asked.demand), weight=asked.population, name=asked.demand_id, crs=asked.crs
    )


def _facilities(asked: Request) -> Layer:
    if asked.facilities:
        return read_layer(
            Path(asked.facilities),
            weight=asked.capacity,
            name=asked.facility_id,
            crs=asked.crs,
            what="capacity",
        )
    if not asked.categories:
        raise InputError("Which facilities? Name a --category, or a file with --facilities.")
    return directory_facilities(asked.categories, Path(asked.directory))


def _inputs(asked: Request) -> list[Path]:
    files = [GEODATA / name for name in ("coast.geojson", "municipalities.csv", "postcodes.csv")]
    files += [Path(name) for name in (asked.demand, asked.facilities) if name]
    if not asked.facilities:
        files += sorted(Path(asked.directory).glob("*.jsonl"))
    return files
