"""Markets as columns, and pairs gathered from them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from matching.market import Market, Pairs


@pytest.fixture
def market() -> Market:
    """Two needs and three offers with a price, a text vector each, and one link."""
    needs = pd.DataFrame(
        {"id": ["n1", "n2"], "enterprise": ["甲", "乙"], "text": ["", ""], "limit": [10.0, 20.0]}
    )
    offers = pd.DataFrame(
        {
            "id": ["o1", "o2", "o3"],
            "enterprise": ["丙", "丁", "丁"],
            "partner": [0, 1, 1],
            "text": ["", "", ""],
            "price": [5.0, 10.0, 15.0],
        }
    )
    texts = sparse.csr_matrix(np.eye(2)), sparse.csr_matrix([[1.0, 0], [0.6, 0.8], [0, 1]])
    link = sparse.csr_matrix(([3.0], ([1], [2])), shape=(2, 3))
    return Market(needs, offers, facts={"saving": saving}, vectors={"text": texts}, links={"won": link})


def saving(pairs: Pairs) -> np.ndarray:
    return np.asarray(pairs.need.limit - pairs.offer.price)


def test_columns_are_gathered(market: Market) -> None:
    pairs = market.pairs([0, 1, 1], [2, 0, 1])
    assert pairs.need.limit.tolist() == [10, 20, 20]
    assert pairs.offer.id.tolist() == ["o3", "o1", "o2"]


def test_facts_are_computed_for_the_pairs_and_their_parts(market: Market) -> None:
    pairs = market.pairs([0, 1, 1], [2, 0, 1])
    assert pairs.saving.tolist() == [-5, 15, 10]
    assert pairs.take(np.array([False, True, False])).saving.tolist() == [15]


def test_likeness_is_the_cosine(market: Market) -> None:
    assert market.pairs([0, 0, 1], [0, 1, 1]).likeness("text").tolist() == [1, 0.6, 0.8]


def test_links_are_zero_where_there_is_none(market: Market) -> None:
    assert market.pairs([1, 0], [2, 2]).link("won").tolist() == [3, 0]
    assert market.pairs([], []).link("won").tolist() == []
    assert market.pairs([], []).likeness("text").tolist() == []


def test_chunks_cover_all_pairs_in_order(market: Market) -> None:
    pairs = market.pairs([0, 0, 1], [0, 1, 2])
    assert [chunk.offer_row.tolist() for chunk in pairs.chunks(2)] == [[0, 1], [2]]


def test_rows_are_found_by_id(market: Market) -> None:
    assert market.need_rows == {"n1": 0, "n2": 1}
    assert market.offer_rows["o3"] == 2


def test_an_unknown_column_names_the_known_ones(market: Market) -> None:
    pairs = market.pairs([0], [0])
    with pytest.raises(AttributeError, match=r"no column 'colour'; there are \['enterprise', 'id'"):
        _ = pairs.need.colour
    with pytest.raises(AttributeError, match=r"no fact 'weight'; there are \['saving'\]"):
        _ = pairs.weight


def test_the_fingerprint_reads_every_cell(market: Market) -> None:
    same = market.replace(needs=market.needs.copy())
    other = market.replace(offers=market.offers.assign(price=[5.0, 10.0, 15.5]))
    assert same.fingerprint == market.fingerprint
    assert other.fingerprint != market.fingerprint
