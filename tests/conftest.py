"""What all tests share: repeatable properties, and the real records where there are any."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Drawn from the test itself instead of from chance: a failure here is a failure everywhere.
settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder with the real records; tests that need them are skipped on machines that have none."""
    named = os.environ.get("CHAINMATCH_REAL_DATA")
    if not named:
        pytest.skip("CHAINMATCH_REAL_DATA names no folder with real records")
    folder = Path(named).resolve()
    if not folder.is_dir():
        pytest.fail(f"CHAINMATCH_REAL_DATA names {named}, which is no folder")
    return folder
