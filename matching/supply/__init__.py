"""The supply practice: capacity offers and procurement needs of upstream and downstream enterprises.

::

    needs, offers, contracts   what a row of each list may hold; records: their forms
      ▼
    Listings ──► tables: plain columns in an order of their own ──► market: firms, texts, links
      ▼
    facts: measures of pairs, by nearness (places), goods (topics, guesses), qualifications, standing (firms)
      │          │            │             told: how they read in sentences
      ▼          ▼            ▼
    rules     criteria      terms            may they be paired? how well? how much, in whole steps?
      └──────────┴────────────┴──► PRACTICE, which make_plan, the readers and the command line take
                                   │         changes: what a firm could do to get in
    lines, months ──► takes ──► allowances   what deals draw on together
                              ──► schedule ──► delivery   what is delivered when: a sheet of the workbook
"""

from __future__ import annotations

from matching.assignment import allocate
from matching.limits import Limits
from matching.policy import Policy
from matching.practice import Practice
from matching.records import Listing
from matching.records.enterprise import ENTERPRISES
from matching.sheets import read_listing
from matching.sheets.files import Paths
from matching.supply.changes import CHANGES, refresh
from matching.supply.criteria import CRITERIA
from matching.supply.delivery import delivery_tables
from matching.supply.facts import at_prices
from matching.supply.figures import FIGURES
from matching.supply.market import market
from matching.supply.records import HISTORY, NEEDS, OFFERS
from matching.supply.rules import REMARKS, RULES
from matching.supply.terms import terms
from matching.words import Words

__all__ = ["PRACTICE", "read_enterprises", "read_history", "read_needs", "read_offers", "supply_policy"]

#: chosen on awards before 2025-10 (experiments/list_ranking.py), where text, record and place decide; those
#: lists tell no price and seldom goods: these, slack and relation on invented markets, 600 × 600 of seeds 1
#: and 2 (experiments/planted_utility.py)
WEIGHTS = {
    "capability": 4.5,
    "goods": 6,
    "category": 1,
    "won": 4,
    "shortlisted": 1.5,
    "price": 3,
    "slack": 0.5,
    "distance": 4,
    "capacity": 0.5,
    "tier": 0.5,
    "incumbent": 2,
    "newcomer": 0.2,
}

PRACTICE = Practice(
    name="supply",
    label=Words("供需对接", "supply and demand"),
    demand=NEEDS,
    supply=OFFERS,
    history=HISTORY,
    market=market,
    rules=RULES,
    criteria=CRITERIA,
    weights=WEIGHTS,
    limits=Limits(max_deals=3),
    terms=terms,
    prices=at_prices,
    kernel=allocate,
    remarks=REMARKS,
    changes=CHANGES,
    figures=FIGURES,
    refresh=refresh,
    tables=delivery_tables,
    words={
        "need": Words("采购需求", "need"),
        "offer": Words("供给", "offer"),
        "deal": Words("对接", "deal"),
    },
)


def supply_policy() -> Policy:
    """Give the default policy of the supply practice."""
    return Policy.of(PRACTICE)


def read_needs(paths: Paths, *, accept_valid: bool = False) -> Listing:
    """Read lists of procurement needs; raises RowsError naming every wrong cell."""
    return read_listing(paths, NEEDS, accept_valid=accept_valid)


def read_offers(paths: Paths, *, accept_valid: bool = False) -> Listing:
    """Read lists of capacity offers; raises RowsError naming every wrong cell."""
    return read_listing(paths, OFFERS, accept_valid=accept_valid)


def read_history(paths: Paths, *, accept_valid: bool = False) -> Listing:
    """Read lists of past contracts; raises RowsError naming every wrong cell."""
    return read_listing(paths, HISTORY, accept_valid=accept_valid)


def read_enterprises(paths: Paths, *, accept_valid: bool = False) -> Listing:
    """Read directories of enterprises; raises RowsError naming every wrong cell."""
    return read_listing(paths, ENTERPRISES, accept_valid=accept_valid)
