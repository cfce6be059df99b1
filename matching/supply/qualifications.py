"""Certificates of needs against those of offers, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from matching.codes import satisfies
from matching.market import AnyArray, BoolArray, FloatArray, IntArray, Pairs
from matching.supply.told import certificate_words, said
from matching.words import Words

#: days since 1970 of a certificate that is not held, and of one held whose end is not known
NEVER, OPEN = -(2**31), 2**31 - 1


@dataclass(frozen=True)
class Qualifications:
    """Which asked certificates are held until when.

    ``keys`` are all asked certificates; ``asked`` int[N, K] points into them (padded with len(keys));
    ``until`` int[M, keys + 1] is the last day an offer holds each, NEVER where it does not; ``by`` int[N]
    is the day it is needed; ``told`` bool[M]: the offer says anything about certificates.
    """

    keys: tuple[str, ...]
    asked: IntArray
    until: IntArray
    by: IntArray
    told: BoolArray

    @classmethod
    def of(cls, needs: pd.DataFrame, offers: pd.DataFrame, column: str) -> Qualifications:
        """Read a column of the needs against ``certs`` of the offers, valid on ``need_by`` where known."""
        keys = tuple(sorted({key for some in needs[column] for key in some}))
        at = {key: row for row, key in enumerate(keys)}
        wide = max(1, max((len(some) for some in needs[column]), default=1))
        asked = np.full((len(needs), wide), len(keys), np.int64)
        for row, some in enumerate(needs[column]):
            asked[row, : len(some)] = [at[key] for key in some]
        day = needs["need_by"].to_numpy("datetime64[D]")
        return cls(
            keys,
            asked,
            _until(offers["certs"], keys),
            np.where(np.isnat(day), NEVER + 1, day.astype(np.int64)),
            np.array([bool(some) for some in offers["certs"]], bool),
        )

    def missing(self, pairs: Pairs) -> BoolArray:
        """Tell which of the asked certificates each pair lacks, bool[P, K]."""
        until = self.until[pairs.offer_row[:, None], self.asked[pairs.need_row]]
        return np.asarray(until < self.by[pairs.need_row][:, None])

    def held(self, pairs: Pairs) -> BoolArray:
        """Tell whether nothing asked is missing."""
        asking = np.asarray((self.asked[pairs.need_row] < len(self.keys)).any(axis=1))
        kept = np.ones(len(pairs), bool)
        kept[asking] = ~self.missing(pairs.take(asking)).any(axis=1)
        return kept

    def share(self, pairs: Pairs) -> FloatArray:
        """Give the share of what is asked that is held; NaN where nothing is asked or nothing is told."""
        asked = (self.asked[pairs.need_row] < len(self.keys)).sum(axis=1)
        known = (asked > 0) & self.told[pairs.offer_row]
        lacking = self.missing(pairs).sum(axis=1)
        return np.where(known, 1 - lacking / np.maximum(asked, 1), np.nan)

    def wording(self, pairs: Pairs) -> AnyArray:
        """Say what is missing."""
        lacking, asked = self.missing(pairs), self.asked[pairs.need_row]
        told = self.told[pairs.offer_row]
        return said(
            self._say([certificate_words(self.keys[key]) for key in keys[bad]], bool(knows))
            for keys, bad, knows in zip(asked, lacking, told, strict=True)
        )

    def _say(self, missing: Sequence[str], told: bool) -> Words:
        zh, en = "、".join(missing), ", ".join(missing)
        if told:
            return Words(f"缺少交货日有效的 {zh}", f"lacks {en}, valid on the delivery date")
        return Words(f"未提供资质信息，无法证明具备 {zh}", f"no certificates given: {en} is not proven")


def _until(offers: Iterable[Sequence[tuple[str, date | None]]], keys: Sequence[str]) -> IntArray:
    rows = list(offers)
    table = np.full((len(rows), len(keys) + 1), NEVER, np.int64)
    table[:, len(keys)] = OPEN
    fits: dict[str, list[int]] = {}
    for row, certificates in enumerate(rows):
        for name, last in certificates:
            if name not in fits:
                fits[name] = [at for at, key in enumerate(keys) if satisfies(name, key)]
            day = OPEN if last is None else (last - date(1970, 1, 1)).days
            table[row, fits[name]] = np.maximum(table[row, fits[name]], day)
    return table
