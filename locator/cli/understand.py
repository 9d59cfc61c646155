"""`python -m locator understand`: what a person's own words mean."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from tabulate import tabulate

from locator.cli._options import addresses_option, directory_option, operator
from locator.directory import Store
from locator.geocoding import Finder
from locator.language import plain
from locator.needs import Interpreter, Meaning, meanings
from locator.sheets import open_sheet, place_of

_FORMATS = ("table", "json")


@click.command()
@click.argument("text", required=False)
@click.option("--lang", help="Language of the text, if known (uk, ar, ...); any is understood.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True)
@click.option(
    "--file",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV or workbook (.xlsx, .ods) to understand row by row, in place of TEXT.",
)
@click.option("--column", default="query", show_default=True, help="Its column of texts.")
@click.option("--lang-column", help="Its column of languages, if it has one.")
@addresses_option
@directory_option
def command(
    text: str | None,
    lang: str | None,
    form: str,
    source: Path | None,
    column: str,
    lang_column: str | None,
    addresses: Path,
    store: Store,
) -> None:
    """Tell what TEXT means: kinds of help, services by name, places, numbers to call.

    The likeliest comes first; a crisis comes before all else. With --file and --format json, a
    list of such lists in the order of the rows.
    """
    if (text is None) == (source is None):
        raise click.UsageError("Give TEXT or --file.")
    known = meanings() if operator(click.get_current_context()).vectors else None
    interpreter = Interpreter(Finder(addresses), store.directory(), known)
    if source:
        rows = _rows(source, column, lang_column, lang)
        found = [interpreter.understand(line, its) for line, its in rows]
        click.echo(_written(found, form, [line for line, _ in rows]))
        return
    one = interpreter.understand(text or "", lang)
    click.echo(json.dumps(_objects(one), ensure_ascii=False) if form == "json" else _table(one))


def _rows(
    path: Path, column: str, lang_column: str | None, lang: str | None
) -> list[tuple[str, str | None]]:
    sheet = open_sheet(path, (column,))
    text_at = place_of(sheet.header, column, path)
    lang_at = place_of(sheet.header, lang_column, path) if lang_column else None
    found = []
    for _, cells in sheet.rows():
        padded = [*cells, *[""] * (len(sheet.header) - len(cells))]
        its = padded[lang_at].strip() if lang_at is not None else ""
        found.append((padded[text_at], its or lang))
    return found


def _objects(found: Sequence[Meaning]) -> list[dict[str, object]]:
    return [one.as_object() for one in found]


def _written(found: Sequence[Sequence[Meaning]], form: str, lines: Sequence[str]) -> str:
    if form == "json":
        rows = [json.dumps(_objects(one), ensure_ascii=False) for one in found]
        return "[\n" + ",\n".join(rows) + "\n]"
    return "\n\n".join(
        f"{plain(line)}\n{_table(one)}" for line, one in zip(lines, found, strict=True)
    )


def _table(found: Sequence[Meaning]) -> str:
    if not found:
        return "Nothing here is understood."
    heads = ("kind", "id", "score", "confident", "why")
    cells = [[plain(str(value)) for value in one.as_object().values()] for one in found]
    return tabulate(cells, headers=heads, disable_numparse=True)
