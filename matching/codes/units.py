"""Units of measure."""

from __future__ import annotations

from dataclasses import dataclass

PERIOD_DAYS: dict[str, int] = {"天": 1, "周": 7, "月": 30, "季": 90, "半年": 180, "年": 365}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: quantities convert only within one ``kind``; ``factor`` times the quantity is in ``base``."""

    code: str
    kind: str
    factor: float
    base: str


def find_unit(text: str) -> Unit:
    """Find a unit by code or alias ("吨", "公斤", "万件"); else UnknownNameError."""
    raise NotImplementedError


def convert(quantity: float, unit: str | Unit, to: str | Unit) -> float:
    """Convert a quantity within one kind; InputError across kinds (台 to 吨)."""
    raise NotImplementedError


def split_period(text: str) -> tuple[str, str | None]:
    """Split "吨/月" into ("吨", "月"); the period is a key of PERIOD_DAYS, or None."""
    raise NotImplementedError
