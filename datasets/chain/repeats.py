"""Rows that say again what another row said: the same firm or need written differently."""

from __future__ import annotations

import numpy as np

from matching.market import IntArray

#: share of rows that repeat another
REPEATED = 0.025


def repeated_rows(count: int, rng: np.random.Generator) -> IntArray:
    """Give the row each row repeats, itself for most; a repeated row is never a repeat."""
    source = np.arange(count)
    again = np.flatnonzero(rng.random(count) < REPEATED)
    first = np.setdiff1d(source, again)
    if len(first):
        source[again] = first[rng.integers(len(first), size=len(again))]
    return source


def rewritten(name: str, place: str, draw: float) -> str:
    """Write the name of a firm as someone else would: with its place, brackets, a blank, shortened."""
    ways = (
        name.replace("有限责任公司", "有限公司"),
        name.removesuffix("有限公司").removesuffix("有限责任公司"),
        f"{name[:2]}（{name[2:4]}）{name[4:]}",
        place + name,
        f"{name[:2]} {name[2:]}",
    )
    return ways[int(draw * len(ways))]
