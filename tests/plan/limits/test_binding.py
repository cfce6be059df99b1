"""Why a need stays open where a limit on a sum leaves no room for it: the limit is named."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching import Plan
from matching.plan.limits.binding import Held
from matching.plan.limits.rows import Block
from tests.plan.limits.market import FAR, NEAR, under
from tests.plan.story import need, offer

BUDGET = {"name": "budget", "of": "need.enterprise", "among": ["江湾船厂"], "most": 60_000, "by": "money"}


def said(plan: Plan) -> dict[str, list[tuple[str, int]]]:
    """Reasons of the needs that stay open."""
    return {item.need: [(reason.rule, reason.count) for reason in item.reasons] for item in plan.unmet}


def test_a_budget_that_is_spent_is_named() -> None:
    """The yard's next task costs 40,000 of the 0 that are left, whichever of three labs does it."""
    plan = under(totals=[BUDGET])
    assert said(plan) == {f"N-0{at}": [("budget", 3)] for at in (3, 4, 5)}
    assert plan.unmet[0].reasons[0].sentence.zh == "3 个候选再增加即突破限制“budget”（≤ 60,000）"
    assert (
        plan.unmet[0].reasons[0].sentence.en
        == "3 candidates: any more would break the limit “budget” (≤ 60,000)"
    )
    assert str(plan.why_not("N-03", "O-1")).startswith("再增加即突破限制“budget”（≤ 60,000）")


def test_the_firm_whose_share_of_the_plan_is_full_is_named() -> None:
    """Two firms of at most 40 % each leave no plan at all: any deal of one would be all of it."""
    plan = under(offers=[NEAR, FAR], shares=[{"name": "firm", "of": "offer.enterprise", "most": 0.4}])
    assert plan.deals == ()
    sentence = plan.unmet[0].reasons[0].sentence
    assert sentence.zh == "2 个候选再增加即突破限制“firm”（近检测所、远检测所；≤ 40.00%）"
    assert sentence.en == "2 candidates: any more would break the limit “firm” (近检测所, 远检测所; ≤ 40.00%)"
    assert "（远检测所；≤ 40.00%）" in str(plan.why_not("N-00", "O-2"))


def test_a_least_share_of_others_is_named() -> None:
    """The small firm has one deal left and half of all must be its own: one more for the large firm."""
    small = {"name": "sme", "of": "offer.size", "among": ["小型"], "least": 0.5}
    one = {"name": "one", "where": {"offer.enterprise": ["远检测所"]}, "most": 1, "everyone": True}
    plan = under(offers=[NEAR, FAR], shares=[small], loads=[one])
    assert len(plan.deals) == 2
    assert set(map(tuple, said(plan).values())) == {(("max_deals", 1), ("sme", 1))}
    assert "再增加即突破限制“sme”（≥ 50.00%）" in plan.unmet[0].reasons[1].sentence.zh


def test_another_reason_goes_first() -> None:
    """The lab may have one deal, whatever the budget: that is what is said."""
    one = {"name": "one", "most": 1, "everyone": True}
    plan = under(offers=[NEAR], totals=[{**BUDGET, "most": 10_000}], loads=[one])
    assert {tuple(reasons) for reasons in said(plan).values()} == {(("max_deals", 1),)}


def test_a_target_is_nobodys_reason() -> None:
    """A target gives way: what stays open stays so for another reason."""
    plan = under(totals=[{**BUDGET, "penalty": 10**8}])
    assert {name for reasons in said(plan).values() for name, _ in reasons} == {"not_chosen"}


def test_a_deal_of_its_largest_size_says_so() -> None:
    """70 t of 100 t are all that one deal may carry, though the foundry has more."""
    plan = under(
        needs=[need("N-1", quantity=100, unit="t", region="镇江市")],
        offers=[offer("O-1", "近铸造", capacity=100, capacity_unit="t", region="镇江市")],
        deals=[{"name": "most", "most": 70}],
    )
    assert said(plan) == {"N-1": [("deal_size", 1)]}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_exactly_the_rows_that_a_step_more_breaks_are_found(data: Any) -> None:
    """Against the definition, row by row and pair by pair; soft rows never break."""
    pairs, rows = data.draw(st.integers(1, 4)), data.draw(st.integers(0, 3))
    small = st.integers(-4, 4)
    matrix = np.array(data.draw(st.lists(small, min_size=rows * pairs, max_size=rows * pairs)), np.int64)
    matrix = matrix.reshape(rows, pairs)
    quantity = np.array(data.draw(st.lists(st.integers(0, 3), min_size=pairs, max_size=pairs)), np.int64)
    steps = np.array(data.draw(st.lists(st.integers(0, 3), min_size=pairs, max_size=pairs)), np.int64)
    room = np.array(data.draw(st.lists(st.integers(0, 6), min_size=rows, max_size=rows)), np.int64)
    soft = data.draw(st.booleans())
    low, high = matrix @ quantity - room, matrix @ quantity + room
    penalty = np.full(rows, 3 if soft else -1)
    block = Block("sum", sparse.csr_array(matrix), low, high, penalty, tuple(map(str, range(rows))))
    found = {
        (item.end, at)
        for item in Held.of([block], quantity).broken(np.arange(pairs), steps)
        for at in np.flatnonzero(item.by).tolist()
    }
    wanted = set()
    for at in range(pairs):
        after = matrix @ (quantity + steps * (np.arange(pairs) == at))
        wanted |= {("least", at)} if (after < low).any() else set()
        wanted |= {("most", at)} if (after > high).any() else set()
    assert found == (set() if soft else wanted)
