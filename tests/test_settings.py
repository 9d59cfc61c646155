"""What an operator sets is taken, and the program's own folder is never written to."""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from locator import settings as module
from locator.settings import EMBEDDED, keep_compiled_code, settings
from tests.browser.conftest import free_port

ROOT = Path(__file__).resolve().parents[1]
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1  # linux/prctl.h, linux/capability.h


def test_without_any_variable_the_data_lie_outside_of_the_program(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "BEFORE", tmp_path / "local")
    ours = settings({})
    assert not ours.data.is_relative_to(ROOT)
    assert ours.addresses == ours.data / "addresses.index"
    assert ours.directory == EMBEDDED
    assert (ours.online, ours.edit_secret) == ("", "")


def test_what_lay_in_the_program_before_is_still_used(monkeypatch, tmp_path):
    before = tmp_path / "local"
    before.mkdir()
    monkeypatch.setattr(module, "BEFORE", before)
    assert settings({}).data != before  # empty: nothing is lost there
    (before / "addresses.index").write_bytes(b"")
    assert settings({}).data == before
    assert settings({"NAERVED_DATA": str(tmp_path / "new")}).data == tmp_path / "new"


def test_every_variable_is_taken(tmp_path):
    ours = settings(
        {
            "NAERVED_DATA": str(tmp_path),
            "NAERVED_ADDRESSES": "/srv/a.index",
            "NAERVED_NETWORK": "/srv/network",
            "NAERVED_DIRECTORY": "/srv/records",
            "NAERVED_ONLINE": " Photon ",
            "NAERVED_ADRESSEVAELGER_TOKEN": "token",
            "NAERVED_EDIT_SECRET": "secret",
            "NAERVED_OPERATOR": "Odense Kommune",
            "NAERVED_CONTACT": "help@example.dk",
            "NAERVED_URL": "https://example.dk/",
        }
    )
    assert (ours.data, ours.addresses) == (tmp_path, Path("/srv/a.index"))
    assert ours.network == Path("/srv/network")
    assert (ours.directory, ours.online) == (Path("/srv/records"), "photon")
    assert (ours.operator, ours.contact) == ("Odense Kommune", "help@example.dk")
    assert ours.url == "https://example.dk"
    assert "secret" not in repr(ours)
    assert "token" not in repr(ours)


def test_compiled_code_is_kept_where_the_operator_says():
    environment = {"NAERVED_DATA": "/srv/data"}
    keep_compiled_code(environment)
    assert environment["NUMBA_CACHE_DIR"] == "/srv/data/numba"
    environment = {"NUMBA_CACHE_DIR": "/elsewhere"}
    keep_compiled_code(environment)
    assert environment["NUMBA_CACHE_DIR"] == "/elsewhere"


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """A copy of the program that nobody may write to, and `data` beside it, which anyone may."""
    with tempfile.TemporaryDirectory(prefix="naerved-checkout-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        copy = folder / "naerved"
        copy.mkdir()
        for part in ("locator", "pages", "geodata", "static", ".streamlit", "app.py"):
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("local"))
            else:
                shutil.copy(ROOT / part, copy)
        (folder / "data").mkdir()
        (folder / "data").chmod(0o777)
        subprocess.run(["chmod", "-R", "a-w,a+rX", copy], check=True)
        yield copy
        subprocess.run(["chmod", "-R", "u+w", copy], check=True)


def bound_by_permissions() -> None:
    """Let root, too, write to no file that its permissions forbid."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def run(checkout: Path, *command: str) -> subprocess.Popen[str]:
    """A program in the copy, which may not write there."""
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=checkout,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(checkout.parent / "nowhere"),
            "NAERVED_DATA": str(checkout.parent / "data"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        preexec_fn=bound_by_permissions,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def tree(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["nearest", "8000 Aarhus C", "--category", "library"], "Aarhus"),
        (["coverage", "--category", "food_bank", "--within", "5km", "--format", "json"], "summary"),
    ],
)
def test_the_command_line_runs_from_a_read_only_checkout(checkout, command, said):
    before = tree(checkout)
    program = run(checkout, "-m", "locator", *command)
    output, _ = program.communicate(timeout=300)
    assert program.returncode == 0, output
    assert said in output
    assert tree(checkout) == before


def test_compiled_code_is_kept_in_the_data_folder(checkout):
    program = run(checkout, "-c", "import locator.travel.bulk")
    assert program.wait(60) == 0
    assert list((checkout.parent / "data" / "numba").iterdir())


def test_the_copy_cannot_be_written_to(checkout):
    program = run(checkout, "-c", "open('locator/new', 'w')")
    assert "PermissionError" in program.communicate(timeout=60)[0]


def test_the_app_starts_from_a_read_only_checkout(checkout):
    port = free_port()
    server = run(checkout, "-m", "streamlit", "run", "app.py", "--server.port", str(port))
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health") as answer:
                    assert answer.read() == b"ok"
                break
            except OSError:
                assert server.poll() is None, server.communicate()[0]
                time.sleep(0.1)
        else:
            pytest.fail("the app did not start")
    finally:
        server.terminate()
        server.wait(20)
