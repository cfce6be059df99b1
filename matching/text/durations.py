"""Durations in days."""

from __future__ import annotations

from matching.text.cells import Parsed
from matching.words import Words

DURATION = Words("工期", "duration")


def parse_days(cell: object, unit: str = "天", *, name: Words = DURATION) -> Parsed[int]:
    """Read a duration in days; ``unit`` is the header's: 天, 日, 周, 月, 季, 年."""
    raise NotImplementedError
