"""How one travels, as `nearest` is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from locator.cli._travel_options import network_option
from locator.travel import STRAIGHT_LINE, TRAVEL_MODES, Installed, Metric

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class Travel:
    """What was asked for.

    Attributes:
        mode: one of `TRAVEL_MODES`, "" for straight lines.
        network: folder of streets and timetables.
        depart: by public transport; None leaves now.
    """

    mode: str
    network: Path
    depart: datetime | None

    def metric(self, now: datetime) -> Metric:
        """How long it takes.

        Raises:
            NotFoundError: what it needs is not installed.
            InputError: no timetable for that day.
        """
        if not self.mode:
            return STRAIGHT_LINE
        return Installed(self.network).metric(self.mode, self.depart or now)


def travel_options(command: Command) -> Command:
    """`--travel`, `--network` and `--depart`, handed to the command as one `Travel`."""

    @click.option(
        "--travel",
        type=click.Choice(TRAVEL_MODES),
        help="By how long it takes so, not by straight lines; needs a street network.",
    )
    @network_option
    @click.option(
        "--depart",
        type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]),
        help='By public transport: local time, as "2026-12-01 08:00" (else now).',
    )
    @wraps(command)
    def with_travel(
        *args: Any,  # noqa: ANN401
        travel: str | None,
        network: Path,
        depart: datetime | None,
        **options: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if depart and travel != "transit":
            raise click.UsageError("--depart goes with --travel transit.")
        return command(*args, travel=Travel(travel or "", network, depart), **options)

    return with_travel  # type: ignore[return-value]
