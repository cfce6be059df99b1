"""Invented markets, each made once."""

from __future__ import annotations

import pytest

from datasets.chain import ChainMarket, make_chain_market


@pytest.fixture(scope="session")
def chain() -> ChainMarket:
    """1,500 needs and 1,500 offers of seed 0."""
    return make_chain_market(0, 1500, 1500)


@pytest.fixture(scope="session")
def small() -> ChainMarket:
    """60 needs and 80 offers of seed 3."""
    return make_chain_market(3, 60, 80)
