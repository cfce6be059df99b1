"""Industries of GB/T 4754-2017."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Industry:
    """One entry: level 1 section (letter), 2 division, 3 group, 4 class."""

    code: str
    name: str
    level: int
    parent: str
    section: str
    note: str


def industries() -> tuple[Industry, ...]:
    """Give all entries in the order of the standard."""
    raise NotImplementedError


def find_industry(text: str) -> Industry:
    """Find an industry by code ("3443", "C3443", "34") or exact name; else UnknownNameError."""
    raise NotImplementedError


def is_compatible(a: str, b: str) -> bool:
    """Tell whether one code is the other or contains it ("34" and "3443"); unknown ("") fits all."""
    raise NotImplementedError


def common_digits(a: Sequence[str], b: Sequence[str]) -> NDArray[np.int8]:
    """Count the leading digits two columns of codes share, row by row; -1 where one is unknown, 0..4."""
    raise NotImplementedError
