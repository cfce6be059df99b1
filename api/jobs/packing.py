"""An allocation as bytes and back: numbers only, nothing in it is ever run."""

from __future__ import annotations

from dataclasses import fields
from io import BytesIO
from typing import Any

import numpy as np

from matching.assignment import Allocation


def pack(allocation: Allocation) -> bytes:
    """Give the bytes of an allocation (.npz)."""
    stream = BytesIO()
    columns: dict[str, Any] = {item.name: getattr(allocation, item.name) for item in fields(allocation)}
    told = {name: column for name, column in columns.items() if column is not None}  # teams mostly are not
    np.savez_compressed(stream, **told)
    return stream.getvalue()


def unpack(content: bytes) -> Allocation:
    """Give the allocation of bytes that ``pack`` made; raises ValueError for others."""
    with np.load(BytesIO(content), allow_pickle=False) as columns:
        values = {name: column if column.ndim else column.item() for name, column in columns.items()}
    return Allocation(**values)
