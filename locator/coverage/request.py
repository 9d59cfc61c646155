"""A question of coverage from its parameters alone, so that a sidecar can ask it again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache, partial
from typing import Any

import numpy as np

from locator.coverage.inputs import ADDRESSES, Inputs, Part, Run, Sources, merged, read, whole
from locator.coverage.measures import Parameters, Values, measured, values
from locator.coverage.study import Coverage, cells, coverage, finest, gathered, of_cells
from locator.earth import in_denmark
from locator.errors import InputError
from locator.notes import Note
from locator.places import municipalities

Tell = Callable[[float], object]  # how much is done, 0 to 1


@dataclass(frozen=True)
class Request:
    """All that figures and files depend on besides the bytes of the input files; JSON-able.

    Attributes:
        sources: what is read.
        measures: names of `figures.MEASURES`.
        parameters: theirs; areas beyond the largest of its limits are gaps.
        resolution: H3 resolution of cells and gaps.
        bom: whether CSV files begin so that Excel reads them right.
        day: of the report, ISO 8601.
        lang: of the report and the map.
        licence: of the files that are not Nærved's own.
    """

    sources: Sources
    measures: tuple[str, ...] = ("nearest",)
    parameters: Parameters = field(default_factory=Parameters)
    resolution: int = 7
    bom: bool = False
    day: str = ""
    lang: str = "en"
    licence: str = ""

    @property
    def measuring(self) -> "Request":
        """What `ask` depends on, and no more: requests with the same one have the same outcome.

        Left out is how the outcome is told, and a limit where no measure stops at one.
        """
        told = replace(self, bom=False, day="", lang="en", licence="")
        if set(self.measures) <= {"nearest"}:
            told = replace(told, parameters=replace(self.parameters, within=()))
        return told

    def to_json(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {**asdict(self), "parameters": self.parameters.to_json()}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> "Request":
        """What `to_json` gave."""
        return cls(
            **{
                **given,
                "sources": Sources.from_json(given["sources"]),
                "measures": tuple(given["measures"]),
                "parameters": Parameters.from_json(given["parameters"]),
            }
        )


@dataclass(frozen=True)
class Outcome:
    """What a request found.

    Attributes:
        inputs: facilities and metric.
        values: of every place of the demand.
        study: cells and gaps; None where it is not known where on the earth people live.
        notes: what a person should know.
    """

    inputs: Inputs
    values: Values
    study: Coverage | None
    notes: tuple[Note, ...]

    def figures(self, asked: Request, *, each: bool = True) -> dict[str, dict[str, Any]]:
        """The figures of each measure (see `figures.figures`); by place only with `each`."""
        return measured(self.inputs, self.values, asked.measures, asked.parameters, each=each)


def ask(
    asked: Request, run: Run[Any] = map, *, mapped: bool = True, tell: Tell = lambda done: None
) -> Outcome:
    """Read, measure and, where `mapped`, gather in cells.

    Args:
        run: applies a function to every part of the demand, as `map` does.
        tell: is told how much is done; what it raises stops the work.

    Raises:
        InputError, DataError, NotFoundError: the inputs cannot be used, or a limit is lacking.
    """
    inputs = read(asked.sources)
    on_earth = mapped and inputs.on_earth
    if on_earth and not asked.parameters.limits(inputs.metric.unit):
        raise InputError("A map of gaps needs a limit: --within 5km (or --within 30min).")
    told = _told(run, tell, passes=2 if on_earth else 1)
    if not on_earth:
        found = values(inputs, asked.measures, asked.parameters, told)
        return Outcome(inputs, found, None, _notes(asked, inputs, found))
    resolution = asked.resolution
    if not inputs.metric.anywhere:
        resolution = min(resolution, finest(whole(inputs.parts).ids))
    gathered_parts = list(told(partial(gathered, resolution=resolution), inputs.parts))
    found = values(inputs, asked.measures, asked.parameters, told)
    metric = inputs.metric
    layer = cells(gathered_parts, found.notes, metric)
    if not metric.anywhere:
        metric = of_cells(metric, whole(inputs.parts), layer, resolution)
    of_addresses = asked.sources.demand == ADDRESSES
    k = asked.parameters.k
    study = coverage(layer, inputs.facilities, metric, k, of_addresses=of_addresses)
    return Outcome(inputs, found, study, _notes(asked, inputs, found))


def _notes(asked: Request, inputs: Inputs, found: Values) -> tuple[Note, ...]:
    return (*merged((*inputs.notes, *found.notes)), *_covered(asked, inputs, found))


def _told(run: Run[Any], tell: Tell, passes: int) -> Run[Any]:
    """`run`, telling after each part; a pass more than foreseen stays at the end."""
    done = 0

    def running(work: Callable[[Part], Any], parts: Sequence[Part]) -> Iterator[Any]:
        nonlocal done
        for result in run(work, parts):
            done += 1
            tell(min(done / (passes * len(parts)), 1.0))
            yield result

    return running


def _covered(asked: Request, inputs: Inputs, found: Values) -> tuple[Note, ...]:
    """How much of Denmark's population a demand of one's own is."""
    if not asked.sources.population or found.middle is None or not in_denmark(found.middle):
        return ()
    people = float(np.sum(found.people))
    values = {
        "people": f"{people:,.0f}",
        "share": f"{100 * people / _population():.1f}",
        "total": f"{_population():,}",
    }
    return (
        Note(
            "The demand is {people} people: {share} % of Denmark's population of 2020 ({total}).",
            values,
        ),
    )


@cache
def _population() -> int:
    return sum(one.population for one in municipalities().values())
