"""What all tests share."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from locator.settings import keep_compiled_code

# How long a thing takes is measured in benchmarks; here two tests share a machine.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

keep_compiled_code()  # where it always is: compiling takes longer than the tests
# Whatever the operator of this machine has set and made.
ALL_STATES = bool(os.environ.get("NAERVED_ALL_STATES"))
for name in [name for name in os.environ if name.startswith("NAERVED_")]:
    if name != "NAERVED_BROWSER_REQUIRED":
        del os.environ[name]
_DATA = tempfile.TemporaryDirectory(prefix="naerved-tests-")
os.environ["NAERVED_DATA"] = _DATA.name

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test material beside the project; skips where the folder is absent.

    Only the folder as a whole may be absent: a single missing file in it fails its test.
    """
    if not SHARED.is_dir():
        pytest.skip(f"the test material is not here: {SHARED}")
    return SHARED
