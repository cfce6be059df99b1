"""Dates."""

from __future__ import annotations

from datetime import date

from matching.text.cells import Parsed
from matching.words import Words

DATE = Words("日期", "date")


def parse_date(cell: object, year: int | None = None, *, name: Words = DATE) -> Parsed[date]:
    """Read one date (of a period: its first day, with a note); ``year`` fills in a missing one, with a note."""
    raise NotImplementedError


def parse_dates(cell: object, year: int | None = None, *, name: Words = DATE) -> Parsed[tuple[date, date]]:
    """Read a period "2025年10月1日至10月9日" as its first and last day (a single date is both)."""
    raise NotImplementedError
