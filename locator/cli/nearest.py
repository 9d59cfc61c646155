"""`python -m locator nearest`: the help nearest to an address, place or point."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click
from tabulate import tabulate

from locator.cli._options import (
    FORMATS,
    LimitType,
    addresses_option,
    directory_option,
    format_option,
    language_option,
)
from locator.directory import Reader, Record, Store, category
from locator.earth import Precision
from locator.errors import InputError
from locator.find import (
    Hit,
    as_sure,
    distance_words,
    nearest,
    placeless,
    to_csv,
    to_geojson,
    to_json,
)
from locator.geocoding import Answer, Finder, Question, asked_text, municipalities_of
from locator.language import distance_text, language, plain
from locator.travel import Limit

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
    form: str,
    lang: str,
    addresses: Path,
    store: Store,
) -> None:
    """Find the help nearest to TEXT: an address, street, postcode, place or LAT,LON in Denmark.

    Nearest first, by distance on the WGS84 ellipsoid. Where TEXT is known less exactly than to the
    door, distances are said as "about", and json, csv and geojson tell how far off they may be
    (distance_off_m, origin_precision, origin_accuracy_m). Phone lines and online help have no
    distance: the table lists those of the chosen categories that serve TEXT's municipality under
    the places. What was corrected in TEXT, and what else it may mean, is said on stderr.
    """
    kinds = tuple(dict.fromkeys(category(name).id for name in names))
    origin = Finder(addresses).answer(text)
    _tell(origin)
    if origin.precision is Precision.COUNTRY:
        raise InputError("Write more of the address: the town or the postcode.")
    chosen = store.directory().filter(
        languages=speaks, free=free or None, wheelchair=wheelchair or None
    )
    hits = nearest(chosen, origin.point, categories=kinds, limit=limit, within=within)
    wanted = with_placeless or (form == "table" and bool(kinds))
    home = municipalities_of(origin)
    lines = placeless(chosen, kinds, municipalities=home) if wanted else []
    sure, reader = as_sure(hits, origin), chosen.reader(language(lang))
    click.echo(_writer(form)(sure, lines, reader, origin), nl=form != "csv")


def _writer(form: str) -> Callable[[Sequence[Hit], Sequence[Record], Reader, Answer], str]:
    if form == "table":
        return _tables
    return {"json": to_json, "csv": to_csv, "geojson": to_geojson}[form]


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


def _tables(hits: Sequence[Hit], lines: Sequence[Record], reader: Reader, _origin: Answer) -> str:
    places = [
        (
            distance_words(hit, reader.t),
            reader.name(hit.record),
            category(hit.record.categories[0]).name(reader.t),
            hit.record.place,
            _phones(hit.record),
        )
        for hit in hits
    ]
    text = _table(("distance", "name", "category", "address", "phone"), places)
    if not lines:
        return text
    remote = [(reader.name(r), _phones(r), r.website, r.opening_hours) for r in lines]
    heads = ("name", "phone", "website", "opening hours")
    return f"{text}\n\nBy phone or online:\n{_table(heads, remote)}"


def _phones(record: Record) -> str:
    return ", ".join(phone.number for phone in record.phones)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return "Nothing found: allow a longer way (--within) or more categories."
    cells = [[plain(cell) for cell in row] for row in rows]
    return tabulate(cells, headers=heads, disable_numparse=True, maxcolwidths=[40] * len(heads))
