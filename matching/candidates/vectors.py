"""Texts as vectors: concepts of the vocabulary stacked with character n-grams."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from matching.market import FloatArray
from matching.text import normalise
from matching.vocabulary import Vocabulary

#: characters in a row that count as one feature of a text
GRAMS = (1, 2)
#: grams in more than this share of the texts, or in more texts than ``MOST``, say nothing and cost the most
#: time; below ``COMMON_TEXTS`` texts none is dropped
COMMON_SHARE, MOST, COMMON_TEXTS = 0.2, 1000, 200
#: share of the likeness that concepts make; n-grams make the rest
CONCEPT_SHARE = 0.3

Both = tuple[sparse.csr_matrix, sparse.csr_matrix]


def texts_of(frame: pd.DataFrame) -> list[str]:
    """Give the texts of a side as they are compared."""
    return [normalise(text).lower() for text in frame["text"]]


def text_vectors(
    one: Sequence[str], two: Sequence[str], vocabulary: Vocabulary, *, drop_common: bool = True
) -> Both:
    """Stack concept and n-gram vectors of two groups of texts: rows of length 1, products are cosines.

    Each part has its share of the squared length; a text that names no known concept is all n-grams.
    """
    parts = (
        (CONCEPT_SHARE, concept_vectors(one, two, vocabulary)),
        (1 - CONCEPT_SHARE, gram_vectors(one, two, GRAMS, drop_common=drop_common)),
    )
    stacked = [
        _unit_rows(sparse.csr_matrix(sparse.hstack([share**0.5 * both[side] for share, both in parts])))
        for side in (0, 1)
    ]
    return stacked[0], stacked[1]


def concept_vectors(one: Sequence[str], two: Sequence[str], vocabulary: Vocabulary) -> Both:
    """Give concept vectors of two groups of texts: rarer concepts weigh more, rows have length 1."""
    rows = _weighed_by_rarity(vocabulary.weights([*one, *two]), 1.0)
    return rows[: len(one)], rows[len(one) :]


def gram_vectors(
    one: Sequence[str], two: Sequence[str], grams: tuple[int, int], *, drop_common: bool = True
) -> Both:
    """Give TF-IDF vectors of two groups of texts, as a rule without the grams that many of them share."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    # the last text keeps the vocabulary from being empty where all others are blank or all grams common
    texts = [*one, *two, "\uffff"]
    drops = drop_common and len(texts) > COMMON_TEXTS
    most = min(int(COMMON_SHARE * len(texts)), MOST) if drops else len(texts)
    counter = TfidfVectorizer(
        analyzer="char", ngram_range=grams, max_df=most, sublinear_tf=True, use_idf=False, norm=None
    )
    rows = _weighed_by_rarity(sparse.csr_matrix(counter.fit_transform(texts)), 0.0)
    return rows[: len(one)], rows[len(one) : -1]


def most_similar(rows: sparse.csr_matrix, others: sparse.csr_matrix, top: int) -> sparse.coo_matrix:
    """Give the ``top`` largest positive dot products of each row with the rows of another matrix."""
    from sparse_dot_topn import sp_matmul_topn

    if not (rows.nnz and others.nnz):
        return sparse.coo_matrix((rows.shape[0], others.shape[0]))
    return sparse.coo_matrix(sp_matmul_topn(rows, others.T.tocsr(), top_n=top, threshold=0.0, sort=True))


def _weighed_by_rarity(rows: sparse.csr_matrix, least: float) -> sparse.csr_matrix:
    """Weigh columns by log((1 + texts) / (1 + texts with it)) + ``least``; give rows of length 1.

    With ``least`` 0 what stands in every text says nothing at all.
    """
    told = np.bincount(rows.indices, minlength=rows.shape[1])
    rarity = np.log((1 + rows.shape[0]) / (1 + told)) + least
    return _unit_rows(sparse.csr_matrix(rows @ sparse.diags(rarity)))


def _unit_rows(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    length: FloatArray = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1), float)).ravel()
    return sparse.csr_matrix(sparse.diags(1 / np.where(length > 0, length, 1)) @ rows)
