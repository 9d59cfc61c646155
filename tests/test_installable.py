"""What `pip install .` brings: the command with its data, wherever it is called from."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CALL = "from locator.cli import run; run()"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip would unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, "."]
    subprocess.run(pip, cwd=ROOT, check=True)
    (wheel,) = folder.glob("naerved-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_command_is_named_naerved(installed):
    (entry,) = installed.glob("naerved-*.dist-info/entry_points.txt")
    assert "naerved = locator.cli:run" in entry.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["geocode", "8000 Aarhus"], "8000 Aarhus C"),
        (["nearest", "8000 Aarhus", "--category", "library"], "library"),
        (["categories"], "food_bank"),
    ],
)
def test_the_command_works_far_from_the_checkout(installed, tmp_path, arguments, said):
    done = subprocess.run(
        [sys.executable, "-c", CALL, *arguments],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed), "PATH": "/usr/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert said.lower() in done.stdout.lower()
