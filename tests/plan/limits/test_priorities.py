"""Priorities of a policy: whose need comes first, by exact amounts, and how it is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    InputError,
    Listing,
    Plan,
    Policy,
    PolicyError,
    UnknownNameError,
    expert_policy,
    make_plan,
    run_scenarios,
)
from matching.plan.worth import worth_of
from matching.records.enterprise import ENTERPRISES, Enterprise
from matching.supply import PRACTICE
from matching.supply.records import NEEDS, OFFERS, ProcurementNeed
from tests.experts.board_of import OWNER, expert, listings, problem
from tests.plan.limits.market import BY_DISTANCE, under
from tests.plan.limits.yards import FAR_YARD, FIRST, FOUNDRY, NEAR_YARD, points, scarce
from tests.plan.story import deals_of, need, offer, plan_of
from tests.practices.instructors import INSTRUCTORS, Company, Instructor


def test_what_is_scarce_goes_to_the_need_that_comes_first() -> None:
    """The far yard scores less than half; it takes more than the ratio of both scores to outweigh that."""
    near, far = points()
    assert deals_of(scarce()) == {("N-1", "O-1"): 10}
    just, less = near // far + 1, near // far
    assert deals_of(scarce(priorities=[{**FIRST, "times": just}])) == {("N-2", "O-1"): 10}
    assert deals_of(scarce(priorities=[{**FIRST, "times": less}])) == {("N-1", "O-1"): 10}


def test_a_factor_of_one_changes_nothing() -> None:
    plain, weighed = scarce(), scarce(priorities=[{**FIRST, "times": 1}])
    assert deals_of(weighed) == deals_of(plain)
    assert weighed.solution.span == plain.solution.span
    assert weighed.price_of("srdi").most == 0


def test_a_split_need_gets_exactly_what_the_other_one_loses() -> None:
    """15 t for two needs of 10 t: without a priority the near yard is served whole, with one the far yard."""
    foundry = FOUNDRY.model_copy(update={"capacity": 15.0})
    first = [{**FIRST, "times": 1_000}]
    free, held = (
        under(needs=[NEAR_YARD, FAR_YARD], offers=[foundry], priorities=some) for some in ([], first)
    )
    assert deals_of(free) == {("N-1", "O-1"): 10, ("N-2", "O-1"): 5}
    assert deals_of(held) == {("N-1", "O-1"): 5, ("N-2", "O-1"): 10}
    assert held.summary().coverage == pytest.approx((1_000 + 0.5) / 1_001, abs=1e-6)
    score = {deal.need: deal.score for deal in held.deals}
    cost = held.price_of("srdi")
    assert cost.least == cost.most == (score["N-1"] - score["N-2"]) / 2
    assert cost.served == 0


def test_a_day_is_a_value_like_any_other() -> None:
    """What is due on the first of March comes first; the need without a day is not known to be."""
    yards = [NEAR_YARD, FAR_YARD.model_copy(update={"need_by": date(2026, 3, 1)})]
    due = {"name": "due", "where": {"need.need_by": ["2026-03-01"]}, "times": 9}
    plan = under(needs=yards, offers=[FOUNDRY], priorities=[due])
    assert deals_of(plan) == {("N-2", "O-1"): 10}
    (state,) = (state for state in plan.summary().limits if state.name == "due")
    assert state.words.en == "1 need counted 9 times; 1 unknown"


def test_factors_multiply_with_each_other_and_with_the_column() -> None:
    tasks = [need("N-1", priority=5, category="铸件"), need("N-2", category="铸件"), need("N-3", priority=2)]
    limits = [
        {"name": "all", "where": {"need.enterprise": ["江湾船厂"]}, "times": 3},
        {"name": "castings", "where": {"need.category": ["铸件"]}, "times": 2},
    ]
    plan = plan_of(tasks, [FOUNDRY], BY_DISTANCE.limit(priorities=limits))
    assert plan.solution.problem.worth.tolist() == [30, 6, 6]


def test_a_priority_multiplies_the_budget_too() -> None:
    priorities = [{"name": "first", "where": {"need.id": ["N-1"]}, "times": 4}]
    policy = BY_DISTANCE.replace(worth="budget").limit(priorities=priorities)
    plan = plan_of([need("N-1", budget_cny=7_000.0), need("N-2", budget_cny=9_000.0)], [FOUNDRY], policy)
    assert plan.solution.problem.worth.tolist() == [28, 9]


def test_factors_beyond_exact_arithmetic_are_refused() -> None:
    """Ten factors of a thousand: more than 64 bits hold, and noticed as such."""
    many = [{"name": f"p{at}", "where": {"need.id": ["N-1"]}, "times": 1_000} for at in range(10)]
    with pytest.raises(InputError, match="优先级与预算之积过大") as caught:
        scarce(priorities=many)
    assert "too large to be exact" in str(caught.value)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_priority_is_the_same_as_that_factor_in_the_column(data: Any) -> None:
    """Deals with their reasons are equal to the byte, objective and bound exactly, whatever the factors."""
    names = [f"N-{at}" for at in range(5)]
    given_first = [data.draw(st.sampled_from((None, 1, 2, 3))) for _ in names]
    factors = [data.draw(st.sampled_from((1, 2, 5))) for _ in names]
    towns, wanted = ("镇江市", "扬州市", "宜昌市"), [data.draw(st.integers(1, 9)) for _ in names]

    def needs(priorities: list[int | None]) -> list[ProcurementNeed]:
        return [
            need(name, quantity=wanted[at], unit="t", region=towns[at % 3], priority=priorities[at])
            for at, name in enumerate(names)
        ]

    offers = [
        offer(f"O-{at}", f"厂{at}", capacity=data.draw(st.integers(1, 12)), capacity_unit="t", region=town)
        for at, town in enumerate(towns)
    ]
    declared = [
        {"name": f"x{times}", "where": {"need.id": some}, "times": times}
        for times in (2, 5)
        if (some := [name for name, factor in zip(names, factors, strict=True) if factor == times])
    ]
    column = [(own or 1) * factor for own, factor in zip(given_first, factors, strict=True)]
    by_policy = under(needs=needs(given_first), offers=offers, priorities=declared)
    by_column = under(needs=needs(column), offers=offers)
    assert _deals(by_policy) == _deals(by_column)
    assert by_policy.solution.allocation.objective == by_column.solution.allocation.objective
    assert by_policy.solution.allocation.bound == by_column.solution.allocation.bound
    assert by_policy.summary().coverage == by_column.summary().coverage
    assert by_policy.summary().concentration == by_column.summary().concentration


def _deals(plan: Plan) -> bytes:
    return json.dumps(plan.to_dict()["needs"], ensure_ascii=False, sort_keys=True).encode()


def test_the_summary_tells_how_many_needs_each_priority_touches(tmp_path: Path) -> None:
    """N-1 is told to be castings; of N-2 nobody knows, so it does not count more, and that is said."""
    castings = {"name": "castings", "where": {"need.category": ["铸件"]}, "times": 3}
    both = {"name": "both", "where": {"need.category": ["铸件"], "need.enterprise": ["江湾船厂"]}, "times": 2}
    other = {"name": "other", "where": {"need.category": ["锻件"]}, "times": 4}
    plan = scarce(priorities=[castings, both, other])
    told = [(state.name, state.state, state.count, state.untold) for state in plan.summary().limits]
    # of the far yard it is known that it is not the other one, whatever it wants
    assert told == [("castings", "counts", 1, 1), ("both", "counts", 1, 0), ("other", "idle", 0, 1)]
    assert "优先级 castings: 1 项需求按 3 倍计；1 项未知" in str(plan.summary())
    assert "priority castings: 1 need counted 3 times; 1 unknown" in plan.summary().say("en")
    assert "priority other: 0 needs counted 4 times; 1 unknown" in plan.summary().say("en")
    plain = plan.to_dict()["summary"]["limits"][0]
    assert (plain["limit"], plain["count"], plain["untold"]) == (3, 1, 1)
    plan.to_sheet(tmp_path / "plan.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "plan.xlsx")["汇总"].iter_rows(values_only=True)
    assert ("优先级 castings", "1 项需求按 3 倍计；1 项未知") in [row[:2] for row in rows]


def test_scenarios_with_and_without_a_priority_differ() -> None:
    """Candidates and points are shared, what needs count for is not; nor is it with another kind of worth."""
    free = BY_DISTANCE.limit(max_deals=None)
    policies = {"无": free, "有": free.limit(priorities=[{**FIRST, "times": 9}])}
    policies |= {"按预算": policies["有"].replace(worth="budget"), "再无": free}
    market = PRACTICE.market(
        Listing.of(NEEDS, [NEAR_YARD, FAR_YARD]), Listing.of(OFFERS, [FOUNDRY]), None, None
    )
    compared = run_scenarios(market, policies)
    plans = compared.plans
    near, far = {("N-1", "O-1"): 10.0}, {("N-2", "O-1"): 10.0}
    assert [deals_of(plan) for plan in plans.values()] == [near, far, far, near]
    assert plans["有"].solution.problem.points is plans["无"].solution.problem.points
    for name, policy in policies.items():
        assert plans[name].solution.problem.worth.tolist() == worth_of(market, policy)[0].tolist()
    assert "优先级 srdi | – | 1 项需求按 9 倍计" in str(compared)


def test_buyers_count_by_what_the_directory_tells_of_them() -> None:
    """专精特新 in the directory counts double; of the other yard the directory tells no tier."""
    firms = [
        Enterprise(enterprise="江湾船厂", size="large"),
        Enterprise(enterprise="海安船厂", size="small", tiers=("专精特新中小企业",)),
    ]
    limits = [
        {"name": "srdi", "where": {"need.tiers": ["专精特新中小企业"]}, "times": 2},
        {"name": "small", "where": {"need.size": ["小型", "微型"]}, "times": 3},
    ]
    policy = BY_DISTANCE.limit(priorities=limits)
    lists = Listing.of(NEEDS, [NEAR_YARD, FAR_YARD]), Listing.of(OFFERS, [FOUNDRY])
    plan = make_plan(*lists, policy, enterprises=Listing.of(ENTERPRISES, firms))
    assert plan.solution.problem.worth.tolist() == [1, 6]
    told = [(state.name, state.count, state.untold) for state in plan.summary().limits]
    assert told[1:] == [("srdi", 1, 1), ("small", 1, 0)]


def test_problems_of_a_board_count_more_with_and_without_teams() -> None:
    """Teams refuse limits that they cannot keep; a priority holds nothing back."""
    first = expert_policy().limit(
        priorities=[{"name": "owner", "where": {"need.enterprise": [OWNER]}, "times": 3}]
    )
    for size in (None, 2):
        lists = listings([problem(problem_id="T1", team_size=size)], [expert(), expert(name="乙", org="例")])
        plan = make_plan(*lists, first)
        assert plan.solution.problem.worth.tolist() == [3]
        assert (plan.solution.problem.teams is not None) == bool(size)
        assert plan.deals
        cost = plan.price_of("owner")
        assert (cost.least, cost.most) == (0, 0)


def test_any_practice_has_priorities() -> None:
    """One instructor looks after six of seven firms; 企业3 is of another trade, the one that is first."""
    firms = [
        Company(name=f"企业{at}", district="杨舍镇", industry="化工" if at == 3 else "冶金")
        for at in range(7)
    ]
    people = [Instructor(name="指导员", district="杨舍镇", industry="冶金")]
    lists = Listing.of(INSTRUCTORS.demand, firms), Listing.of(INSTRUCTORS.supply, people)
    policy = Policy.of(INSTRUCTORS)
    chemistry = {"name": "chemistry", "where": {"need.industry": ["化工"]}, "times": 2}
    free, held = (make_plan(*lists, one) for one in (policy, policy.limit(priorities=[chemistry])))
    assert [item.need for item in free.unmet] == ["企业3"]
    assert "企业3" not in [item.need for item in held.unmet]
    # two thirds of the points are for the town, a third for the trade
    assert held.price_of("chemistry").least == 3_333


def test_columns_and_values_that_needs_do_not_have_are_told_together() -> None:
    wrong = [
        {"name": "a", "where": {"need.mood": ["好"], "need.quantity": ["许多"]}, "times": 2},
        {"name": "b", "where": {"need.colour": ["红"]}, "times": 2},
    ]
    with pytest.raises(PolicyError) as caught:
        scarce(priorities=wrong)
    zh, en = caught.value.say("zh"), caught.value.say("en")
    assert "a：列“need.mood”不在允许范围内；允许：need.need_id" in zh
    assert all(
        text in zh for text in ("need.quantity 没有“许多”这样的值", "b：列“need.colour”不在允许范围内")
    )
    assert all(text in en for text in ("a: unknown column 'need.mood'", "b: unknown column 'need.colour'"))
    assert "offer." not in zh
    with pytest.raises(UnknownNameError, match=r"b：列“need\.colour”"):
        scarce(priorities=wrong[1:])
