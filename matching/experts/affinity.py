"""How near experts stand to problems by their own documents: outputs, patents, projects, keywords.

Fitted on the documents alone, so that one new problem scores on arrival what it would score among many. What
a problem names that no document speaks of counts in its length: it takes from every likeness. So does its
Chinese title where the term base finds nothing in it: else what the body names by the way would stand for it.
An expert's value is the sum of his best likenesses, the r-th best counting 1/r, as a share of what ten
documents that say the same as the problem would give: more evidence is more, and without any one of it the
value is less.

Source: Salton and Buckley, Term-weighting approaches in automatic text retrieval (1988); Mimno and McCallum,
Expertise modeling for matching papers with reviewers (2007), for the best documents in place of their sum.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from matching.experts.features import BLANK_LINE, PAIR, features_of, has_signs, is_pair, run_around, words_of
from matching.market import FloatArray, IntArray
from matching.text import normalise
from matching.vocabulary import Vocabulary, base_vocabulary

#: documents of an expert that count, and the share of the likeness that concepts make
BEST, CONCEPTS = 10, 0.3
#: what a concept named in a title counts beside one named further on
CONCEPT_TITLE = 3.0
#: likenesses held at once
_AT_ONCE = 2**23


@dataclass(frozen=True)
class Evidence:
    """The document that speaks most for an expert, its likeness, and the terms it shares with the problem."""

    document: int
    likeness: float
    terms: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Affinity:
    """Documents of experts as vectors of length 1, ready to be compared with problems.

    ``documents`` are their texts, ``owner`` int[documents] the expert of each; ``columns`` number the
    features, ``rarity`` float[features] and ``concept_rarity`` float[concepts] weigh them.
    """

    documents: tuple[str, ...]
    owner: IntArray
    experts: int
    vocabulary: Vocabulary
    columns: dict[str, int]
    rarity: FloatArray
    concept_rarity: FloatArray
    rows: sparse.csr_array

    @classmethod
    def fit(
        cls,
        documents: Sequence[str],
        owner: ArrayLike,
        experts: int | None = None,
        *,
        vocabulary: Vocabulary | None = None,
    ) -> Affinity:
        """Weigh documents; ``owner`` names the expert of each, ``experts`` how many there are.

        A document may begin with a title and a blank line. Raises ValueError where an owner is none of the
        experts or the lengths differ.
        """
        owners = np.asarray(owner, np.int64)
        count = int(owners.max(initial=-1)) + 1 if experts is None else experts
        if owners.shape != (len(documents),):
            raise ValueError(f"owner must hold {len(documents)} experts, got {owners.shape}")
        if len(owners) and not (owners.min() >= 0 and owners.max() < count):
            raise ValueError(f"owners must lie within 0..{count - 1}, got {owners.min()}..{owners.max()}")
        terms = base_vocabulary() if vocabulary is None else vocabulary
        counted = [features_of(text) for text in documents]
        columns = {name: at for at, name in enumerate(sorted({name for some in counted for name in some}))}
        told = np.bincount([columns[name] for some in counted for name in some], minlength=len(columns))
        concepts = _concepts(documents, terms)
        base = cls(
            tuple(documents),
            owners,
            count,
            terms,
            columns,
            _rarity(list(columns), told, len(documents)),
            _log_rarity(np.bincount(concepts.indices, minlength=concepts.shape[1]), len(documents)) + 1,
            sparse.csr_array((0, 0)),
        )
        return replace(base, rows=base._stacked(counted, concepts, np.zeros(len(documents))))

    def vectors(self, texts: Sequence[str]) -> sparse.csr_array:
        """Give texts as vectors, float[texts, features + concepts]: of length 1, shorter by what is new."""
        concepts = _concepts(texts, self.vocabulary)
        nameless = np.array([_names_nothing(text, self.vocabulary) for text in texts], float)
        # what such a title is about counts as a concept that no document tells
        return self._stacked(
            [features_of(text) for text in texts], concepts, CONCEPT_TITLE * self._new * nameless
        )

    def _stacked(
        self, counted: Sequence[Counter[str]], concepts: sparse.csr_array, new: FloatArray
    ) -> sparse.csr_array:
        """Join features and concepts of texts; ``new`` float[texts] is what concepts told nowhere weigh."""
        weighed = sparse.csr_array(concepts @ sparse.diags_array(self.concept_rarity))
        parts = (
            (1 - CONCEPTS, _unit(*self._weighed(counted))),
            (CONCEPTS, _unit(weighed, np.hypot(_lengths(weighed), new))),
        )
        rows = sparse.csr_array(sparse.hstack([share**0.5 * part for share, part in parts]))
        # a text that names no concept is all features, one without features all concepts
        lacking = np.diff(concepts.indptr) == 0
        whole = np.where(lacking, (1 - CONCEPTS) ** -0.5, 1.0)
        return sparse.csr_array(sparse.diags_array(whole) @ rows)

    def _weighed(self, counted: Sequence[Counter[str]]) -> tuple[sparse.csr_array, FloatArray]:
        """Give the weighed known features of texts, and their lengths with all features."""
        names = [name for some in counted for name in some]
        text = np.repeat(np.arange(len(counted)), [len(some) for some in counted])
        column = np.array([self.columns.get(name, -1) for name in names], np.int64)
        rarity = np.append(self.rarity, 0.0)[column]
        new = np.flatnonzero(column < 0)
        rarity[new] = [self._new * (PAIR if is_pair(names[at]) else 1) for at in new.tolist()]
        count = np.array([count for some in counted for count in some.values()], float)
        value, known = (1 + np.log(count)) * rarity, column >= 0
        ends = np.searchsorted(text[known], np.arange(len(counted) + 1))
        rows = sparse.csr_array((value[known], column[known], ends), shape=(len(counted), len(self.columns)))
        return rows, np.sqrt(np.bincount(text, value * value, len(counted)))

    def of(
        self,
        texts: Sequence[str],
        *,
        blend: tuple[ArrayLike, ArrayLike] | None = None,
        share: float = 0.5,
    ) -> FloatArray:
        """Give the affinity of texts and experts, float[texts, experts] within 0..1.

        ``blend`` are vectors of the texts and of the documents from elsewhere (rows × dims); their cosines
        make ``share`` of each likeness.
        """
        rows, found = self.vectors(texts), np.zeros((len(texts), self.experts))
        other = None if blend is None else tuple(_unit_dense(side) for side in blend)
        places = self._places()
        step = max(1, _AT_ONCE // max(1, places.size))
        for start in range(0, len(texts), step):
            near = np.asarray((rows[start : start + step] @ self.rows.T).todense())
            if other is not None:
                near = (1 - share) * near + share * (other[0][start : start + step] @ other[1].T)
            found[start : start + step] = _summed(near, places)
        return found

    def pairs(self, rows: sparse.csr_array, texts: ArrayLike, experts: ArrayLike) -> FloatArray:
        """Give the affinity of some pairs; ``rows`` are the vectors of the texts."""
        text, expert, places = np.asarray(texts), np.asarray(experts), self._places()
        found = np.empty(len(text))
        step = max(1, _AT_ONCE // max(1, 64 * places.shape[1]))
        blank = sparse.vstack([self.rows, sparse.csr_array((1, self.rows.shape[1]))], format="csr")
        for start in range(0, len(text), step):
            some = places[expert[start : start + step]]
            at = np.repeat(text[start : start + step], places.shape[1])
            near = np.asarray(rows[at].multiply(blank[some.ravel()]).sum(axis=1)).reshape(some.shape)
            found[start : start + step] = _ranked(near)
        return found

    def evidence(
        self, text: str, expert: int, most: int = 5, *, row: sparse.csr_array | None = None
    ) -> Evidence | None:
        """Give the expert's document nearest to a text, and the terms both share; None without any.

        ``row`` is the vector of the text where it is known already.
        """
        own = np.flatnonzero(self.owner == expert)
        row = self.vectors([text]) if row is None else row
        near = np.asarray((self.rows[own] @ row.T).todense()).ravel()
        if not len(own) or near.max() <= 0:
            return None
        best = int(own[np.argmax(near)])
        return Evidence(best, float(near.max()), tuple(self._shared(text, row, best))[:most])

    def _shared(self, text: str, row: sparse.csr_array, document: int) -> Iterator[str]:
        """Name shared concepts as both call them, then other shared words, the weightiest first."""
        asked, held = (
            {mention.concept: mention.term for mention in reversed(self.vocabulary.find(some))}
            for some in (text, self.documents[document])
        )
        named = [name for name in reversed(asked) if name in held]
        for name in named:
            yield asked[name] if asked[name] == held[name] else f"{asked[name]}={held[name]}"
        product = row.multiply(self.rows[[document]]).tocoo()
        order = np.lexsort((product.col, -product.data))
        said = "".join(asked[name] + held[name] for name in named)
        plain, other = (normalise(some).lower() for some in (text, self.documents[document]))
        for column in product.col[order].tolist():
            name = self._features[column] if column < len(self._features) else ""
            if len(name) > 1 and name not in said and "__" not in name:
                term = words_of(name, text) if name.isascii() else run_around(name, plain, other)
                said += name + term
                yield term

    @property
    def _new(self) -> float:
        """Rarity of what no document tells."""
        return math.log1p(len(self.documents)) + 1

    @cached_property
    def _features(self) -> tuple[str, ...]:
        return tuple(self.columns)

    def _places(self) -> NDArray[np.int64]:
        """Give the documents of each expert side by side, int[experts, most]; a place past the last pads."""
        counts = np.bincount(self.owner, minlength=self.experts)
        places = np.full((self.experts, max(1, int(counts.max(initial=0)))), len(self.documents))
        order = np.argsort(self.owner, kind="stable")
        owner = self.owner[order]
        places[owner, np.arange(len(order)) - np.searchsorted(owner, owner)] = order
        return places


def _concepts(texts: Sequence[str], vocabulary: Vocabulary) -> sparse.csr_array:
    """Weigh the concepts of texts; what a title names counts more, as with features."""
    plain = [normalise(text) for text in texts]
    whole = sparse.csr_array(vocabulary.weights(plain))
    titles = [text.partition(BLANK_LINE) for text in texts]
    if not any(parted for _, parted, _ in titles):
        return whole
    named = vocabulary.weights([normalise(title) if parted else "" for title, parted, _ in titles])
    return sparse.csr_array(whole + (CONCEPT_TITLE - 1) * named)


def _names_nothing(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a text has a title in Chinese, the language of the term base, that names no concept."""
    title, parted, _ = text.partition(BLANK_LINE)
    return bool(parted) and has_signs(title) and not vocabulary.find(normalise(title))


def _rarity(names: Sequence[str], told: NDArray[np.int64], documents: int) -> FloatArray:
    """Weigh features by how few documents tell them; signs of Chinese that all tell say nothing."""
    plain: FloatArray = np.asarray(_log_rarity(told, documents), float)
    share = [0.0 if not name.isascii() else PAIR if is_pair(name) else 1.0 for name in names]
    return np.where(np.array(share) > 0, (plain + 1) * share, plain)


def _log_rarity(told: Any, documents: int) -> Any:
    return np.log((1 + documents) / (1 + told))


def _lengths(rows: sparse.csr_array) -> FloatArray:
    length: FloatArray = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1), float)).ravel()
    return length


def _unit(rows: sparse.csr_array, length: FloatArray) -> sparse.csr_array:
    return sparse.csr_array(sparse.diags_array(1 / np.where(length > 0, length, 1)) @ rows)


def _unit_dense(rows: ArrayLike) -> FloatArray:
    values: FloatArray = np.asarray(rows, float)
    unit: FloatArray = values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-12)
    return unit


def _summed(near: FloatArray, places: NDArray[np.int64]) -> FloatArray:
    """Sum the likenesses of each expert's documents by rank; float[texts, experts]."""
    padded = np.concatenate([near, np.zeros((len(near), 1))], axis=1)
    return _ranked(padded[:, places])


def _ranked(near: FloatArray) -> FloatArray:
    """Sum the best along the last axis, the r-th counting 1/r, as a share of ``BEST`` that are all 1."""
    best = np.sort(near, axis=-1)[..., ::-1][..., :BEST]
    share = 1 / np.arange(1, BEST + 1)
    total: FloatArray = (best * share[: best.shape[-1]]).sum(axis=-1) / share.sum()
    return total
