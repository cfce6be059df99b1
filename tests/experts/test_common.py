"""Problems that ask nearly the same: proposed to their owners, merged once they agree."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from matching import InputError, Plan, expert_policy, make_plan
from matching.experts import PRACTICE, common_problems, merge_problems
from matching.experts.cells import Indicator
from matching.experts.problems import TechProblem
from matching.market import Market
from matching.records import Listing
from tests.experts.board_of import expert, listings, problem

SAME = {"title": "薄板焊接变形控制", "problem": "大型船舶分段薄板焊接变形超差"}


def alike() -> list[TechProblem]:
    """Give two problems of two yards that ask the same, one of the first yard again, and one apart."""
    return [
        problem(problem_id="T1", enterprise="例江船厂", budget_cny=1e6, keywords=("焊接",), **SAME),
        problem(
            problem_id="T2", enterprise="例海船厂", budget_cny=5e5, co_owners=("例河船厂",),
            indicators=(Indicator("变形", "≤", 2.0, "mm"),), **SAME,
        ),
        problem(problem_id="T3", enterprise="例江船厂", **SAME),
        problem(problem_id="T4", enterprise="例山药业", title="抗癌药物靶向递送", problem="提高药物递送效率"),
    ]  # fmt: skip


def market_of(problems: list[TechProblem]) -> Market:
    return PRACTICE.market(*listings(problems, [expert()]), None, None)


def plan_of(problems: Listing) -> Plan:
    return make_plan(problems, listings([], [expert()])[1], expert_policy())


def test_problems_of_two_owners_are_one_group_with_the_bounties_together() -> None:
    (group,) = common_problems(market_of(alike()))
    assert (group.rows, group.budget, group.unknown) == ((0, 1), 1.5e6, 0)
    assert group.likeness[0] == 1.0
    assert 0.5 <= group.likeness[1] <= 1.0


def test_two_problems_of_one_owner_are_no_group_but_of_unknown_owners_they_are() -> None:
    assert common_problems(market_of([alike()[0], alike()[2]])) == []
    nobody = [problem(problem_id=name, enterprise=None, **SAME) for name in ("T1", "T2")]
    (group,) = common_problems(market_of(nobody))
    assert (group.rows, group.budget, group.unknown) == ((0, 1), None, 2)


def test_a_higher_likeness_finds_fewer() -> None:
    some = [
        *alike()[:2],
        problem(problem_id="T5", enterprise="例湖船厂", title="薄板焊接变形", problem="船舶分段"),
    ]
    found = [sum(len(one.rows) for one in common_problems(market_of(some), alike)) for alike in (0.3, 0.99)]
    assert found == [3, 0]


def test_a_merged_problem_has_all_owners_keywords_indicators_and_money() -> None:
    one, *others = merge_problems(listings(alike(), [])[0], [["T2", "T1"]]).records
    assert isinstance(one, TechProblem)
    assert (one.problem_id, one.enterprise, one.co_owners) == ("T1", "例江船厂", ("例海船厂", "例河船厂"))
    assert (one.budget_cny, one.keywords, one.merges) == (1.5e6, ("焊接",), ("T2",))
    assert one.indicators == (Indicator("变形", "≤", 2.0, "mm"),)
    assert [other.problem_id for other in others] == ["T3", "T4"]  # type: ignore[attr-defined]


def test_an_expert_of_any_owner_stays_out_of_a_merged_problem() -> None:
    known = expert(expert_id="Z", org="例海船厂")
    problems, experts = listings(alike()[:2], [known, expert(name="乙", expert_id="Y")])
    policy = expert_policy()
    assert {deal.offer for deal in make_plan(problems, experts, policy).deals_for("T1")} <= {"Y", "Z"}
    plan = make_plan(merge_problems(problems, [["T1", "T2"]]), experts, policy)
    assert "例海船厂" in plan.why_not("T1", "Z").say()
    assert [deal.offer for deal in plan.deals] == ["Y"]


def test_an_office_agrees_in_the_workbook_and_the_next_one_repeats_it(tmp_path: Path) -> None:
    problems, first, second = listings(alike(), [])[0], tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    plan_of(problems).to_sheet(first)
    book = openpyxl.load_workbook(first)
    sheet = book["共性需求"]
    rows = {sheet.cell(row, 2).value: row for row in range(1, sheet.max_row + 1)}
    assert {"T1", "T2"} <= rows.keys()
    assert len(PRACTICE.merged(problems, first)) == 4  # nothing agreed yet
    for name in ("T1", "T2"):
        sheet.cell(rows[name], 9).value = "是"
    book.save(first)
    together = PRACTICE.merged(problems, first)
    assert [one.problem_id for one in together.records] == ["T1", "T3", "T4"]  # type: ignore[attr-defined]
    plan_of(together).to_sheet(second)
    again = PRACTICE.merged(problems, second)
    assert again.records == together.records


def test_problems_without_numbers_are_merged_by_the_numbers_the_sheet_gave_them() -> None:
    nobody = Listing.of(PRACTICE.demand, [problem(enterprise=None, **SAME) for _ in range(2)])
    market = PRACTICE.market(nobody, listings([], [expert()])[1], None, None)
    assert len(merge_problems(nobody, [market.needs["id"].tolist()])) == 1


def test_a_row_that_is_no_problem_of_the_list_is_refused() -> None:
    with pytest.raises(InputError, match="T9"):
        merge_problems(listings(alike(), [])[0], [["T1", "T9"]])
