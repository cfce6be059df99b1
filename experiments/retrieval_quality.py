"""Tell how many of the offers of its product each need finds among the 20 most similar ones.

::

    python -m experiments.retrieval_quality [--needs 5000] [--offers 5000] [--seed 0]

The share of min(20, offers of that product) that stand in the top 20, on an invented market: for plain TF-IDF
of 2- and 3-grams of characters, for the library's own vectors, and for these with a random 30 % of the term
base forgotten. Needs whose product nobody offers do not count.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from datasets.chain import ChainMarket, make_chain_market
from matching.candidates import index, most_similar
from matching.market import Market
from matching.supply import PRACTICE
from matching.vocabulary import Vocabulary, base_vocabulary

TOP, FORGOTTEN = 20, 0.3

Vectors = tuple[sparse.csr_matrix, sparse.csr_matrix]


def plain_tfidf(needs: Sequence[str], offers: Sequence[str]) -> Vectors:
    """Give the unit vectors of a plain search engine: all 2- and 3-grams, tf·(ln((1+n)/(1+df))+1)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = sparse.csr_matrix(
        TfidfVectorizer(analyzer="char", ngram_range=(2, 3)).fit_transform([*needs, *offers])
    )
    return rows[: len(needs)], rows[len(needs) :]


def found(chain: ChainMarket, vectors: Vectors, top: int = TOP) -> float:
    """Give the mean share of min(top, offers of the product) among the ``top`` most similar offers."""
    near = most_similar(*vectors, top)
    right = chain.product_of_need[near.row] == chain.product_of_offer[near.col]
    got = np.bincount(near.row[right], minlength=len(chain.product_of_need))
    held = np.bincount(chain.product_of_offer, minlength=len(chain.catalogue))[chain.product_of_need]
    there = held > 0
    return float((got[there] / np.minimum(top, held[there])).mean())


def forgetful(vocabulary: Vocabulary, seed: int, share: float = FORGOTTEN) -> Vocabulary:
    """Forget a random share of the terms."""
    terms = sorted(vocabulary.terms)
    gone = np.random.default_rng(seed).random(len(terms)) < share
    return vocabulary.without(term for term, lost in zip(terms, gone.tolist(), strict=True) if lost)


def market_of(chain: ChainMarket) -> Market:
    """Make the columns of the lists."""
    return PRACTICE.market(chain.needs, chain.offers, chain.history, chain.enterprises)


def qualities(chain: ChainMarket, vocabulary: Vocabulary, seed: int) -> dict[str, float]:
    """Give the share found by each way to compare texts."""
    market = market_of(chain)
    plain = plain_tfidf(list(market.needs["text"]), list(market.offers["text"]))
    told = {"plain TF-IDF": found(chain, plain), "ours": found(chain, index(market).vectors["text"])}
    less = market.replace(vocabulary=forgetful(vocabulary, seed))
    return told | {"ours, 30 % of the terms forgotten": found(chain, index(less).vectors["text"])}


def main() -> None:
    """Print the shares on one market."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("needs", 5000), ("offers", 5000), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    told = parser.parse_args()
    chain = make_chain_market(told.seed, told.needs, told.offers)
    for name, share in qualities(chain, base_vocabulary(), told.seed).items():
        print(f"{name}: {share:.3f}")


if __name__ == "__main__":
    main()
