"""The other way round: experts, and research results, that look for enterprises with a problem they solve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from matching.assignment import allocate
from matching.experts.checks import tables
from matching.experts.criteria import CRITERIA
from matching.experts.market import market as board_market
from matching.experts.people import EXPERTS
from matching.experts.problems import PROBLEMS
from matching.experts.results import MATURITY, RESULTS, ResearchResult
from matching.experts.rules import REMARKS, RULES
from matching.experts.terms import terms_of
from matching.experts.turning import turned_criterion, turned_market, turned_pairs, turned_rule
from matching.limits import Limits
from matching.market import FloatArray, IntArray, Market, Pairs
from matching.practice import Criterion, Practice, Terms
from matching.records import Listing
from matching.tables import content_names, numbered, plain_table
from matching.words import Words


def experts_market(
    experts: Listing, problems: Listing, history: Listing | None = None, enterprises: Listing | None = None
) -> Market:
    """Make the market of experts that look for problems."""
    return turned_market(board_market(problems, experts, history, enterprises), pd.DataFrame())


def results_market(
    results: Listing, problems: Listing, history: Listing | None = None, enterprises: Listing | None = None
) -> Market:
    """Make the market of research results that look for problems; each stands for its organisation."""
    plain = plain_table(results)
    frame = numbered(plain.assign(row=np.arange(len(plain))), "result_id", content_names(plain))
    records = results.records
    experts = [
        record.as_expert(number)
        for number, row in zip(frame["id"], frame["row"].tolist(), strict=True)
        if isinstance(record := records[row], ResearchResult)
    ]
    board = board_market(problems, Listing.of(EXPERTS, experts), history, enterprises)
    return turned_market(board, frame[["title", "maturity", "price_cny"]])


def terms(pairs: Pairs) -> Terms:
    """Give demand and capacity in problems: a problem takes as many experts, or teams, as it wants."""
    offers = pairs.market.offers
    return terms_of(pairs, offers["quantity"].to_numpy(np.int64), np.zeros(len(offers), bool))


def partner(pairs: Pairs, deal: IntArray) -> Sequence[Any]:
    """Say of each pair which problem it is, whose, and the indicators that are covered."""
    rows = zip(pairs.offer.id, pairs.offer.title, pairs.offer.enterprise, pairs.covers, strict=True)
    return [
        {"problem": number, "title": title, "enterprise": owner, "covers": list(covered)}
        for number, title, owner, covered in rows
    ]


def maturity(pairs: Pairs) -> FloatArray:
    """How far the result has come: laboratory 0.25, small trial 0.5, pilot 0.75, in production 1."""
    return np.array([MATURITY.get(name, np.nan) for name in pairs.need.maturity], float)


def affordability(pairs: Pairs) -> FloatArray:
    """1 where the bounty pays the price asked, else the part of it that it pays."""
    price, bounty = pairs.need.price_cny, pairs.offer.budget_cny
    return np.asarray(np.minimum(bounty / np.where(price > 0, price, np.nan), 1.0))


MATURITY_CRITERION = Criterion(
    "maturity",
    Words("成熟度", "maturity"),
    maturity,
    Words("所处阶段 {need.maturity}", "stage {need.maturity}"),
    missing=0.5,
    side="need",
    unknown=Words("成熟度未知", "maturity unknown"),
)
AFFORDABILITY = Criterion(
    "affordability",
    Words("价格与榜金", "price and bounty"),
    affordability,
    Words(
        "期望价格 {need.price_cny:,.0f} 元，榜金 {offer.budget_cny:,.0f} 元",
        "price asked {need.price_cny:,.0f} CNY, bounty {offer.budget_cny:,.0f} CNY",
    ),
    missing=0.5,
    unknown=Words("期望价格或榜金未知", "price asked or bounty unknown"),
)

#: how rules, remarks, quantities and sheets of a board are read the other way round
_COMMON: dict[str, Any] = {
    "supply": PROBLEMS,
    "limits": Limits(),
    "terms": terms,
    "kernel": allocate,
    "remarks": tuple(map(turned_rule, REMARKS)),
    "partner": partner,
    "tables": lambda dealt: tables(turned_pairs(dealt.deals)),
}
_HEADINGS = {
    "需求编号": "寻求方编号",
    "需求单位": "寻求方",
    "需求名称": "方向",
    "供方编号": "对接榜题编号",
    "供方企业": "发榜单位",
    "企业视图": "发榜单位视图",
    "未满足需求及原因": "未对接及原因",
    "候补供方": "候补榜题",
    "各企业承接情况": "各发榜单位情况",
}
_WORDS = {"offer": Words("榜题", "problem"), "deal": Words("推荐", "suggestion")}

SEEKERS_PRACTICE = Practice(
    name="seekers",
    label=Words("专家找企业", "experts looking for problems"),
    demand=EXPERTS,
    market=experts_market,
    rules=tuple(map(turned_rule, RULES)),
    criteria=tuple(turned_criterion(one) for one in CRITERIA if one.name in ("affinity", "nearness", "wish")),
    weights={"affinity": 10, "nearness": 1, "wish": 2},
    words={"need": Words("专家", "expert"), **_WORDS},
    headings={**_HEADINGS, "供需对接方案": "专家找企业：建议对接的榜题"},
    **_COMMON,
)

RESULTS_PRACTICE = Practice(
    name="results",
    label=Words("成果找企业", "results looking for problems"),
    demand=RESULTS,
    market=results_market,
    rules=tuple(turned_rule(rule) for rule in RULES if rule.name not in ("load", "consent")),
    criteria=(
        *(turned_criterion(one) for one in CRITERIA if one.name in ("affinity", "nearness")),
        MATURITY_CRITERION,
        AFFORDABILITY,
    ),
    weights={"affinity": 10, "nearness": 1, "maturity": 2, "affordability": 2},
    words={"need": Words("成果", "result"), **_WORDS},
    headings={**_HEADINGS, "供需对接方案": "成果找企业：建议对接的榜题", "需求名称": "成果名称"},
    **_COMMON,
)
