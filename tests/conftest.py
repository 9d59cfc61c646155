"""What all tests share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test material beside the project; skips where the folder is absent.

    Only the folder as a whole may be absent: a single missing file in it fails its test.
    """
    if not SHARED.is_dir():
        pytest.skip(f"the test material is not here: {SHARED}")
    return SHARED
