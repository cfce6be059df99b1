"""How near the goods that are asked for and offered stand to each other, by the terms both sides use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from matching.market import AnyArray, BoolArray, FloatArray, Pairs
from matching.supply.guesses import Misspellings, done_before, guessed, names_services, with_guess
from matching.supply.told import said
from matching.supply.topics import Topic, topic_of
from matching.vocabulary import Vocabulary
from matching.words import Words

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

    @cached_property
    def told(self) -> tuple[BoolArray, BoolArray]:
        """Tell which needs, and which offers, say or let guess what they are about."""
        return _each(self.needs, _is_told), _each(self.offers, _is_told)

    @cached_property
    def known(self) -> tuple[BoolArray, BoolArray]:
        """Tell which needs, and which offers, say what they are about."""
        return _each(self.needs, _is_known), _each(self.offers, _is_known)


@dataclass(frozen=True, eq=False)
class Goods:
    """The texts of needs and offers that name goods, in the order in which they are believed.

    ``firms`` are the codes of the offers' firms, ``contracts`` what firms did before.
    """

    asked: Sequence[tuple[str, ...]]
    held: Sequence[tuple[str, ...]]
    firms: Sequence[int] = ()
    contracts: pd.DataFrame | None = None
    _known: dict[str, _Read] = field(default_factory=dict)

    @classmethod
    def of(cls, needs: pd.DataFrame, offers: pd.DataFrame, contracts: pd.DataFrame | None = None) -> Goods:
        """Take title and content of needs, the product of offers, and the titles of past contracts."""
        asked = tuple(zip(needs["title"], needs["content"], strict=True))
        held = tuple((product,) for product in offers["product"])
        return cls(asked, held, tuple(offers["partner"].tolist()), contracts)

    def fit(self, pairs: Pairs) -> FloatArray:
        """Give 1 for the same goods, 0.5 for siblings under one concept, else 0; NaN if a topic is unknown.

        Goods that an offer names besides its topic count 0.5 where they are the very ones asked for, and
        nothing for their siblings.
        """
        read = self._read(pairs.market.vocabulary)
        return np.where(_both(read.known, pairs), _fit(read, pairs), np.nan)

    def likely_fit(self, pairs: Pairs) -> FloatArray:
        """Give the fit of what both sides are known or guessed to be about; NaN if one is unknown."""
        read = self._read(pairs.market.vocabulary)
        return np.where(_both(read.told, pairs), _fit(read, pairs), np.nan)

    def asked_words(self, pairs: Pairs) -> AnyArray:
        """Name the goods each need asks for."""
        topics = self._read(pairs.market.vocabulary).needs
        return said(_said_of(topics[row], topics[row].main) for row in pairs.need_row)

    def held_words(self, pairs: Pairs) -> AnyArray:
        """Name the goods each offer makes, then those it mentions besides."""
        topics = self._read(pairs.market.vocabulary).offers
        named = ((topics[row], (*topics[row].main, *topics[row].besides)) for row in pairs.offer_row)
        return said(_said_of(topic, names) for topic, names in named)

    def _read(self, vocabulary: Vocabulary) -> _Read:
        """Read both sides once per vocabulary."""
        if vocabulary.fingerprint not in self._known:
            self._known[vocabulary.fingerprint] = _read(self, vocabulary)
        return self._known[vocabulary.fingerprint]


def _read(goods: Goods, vocabulary: Vocabulary) -> _Read:
    misspellings = Misspellings(vocabulary)
    needs, offers = (
        tuple(with_guess(topic_of(texts, vocabulary), texts, misspellings) for texts in side)
        for side in (goods.asked, goods.held)
    )
    if goods.contracts is not None:
        done = done_before(goods.contracts, vocabulary)
        offers = tuple(
            topic if names_services(texts, vocabulary) else guessed(done.get(firm, ()), topic)
            for firm, texts, topic in zip(goods.firms, goods.held, offers, strict=True)
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


def _fit(read: _Read, pairs: Pairs) -> FloatArray:
    both = read.asked[pairs.need_row].multiply(read.held[pairs.offer_row])
    shared = np.asarray(both.sum(axis=1)).ravel()
    return np.where(shared >= _SAME, 1.0, np.where(shared > 0, SIBLING, 0.0))


def _both(holds: tuple[BoolArray, BoolArray], pairs: Pairs) -> BoolArray:
    """Tell where both sides of a pair hold."""
    needs, offers = holds
    return np.asarray(needs[pairs.need_row] & offers[pairs.offer_row])


def _each(topics: Iterable[Topic], test: Callable[[Topic], bool]) -> BoolArray:
    return np.array([test(topic) for topic in topics], bool)


def _is_told(topic: Topic) -> bool:
    return bool(topic.main)


def _is_known(topic: Topic) -> bool:
    return bool(topic.main) and not topic.guessed


def _said_of(topic: Topic, names: Sequence[str]) -> str | Words | None:
    """Name some goods; a guess is called one."""
    named = "、".join(names[:NAMED])
    return Words(f"疑似{named}", f"presumably {named}") if topic.guessed else named or None
