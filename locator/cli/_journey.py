"""`python -m locator travel journey`: one journey by public transport, leg by leg."""

from pathlib import Path
from typing import Any

import click

from locator.cli._options import language_option
from locator.cli._transit import open_timetable, transit_options
from locator.cli._travel_options import network_option, point_of, speed_option
from locator.errors import NotFoundError


# A latitude may begin with a minus.
@click.command("journey", context_settings={"ignore_unknown_options": True})
@click.argument("start")
@click.argument("end")
@speed_option
@network_option
@transit_options
@language_option
def journey(
    start: str,
    end: str,
    speed: float | None,
    network: Path,
    lang: str,
    **asked: Any,  # noqa: ANN401 (what `transit_options` asks)
) -> None:
    """Tell the earliest journey by public transport from START to END, LAT,LON each."""
    from locator.language import duration_text, language
    from locator.travel import journey_lines

    ends = point_of(start), point_of(end)
    metric, _ = open_timetable(network, speed, **asked)
    found = metric.journey(*ends)
    if found is None:
        raise NotFoundError(
            "There is no journey of at most {minutes} min at that time: try another time, or a "
            "longer walk.",
            minutes=round(metric.most / 60),
        )
    t = language(lang)
    took = duration_text(found.seconds, t)
    click.echo(f"{found.leaves:%H:%M}–{found.arrives:%H:%M} ({took})")
    for line in journey_lines(found, t):
        click.echo(f"  {line}")
