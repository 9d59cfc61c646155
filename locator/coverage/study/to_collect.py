"""What a directory should learn next: kinds of help that are not known within reach of people."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from locator.coverage.inputs import embedded_demand
from locator.directory import Directory, Record, Status, categories, category
from locator.language import Language
from locator.places import CHRISTIANSOE, municipality_name
from locator.travel import STRAIGHT_LINE, Limit, Metric, Places, parse_limit

# As far as most go for something they need now and then: half an hour by bus or bicycle.
REACH = parse_limit("15km")


@dataclass(frozen=True, slots=True)
class Missing:
    """A kind of help that is not known in a municipality.

    Attributes:
        category, municipality: id and code.
        people: residents of it without any record of the kind within reach, of 2020.
        residents: all of them.
        known: records of the kind in the whole directory.
    """

    category: str
    municipality: str
    people: float
    residents: float
    known: int

    @property
    def where(self) -> str:
        """The name of the municipality."""
        return municipality_name(self.municipality)


def what_to_collect(
    directory: Directory, within: Limit = REACH, metric: Metric = STRAIGHT_LINE
) -> list[Missing]:
    """What is not known, the most people first.

    Within reach is what lies within the limit of where they live, and what is there for their
    municipality, wherever it is. What serves the whole nation does not count: it stands beside, not
    in the place of, what one can go to. Left out are kinds whose places are secret, and those that
    need no place.

    Raises:
        InputError: the limit is of another kind than the metric.
    """
    most, demand = within.under(metric.unit), embedded_demand()
    homes = demand.table["municipality_code"].to_numpy(str)
    codes, at = np.unique(homes, return_inverse=True)
    residents = np.bincount(at, demand.weight)
    found = []
    for name, kind in categories().items():
        known = [r for r in directory if name in r.categories and r.status is Status.ACTIVE]
        placed = [r for r in known if r.point]
        if kind.protected or (known and not placed):
            continue
        far = np.ones(len(homes), bool)
        if placed:
            to = Places(np.array([r.lon for r in placed]), np.array([r.lat for r in placed]))
            far = metric.rough.nearest(demand.places, to).cost[:, 0] > most
        served = {code for r in known for code in _served(r)}
        without = np.bincount(at, demand.weight * far)
        found += [
            Missing(name, code, float(people), float(every), len(known))
            for code, people, every in zip(codes.tolist(), without, residents, strict=True)
            if people >= 1 and code not in served and code != CHRISTIANSOE
        ]
    return sorted(found, key=lambda one: (-one.people, one.category, one.municipality))


def _served(record: Record) -> tuple[str, ...]:
    """Municipalities that a record is there for, wherever it is."""
    if record.point or record.scope == "national":
        return record.service_area
    return tuple(filter(None, (record.municipality_code, *record.service_area)))


def missing_csv(found: Iterable[Missing], t: Language) -> str:
    """All lines as CSV, names in the language of `t`."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(
        ("category", "kind", "municipality_code", "municipality", "people_without", "residents")
    )
    for one in found:
        names = (category(one.category).name(t), one.municipality)
        cells = (one.category, *names, one.where)
        table.writerow([*cells, round(one.people), round(one.residents)])
    return out.getvalue()
