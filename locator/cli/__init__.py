"""The command line, `python -m locator`: one file a command, each found by its name."""

import importlib
import pkgutil
import sys

import click

from locator.errors import LocatorError

__all__ = ["COMMANDS", "main", "run"]

# Imported only when called, so that `geocode` does not wait for what `coverage` needs.
COMMANDS = tuple(
    sorted(file.name for file in pkgutil.iter_modules(__path__) if not file.name.startswith("_"))
)


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"locator.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Nærved: find the help nearest to an address in Denmark, with no internet."""


def run() -> None:
    """Run the command line; an error that a person can mend is one line on stderr, exit 1."""
    try:
        main(prog_name="python -m locator")
    except LocatorError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
