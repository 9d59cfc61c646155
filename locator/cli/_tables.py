"""Tables on the screen of the command line."""

from collections.abc import Iterable, Sequence

import click
from tabulate import tabulate

from locator.language import plain

_WIDTH = 40  # characters of a column


def echo_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table of texts, whatever is in them, and an empty line."""
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [_WIDTH] * len(heads)
    click.echo(tabulate(cells, headers=heads, disable_numparse=True, maxcolwidths=widths) + "\n")
