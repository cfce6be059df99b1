"""The other way round: experts and research results that look for a problem they could solve."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from matching import Plan, Policy, make_plan, read_pins
from matching.experts import RESULTS_PRACTICE, SEEKERS_PRACTICE
from matching.experts.cells import Indicator
from matching.experts.criteria import CRITERIA
from matching.experts.problems import TechProblem
from matching.experts.results import ResearchResult
from matching.experts.rules import RULES
from matching.market import Pairs
from matching.records import Listing
from tests.experts.board_of import OWNER, SCHOOL, expert, listings, pair, problem, stranger


def result(**told: object) -> ResearchResult:
    """Make a result of the university on welding."""
    given = {"title": "薄板焊接变形预测与控制", "org": SCHOOL, "abstract": "大型薄板分段焊接变形精确控制"}
    return ResearchResult(**{**given, **told})


def board() -> list[TechProblem]:
    """Give a problem on welding, and one on something else."""
    return [
        problem(problem_id="T1", budget_cny=1e6, indicators=(Indicator("焊接变形", "≤", 2.0, "mm"),)),
        problem(problem_id="T2", title="光伏玻璃清洗机器人", enterprise="例山玻璃公司"),
    ]


def plan_of(results: list[ResearchResult], problems: list[TechProblem]) -> Plan:
    practice = RESULTS_PRACTICE
    lists = Listing.of(practice.demand, results), Listing.of(practice.supply, problems)
    return make_plan(*lists, Policy.of(practice))


def seekers(problems: list[TechProblem], *experts: object) -> Plan:
    some, known = listings(problems, experts)  # type: ignore[arg-type]
    return make_plan(known, some, Policy.of(SEEKERS_PRACTICE))


def test_each_expert_gets_the_problem_of_his_own_field() -> None:
    plan = seekers(board(), expert(expert_id="A"), stranger())
    assert {(deal.need, deal.offer) for deal in plan.deals} == {("A", "T1"), ("丁", "T2")}
    (told,) = (need["deals"] for need in plan.to_dict()["needs"] if need["need"] == "A")
    assert told[0]["partners"][0]["problem"] == "T1"
    assert told[0]["partners"][0]["covers"] == ["焊接变形≤2mm"]
    assert any("薄板焊接变形预测" in reason for reason in told[0]["reasons"])


def test_an_expert_gets_as_many_problems_as_projects_are_left_to_him() -> None:
    many = [problem(problem_id=f"T{at}") for at in range(1, 5)]
    others = stranger(), stranger().model_copy(update={"name": "戊", "outputs": ("稻米品种选育",)})

    def count(**told: int) -> int:
        plan = seekers(many, expert(expert_id="A", **told), *others)
        return len(plan.deals_for("A"))

    assert count(max_projects=3) == 3
    assert count(max_projects=3, open_projects=1) == 2
    assert count() == 1, "who does not tell looks for one"


def test_a_problem_takes_as_many_as_it_wants() -> None:
    one = [problem(problem_id="T1")]
    both = expert(expert_id="A"), expert(expert_id="B", name="乙", org="例河大学"), stranger()
    assert len(seekers(one, *both).deals) == 1
    assert len(seekers([problem(problem_id="T1", wanted=2)], *both).deals) == 2


def test_rules_and_criteria_say_the_same_from_either_side() -> None:
    asked, known = problem(problem_id="T1"), expert(expert_id="A", region=None, wishes=(OWNER,))
    there = pair(asked, known, stranger())
    lists = listings([asked], [known, stranger()])
    market = SEEKERS_PRACTICE.market(lists[1], lists[0], None, None)
    back: Pairs = market.pairs([market.need_rows["A"]], [0])
    for rule, turned in zip(RULES, SEEKERS_PRACTICE.rules, strict=True):
        assert rule.test(there).tolist() == turned.test(back).tolist()
    for criterion in SEEKERS_PRACTICE.criteria:
        (own,) = (one for one in CRITERIA if one.name == criterion.name)
        assert own.measure(there) == pytest.approx(criterion.measure(back), nan_ok=True)


def test_why_not_names_the_expert_and_the_problem_by_their_sides() -> None:
    known = expert(expert_id="A", org=OWNER)
    plan = seekers(board(), known, expert(expert_id="B", name="乙"), stranger())
    assert OWNER in plan.why_not("A", "T1").say()
    busy = expert(expert_id="A", max_projects=1, open_projects=2)
    said = seekers(board(), busy, expert(expert_id="B", name="乙"), stranger()).why_not("A", "T1").say()
    assert "在研 2 项，上限 1 项" in said


def test_a_result_goes_to_the_problem_it_solves_never_to_its_own_organisation() -> None:
    other = result(result_id="R2", title="光伏玻璃清洗", abstract="光伏玻璃自动清洗")
    plan = plan_of([result(result_id="R1"), other], board())
    assert {(deal.need, deal.offer) for deal in plan.deals} == {("R1", "T1"), ("R2", "T2")}
    own = [problem(problem_id="T1", enterprise=SCHOOL), board()[1]]
    assert not plan_of([result(result_id="R1"), other], own).deals_for("R1")


def test_maturity_and_price_of_a_result() -> None:
    def parts(**told: object) -> dict[str, int]:
        plan = plan_of(
            [result(result_id="R1", **told), result(title="光伏玻璃清洗", abstract="清洗")], board()
        )
        (deal,) = plan.deals_for("R1")
        return {part.criterion: round(100 * part.points / part.most) for part in deal.explain().parts}

    found = parts(maturity="中试", price_cny=2e6)
    assert (found["maturity"], found["affordability"]) == (75, 50)
    found = parts(maturity="产业化", price_cny=8e5)
    assert (found["maturity"], found["affordability"]) == (100, 100)
    found = parts()
    assert (found["maturity"], found["affordability"]) == (50, 50)


def test_results_without_numbers_keep_their_own_columns() -> None:
    some = [result(title=title, abstract=title, maturity=stage) for title, stage in
            (("薄板焊接变形控制", "小试"), ("光伏玻璃清洗", "产业化"))]  # fmt: skip
    for order in (some, some[::-1]):
        market = plan_of(order, board()).solution.market
        known = dict(zip(market.needs["title"], market.needs["maturity"], strict=True))
        assert known == {"薄板焊接变形控制": "小试", "光伏玻璃清洗": "产业化"}


def test_the_workbook_takes_decisions_back(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    seekers(board(), expert(expert_id="A"), stranger()).to_sheet(path)
    book = openpyxl.load_workbook(path)
    sheet = book["对接方案"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=4) for cell in row}
    (row,) = (at for at in range(1, sheet.max_row + 1) if sheet.cell(at, heads["寻求方编号"]).value == "A")
    sheet.cell(row, heads["办理意见"]).value = "排除"
    book.save(path)
    (pin,) = read_pins(path)
    assert (pin.need_id, pin.offer_id, pin.decision) == ("A", "T1", "exclude")
