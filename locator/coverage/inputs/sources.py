"""Which demand and which facilities a question is about, as an option or a sidecar names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from locator.coverage.inputs.areas import InAreas, areas
from locator.coverage.inputs.by_time import Transport, on_streets, with_a_way
from locator.coverage.inputs.cost_table import from_table
from locator.coverage.inputs.embedded import embedded_demand
from locator.coverage.inputs.facilities import directory_facilities
from locator.coverage.inputs.layer import Layer, Reading, read_layer
from locator.coverage.inputs.parts import Held, Part, doors, held, row_groups
from locator.coverage.inputs.projections import unit_of
from locator.directory import FolderStore
from locator.errors import InputError
from locator.notes import Note
from locator.settings import EMBEDDED, GEODATA
from locator.travel import Metric, Planar, StraightLine

ADDRESSES = "addresses"  # instead of a file of demand

_EMBEDDED = (
    "coast.geojson",
    "municipalities.csv",
    "municipalities.geojson",
    "postcodes.csv",
    "towns.csv",
)


@dataclass(frozen=True)
class Sources:
    """All that is read; JSON-able. Files are paths as text, "" where there is none.

    Attributes:
        demand: a table, a folder of GeoParquet, "addresses", or "" for the embedded demand.
        population, demand_id: its columns.
        addresses: the address index, where `demand` is "addresses".
        areas, area_name: a map of areas, and its column of names, to tell the demand by.
        facilities: a table; "" for the directory's records that the next six choose.
        categories, languages, audience, municipalities, free, wheelchair: facets of the
            directory (municipalities by code, "0101").
        capacity, facility_id: columns of `facilities`.
        distance: "geodesic" or "planar".
        travel: how one travels where ways are measured in time; None for straight lines.
        crs: "EPSG:N" of coordinate columns; with "planar", the plane.
        cost, cost_columns: a ready cost table, and its three columns in long form.
        cost_unit: what its costs are, in a word ("minutes"); None where their column says it.
        directory: a folder of records; "" for the embedded one.
        overlay: data folder whose imports and edits lie over it; "" for none.
    """

    demand: str = ""
    population: str | None = None
    demand_id: str | None = None
    addresses: str = ""
    areas: str = ""
    area_name: str = "name"
    facilities: str = ""
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    free: bool = False
    wheelchair: bool = False
    capacity: str | None = None
    facility_id: str | None = None
    distance: str = "geodesic"
    crs: str | None = None
    cost: str = ""
    cost_columns: tuple[str, ...] = ()
    cost_unit: str | None = None
    directory: str = ""
    overlay: str = ""
    travel: Transport | None = None

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> "Sources":
        """What `dataclasses.asdict` and JSON made of one."""
        fields: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in given.items()
        }
        if travel := fields.get("travel"):
            fields["travel"] = Transport(**travel)
        return cls(**fields)

    @property
    def planar(self) -> bool:
        """Whether points lie in a plane."""
        return self.distance == "planar"

    @property
    def store(self) -> FolderStore:
        """Where the records are."""
        return FolderStore(_given(self.directory) or EMBEDDED, _given(self.overlay))

    def files(self) -> list[Path]:
        """Every file that the figures depend on."""
        files = [GEODATA / name for name in _EMBEDDED]
        for name in (self.demand, self.areas, self.facilities, self.cost):
            if name and name != ADDRESSES:
                path = Path(name)
                files += sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
        if self.demand == ADDRESSES:
            files.append(_index_path(self))
        if not self.facilities and not self.cost:
            files += self.store.files()
        return files + (self.travel.files() if self.travel else [])


def naming(store: FolderStore) -> tuple[str, str]:
    """`directory` and `overlay` of a store; the data folder only where it holds something."""
    over = store.data and any(store.data in file.parents for file in store.files())
    folder = "" if store.folder == EMBEDDED else str(store.folder.resolve())
    return folder, str(store.data) if over else ""


@dataclass(frozen=True)
class Inputs:
    """What a question is asked of.

    Attributes:
        parts: of the demand.
        facilities: where help is, or may be.
        metric: between them.
        notes: what a person should know.
        on_earth: whether the points of the demand are known in degrees.
    """

    parts: Sequence[Part]
    facilities: Layer
    metric: Metric
    notes: tuple[Note, ...] = ()
    on_earth: bool = True


def read(sources: Sources) -> Inputs:
    """Read the facilities and the cost table; the demand is read part by part, later.

    Raises:
        InputError: no facilities are named, or a file cannot be used.
        DataError: a file's contents are wrong.
    """
    if sources.travel and (sources.cost or sources.planar):
        raise InputError("Leave out --cost and --distance planar where you give --travel.")
    facilities = _facilities(sources)
    if sources.cost:
        return _read_table(sources, facilities)
    if facilities is None:
        raise InputError(
            "Which facilities? Name a --category of the directory, a file with --facilities, or a "
            "cost table with --cost."
        )
    facilities.points()
    metric = metric_of(sources)
    if sources.travel:
        facilities = with_a_way(facilities, sources.travel)
    parts, notes = demand_parts(sources)
    return Inputs(parts, facilities, metric, (*notes, *facilities.notes), not sources.planar)


def metric_of(sources: Sources) -> Metric:
    """How far it is between points.

    Raises:
        NotFoundError, DataError, InputError: the network cannot be used (see `Transport.metric`).
    """
    if sources.travel:
        return sources.travel.metric()
    return Planar(unit_of(sources.crs)) if sources.planar else StraightLine()


def demand_parts(sources: Sources) -> tuple[list[Part], tuple[Note, ...]]:
    """The demand in parts, and what a person should know about it."""
    parts, notes = _parts(sources)
    if sources.travel:
        counts = "addresses" if sources.demand == ADDRESSES else "people"
        parts = on_streets(parts, sources.travel, counts)
        notes = (*notes, *sources.travel.notes())
    return _in_areas(sources, parts), notes


def _read_table(sources: Sources, facilities: Layer | None) -> Inputs:
    found = from_table(
        Path(sources.cost),
        _cost_columns(sources),
        sources.cost_unit,
        _table(sources) if sources.demand else None,
        facilities,
    )
    parts = _in_areas(sources, [Held(found.demand)])
    return Inputs(parts, found.facilities, found.metric, found.notes, found.demand.on_earth)


def _in_areas(sources: Sources, parts: list[Part]) -> list[Part]:
    if not sources.areas:
        return parts
    if sources.planar:
        raise InputError("Areas need longitude and latitude: use --distance geodesic.")
    areas(Path(sources.areas), sources.area_name)
    return [InAreas(part, Path(sources.areas), sources.area_name) for part in parts]


def _parts(sources: Sources) -> tuple[list[Part], tuple[Note, ...]]:
    if not sources.demand:
        return held(embedded_demand()), ()
    if sources.demand == ADDRESSES:
        return doors(_index_path(sources))
    path = Path(sources.demand)
    if path.is_dir() or path.suffix in (".parquet", ".geoparquet"):
        return row_groups(path, _reading(sources)), ()
    return held(_table(sources)), ()


def _table(sources: Sources) -> Layer:
    return read_layer(Path(sources.demand), _reading(sources))


def _reading(sources: Sources) -> Reading:
    return Reading(sources.population, sources.demand_id, sources.crs, sources.planar)


def _facilities(sources: Sources) -> Layer | None:
    if sources.facilities:
        how = Reading(
            sources.capacity, sources.facility_id, sources.crs, sources.planar, "capacity"
        )
        return read_layer(Path(sources.facilities), how)
    if not sources.categories:
        return None
    return directory_facilities(
        sources.categories,
        sources.store.directory(),
        languages=sources.languages,
        audience=sources.audience,
        municipalities=sources.municipalities,
        free=sources.free,
        wheelchair=sources.wheelchair,
    )


def _cost_columns(sources: Sources) -> tuple[str, str, str] | None:
    if not sources.cost_columns:
        return None
    if len(sources.cost_columns) != 3:
        raise InputError("--cost-columns takes three names: ORIGIN,DESTINATION,COST.")
    origin, destination, cost = sources.cost_columns
    return origin, destination, cost


def _index_path(sources: Sources) -> Path:
    path = Path(sources.addresses)
    if not path.is_file():
        raise InputError(
            "There is no address index at {path}. Build it: "
            "python -m locator addresses build FILE --out {path}.",
            path=path,
        )
    return path


def _given(path: str) -> Path | None:
    return Path(path) if path else None
