"""`python -m locator categories`: the kinds of help, and how many of each there are."""

import csv
import io
import json
from collections import Counter
from typing import TypedDict

import click
from tabulate import tabulate

from locator.cli._options import directory_option, format_option, language_option
from locator.directory import Directory, Store, groups
from locator.language import Language, language


class Row(TypedDict):
    """One category: its ids, name, and how many records have it (with and without a point)."""

    group: str
    category: str
    name: str
    records: int
    with_point: int


@click.command()
@format_option("table", "json", "csv", "geojson")
@language_option
@directory_option
def command(form: str, lang: str, store: Store) -> None:
    """List the categories by group, with the number of records of each in the directory."""
    rows = count(store.directory(), language(lang))
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, tuple(Row.__annotations__))
        writer.writeheader()
        writer.writerows(rows)
        click.echo(text.getvalue(), nl=False)
    elif form == "geojson":
        # A category is nowhere: RFC 7946 has it that its geometry is then null.
        features = [{"type": "Feature", "geometry": None, "properties": row} for row in rows]
        collection = {"type": "FeatureCollection", "features": features}
        click.echo(json.dumps(collection, ensure_ascii=False))
    else:
        click.echo(tabulate(rows, headers="keys"))


def count(directory: Directory, t: Language) -> list[Row]:
    """A row for every category, in the order of the groups; 0 where the directory has none.

    Args:
        t: the language of the names.
    """
    every = Counter(c for record in directory for c in set(record.categories))
    placed = Counter(c for record in directory if record.point for c in set(record.categories))
    return [
        Row(
            group=group.id,
            category=kind.id,
            name=kind.name(t),
            records=every[kind.id],
            with_point=placed[kind.id],
        )
        for group in groups()
        for kind in group.categories
    ]
