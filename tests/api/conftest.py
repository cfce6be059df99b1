"""Lists small enough to be read at a glance."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.running import NEED_HEADERS, OFFER_HEADERS, VALVE_MAKER, VALVES, write_list


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """One need, one offer that fits it."""
    needs = write_list(tmp_path / "需求.xlsx", NEED_HEADERS, VALVES)
    return needs, write_list(tmp_path / "产能.xlsx", OFFER_HEADERS, VALVE_MAKER)
