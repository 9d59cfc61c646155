"""`python -m locator build`: all that comes of one OpenStreetMap extract, part by part."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from tabulate import tabulate

from locator.cli._options import directory_option, operator
from locator.cli._streets import size_of
from locator.directory import FolderStore, join_openstreetmap, read_extract, write_records
from locator.errors import LocatorError
from locator.settings import Settings
from locator.travel import STREETS, TIMETABLE

_CANDIDATES = Path("candidates") / "openstreetmap.jsonl"  # in the data folder

Tell = Callable[[str], None]
Made = tuple[str, Path]  # what is in it, and where it lies


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--gtfs",
    "feeds",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A timetable feed (GTFS zip); several are one timetable.",
)
@directory_option
@click.pass_context
def command(
    context: click.Context, file: Path, feeds: tuple[Path, ...], store: FolderStore
) -> None:
    """Build all there is to build from FILE, an OpenStreetMap extract (denmark-latest.osm.pbf).

    The address index, the street network, with --gtfs the timetable, the street map, and a list
    of places that the directory does not have yet; each where the app looks for it, and a running
    app takes it up. A part in use stays until the new one is whole. Where a part fails the others
    are made all the same; then the exit status is 1.
    """
    rows, failed = [], 0
    begun = time.perf_counter()
    for name, make in _parts(operator(context), file, feeds, store):
        start = time.perf_counter()
        tell = _telling(begun, name)
        tell("begun")
        try:
            said, path = make(tell)
            size = f"{size_of(path) / 1e6:.1f} MB"
        # Whatever is wrong with one part, the others can be made.
        except Exception as error:
            said = str(error) if isinstance(error, LocatorError) else repr(error)
            said, size, failed = f"FAILED: {said}", "", failed + 1
            tell(said)
        rows.append((name, said, size, f"{time.perf_counter() - start:.1f} s"))
    click.echo(tabulate(rows, tablefmt="plain", maxcolwidths=[None, 90, None, None]))
    if failed:
        click.echo(
            f"{failed} of {len(rows)} parts could not be made; what was there before is as it was.",
            err=True,
        )
        sys.exit(1)


def _parts(
    settings: Settings, file: Path, feeds: tuple[Path, ...], store: FolderStore
) -> Iterator[tuple[str, Callable[[Tell], Made]]]:
    """Each part's name, and what makes it."""
    yield "addresses", lambda tell: _addresses(file, settings.addresses, tell)
    yield "street network", lambda tell: _streets(file, settings.network / STREETS, tell)
    if feeds:
        yield "timetable", lambda _: _timetable(feeds, settings.network / TIMETABLE)
    yield "street map", lambda tell: _tiles(file, settings.tiles, tell)
    yield "candidates", lambda _: _candidates(file, store, settings.data / _CANDIDATES)


def _addresses(file: Path, out: Path, tell: Tell) -> Made:
    from locator.geocoding import Mapping, build

    told = 0

    def progress(_: Path, part: float) -> None:
        nonlocal told
        if int(part * 10) > told:
            told = int(part * 10)
            tell(f"{told * 10} % read")

    report = build([file], out, Mapping(), progress)
    return f"{report.kept} addresses in {out}", out


def _streets(file: Path, out: Path, tell: Tell) -> Made:
    from locator.travel import build_streets

    about = build_streets(file, out, tell)
    return f"{about['kilometres']} km for {', '.join(about['modes'])} in {out}", out


def _timetable(feeds: tuple[Path, ...], out: Path) -> Made:
    from locator.travel import build_timetable

    about = build_timetable(feeds, out)
    return f"{len(about['feeds'])} feeds, {about['first']} to {about['last']}, in {out}", out


def _tiles(file: Path, out: Path, tell: Tell) -> Made:
    from locator.map import build_tiles

    built = build_tiles(file, out, tell)
    return f"{sum(built.things.values())} things drawn in {out}", out


def _candidates(file: Path, store: FolderStore, out: Path) -> Made:
    extract = read_extract(file)
    report = join_openstreetmap(extract.records, store, None)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_records(out, report.new)
    said = (
        f"{len(report.new)} places that the directory does not have, in {out}; to let them lie "
        f"over it: python -m locator directory import-osm {file} --write"
    )
    return said, out


def _telling(begun: float, name: str) -> Tell:
    """Says what is done on stderr, with the seconds since the first part was begun."""
    return lambda what: click.echo(
        f"{time.perf_counter() - begun:6.1f} s  {name}: {what}", err=True
    )
