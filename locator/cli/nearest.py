"""`python -m locator nearest`: the help nearest to an address, place or point."""

from datetime import datetime
from functools import partial
from pathlib import Path

import click

from locator.cli._nearest_tables import distance_table, listing_table
from locator.cli._options import (
    FORMATS,
    LimitType,
    addresses_option,
    directory_option,
    format_option,
    language_option,
)
from locator.cli._travel import Travel, travel_options
from locator.directory import DENMARK, Directory, Record, Store, category
from locator.earth import Precision
from locator.errors import InputError
from locator.find import (
    DEFAULT_RADIUS,
    Hit,
    Search,
    as_sure,
    find,
    nearest,
    own_land_first,
    placeless,
    to_csv,
    to_geojson,
    to_json,
    with_trips,
)
from locator.geocoding import Answer, Finder, Question, asked_text, municipalities_of
from locator.language import distance_text, language, plain
from locator.travel import Limit, Metric

_WRITERS = {"json": to_json, "csv": to_csv, "geojson": to_geojson}
_OTHERS = 5  # alternatives named on stderr
_FAR_OFF = 200.0  # metres of accuracy that are worth a word


@click.command()
@click.argument("text")
@click.option("--category", "-c", "names", multiple=True, help="Only this kind; may be repeated.")
@click.option(
    "--limit",
    type=click.IntRange(1, 100_000),
    default=10,
    show_default=True,
    help="At most so many places.",
)
@click.option("--within", type=LimitType(), help="Only places this near, for example 800m or 5km.")
@click.option("--language", "speaks", multiple=True, help="Only where this is spoken (ISO 639-1).")
@click.option("--free", is_flag=True, help="Only what is known to cost nothing.")
@click.option("--wheelchair", is_flag=True, help="Only where wheelchairs are known to get in.")
@click.option(
    "--placeless",
    "with_placeless",
    is_flag=True,
    help="In json, csv and geojson, add phone lines and online help after the places.",
)
@click.option(
    "--order",
    type=click.Choice(["distance", "help"]),
    default="distance",
    show_default=True,
    help="By distance alone; or as the page has it, within 10 km unless told: of places about "
    "equally far those first that are open, reachable and lately checked.",
)
@travel_options
@format_option(*FORMATS)
@language_option
@addresses_option
@directory_option
def command(
    text: str,
    names: tuple[str, ...],
    limit: int,
    within: Limit | None,
    speaks: tuple[str, ...],
    free: bool,
    wheelchair: bool,
    with_placeless: bool,
    order: str,
    travel: Travel,
    form: str,
    lang: str,
    addresses: Path,
    store: Store,
) -> None:
    """Find the help nearest to TEXT: an address, street, postcode, place or LAT,LON in Denmark.

    Distances are on the WGS84 ellipsoid, with --travel it is the time; what is on another
    island comes last. Where TEXT is known less exactly than to the door, they are said as "about".
    json, csv and geojson tell how far off they may be (distance_off_m, origin_precision,
    origin_accuracy_m), how they are ordered (ordered_by), what lies between (crossing: none, water,
    fixed_link, other_island, other_island_by_ferry, unknown) or how one goes (mode, travel_s,
    travel_m, ferry_s). A table by help is the page's own list: places near, then what has a place
    that is not known, phone lines, what may fit, what is less certain; where none is known near,
    first the municipality's own line. What was corrected in TEXT is said on stderr.
    """
    if order == "help" and len(speaks) > 1:
        raise click.UsageError("By help, only one --language can be asked for.")
    kinds = tuple(dict.fromkeys(category(name).id for name in names))
    now, speaking = datetime.now(DENMARK), speaks[0] if speaks else ""
    origin, metric = _origin(text, addresses), travel.metric(now)
    search = Search(
        "", kinds, travel.mode, "", within or DEFAULT_RADIUS, False, free, speaking, wheelchair
    )
    directory = store.directory()
    reader = directory.reader(language(lang))
    if order == "help":
        found = find(directory, origin, search, now, metric)
        table = partial(listing_table, found, search, origin, reader, now, limit)
        hits, lines = list(found.hits[:limit]), [*found.urgent, *found.placeless]
    else:
        chosen = directory.filter(languages=speaks, free=free, wheelchair=wheelchair)
        hits, lines = _by_distance(chosen, origin, search, limit, within, metric)
        table = partial(distance_table, hits, lines if kinds else [], reader, now)
    if form != "table":
        text = _WRITERS[form](
            hits, lines * with_placeless, reader, origin, ordered_by=_rule(order, search)
        )
    click.echo(table() if form == "table" else text, nl=form != "csv")


def _by_distance(
    chosen: Directory,
    origin: Answer,
    search: Search,
    limit: int,
    within: Limit | None,
    metric: Metric,
) -> tuple[list[Hit], list[Record]]:
    """The nearest places, and the lines that serve where the origin is."""
    by = "travel time" if search.travel else "distance"
    click.echo(f"By {by} alone; --order help lists as the page does.", err=True)
    kinds = search.categories
    near = nearest(chosen, origin.point, categories=kinds, limit=None, within=within, metric=metric)
    lines = placeless(chosen, kinds, municipalities=municipalities_of(origin))
    first = own_land_first(as_sure(near, origin))[:limit]
    return with_trips(first, search, metric, origin.point), lines


def _rule(order: str, search: Search) -> str:
    """By what the list is in order, as exports name it."""
    return "time" if search.travel and order == "distance" else order


def _origin(text: str, addresses: Path) -> Answer:
    origin = Finder(addresses).answer(text)
    _tell(origin)
    if origin.precision is Precision.COUNTRY:
        raise InputError("Write more of the address: the town or the postcode.")
    return origin


def _tell(origin: Answer) -> None:
    """Say on stderr what the distances are from, so that stdout stays the answer alone."""
    if origin.precision is not Precision.COUNTRY:
        precision = f"precision: {origin.precision.value}"
        click.echo(f"From: {plain(origin.address)} ({precision})", err=True)
    for note in origin.notes:
        click.echo(plain(note.text()), err=True)
    if origin.accuracy_m and origin.accuracy_m >= _FAR_OFF:
        off = distance_text(origin.accuracy_m, language("en"))
        click.echo(f"Distances can be {off} off.", err=True)
    if origin.alternatives:
        others = [plain(other.address) for other in origin.alternatives]
        question = origin.question or Question.WHICH
        click.echo(f"{asked_text(question).text()} ({len(others)})", err=True)
        for other in others[:_OTHERS]:
            click.echo(f"  {other}", err=True)
        click.echo("If one of them is meant, run again with its full address.", err=True)
