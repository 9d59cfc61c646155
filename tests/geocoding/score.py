"""Score a geocoder on the Danish test set: `python -m tests.geocoding.score --help`.

The files are in the format of geocoder-tester (https://github.com/geocoders/geocoder-tester):
`query`, and an `expected_…` column for each thing to check, an empty cell meaning "not checked".
`expected_coordinate` is "latitude,longitude,metres". Two columns are this project's own:
`results` 0 where nothing may be found, and `ambiguous` "yes" where several
answers must be offered.

A case is right, asked (a question, with what is expected among its choices), honestly coarser (only
the town or postcode, and the right one), empty, or silently wrong. The first two are passed.
"""

import csv
import importlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import click
from geopy.location import Location

from locator.earth.geodesic import distance
from locator.earth.point import Precision
from locator.errors import LocatorError
from locator.geocoding.answer import Answer
from locator.geocoding.chained import SERVICES
from locator.geocoding.offline import OfflineGeocoder
from locator.language.normalise import fold, key
from locator.settings import settings

PARTS = ("street", "housenumber", "postcode", "city")

Case = dict[str, str]
Geocode = Callable[[str], "Found"]


class Verdict(StrEnum):
    """What became of a case."""

    RIGHT = "right"
    ASKED = "asked"
    COARSER = "honestly coarser"
    EMPTY = "empty"
    WRONG = "silently wrong"


PASSED = (Verdict.RIGHT, Verdict.ASKED)


@dataclass(frozen=True)
class Found:
    """What a geocoder gave: the best first; with a question, its choices and what is certain."""

    answers: list[Location]
    asked: bool = False
    certain: Answer | None = None


@dataclass
class Score:
    """Cases by trap and verdict, and what was wrong with those that did not pass."""

    verdicts: dict[str, Counter[Verdict]] = field(default_factory=lambda: defaultdict(Counter))
    failures: list[tuple[Case, str]] = field(default_factory=list)

    @property
    def total(self) -> Counter[Verdict]:
        """All cases by verdict."""
        return sum(self.verdicts.values(), Counter())

    @property
    def share(self) -> float:
        """Passed of tried, 0 to 1."""
        return sum(self.total[v] for v in PASSED) / (self.total.total() or 1)


def cases(path: Path) -> list[Case]:
    """The cases of one file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(every: Iterable[Case], geocode: Geocode) -> Score:
    """Try each case."""
    result = Score()
    for case in every:
        verdict, said = judge(case, geocode(case["query"]))
        result.verdicts[case["trap"]][verdict] += 1
        if verdict not in PASSED:
            result.failures.append((case, f"{verdict}: {said}"))
    return result


def judge(case: Case, found: Found) -> tuple[Verdict, str]:
    """The verdict on a case, and what is wrong; without a question only the first answer counts."""
    answers = found.answers
    if case["results"] == "0":
        if answers and not found.asked:
            return Verdict.WRONG, f"found {answers[0].address}"
        return (Verdict.ASKED if answers else Verdict.RIGHT), ""
    if found.asked or (case["ambiguous"] and len(answers) > 1):
        wrong = [_differs(case, answer) for answer in answers]
        if "" in wrong:
            return Verdict.ASKED, ""
        near = found.certain is not None and _is_coarser(case, found.certain)
        return (Verdict.COARSER if near else Verdict.EMPTY), f"not among {len(answers)} choices"
    if not answers:
        return Verdict.EMPTY, "nothing found"
    first = answers[0]
    if case["ambiguous"]:
        return Verdict.WRONG, f"a guess: {first.address}"
    wrong = _differs(case, first)
    if not wrong:
        return Verdict.RIGHT, ""
    coarser = isinstance(first.raw, Answer) and _is_coarser(case, first.raw)
    return (Verdict.COARSER if coarser else Verdict.WRONG), wrong


def _is_coarser(case: Case, answer: Answer) -> bool:
    """Whether the answer is the right town or postcode, and claims no more."""
    if answer.street or answer.precision is Precision.COUNTRY:
        return False
    if answer.postcode and case["expected_postcode"]:
        return answer.postcode == case["expected_postcode"]
    return key(answer.city) in key(case["expected_city"] or answer.city)


def _differs(case: Case, answer: Location) -> str:
    """What an answer has otherwise than expected, "" where nothing."""
    for part in PARTS:
        expected = case[f"expected_{part}"]
        if expected and not _agrees(part, expected, answer):
            return f"{part} is not {expected}: {answer.address}"
    if case["expected_coordinate"]:
        lat, lon, most = map(float, case["expected_coordinate"].split(","))
        metres = float(distance(lon, lat, answer.longitude, answer.latitude))
        if metres > most:
            return f"{metres:.0f} m off, at most {most:.0f}: {answer.address}"
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
        return partial(_offline, OfflineGeocoder(addresses=addresses))
    if name in SERVICES:
        geocoder = SERVICES[name](settings())
    else:
        module, _, kind = name.partition(":")
        geocoder = getattr(importlib.import_module(module), kind)()
    return lambda query: Found(geocoder.geocode(query, exactly_one=False) or [])


def _offline(geocoder: OfflineGeocoder, query: str) -> Found:
    try:
        answer = geocoder.answer(query)
    except LocatorError:
        return Found([])
    every = answer.alternatives if answer.question else (answer, *answer.alternatives)
    places = [Location(a.address, (a.point.lat, a.point.lon), a) for a in every]
    return Found(places, asked=answer.question is not None, certain=answer)


def report(result: Score) -> str:
    """The verdicts by trap, the failures, and the sum."""
    lines = []
    for trap, verdicts in result.verdicts.items():
        told = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
        lines.append(f"{verdicts.total():4}  {trap}: {told}")
    lines += ["", *(f"{case['query']!r}: {wrong}" for case, wrong in result.failures), ""]
    total = result.total
    lines += [f"{total[v]:5} {total[v] / (total.total() or 1):6.1%}  {v}" for v in Verdict]
    passed = sum(total[v] for v in PASSED)
    return "\n".join([*lines, f"{passed} of {total.total()} right or asked ({result.share:.1%})"])


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
