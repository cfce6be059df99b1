"""How mentions of products are written: by name, by another term, or by one outside the term base."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from datasets.chain.catalogue import Catalogue
from datasets.chain.phrases import MATERIALS, PLACES, STANDARDS
from matching.market import FloatArray, IntArray

#: shares of mentions that use the concept's name, and that use a wording outside the term base
BY_NAME, OUTSIDE = 0.5, 0.1
#: most mentions of a row; half of the rows have one less
MOST = 3
#: share of rows that mention another product as well
ASIDE = 0.3
NUMBERS = (
    2,
    3,
    5,
    6,
    8,
    10,
    12,
    15,
    16,
    18,
    20,
    24,
    25,
    30,
    32,
    36,
    40,
    48,
    50,
    60,
    65,
    80,
    100,
    120,
    150,
    200,
)


@dataclass(frozen=True)
class Wordings:
    """How many mentions were written in which way, and how many rows name another product besides."""

    by_name: int = 0
    by_term: int = 0
    outside: int = 0
    asides: int = 0
    rows: int = 0

    @property
    def mentions(self) -> int:
        """All mentions of the rows' own products."""
        return self.by_name + self.by_term + self.outside

    def __add__(self, other: Wordings) -> Wordings:
        return Wordings(
            self.by_name + other.by_name,
            self.by_term + other.by_term,
            self.outside + other.outside,
            self.asides + other.asides,
            self.rows + other.rows,
        )


@dataclass(frozen=True)
class Mentions:
    """The wordings of each row: 2 or 3 of its product, "" where there is no third; another product or ""."""

    own: list[tuple[str, ...]]
    aside: list[str]
    counts: Wordings


def write_mentions(catalogue: Catalogue, products: IntArray, rng: np.random.Generator) -> Mentions:
    """Draw how each row names its product; ``products`` int[rows]."""
    rows = len(products)
    way = np.digitize(rng.random((rows, MOST)), (BY_NAME, 1 - OUTSIDE))
    way[rng.random(rows) < 0.5, MOST - 1] = -1
    pick = rng.random((rows, MOST))
    tables = (tuple((name,) for name in catalogue.names), catalogue.known, catalogue.unknown)
    own = [
        tuple(
            _nth(tables[kind][product], part) if kind >= 0 else ""
            for kind, part in zip(ways, parts, strict=True)
        )
        for product, ways, parts in zip(products.tolist(), way.tolist(), pick.tolist(), strict=True)
    ]
    others, has = rng.integers(len(catalogue), size=rows), rng.random(rows) < ASIDE
    aside = [
        catalogue.names[other] if told else ""
        for other, told in zip(others.tolist(), (has & (others != products)).tolist(), strict=True)
    ]
    by_name, by_term, outside = (int((way == kind).sum()) for kind in range(3))
    return Mentions(own, aside, Wordings(by_name, by_term, outside, sum(map(bool, aside)), rows))


def _nth(items: tuple[str, ...], part: float) -> str:
    return items[int(part * len(items))]


class Filler:
    """Draws for the slots of phrases: each row has a fixed number of them, whatever it uses."""

    #: draws per row
    WIDE = 32

    def __init__(self, draws: FloatArray) -> None:
        self._draws = draws
        self._at = 0

    def one(self, items: tuple[str, ...]) -> str:
        """Take one of some texts and fill its slots."""
        return self.filled(_nth(items, self._next()))

    def some(self, items: tuple[str, ...], count: int) -> str:
        """Take some texts, none twice."""
        return "".join(dict.fromkeys(self.one(items) for _ in range(count)))

    def filled(self, text: str) -> str:
        """Put a number, material, standard, place where a text has slots for them."""
        for slot, values in (("{m}", MATERIALS), ("{s}", STANDARDS), ("{t}", PLACES)):
            if slot in text:
                text = text.replace(slot, _nth(values, self._next()))
        while "{n}" in text:
            text = text.replace("{n}", str(NUMBERS[int(self._next() * len(NUMBERS))]), 1)
        return text

    def _next(self) -> float:
        self._at += 1
        return float(self._draws[self._at % len(self._draws)])
