"""A market as columns, and pairs as two index arrays into it with lazily gathered columns."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from matching.vocabulary import Vocabulary, base_vocabulary
from matching.words import Words

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
AnyArray = NDArray[Any]

#: columns every practice's market has, whatever else it holds
NEED_COLUMNS = ("id", "enterprise", "text")
OFFER_COLUMNS = ("id", "enterprise", "partner", "text")
#: link that holds the price of a pair where a firm has made a counter-offer, in the offer's own unit
QUOTED = "quoted"


@dataclass(frozen=True)
class Market:
    """Both sides as columns; rows sorted by id so that the order of the sheets does not matter.

    ``needs`` and ``offers`` hold at least NEED_COLUMNS and OFFER_COLUMNS (``partner`` is the code of
    the firm behind an offer, 0..F-1). ``history`` holds past contracts: ``text``, ``partner``,
    ``outcome``. ``facts`` are named measures of pairs that rules, criteria and sentences share.
    ``vectors`` (name → row-normalised sparse matrices of needs and offers) and ``links`` (name →
    sparse need × offer values) are filled in by retrieval. ``vocabulary`` knows the terms of the texts;
    ``notes`` are things a person should confirm (names that nearly agree, numbers given by the system).
    """

    needs: pd.DataFrame
    offers: pd.DataFrame
    history: pd.DataFrame | None = None
    facts: Mapping[str, Callable[[Pairs], AnyArray]] = field(default_factory=dict)
    vectors: Mapping[str, tuple[sparse.csr_matrix, sparse.csr_matrix]] = field(default_factory=dict)
    links: Mapping[str, sparse.csr_matrix] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=base_vocabulary)
    notes: tuple[Words, ...] = ()

    def replace(self, **changes: Any) -> Market:
        """Give the same market with some parts exchanged."""
        return replace(self, **changes)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of every cell of every column and of the terms: equal markets have equal fingerprints."""
        digest = hashlib.sha256(self.vocabulary.fingerprint.encode())
        for frame in (self.needs, self.offers, self.history):
            if frame is not None:
                digest.update(frame.to_csv(index=False, lineterminator="\n").encode())
        return digest.hexdigest()[:16]

    @cached_property
    def need_columns(self) -> Mapping[str, AnyArray]:
        """The columns of the needs as plain arrays."""
        return _arrays(self.needs)

    @cached_property
    def offer_columns(self) -> Mapping[str, AnyArray]:
        """The columns of the offers as plain arrays."""
        return _arrays(self.offers)

    @cached_property
    def need_rows(self) -> dict[str, int]:
        """Need id → row."""
        return {name: row for row, name in enumerate(self.needs["id"])}

    @cached_property
    def offer_rows(self) -> dict[str, int]:
        """Offer id → row."""
        return {name: row for row, name in enumerate(self.offers["id"])}

    def part(self, needs: IntArray, offers: IntArray) -> Market:
        """Give some rows of both sides as a market; its facts are still those of the whole."""
        return replace(
            self,
            needs=self.needs.iloc[needs].reset_index(drop=True),
            offers=self.offers.iloc[offers].reset_index(drop=True),
            vectors={name: (one[needs], two[offers]) for name, (one, two) in self.vectors.items()},
            links={name: link[needs][:, offers] for name, link in self.links.items()},
        )

    def with_offer(self, row: int, cells: Mapping[str, Any]) -> Market:
        """Give the market with some cells of one offer exchanged; its facts are still those of before."""
        changed = {}
        for name, value in cells.items():
            column = self.offers[name].copy()
            column.iat[row] = value
            changed[name] = column
        return replace(self, offers=self.offers.assign(**changed))

    def pairs(self, need: ArrayLike, offer: ArrayLike) -> Pairs:
        """Pair rows of both sides, each at the best price it can reach."""
        rows = np.asarray(need, np.int64)
        return Pairs(self, rows, np.asarray(offer, np.int64), np.broadcast_to(np.int64(0), len(rows)))


class Side:
    """The columns of one side gathered for the rows of some pairs: ``pairs.need.budget_cny``."""

    def __init__(self, columns: Mapping[str, AnyArray], rows: IntArray) -> None:
        self._columns = columns
        self._rows = rows

    def __getattr__(self, name: str) -> AnyArray:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            column = self._columns[name]
        except KeyError:
            raise AttributeError(f"no column {name!r}; there are {sorted(self._columns)}") from None
        return np.asarray(column.take(self._rows))

    def row(self, at: int) -> Row:
        """Give the columns of one pair's row, each as a single value."""
        return Row(self._columns, int(self._rows[at]))


class Row:
    """The columns of one row as single values: ``pairs.need.row(0).budget_cny``."""

    def __init__(self, columns: Mapping[str, AnyArray], row: int) -> None:
        self._columns = columns
        self._row = row

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._columns:
            raise AttributeError(f"no column {name!r}; there are {sorted(self._columns)}")
        return _plain(self._columns[name][self._row])


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of needs and offers: two index arrays; columns, facts and likeness are gathered on demand.

    A pair may stand several times, side by side, once for each price it could be dealt at: ``tier`` int[P] is
    0 at the best one, 1 at the next, and so on.
    """

    market: Market
    need_row: IntArray
    offer_row: IntArray
    tier: IntArray
    _facts: dict[str, AnyArray] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.need_row)

    @cached_property
    def codes(self) -> IntArray:
        """One number a pair whatever its price, ascending where they are sorted by need and offer row."""
        return self.need_row * len(self.market.offers) + self.offer_row

    @property
    def need(self) -> Side:
        """Columns of the needs of these pairs."""
        return Side(self.market.need_columns, self.need_row)

    @property
    def offer(self) -> Side:
        """Columns of the offers of these pairs."""
        return Side(self.market.offer_columns, self.offer_row)

    def __getattr__(self, name: str) -> AnyArray:
        """A fact of the market, computed once for these pairs."""
        if name.startswith("_") or name not in self.market.facts:
            raise AttributeError(f"no fact {name!r}; there are {sorted(self.market.facts)}")
        if name not in self._facts:
            self._facts[name] = self.market.facts[name](self)
        return self._facts[name]

    def likeness(self, name: str) -> FloatArray:
        """Cosine of the two texts of each pair, 0..1."""
        needs, offers = self.market.vectors[name]
        return np.asarray(needs[self.need_row].multiply(offers[self.offer_row]).sum(axis=1), float).ravel()

    def link(self, name: str) -> FloatArray:
        """Value of a sparse need × offer link for each pair, 0 where there is none."""
        if not len(self):
            return np.empty(0)  # picking nothing from a sparse matrix gives a matrix, not an array
        return np.asarray(self.market.links[name][self.need_row, self.offer_row], float).ravel()

    def value(self, name: str, at: int) -> Any:
        """Give what a sentence calls ``need``, ``offer`` (rows) or by a fact's name, for one of the pairs."""
        if name == "need":
            return self.need.row(at)
        if name == "offer":
            return self.offer.row(at)
        return _plain(getattr(self, name)[at])

    def values(self, path: str, which: IntArray) -> list[Any]:
        """Give what a sentence calls ``need.column``, ``offer.column`` or a fact, of some pairs."""
        side, _, column = path.partition(".")
        if not column:
            return _plain_list(getattr(self, path)[which])
        return _plain_list(getattr(getattr(self.take(which), side), column))

    def take(self, which: AnyArray | slice) -> Pairs:
        """Give the pairs at some positions, or where a mask is true."""
        return Pairs(self.market, self.need_row[which], self.offer_row[which], self.tier[which])

    def at_prices(self, count: IntArray) -> Pairs:
        """Give each pair ``count`` times, at its best price and at the next ones, side by side."""
        if (count == 1).all():
            return self
        at = np.repeat(np.arange(len(self)), count)
        tier = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
        return Pairs(self.market, self.need_row[at], self.offer_row[at], tier)

    def positions(self, need_row: int, offer_row: int) -> IntArray:
        """Give where a pair stands in sorted pairs, once for each price; empty where it does not."""
        code, codes = need_row * len(self.market.offers) + offer_row, self.codes
        return np.arange(*(np.searchsorted(codes, code, side) for side in ("left", "right")))

    def chunks(self, size: int = 32_768) -> Iterator[Pairs]:
        """Cut into pieces whose gathered columns stay in the cache."""
        for start in range(0, len(self), size):
            yield self.take(slice(start, start + size))


def _arrays(frame: pd.DataFrame) -> Mapping[str, AnyArray]:
    return {str(name): frame[name].to_numpy() for name in frame.columns}


def _plain(value: Any) -> Any:
    """Turn numpy's values into Python's; NaT becomes None."""
    if isinstance(value, np.datetime64):
        day: date | None = value.astype("datetime64[D]").item()
        return day
    return value.item() if isinstance(value, np.generic) else value


def _plain_list(values: AnyArray) -> list[Any]:
    if values.dtype.kind == "M":
        values = values.astype("datetime64[D]")
    listed: list[Any] = values.tolist()
    if any(issubclass(kind, np.generic) for kind in set(map(type, listed))):
        return [_plain(value) for value in listed]
    return listed
