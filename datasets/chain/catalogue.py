"""The products of the market: leaves of the term base, with siblings, wordings and Zipf popularity."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from datasets.chain.misspellings import misspelt
from datasets.chain.phrases import every_phrase
from matching.errors import InputError
from matching.market import FloatArray, IntArray
from matching.vocabulary import Concept, Vocabulary, term_key
from matching.words import Words

KINDS = ("product", "part", "material", "equipment", "process")
#: units a product of each kind is counted in, its usual price (CNY) and the usual size of an order
UNITS = {
    "product": (("件", 800, 300), ("套", 4_000, 60), ("吨", 9_000, 40)),
    "part": (("件", 120, 1_500), ("套", 900, 200)),
    "material": (("吨", 7_000, 60), ("米", 40, 3_000)),
    "equipment": (("台", 30_000, 12), ("套", 60_000, 6)),
    "process": (("件", 60, 2_000), ("吨", 3_000, 50)),
}
FEWEST_NAMES, FEWEST, MOST_FORMS = 3, 400, 6


@dataclass(frozen=True)
class Catalogue:
    """Products in parallel columns; the first ones are the most popular.

    ``family`` numbers the parents (siblings share one), ``branch`` the divisions of industry; ``price`` is
    CNY per ``unit``, ``quantity`` the usual order; ``share`` float sums to 1; ``known`` are the other
    terms of the term base, ``unknown`` wordings outside it.
    """

    names: tuple[str, ...]
    family: IntArray
    branch: IntArray
    industry: tuple[str, ...]
    unit: tuple[str, ...]
    price: FloatArray
    quantity: FloatArray
    share: FloatArray
    known: tuple[tuple[str, ...], ...]
    unknown: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.names)


def make_catalogue(vocabulary: Vocabulary, rng: np.random.Generator, products: int) -> Catalogue:
    """Choose products of a term base, whole families first; InputError where it holds too few."""
    eligible = _eligible(vocabulary)
    if len(eligible) < min(products, FEWEST):
        raise InputError(
            Words(
                f"术语库只有 {len(eligible)} 个可用产品，至少需要 {min(products, FEWEST)} 个",
                f"the term base holds {len(eligible)} usable products, {min(products, FEWEST)} are needed",
            )
        )
    chosen = _chosen(eligible, rng, products)
    family = _numbered([item.parent for item in chosen])
    # siblings of one kind are counted alike, else they could never stand in for each other
    goods = [UNITS[item.kind][at % len(UNITS[item.kind])] for item, at in zip(chosen, family, strict=True)]
    shares = 1 / np.arange(1, len(chosen) + 1)
    spread = rng.normal(0, 0.7, (2, len(chosen)))
    return Catalogue(
        names=tuple(item.name for item in chosen),
        family=family,
        branch=_numbered([item.industry[:2] for item in chosen]),
        industry=tuple(item.industry for item in chosen),
        unit=tuple(unit for unit, _, _ in goods),
        price=np.array([price for _, price, _ in goods]) * np.exp(spread[0]),
        quantity=np.array([size for _, _, size in goods]) * np.exp(spread[1]),
        share=shares / shares.sum(),
        known=tuple(item.names[1:] for item in chosen),
        unknown=tuple(_unknown(item, vocabulary, rng) for item in chosen),
    )


def _eligible(vocabulary: Vocabulary) -> list[Concept]:
    """Concepts of goods without narrower ones, with other names, and in no phrase every row may bear."""
    parents = {concept.parent for concept in vocabulary.concepts.values()}
    common = {mention.concept for mention in vocabulary.find(every_phrase())}
    fit = [
        concept
        for name, concept in sorted(vocabulary.concepts.items())
        if concept.kind in KINDS and concept.parent and len(concept.industry) > 1
        if name not in parents and name not in common and len(concept.names) >= FEWEST_NAMES
    ]
    return [concept for concept in fit if any("\u4e00" <= sign <= "\u9fff" for sign in concept.name)]


def _chosen(eligible: list[Concept], rng: np.random.Generator, products: int) -> list[Concept]:
    """Take families with siblings first, then mix the order, which is that of popularity."""
    size = Counter(concept.parent for concept in eligible)
    parents = sorted(size, key=lambda name: (size[name] < 2, name))
    loners = sum(size[name] < 2 for name in parents)
    order = [*rng.permutation(len(parents) - loners), *range(len(parents) - loners, len(parents))]
    rank = {parents[at]: place for place, at in enumerate(order)}
    first = sorted(eligible, key=lambda concept: (rank[concept.parent], concept.name))[:products]
    return [first[at] for at in rng.permutation(len(first))]


def _numbered(names: list[str]) -> IntArray:
    return np.asarray(np.unique(np.array(names), return_inverse=True)[1], np.int64)


def _unknown(concept: Concept, vocabulary: Vocabulary, rng: np.random.Generator) -> tuple[str, ...]:
    """Wordings of a product in which the term base does not find it, nor another thing as a whole."""
    forms = dict.fromkeys(misspelt(concept.name, rng))
    return tuple(form for form in forms if _is_outside(form, concept.name, vocabulary))[:MOST_FORMS]


def _is_outside(form: str, name: str, vocabulary: Vocabulary) -> bool:
    found = {mention.concept for mention in vocabulary.find(form)}
    return term_key(form) not in vocabulary.terms and name not in found
