"""Options that several commands share, and the reading of lengths such as "5km"."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

FORMATS = ("table", "json", "csv", "geojson")

_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*(m|km)?", re.IGNORECASE)


class Length(click.ParamType[float]):
    """A length: "800", "800m" or "5km", as metres."""

    name = "length"

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        if isinstance(value, int | float):
            return float(value)
        match = _LENGTH.fullmatch(value.strip())
        if not match or float(match[1].replace(",", ".")) <= 0:
            self.fail(f"{value!r} is no length: write 800m or 5km.", param, ctx)
        return float(match[1].replace(",", ".")) * (1000 if (match[2] or "").lower() == "km" else 1)


def addresses_option(command: Command) -> Command:
    """`--addresses PATH`: the address index to use."""
    return click.option(
        "--addresses",
        type=click.Path(path_type=Path),
        help="Address index to use (else NAERVED_ADDRESSES, else the data folder's).",
    )(command)


def directory_option(command: Command) -> Command:
    """`--directory DIR`: the directory to use."""
    return click.option(
        "--directory",
        type=click.Path(path_type=Path),
        help="Directory to use (else NAERVED_DIRECTORY, else the embedded one).",
    )(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`, the first of `formats` being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print the answer.",
    )
