"""Asserts in the shared contract explain themselves, as those in test files do."""

import pytest

pytest.register_assert_rewrite("tests.geocoding.services.contract")
