"""Limits of a plan as data: what may be declared, and what its values must be."""

from __future__ import annotations

from matching.limits.change import Change
from matching.limits.checks import MOST, check_whole, is_number, try_all
from matching.limits.declared import (
    BY,
    MOST_TIMES,
    By,
    DealSize,
    FairFloor,
    FirmDeals,
    FixedCost,
    Limit,
    Partners,
    Priority,
    Share,
    Total,
)
from matching.limits.entries import Side, Values, check_side
from matching.limits.limits import PLAIN, TABLES, Limits, can_conflict

__all__ = [
    "BY",
    "MOST",
    "MOST_TIMES",
    "PLAIN",
    "TABLES",
    "By",
    "Change",
    "DealSize",
    "FairFloor",
    "FirmDeals",
    "FixedCost",
    "Limit",
    "Limits",
    "Partners",
    "Priority",
    "Share",
    "Side",
    "Total",
    "Values",
    "can_conflict",
    "check_side",
    "check_whole",
    "is_number",
    "try_all",
]
