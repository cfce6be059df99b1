"""How near the goods that are asked for and offered stand to each other, by the terms both sides use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

from matching.market import AnyArray, BoolArray, FloatArray, Pairs
from matching.supply.told import said
from matching.supply.topics import Topic, topic_of
from matching.vocabulary import Vocabulary

#: fit of goods under one broader concept, and of goods an offer only mentions besides what it makes
SIBLING = 0.5
#: goods that a sentence names
NAMED = 3
#: weighs the same goods above any number of siblings
_SAME = 1024.0


@dataclass(frozen=True)
class _Read:
    """Topics of both sides; ``asked`` and ``held`` float[rows, columns], whose products tell the fit."""

    needs: tuple[Topic, ...]
    offers: tuple[Topic, ...]
    asked: sparse.csr_matrix
    held: sparse.csr_matrix


@dataclass(frozen=True, eq=False)
class Goods:
    """The texts of needs and offers that name goods, in the order in which they are believed."""

    asked: Sequence[tuple[str, ...]]
    held: Sequence[tuple[str, ...]]
    _known: dict[str, _Read] = field(default_factory=dict)

    @classmethod
    def of(cls, needs: pd.DataFrame, offers: pd.DataFrame) -> Goods:
        """Take title and content of needs, and the product of offers."""
        asked = tuple(zip(needs["title"], needs["content"], strict=True))
        return cls(asked, tuple((product,) for product in offers["product"]))

    def fit(self, pairs: Pairs) -> FloatArray:
        """Give 1 for the same goods, 0.5 for siblings under one concept, else 0; NaN if a topic is unknown.

        Goods that an offer names besides its topic count 0.5 where they are the very ones asked for, and
        nothing for their siblings.
        """
        read = self._read(pairs.market.vocabulary)
        both = read.asked[pairs.need_row].multiply(read.held[pairs.offer_row])
        shared = np.asarray(both.sum(axis=1)).ravel()
        fit = np.where(shared >= _SAME, 1.0, np.where(shared > 0, SIBLING, 0.0))
        known = _told(read.needs)[pairs.need_row] & _told(read.offers)[pairs.offer_row]
        return np.where(known, fit, np.nan)

    def asked_words(self, pairs: Pairs) -> AnyArray:
        """Name the goods each need asks for."""
        topics = self._read(pairs.market.vocabulary).needs
        return said(_named(topics[row].main) for row in pairs.need_row)

    def held_words(self, pairs: Pairs) -> AnyArray:
        """Name the goods each offer makes, then those it mentions besides."""
        topics = self._read(pairs.market.vocabulary).offers
        return said(_named((*topics[row].main, *topics[row].besides)) for row in pairs.offer_row)

    def _read(self, vocabulary: Vocabulary) -> _Read:
        """Read both sides once per vocabulary."""
        if vocabulary.fingerprint not in self._known:
            self._known[vocabulary.fingerprint] = _read(self, vocabulary)
        return self._known[vocabulary.fingerprint]


def _read(goods: Goods, vocabulary: Vocabulary) -> _Read:
    needs, offers = (
        tuple(topic_of(texts, vocabulary) for texts in side) for side in (goods.asked, goods.held)
    )
    main, wide = _columns(needs, vocabulary, _main), _columns(needs, vocabulary, _with_parents)
    own, kin = _columns(offers, vocabulary, _main), _columns(offers, vocabulary, _with_parents)
    aside = _columns(offers, vocabulary, lambda topic, _: topic.besides)
    asked, held = sparse.hstack([main, wide]), sparse.hstack([_SAME * own + aside, kin])
    return _Read(needs, offers, sparse.csr_matrix(asked), sparse.csr_matrix(held))


def _columns(
    topics: Iterable[Topic], vocabulary: Vocabulary, names: Callable[[Topic, Vocabulary], Iterable[str]]
) -> sparse.csr_matrix:
    """Write 1 where a topic has a concept; float[topics, concepts]."""
    column = {name: at for at, name in enumerate(vocabulary.names)}
    rows = [sorted({column[name] for name in names(topic, vocabulary)}) for topic in topics]
    ends = np.cumsum([0, *map(len, rows)])
    at = np.fromiter((one for row in rows for one in row), np.int64, ends[-1])
    return sparse.csr_matrix((np.ones(ends[-1]), at, ends), (len(rows), max(1, len(column))))


def _main(topic: Topic, _: Vocabulary) -> Iterable[str]:
    return topic.main


def _with_parents(topic: Topic, vocabulary: Vocabulary) -> Iterable[str]:
    parents = (vocabulary.concepts[name].parent for name in topic.main)
    return (*topic.main, *filter(None, parents))


def _told(topics: Sequence[Topic]) -> BoolArray:
    return np.array([bool(topic.main) for topic in topics], bool)


def _named(names: Sequence[str]) -> str | None:
    return "、".join(names[:NAMED]) or None
