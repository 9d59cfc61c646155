"""Score a geocoder on the Danish test set: `python -m tests.geocoding.score --help`.

The files are in the format of geocoder-tester (https://github.com/geocoders/geocoder-tester):
`query`, and an `expected_…` column for each thing to check, an empty cell meaning "not checked".
`expected_coordinate` is "latitude,longitude,metres". Two columns are this project's own:
`results` 0 where nothing may be found, and `ambiguous` "yes" where several
answers must be offered.
"""

import csv
import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from geopy.location import Location

from locator.earth.geodesic import distance
from locator.geocoding.answer import Answer
from locator.geocoding.chained import SERVICES
from locator.geocoding.offline import OfflineGeocoder
from locator.language.normalise import fold, key
from locator.settings import settings

PARTS = ("street", "housenumber", "postcode", "city")

Case = dict[str, str]
Geocode = Callable[[str], list[Location]]


@dataclass
class Score:
    """Cases passed and tried by trap, and what was wrong with each of the others."""

    passed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    tried: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    failures: list[tuple[Case, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Passed of tried, 0 to 1."""
        return sum(self.passed.values()) / (sum(self.tried.values()) or 1)


def cases(path: Path) -> list[Case]:
    """The cases of one file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(every: Iterable[Case], geocode: Geocode) -> Score:
    """Try each case. `geocode` gives Locations, the best first, [] for none."""
    result = Score()
    for case in every:
        wrong = judge(case, geocode(case["query"]))
        result.tried[case["trap"]] += 1
        if wrong:
            result.failures.append((case, wrong))
        else:
            result.passed[case["trap"]] += 1
    return result


def judge(case: Case, found: list[Location]) -> str:
    """What is wrong with the answers to a case; "" where nothing is. Only the first one counts."""
    if case["results"] == "0":
        return f"found {found[0].address}" if found else ""
    if not found:
        return "nothing found"
    if case["ambiguous"] and len(found) < 2:
        return f"a silent guess: {found[0].address}"
    first = found[0]
    for part in PARTS:
        expected = case[f"expected_{part}"]
        if expected and not _agrees(part, expected, first):
            return f"{part} is not {expected}: {first.address}"
    if case["expected_coordinate"]:
        lat, lon, most = map(float, case["expected_coordinate"].split(","))
        metres = float(distance(lon, lat, first.longitude, first.latitude))
        if metres > most:
            return f"{metres:.0f} m off, at most {most:.0f}: {first.address}"
    return ""


def _agrees(part: str, expected: str, found: Location) -> bool:
    """Whether a part is as expected, whatever its spelling; another geocoder's text contains it."""
    raw = found.raw
    if not isinstance(raw, Answer):
        return key(expected) in key(found.address)
    values = {
        "street": raw.street,
        "housenumber": raw.number,
        "postcode": raw.postcode,
        "city": raw.city,
    }
    return fold(values[part]) == fold(expected) or key(values[part]) == key(expected)


def geocode_with(name: str, addresses: Path | None = None) -> Geocode:
    """The geocoder of this name; "MODULE:CLASS" is any of geopy's form that needs no arguments."""
    geocoder: Any
    if name == "offline":
        geocoder = OfflineGeocoder(addresses=addresses)
    elif name in SERVICES:
        geocoder = SERVICES[name](settings())
    else:
        module, _, kind = name.partition(":")
        geocoder = getattr(importlib.import_module(module), kind)()
    return lambda query: geocoder.geocode(query, exactly_one=False) or []


def report(result: Score) -> str:
    """The score by trap, the failures, and the sum."""
    lines = [
        f"{result.passed[trap]:4} of {tried:4}  {trap}" for trap, tried in result.tried.items()
    ]
    lines += ["", *(f"{case['query']!r}: {wrong}" for case, wrong in result.failures), ""]
    passed, tried = sum(result.passed.values()), sum(result.tried.values())
    return "\n".join([*lines, f"{passed} of {tried} ({result.share:.1%})"])


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--geocoder",
    default="offline",
    show_default=True,
    help="offline, adressevaelger, photon, or MODULE:CLASS of geopy's form. All but the first "
    "send the queries to a service.",
)
@click.option(
    "--addresses", type=click.Path(path_type=Path, exists=True), help="Index for offline."
)
def main(files: tuple[Path, ...], geocoder: str, addresses: Path | None) -> None:
    """Score a geocoder on the cases in FILES, by trap."""
    geocode = geocode_with(geocoder, addresses)
    print(report(score((case for path in files for case in cases(path)), geocode)))


if __name__ == "__main__":
    main()
