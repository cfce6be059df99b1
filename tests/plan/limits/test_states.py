"""The state of each limit in the summary, and its price."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from matching import UnknownNameError, compare_plans
from tests.plan.limits.market import FAR, LABS, NEAR, under, won

SMALL = {"name": "sme", "of": "offer.size", "among": ["小型"], "least": 0.3}


def states(**limits: object) -> list[tuple[str, str, str, float | None, float, float]]:
    """States of all limits of a plan."""
    return [
        (state.name, state.field, state.state, state.value, state.missed, state.unknown)
        for state in under(**limits).summary().limits
    ]


def test_a_limit_at_its_end_binds() -> None:
    assert states(shares=[SMALL]) == [("sme", "least_share", "binds", 0.3, 0, 0)]


def test_a_limit_with_room_holds() -> None:
    large = {"name": "large", "of": "offer.size", "among": ["大型"], "least": 0.5}
    assert states(shares=[large]) == [("large", "least_share", "holds", 1.0, 0, 0)]


def test_a_missed_target_says_by_how_much() -> None:
    target = {**SMALL, "penalty": 1}
    assert states(shares=[target]) == [("sme", "least_share", "misses", 0.0, 0.3, 0)]
    assert "限制 sme: 未达标，实际 0.00%（≥ 30.00%），差 30.00%" in str(under(shares=[target]).summary())
    assert "limit sme: misses its target, is 0.00% (≥ 30.00%) by 30.00%" in under(
        shares=[target]
    ).summary().say("en")


def test_what_is_unknown_is_told() -> None:
    """Four of ten deals go to a firm that never told its size."""
    firm = {"name": "firm", "of": "offer.enterprise", "among": ["近检测所", "远检测所"], "most": 0.6}
    small = {"name": "small", "of": "offer.size", "among": ["小型"], "most": 0.6}
    assert states(shares=[firm, small], offers=[NEAR, LABS[2]])[1] == (
        "small",
        "most_share",
        "holds",
        0.0,
        0,
        0.4,
    )


def test_the_states_stand_in_json_and_workbook(tmp_path: Path) -> None:
    plan = under(shares=[SMALL])
    (state,) = plan.to_dict("en")["summary"]["limits"]
    assert (state["name"], state["state"], state["value"]) == ("sme", "binds", 0.3)
    assert state["sentence"] == "binds, is 30.00% (≥ 30.00%)"
    plan.to_sheet(tmp_path / "plan.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "plan.xlsx")["汇总"].iter_rows(values_only=True)
    assert ("限制 sme", "已到限，实际 30.00%（≥ 30.00%）") in [row[:2] for row in rows]


def test_plans_under_different_limits_are_compared() -> None:
    """A limit that one policy does not set is a dash."""
    compared = str(compare_plans({"无": under(), "有": under(shares=[SMALL])}))
    assert "限制 sme | – | 已到限" in compared


def test_the_price_of_a_share_is_what_three_deals_lose() -> None:
    """Three tasks at the far firm's score instead of the near one's."""
    free, held = under(), under(shares=[SMALL])
    scores = {deal.enterprise: deal.score for deal in held.deals}
    cost = held.price_of("sme")
    assert cost.exact
    assert cost.least == 3 * (free.deals[0].score - scores["远检测所"])
    assert cost.served == 0


def test_the_price_of_a_limit_that_does_not_bind_is_nothing() -> None:
    large = {"name": "large", "of": "offer.size", "among": ["大型"], "least": 0.5}
    cost = under(shares=[large]).price_of("large")
    assert (cost.least, cost.most, cost.served) == (0, 0, 0)


def test_the_price_of_a_target_leaves_out_what_missing_it_cost() -> None:
    """A missed target costs its penalty, which is no deal given up; a met one costs what the limit does."""
    assert under(shares=[{**SMALL, "penalty": 1}]).price_of("sme").most == 0
    met, must = under(shares=[{**SMALL, "penalty": 10_000}]), under(shares=[SMALL])
    assert met.price_of("sme") == must.price_of("sme")


def test_every_limit_has_a_price_and_no_other_name_has() -> None:
    budget = {"name": "budget", "of": "need.enterprise", "most": 150_000, "by": "money"}
    tooling = {"name": "tooling", "pair": 100}
    plan = under(offers=[NEAR, FAR], shares=[SMALL], totals=[budget], costs=[tooling], max_share=0.5)
    prices = {name: plan.price_of(name).least for name in ("sme", "budget", "tooling", "max_share")}
    assert prices["max_share"] == 0
    assert prices["tooling"] >= 100 * len(plan.deals)
    assert prices["sme"] > 0 < prices["budget"]
    with pytest.raises(UnknownNameError, match="max_share, sme, budget, tooling"):
        plan.price_of("smes")


def test_a_share_by_count_counts_needs() -> None:
    assert won(under(shares=[{**SMALL, "by": "count"}])) == {"近检测所": 7, "远检测所": 3}


def test_what_fixed_costs_took_is_told() -> None:
    """Ten deals at one lab: its approval is paid once, tooling for each of the ten."""
    costs = [{"name": "tooling", "pair": 100}, {"name": "approval", "offer": 9_000}]
    free, plan = under(), under(costs=costs)
    assert won(plan) == {"近检测所": 10}
    told = [
        (state.name, state.field, state.state, state.count, state.value) for state in plan.summary().limits
    ]
    assert told == [("tooling", "pair", "paid", 10, 1_000), ("approval", "offer", "paid", 1, 9_000)]
    assert plan.solution.span[0] == free.solution.span[0] - 1_000 - 9_000
    assert "限制 tooling: 已付 1,000 分（10 对 × 100 分）" in str(plan.summary())
    assert "limit approval: paid 9,000 points (1 offer × 9,000 points)" in plan.summary().say("en")


def test_a_fixed_cost_of_others_is_paid_by_nobody() -> None:
    """The far lab deals nothing; of a pair and an offer alike nothing is paid."""
    far = {"name": "far", "where": {"offer.enterprise": ["远检测所"]}, "pair": 100, "offer": 9_000}
    assert states(costs=[far]) == [("far", "pair", "idle", None, 0, 0), ("far", "offer", "idle", None, 0, 0)]
    assert "限制 far: 未涉及" in str(under(costs=[far]).summary())


def test_a_fixed_cost_is_paid_where_it_is_charged(tmp_path: Path) -> None:
    """Four deals of the near lab pay, the six of the two others do not."""
    near = {"offer.enterprise": ["近检测所"]}
    four = {"name": "four", "where": near, "most": 4, "everyone": True}
    plan = under(loads=[four], costs=[{"name": "tooling", "where": near, "pair": 100}])
    assert won(plan)["近检测所"] == 4
    plan.to_sheet(tmp_path / "plan.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "plan.xlsx")["汇总"].iter_rows(values_only=True)
    assert ("限制 tooling", "已付 400 分（4 对 × 100 分）") in [row[:2] for row in rows]
