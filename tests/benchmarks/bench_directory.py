"""How long the directory takes: python -m tests.benchmarks.bench_directory

Loading 100,000 records (2 s allowed) beside pandas reading the same file unchecked, and a first
filter by facets (10 ms allowed) beside a scan over all records.
"""

import tempfile
from pathlib import Path
from time import perf_counter

import pandas as pd

from locator.directory.records import Directory, load
from locator.directory.taxonomy import categories

RECORDS = 100_000


def main() -> None:
    """Print seconds and ratios; each figure is the best of three."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "many.jsonl")
        seconds = min(_timed(lambda: load(folder)) for _ in range(3))
        pandas = min(
            _timed(lambda: pd.read_json(folder / "many.jsonl", lines=True)) for _ in range(3)
        )
        print(f"load {RECORDS:,} records: {seconds:.2f} s; pandas, unchecked: {pandas:.2f} s")
        _filters(load(folder))


def _write(path: Path) -> None:
    embedded = [r.model_dump_json(exclude_defaults=True, exclude={"id"}) for r in load()]
    with path.open("w", encoding="utf-8") as file:
        for number in range(RECORDS):
            file.write(f'{{"id":"r{number}",{embedded[number % len(embedded)][1:]}\n')


def _filters(directory: Directory) -> None:
    directory.filter(
        categories=["tax"],
        audience=["x"],
        languages=["da"],
        municipalities=["0101"],
        free=True,
        wheelchair=True,
    )  # makes the postings, once for each directory
    cases = {
        "one category": {"categories": ("library",)},
        "three facets": {
            "categories": ("danish_course", "library"),
            "languages": ("da",),
            "free": True,
        },
        "almost all": {"categories": tuple(categories())},
    }
    for title, facets in cases.items():
        times = []
        for _ in range(3):
            directory._filtered.clear()
            times.append(_timed(lambda facets=facets: directory.filter(**facets)))
        found = directory.filter(**facets)
        scan = _timed(lambda facets=facets: _scan(directory, facets))
        print(
            f"filter, {title} ({len(found):,} found): {min(times) * 1000:.1f} ms; "
            f"scan: {scan * 1000:.1f} ms"
        )


def _scan(directory: Directory, facets: dict[str, object]) -> list[object]:
    kinds, speaks = set(facets.get("categories", ())), set(facets.get("languages", ()))
    return [
        r
        for r in directory
        if (not kinds or kinds & set(r.categories))
        and (not speaks or speaks & set(r.languages))
        and (not facets.get("free") or r.cost == "free")
    ]


def _timed(work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    main()
