"""A board as a market and as a plan: notes, quantities, order of rows, conflicts kept out."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from matching import expert_policy, make_plan
from matching.experts import PRACTICE
from matching.experts.cells import Relation
from matching.experts.terms import terms
from tests.experts.board_of import expert, listings, problem

FIRMS = ("例江船厂", "例湖船厂", "例河重工")
WORKS = ("薄板焊接变形预测", "船用涂层防腐研究", "齿轮疲劳寿命提升", "铸造缺陷检测")


def test_what_is_missing_is_noted() -> None:
    market = PRACTICE.market(
        *listings([problem(), problem(title="涂层", budget_cny=1e6)], [expert()]), None, None
    )
    assert [note.zh for note in market.notes] == [
        "2 条榜题没有编号，已编临时号",
        "1 条榜题未写榜金，请发榜单位补充",
        "2 条榜题未写技术指标，请发榜单位补充",
    ]


def test_quantities_are_experts_and_projects_left() -> None:
    """One expert where none is told; a limit binds less what runs, without it deals are counted."""
    asked = [problem(problem_id="A"), problem(problem_id="B", wanted=3)]
    known = [
        expert(expert_id="1", max_projects=3, open_projects=1),
        expert(expert_id="2", max_projects=2),
        expert(expert_id="3", open_projects=5),
    ]
    found = terms(PRACTICE.market(*listings(asked, known), None, None).pairs(np.array([0]), np.array([0])))
    assert found.demand.tolist() == [1, 3]
    assert found.capacity.tolist() == [2, 2, -1]
    assert found.capped.tolist() == [False, False, True]


def test_a_problem_gets_as_many_experts_as_it_wants_and_nobody_too_much() -> None:
    """Two problems want three experts; one leads one more at most, the others two."""
    asked = [problem(problem_id="A", wanted=2), problem(problem_id="B", title="薄板焊接")]
    known = [expert(expert_id="1", max_projects=1), expert(expert_id="2", name="乙")]
    plan = make_plan(*listings(asked, known), expert_policy())
    assert plan.summary().status == "optimal"
    deals = sorted((deal.need, deal.offer) for need in "AB" for deal in plan.deals_for(need))
    assert deals == [("A", "1"), ("A", "2"), ("B", "2")]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    asked = [problem(problem_id=f"P{n}", title=WORKS[n % 4], wanted=1 + n % 2) for n in range(6)]
    known = [expert(expert_id=f"E{n}", name=f"专家{n}", outputs=(WORKS[n % 4],)) for n in range(9)]
    plans = [
        make_plan(*listings([asked[n] for n in rows], [known[n] for n in others]), expert_policy()).to_dict()
        for rows, others in ((range(6), range(9)), (rng.permutation(6), rng.permutation(9)))
    ]
    assert json.dumps(plans[0]["needs"], sort_keys=True) == json.dumps(plans[1]["needs"], sort_keys=True)


@pytest.mark.parametrize("seed", range(20))
def test_no_conflict_gets_into_a_plan(seed: int) -> None:
    """Half of the experts are tied to some owner in one way or another; both sides are checked by hand."""
    rng = np.random.default_rng(seed)
    asked = [problem(problem_id=f"P{n}", enterprise=FIRMS[n % 3], title=WORKS[n % 4]) for n in range(8)]
    known, tied = [], {}
    for n in range(12):
        firm, kind = FIRMS[rng.integers(3)], rng.integers(6)
        told = {
            0: {"org": firm},
            1: {"exclude": (firm,)},
            2: {"relations": (Relation(firm, "持股", None),)},
            3: {"relations": (Relation(firm, "曾任职", date(2022, 1, 1)),)},
        }.get(int(kind), {})
        known.append(expert(expert_id=f"E{n}", name=f"专家{n}", outputs=(WORKS[n % 4],), **told))
        tied[f"E{n}"] = firm if kind < 3 else None
    deals = [
        (need["enterprise"], deal["offer"])
        for need in make_plan(*listings(asked, known), expert_policy()).to_dict()["needs"]
        for deal in need["deals"]
    ]
    assert deals
    assert all(tied[who] != firm for firm, who in deals)


def test_why_not_names_what_ties_an_expert() -> None:
    known = [
        expert(expert_id="1"),
        expert(expert_id="2", relations=(Relation("例江船舶动力有限公司", "顾问"),)),
    ]
    plan = make_plan(*listings([problem(problem_id="A")], known), expert_policy())
    assert "与发榜单位 例江船舶动力有限公司 有关系：顾问（截止时间未知）" in plan.why_not("A", "2").say()
