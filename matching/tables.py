"""Listings → tables of plain columns in an order that does not depend on the sheet."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin

import numpy as np
import pandas as pd

from matching.errors import InputError
from matching.market import AnyArray
from matching.records import Listing
from matching.words import Words, is_missing

#: columns that never leave the records
PROTECTED = ("contact",)


def table(listing: Listing) -> pd.DataFrame:
    """Give a listing as columns sorted by content: numbers (NaN), days (NaT), tuples, text ("" = unknown)."""
    plain = plain_table(listing)
    order = np.argsort(objects(contents(plain)), kind="stable")
    return plain.iloc[order].reset_index(drop=True)


def plain_table(listing: Listing) -> pd.DataFrame:
    """Give a listing as such columns in its own order."""
    frame, fields = (
        listing.frame().drop(columns=list(PROTECTED), errors="ignore"),
        listing.form.record.model_fields,
    )
    return pd.DataFrame(
        {str(name): _column(_parts(fields[str(name)].annotation), frame[name].to_list()) for name in frame}
    )


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


def _column(kinds: frozenset[Any], values: Sequence[Any]) -> AnyArray:
    """Make the column of a field of some types; yes and no are 1 and 0."""
    if tuple in kinds:
        return objects([tuple(value or ()) for value in values])
    if date in kinds:
        return np.array([np.datetime64(value or "NaT", "D") for value in values], "datetime64[s]")
    if kinds & {int, float, bool}:
        return np.array([np.nan if value is None else float(value) for value in values], float)
    return objects(["" if is_missing(value) else str(value) for value in values])


def _parts(kind: Any) -> frozenset[Any]:
    """Give the types that an annotation is a union of; of a tuple only that it is one."""
    if get_origin(kind) in (Union, UnionType):
        return frozenset().union(*map(_parts, get_args(kind)))
    return frozenset({get_origin(kind) or kind})
