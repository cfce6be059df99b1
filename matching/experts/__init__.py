"""The experts practice: technical problems on an open board (揭榜挂帅), and the experts who could solve them.

::

    problems, people   what a row of each list may hold, with cells of their own; tables: plain columns
      ▼
    market ──► ties        same organisation, who stays apart, relations that still hold
      │        expertise   affinity (features: words, pairs, signs; concepts) fitted on documents of experts
      ▼
    rules     criteria      terms, teams     may they be paired? how well? how many? who with whom?
      └──────────┴────────────┴──► PRACTICE, which make_plan, the readers and the command line take
      │
    checks   the sheets 覆盖矩阵 and 回避检查 of the workbook
    seeking  the other way round (turning): experts, and results, that look for enterprises
    common   the sheet 共性需求: problems that are alike, merged once their owners agree
"""

from __future__ import annotations

from matching.assignment import allocate
from matching.experts.affinity import Affinity, Evidence
from matching.experts.checks import tables
from matching.experts.common import common_problems, merge_problems, merged
from matching.experts.criteria import CRITERIA
from matching.experts.market import market, refresh
from matching.experts.people import EXPERTS
from matching.experts.problems import PROBLEMS
from matching.experts.rules import REMARKS, RULES
from matching.experts.seeking import RESULTS_PRACTICE, SEEKERS_PRACTICE
from matching.experts.teams import partner, teams
from matching.experts.terms import terms
from matching.limits import Limits
from matching.policy import Policy
from matching.practice import Practice
from matching.records import Listing
from matching.sheets import read_listing
from matching.sheets.files import Paths
from matching.words import Words

__all__ = [
    "PRACTICE",
    "RESULTS_PRACTICE",
    "SEEKERS_PRACTICE",
    "Affinity",
    "Evidence",
    "common_problems",
    "expert_policy",
    "merge_problems",
    "read_experts",
    "read_problems",
]

#: what an expert knows counts most; the rest only orders those who know alike
WEIGHTS = {"affinity": 10, "record": 1, "rank": 1, "availability": 1, "nearness": 0.5, "wish": 1}

#: what sheets and columns of a workbook are called on a board
HEADINGS = {
    "对接方案": "揭榜建议",
    "企业视图": "专家视图",
    "未满足需求及原因": "未揭榜题及原因",
    "供需对接方案": "揭榜建议：榜题、专家与团队",
    "候补供方": "候补专家",
    "各企业承接情况": "各专家承担情况",
    "需求编号": "榜题编号",
    "需求单位": "发榜单位",
    "需求名称": "榜题名称",
    "供方编号": "专家编号",
    "供方企业": "专家",
}

PRACTICE = Practice(
    name="experts",
    label=Words("揭榜挂帅", "problems and experts"),
    demand=PROBLEMS,
    supply=EXPERTS,
    market=market,
    rules=RULES,
    criteria=CRITERIA,
    weights=WEIGHTS,
    limits=Limits(max_deals=2),
    terms=terms,
    kernel=allocate,
    remarks=REMARKS,
    refresh=refresh,
    partner=partner,
    teams=teams,
    tables=lambda dealt: tables(dealt.deals),
    headings=HEADINGS,
    merged=merged,
    words={
        "need": Words("榜题", "problem"),
        "offer": Words("专家", "expert"),
        "deal": Words("推荐", "suggestion"),
    },
)


def expert_policy() -> Policy:
    """Give the default policy of the experts practice."""
    return Policy.of(PRACTICE)


def read_problems(paths: Paths, *, accept_valid: bool = False) -> Listing:
    """Read lists of technical problems; raises RowsError naming every wrong cell."""
    return read_listing(paths, PROBLEMS, accept_valid=accept_valid)


def read_experts(paths: Paths, *, accept_valid: bool = False) -> Listing:
    """Read lists of experts; raises RowsError naming every wrong cell."""
    return read_listing(paths, EXPERTS, accept_valid=accept_valid)
