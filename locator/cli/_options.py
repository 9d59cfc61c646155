"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from locator.errors import InputError
from locator.language import CODES, SOURCE
from locator.settings import Settings, settings

if TYPE_CHECKING:
    from locator.directory import FolderStore
    from locator.travel import Limit

Command = TypeVar("Command", bound=Callable[..., Any])

FORMATS = ("table", "json", "csv", "geojson")


class LimitType(click.ParamType["Limit"]):
    """A limit: "800", "800m", "5km" or "30min"."""

    name = "limit"

    def convert(
        self, value: "str | Limit", param: click.Parameter | None, ctx: click.Context | None
    ) -> "Limit":
        from locator.travel import parse_limit

        limit = parse_limit(value) if isinstance(value, str) else value
        if limit.value <= 0:
            self.fail(f"{value!r} is no limit: write 800m or 5km.", param, ctx)
        return limit


def operator(context: click.Context) -> Settings:
    """What the operator has set, read once for a call of the command line."""
    root = context.find_root()
    root.obj = root.obj or settings()
    assert isinstance(root.obj, Settings)
    return root.obj


def addresses_option(command: Command) -> Command:
    """`--addresses PATH`: the address index to use; one that is named must be there."""

    def used(context: click.Context, _: click.Parameter, given: Path | None) -> Path:
        if given and not given.is_file():
            raise InputError(
                "There is no address index at {path}. Build it: "
                "python -m locator addresses build FILE --out {path}.",
                path=given,
            )
        return given or operator(context).addresses

    return click.option(
        "--addresses",
        type=click.Path(path_type=Path),
        callback=used,
        help="Address index to use (else NAERVED_ADDRESSES, else the data folder's).",
    )(command)


def directory_option(command: Command) -> Command:
    """`--directory DIR`: the directory to use, as a store."""

    def used(context: click.Context, _: click.Parameter, given: Path | None) -> "FolderStore":
        from locator.directory import FolderStore, open_store  # records, which not all need

        return FolderStore(given) if given else open_store(operator(context))

    return click.option(
        "--directory",
        "store",
        type=click.Path(path_type=Path),
        callback=used,
        help="Folder of records to use as they are (else the directory with imports and edits).",
    )(command)


def language_option(command: Command) -> Command:
    """`--lang TAG`: the language of names and texts in the answer."""
    return click.option(
        "--lang",
        type=click.Choice(CODES),
        default=SOURCE,
        show_default=True,
        help="Language of names and texts.",
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
