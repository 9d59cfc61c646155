"""The command line as a whole: every command explains itself, and errors are one line."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from locator.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]

# What only some commands need, and takes long to load.
HEAVY = ("pandas", "geopandas", "shapely", "scipy", "numba", "folium", "requests", "streamlit")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "locator", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name):
    told = CliRunner().invoke(main, [name, "--help"])
    assert told.exit_code == 0
    command = main.get_command(click.Context(main), name)
    assert command
    assert command.get_short_help_str(200)[0].isupper()


@pytest.mark.parametrize(
    "arguments", [["geocode", "Xyzzyx 12"], ["nearest", "8000 Aarhus", "--category", "food_bnk"]]
)
def test_an_error_is_one_line_that_helps(arguments):
    done = run(*arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_refused():
    assert CliRunner().invoke(main, ["geocod"]).exit_code == 2


def loaded(*arguments: str) -> set[str]:
    """The heavy packages that a command loads."""
    code = (
        "import sys\nfrom locator.cli import main\n"
        f"main({list(arguments)!r}, standalone_mode=False)\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split("\n")[-2].split())


def test_a_geocode_waits_for_nothing_it_does_not_need():
    assert loaded("geocode", "8000 Aarhus") == set()


def test_the_nearest_of_a_postcode_wait_for_the_shape_of_the_land_alone():
    assert loaded("nearest", "8000 Aarhus", "--category", "library") == {"shapely"}


def test_the_nearest_by_help_are_the_pages_own_list():
    done = run("nearest", "5000 Odense C", "--category", "jobcentre", "--order", "help")
    assert "We know of none near Odense C; there may be one" in done.stdout
    assert done.stdout.index("Odense Municipality") < done.stdout.index("nearest that we know of")
    assert "Mo-Fr" not in done.stdout


def test_files_say_how_they_are_ordered():
    for order in ("help", "distance"):
        asked = ("nearest", "8000 Aarhus C", "--category", "library", "--format", "json")
        rows = json.loads(run(*asked, "--order", order).stdout)
        assert {row["ordered_by"] for row in rows} == {order}
