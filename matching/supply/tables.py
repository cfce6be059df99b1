"""Listings → tables of plain columns in an order that does not depend on the sheet."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from matching.errors import InputError
from matching.market import AnyArray
from matching.records import Listing
from matching.words import Words, is_missing

#: columns that hold numbers (yes and no as 1 and 0), days, and several values
NUMBERS = (
    *("quantity", "splittable", "min_split", "lot_step", "max_suppliers", "price_max", "budget_cny"),
    *("duration_days", "consortium_ok", "priority", "capacity", "moq", "price", "lead_days", "max_km"),
    *("running", "blacklisted", "max_share_one_buyer", "amount_cny"),
)
DAYS = ("need_from", "need_by", "published_on", "valid_from", "valid_to", "signed_on")
SEVERAL = (
    "hard_certs",
    "soft_certs",
    "exclude",
    "price_tiers",
    "service_regions",
    "certs",
    "tiers",
    "chains",
)
#: columns that never leave the records
PROTECTED = ("contact",)


def table(listing: Listing) -> pd.DataFrame:
    """Give a listing as columns sorted by content: numbers (NaN), days (NaT), tuples, text ("" = unknown)."""
    frame = listing.frame().drop(columns=list(PROTECTED), errors="ignore")
    plain = pd.DataFrame({str(name): _column(str(name), frame[name].to_list()) for name in frame.columns})
    order = np.argsort(objects(contents(plain)), kind="stable")
    return plain.iloc[order].reset_index(drop=True)


def objects(values: Sequence[Any]) -> AnyArray:
    """Make a column of any values, tuples included."""
    column = np.empty(len(values), object)
    column[:] = values
    return column


def contents(frame: pd.DataFrame) -> list[str]:
    """Write each row as text: equal rows give equal text, in any sheet and at any place."""
    return [repr(row) for row in frame.astype(object).itertuples(index=False, name=None)]


def numbered(frame: pd.DataFrame, given: str, fallback: Sequence[str]) -> pd.DataFrame:
    """Add ``id`` and sort by it: the number given, else the fallback (#2, #3 … where it repeats).

    Raises InputError where one number is given twice.
    """
    twice = [name for name, count in Counter(frame[given]).items() if name and count > 1]
    if twice:
        listed = "、".join(sorted(twice))
        raise InputError(Words(f"编号重复：{listed}", f"numbers given more than once: {listed}"))
    taken, ids = Counter(name for name in frame[given] if name), []
    for name, other in zip(frame[given], fallback, strict=True):
        if not name:
            taken[other] += 1
            name = other if taken[other] == 1 else f"{other}#{taken[other]}"
        ids.append(name)
    return frame.assign(id=objects(ids)).sort_values("id", kind="stable").reset_index(drop=True)


def content_names(frame: pd.DataFrame) -> list[str]:
    """Give a temporary number made of what each row holds: 未编号-3f09ab."""
    return [f"未编号-{hashlib.sha256(text.encode()).hexdigest()[:6]}" for text in contents(frame)]


def _column(name: str, values: Sequence[Any]) -> AnyArray:
    if name in NUMBERS:
        return np.array([np.nan if value is None else float(value) for value in values], float)
    if name in DAYS:
        return np.array([np.datetime64(value or "NaT", "D") for value in values], "datetime64[s]")
    if name in SEVERAL:
        return objects([tuple(value or ()) for value in values])
    return objects(["" if is_missing(value) else str(value) for value in values])
