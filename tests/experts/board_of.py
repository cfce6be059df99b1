"""Small boards for the tests of the experts practice: one problem, one expert, whatever else matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from matching.experts import PRACTICE
from matching.experts.people import Expert
from matching.experts.problems import TechProblem
from matching.market import Pairs
from matching.records import Listing

OWNER, SCHOOL = "例江船舶动力有限公司", "例海大学"
DAY = date(2026, 6, 30)


def stranger() -> Expert:
    """Make an expert on something else altogether."""
    return Expert(name="丁", org="例山院所", outputs=("光伏玻璃清洗",))


def problem(**told: Any) -> TechProblem:
    """Make a problem of the shipyard about welding."""
    return TechProblem(**{"title": "薄板焊接变形控制", "enterprise": OWNER, "published_on": DAY, **told})


def expert(**told: Any) -> Expert:
    """Make an expert of the university on welding."""
    return Expert(**{"name": "甲", "org": SCHOOL, "outputs": ("薄板焊接变形预测",), **told})


def listings(problems: Sequence[TechProblem], experts: Sequence[Expert]) -> tuple[Listing, Listing]:
    """Give both lists of a board."""
    return Listing.of(PRACTICE.demand, problems), Listing.of(PRACTICE.supply, experts)


def pair(asked: TechProblem, known: Expert, *others: Expert) -> Pairs:
    """Make the one pair of a problem and an expert; other experts only make rare words rarer."""
    market = PRACTICE.market(*listings([asked], [known, *others]), None, None)
    (row,) = np.flatnonzero(market.offers["name"] == known.name)
    return market.pairs(np.array([0]), np.array([row]))
