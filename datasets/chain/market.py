"""``make_chain_market``: a whole market of one seed, with its truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from datasets.chain.answers import simulated_answers
from datasets.chain.catalogue import Catalogue, make_catalogue
from datasets.chain.contracts import contract_records, make_dealings
from datasets.chain.enterprises import enterprise_records, make_firms
from datasets.chain.needs import make_needs, need_records
from datasets.chain.offers import make_offers, offer_records
from datasets.chain.problems_and_experts import make_experts, make_problems
from datasets.chain.truth import Truth
from datasets.chain.wording import Wordings
from matching.market import FloatArray, IntArray
from matching.records import Listing
from matching.records.enterprise import ENTERPRISES
from matching.supply.records import HISTORY, NEEDS, OFFERS
from matching.vocabulary import Vocabulary, base_vocabulary

#: products of a market, dealings per offer, problems per need, experts per problem
PRODUCTS, DEALINGS, PROBLEMS, EXPERTS = 480, 1.0, 0.05, 1.5


@dataclass(frozen=True)
class ChainMarket:
    """The lists of an invented market, and the truth behind them.

    Rows of the lists are in the order of their numbers, which is the order of a market's rows too.
    ``wordings`` tells how the mentions of needs, offers and contracts are written.
    """

    needs: Listing
    offers: Listing
    history: Listing
    enterprises: Listing
    problems: pd.DataFrame
    experts: pd.DataFrame
    catalogue: Catalogue
    truth: Truth
    wordings: Wordings

    @property
    def product_of_need(self) -> IntArray:
        """Row of the catalogue each need is really about; int[needs]."""
        return self.truth.needs.product

    @property
    def product_of_offer(self) -> IntArray:
        """Row of the catalogue each offer is really about; int[offers]."""
        return self.truth.offers.product

    def utility(self, need_rows: ArrayLike, offer_rows: ArrayLike) -> FloatArray:
        """Give the planted utility of pairs; the formula stands in ``datasets.chain.truth``."""
        return self.truth.utility(need_rows, offer_rows)

    def answers(self, need_rows: ArrayLike, offer_rows: ArrayLike, seed: int = 0) -> pd.DataFrame:
        """Simulate how both sides answer proposed pairs: see ``datasets.chain.answers``."""
        return simulated_answers(self.truth, need_rows, offer_rows, seed)

    @cached_property
    def related_pairs(self) -> tuple[IntArray, IntArray]:
        """Rows of all pairs of the same product or of siblings, by need and offer."""
        family = self.catalogue.family
        asked, held = family[self.product_of_need], family[self.product_of_offer]
        order = np.argsort(held, kind="stable")
        low, high = (np.searchsorted(held[order], asked, side) for side in ("left", "right"))
        need = np.repeat(np.arange(len(asked)), high - low)
        step = np.arange(len(need)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
        return need, order[low[need] + step]


def make_chain_market(
    seed: int = 0,
    needs: int = 5000,
    offers: int = 5000,
    *,
    products: int = PRODUCTS,
    vocabulary: Vocabulary | None = None,
) -> ChainMarket:
    """Make a market; the same seed, sizes and term base (by default the library's) give the same one.

    Raises InputError where the term base holds too few products.
    """
    draws = (np.random.default_rng([seed, part]) for part in range(20))
    catalogue = make_catalogue(vocabulary or base_vocabulary(), next(draws), products)
    firms = make_firms(catalogue, offers, needs, next(draws))
    held = make_offers(catalogue, firms, needs, next(draws))
    asked = make_needs(catalogue, firms, needs, next(draws))
    past = make_dealings(firms, asked, held, round(DEALINGS * offers), next(draws))
    need_rows, said = need_records(catalogue, firms, asked, next(draws))
    offer_rows, told = offer_records(catalogue, firms, held, next(draws))
    contracts, done = contract_records(catalogue, firms, past, next(draws))
    problems = max(1, round(PROBLEMS * needs))
    return ChainMarket(
        needs=Listing.of(NEEDS, need_rows),
        offers=Listing.of(OFFERS, offer_rows),
        history=Listing.of(HISTORY, contracts),
        enterprises=Listing.of(ENTERPRISES, enterprise_records(firms, next(draws))),
        problems=make_problems(catalogue, firms, problems, next(draws)),
        experts=make_experts(catalogue, firms, round(EXPERTS * problems), next(draws)),
        catalogue=catalogue,
        truth=Truth.of(seed, firms, (asked, held), catalogue.family, past),
        wordings=said.counts + told.counts + done.counts,
    )
