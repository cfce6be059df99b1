"""Links through past contracts: firms that did work like a need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from matching.candidates.vectors import gram_vectors, most_similar, texts_of
from matching.market import Market

#: characters in a row that count as one feature of a contract's text
CONTRACT_GRAMS = (2, 3)
#: past contracts a need is compared with
NEIGHBOURS = 50


def history_links(
    market: Market, history: pd.DataFrame, needs: Sequence[str]
) -> dict[str, sparse.csr_matrix]:
    """Link needs with offers of firms that did similar work: sum, count and best example per outcome."""
    texts = np.array(texts_of(history), object)
    distinct, which = np.unique(texts, return_inverse=True)
    near = most_similar(*gram_vectors(needs, list(distinct), CONTRACT_GRAMS), NEIGHBOURS)
    similar = pd.DataFrame({"need": near.row, "text": near.col, "likeness": near.data})
    contracts = pd.DataFrame(
        {
            "text": which,
            "partner": history["partner"].to_numpy(np.int64),
            "outcome": history["outcome"].to_numpy(),
            "example": np.arange(len(history)) + 1,
        }
    )
    firms = pd.DataFrame({"partner": market.offers["partner"], "offer": np.arange(len(market.offers))})
    joined = similar.merge(contracts, on="text").drop_duplicates(["need", "text", "partner", "outcome"])
    joined = joined.sort_values(["need", "likeness", "example"], ascending=[True, False, True])
    links: dict[str, sparse.csr_matrix] = {}
    for outcome in sorted(set(history["outcome"])):
        rows = joined[joined["outcome"] == outcome].groupby(["need", "partner"], sort=True)
        told = rows.agg(sum=("likeness", "sum"), count=("likeness", "size"), example=("example", "first"))
        links |= _spread(outcome, told.reset_index().merge(firms, on="partner"), market)
    return links


def _spread(outcome: str, told: pd.DataFrame, market: Market) -> dict[str, sparse.csr_matrix]:
    at: Any = (told["need"].to_numpy(), told["offer"].to_numpy())
    shape = (len(market.needs), len(market.offers))
    names = {"sum": outcome, "count": f"{outcome}_count", "example": f"{outcome}_example"}
    return {
        name: sparse.csr_matrix((told[column].to_numpy(float), at), shape=shape)
        for column, name in names.items()
    }
