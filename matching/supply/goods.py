"""Whether what is asked for and what is offered are the same kind of goods, by the terms both sides use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

from matching.market import AnyArray, BoolArray, Pairs
from matching.supply.told import said
from matching.vocabulary import Vocabulary

#: kinds of concepts that are goods or work on goods; services and standards say nothing about them
GOODS = ("product", "part", "material", "equipment", "process")
#: goods that a sentence names
NAMED = 3

_Both = tuple[sparse.csr_matrix, sparse.csr_matrix]


@dataclass(frozen=True, eq=False)
class Goods:
    """What titles of needs ask for and what offers say they make, as texts."""

    asked: Sequence[str]
    held: Sequence[str]
    _read: dict[str, _Both] = field(default_factory=dict)

    @classmethod
    def of(cls, needs: pd.DataFrame, offers: pd.DataFrame) -> Goods:
        """Take the title of each need and the product of each offer."""
        return cls(tuple(needs["title"]), tuple(offers["product"]))

    def alike(self, pairs: Pairs) -> BoolArray:
        """Tell whether both name one thing or siblings under one concept; True where one names none."""
        needs, offers = self._concepts(pairs.market.vocabulary)
        asked, held = needs[pairs.need_row], offers[pairs.offer_row]
        silent = (np.diff(asked.indptr) == 0) | (np.diff(held.indptr) == 0)
        shared = np.asarray(asked.multiply(held).sum(axis=1)).ravel() > 0
        return np.asarray(silent | shared)

    def asked_words(self, pairs: Pairs) -> AnyArray:
        """Name the goods each need asks for."""
        return said(_named(self.asked[row], pairs.market.vocabulary) for row in pairs.need_row)

    def held_words(self, pairs: Pairs) -> AnyArray:
        """Name the goods each offer makes."""
        return said(_named(self.held[row], pairs.market.vocabulary) for row in pairs.offer_row)

    def _concepts(self, vocabulary: Vocabulary) -> _Both:
        """Read both sides once per vocabulary: 1 where a text names goods or what stands right below them."""
        if vocabulary.fingerprint not in self._read:
            both = _matrix(self.asked, vocabulary), _matrix(self.held, vocabulary)
            self._read[vocabulary.fingerprint] = both
        return self._read[vocabulary.fingerprint]


def _goods(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    for mention in vocabulary.find(text):
        if vocabulary.concepts[mention.concept].kind in GOODS:
            yield mention.concept


def _named(text: str, vocabulary: Vocabulary) -> str | None:
    return "、".join(list(dict.fromkeys(_goods(text, vocabulary)))[:NAMED]) or None


def _matrix(texts: Iterable[str], vocabulary: Vocabulary) -> sparse.csr_matrix:
    column = {name: at for at, name in enumerate(vocabulary.names)}
    rows = [
        sorted(
            {column[name] for concept in _goods(text, vocabulary) for name in _broader(concept, vocabulary)}
        )
        for text in texts
    ]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((at for row in rows for at in row), np.int64, ends[-1])
    return sparse.csr_matrix((np.ones(ends[-1]), columns, ends), (len(rows), max(1, len(column))))


def _broader(concept: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Give a concept and its parent."""
    yield concept
    if parent := vocabulary.concepts[concept].parent:
        yield parent
