"""allocate(): small stories with exact numbers, and every rule against an oracle that tries all plans."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assignment import Allocation, allocate
from tests.assignment.oracle import RULES, best, call, draw, keeps, worth


def agrees(case: dict[str, Any]) -> None:
    """Assert that allocate gives the optimum of the instance, or rightly says that there is no plan."""
    arrays = call(case)
    before = {name: values.copy() for name, values in arrays.items()}
    found = allocate(**arrays)
    want = best(case)
    assert all(np.array_equal(before[name], arrays[name]) for name in arrays)
    if want is None:
        assert (found.status, found.timed) == ("infeasible", False)
        is_minimal(case, found)
        return
    plan = tuple(found.quantity.tolist())
    assert keeps(case, plan)
    assert worth(case, plan) == found.objective == want == found.bound
    assert (found.status, found.gap) == ("optimal", 0.0)
    assert idle_pairs(case, plan) == []


def is_minimal(case: dict[str, Any], found: Allocation) -> None:
    """Assert that the named rows and fixed pairs clash, and that without any one of them they do not."""

    def clash(rows: set[int], fixed: set[int]) -> bool:
        less = dict(case)
        if "rows" in case:
            less["penalty"] = [p if r in rows else 0 for r, p in enumerate(case["penalty"])]
        if "fixed" in case:
            less["fixed"] = [f if p in fixed else 0 for p, f in enumerate(case["fixed"])]
        return best(less) is None

    rows, fixed = set(found.conflict.tolist()), set(found.conflict_fixed.tolist())
    assert clash(rows, fixed)
    assert not any(clash(rows - {row}, fixed) for row in rows)
    assert not any(clash(rows, fixed - {pair}) for pair in fixed)


def idle_pairs(case: dict[str, Any], plan: tuple[int, ...]) -> list[int]:
    """Give pairs of score ≤ 0 that carry more than they must although less would be worth as much."""
    idle = []
    for pair, amount in enumerate(plan):
        least = case["fixed"][pair] if "fixed" in case else 0
        if case["score"][pair] > 0 or amount <= least:
            continue
        less = tuple(amount - 1 if p == pair else x for p, x in enumerate(plan))
        if keeps(case, less) and worth(case, less) >= worth(case, plan):
            idle.append(pair)
    return idle


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_each_rule_gives_the_optimum(rule: str, seed: int) -> None:
    """One rule at a time, on instances small enough to try every plan."""
    agrees(draw(np.random.default_rng(seed), [rule]))


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), rules=st.lists(st.sampled_from(RULES), unique=True))
def test_any_mix_of_rules_gives_the_optimum(seed: int, rules: list[str]) -> None:
    """Rules together, the way a practice uses them."""
    agrees(draw(np.random.default_rng(seed), [rule for rule in RULES if rule in rules]))


@pytest.mark.slow
@pytest.mark.parametrize("block", range(8))
def test_many_random_instances_equal_the_oracle(block: int) -> None:
    """Four thousand instances under random sets of rules."""
    for seed in range(block * 500, block * 500 + 500):
        rng = np.random.default_rng(seed)
        chance = rng.choice([0.2, 0.5])
        agrees(draw(rng, [rule for rule in RULES if rng.random() < chance]))


def test_one_need_takes_the_better_offer_first() -> None:
    """Ten pieces are wanted; the better offer has six, the other fills up."""
    found = allocate([0, 0], [0, 1], [5, 3], demand=[10], capacity=[6, 9])
    assert found.quantity.tolist() == [6, 4]
    assert (found.objective, found.bound, found.status, found.timed) == (42, 42, "optimal", False)
    assert found.quantity.dtype == np.int64


def test_score_of_zero_or_less_is_not_used() -> None:
    found = allocate([0, 0, 1], [0, 1, 1], [0, -4, 2], demand=[5, 1], capacity=[5, 5])
    assert found.quantity.tolist() == [0, 0, 1]


def test_fixed_is_exempt_from_minimum_and_pays_its_setup() -> None:
    """A fixed 2 stays at 2 although the minimum is 5; the pair's setup is lost all the same."""
    found = allocate([0], [0], [3], demand=[2], capacity=[9], minimum=[5], fixed=[2], setup=[4])
    assert found.quantity.tolist() == [2]
    assert found.objective == 2


def test_fixed_pair_may_grow() -> None:
    found = allocate([0], [0], [3], demand=[7], capacity=[9], fixed=[2], setup=[100], minimum=[8])
    assert (found.quantity.tolist(), found.objective) == ([7], -79)


def test_a_firm_that_is_fixed_at_a_need_takes_no_further_place_there() -> None:
    """The firm's first month is full and fixed; its second month needs no second place among the partners."""
    arrays: dict[str, Any] = {"demand": [4], "capacity": [2, 5], "partner": [1, 1], "max_partners": [1]}
    found = allocate([0, 0], [0, 1], [2, 8], fixed=[2, 0], minimum=[3, 2], **arrays)
    assert (found.quantity.tolist(), found.objective, found.status) == ([2, 2], 20, "optimal")
    arrays |= {"capacity": [2, 1, 9], "partner": [1, 1, 2], "max_partners": [2]}
    found = allocate([0, 0, 0], [0, 1, 2], [2, 8, 1], fixed=[2, 0, 0], upper=[2, 1, 1], **arrays)
    assert (found.quantity.tolist(), found.objective, found.status) == ([2, 1, 1], 13, "optimal")


def test_months_of_one_firm_count_as_one_partner() -> None:
    """Two months of one firm beat one month of another when a need may have one firm."""
    arrays: dict[str, Any] = {"demand": [8], "capacity": [4, 4, 5], "partner": [7, 7, 9], "max_partners": [1]}
    assert allocate([0, 0, 0], [0, 1, 2], [2, 2, 3], **arrays).quantity.tolist() == [4, 4, 0]


def test_share_is_rounded_down_with_a_hair_of_grace() -> None:
    """0.29·100 is 28.999… in floats and means 29; two offers of a firm share it."""
    arrays: dict[str, Any] = {"demand": [100], "capacity": [50, 50], "partner": [0, 0], "max_share": [0.29]}
    assert allocate([0, 0], [0, 1], [1, 1], **arrays).objective == 29


def test_share_of_a_whole_task_may_leave_nothing() -> None:
    assert allocate([0], [0], [9], demand=[1], capacity=[1], max_share=[0.4]).quantity.tolist() == [0]


def test_deals_are_counted_over_the_whole_plan() -> None:
    """Three tasks, one firm with two offers and at most two deals; −1 leaves the other firm free."""
    arrays: dict[str, Any] = {
        "demand": [1, 1, 1],
        "capacity": [3, 3, 3],
        "partner": [0, 0, 1],
        "max_deals": [2, -1],
    }
    found = allocate([0, 1, 2, 2], [0, 1, 0, 2], [9, 8, 7, 1], **arrays)
    assert found.quantity.tolist() == [1, 1, 0, 1]


def test_soft_row_costs_its_penalty_per_unit() -> None:
    """At least 4 wanted, 1 point per unit missed: 3 units of a pair that loses 2 each are not worth it."""
    found = allocate([0], [0], [-2], demand=[5], capacity=[5], rows=[[1]], low=[4], penalty=[1])
    assert (found.quantity.tolist(), found.objective, found.bound) == ([0], -4, -4)
    found = allocate([0], [0], [-2], demand=[5], capacity=[5], rows=[[1]], low=[4], penalty=[3])
    assert (found.quantity.tolist(), found.objective, found.bound) == ([4], -8, -8)


def test_mandatory_row_that_nothing_can_meet_is_the_conflict() -> None:
    """Row 1 alone is impossible; row 0 and the fixed pair have no part in it."""
    rows = [[1, 0], [1, 1]]
    found = allocate(
        [0, 1], [0, 1], [1, 1], demand=[2, 2], capacity=[2, 2], rows=rows, low=[1, 9], fixed=[1, 0]
    )
    assert found.status == "infeasible"
    assert (found.conflict.tolist(), found.conflict_fixed.tolist()) == ([1], [])


def test_a_conflict_stays_minimal_where_fixing_exempts_from_a_minimum() -> None:
    """Without its fixed 1 the last pair cannot be used at all, and then the row alone is impossible."""
    found = allocate(
        [0, 1, 1], [0, 0, 1], [11, -3, 9], demand=[3, 2], capacity=[4, 3], minimum=[0, 2, 2], use=[0, 3, 2],
        fixed=[2, 0, 1], rows=[[1, 3, -1]], high=[-1],
    )  # fmt: skip
    assert (found.conflict.tolist(), found.conflict_fixed.tolist()) == ([0], [])


def test_fixed_pairs_beyond_a_capacity_are_the_conflict() -> None:
    """2 + 3 + 4 of one offer with room for 6: the two largest cannot stand together."""
    found = allocate([0, 1, 2], [0, 0, 0], [1, 1, 1], demand=[9, 9, 9], capacity=[6], fixed=[2, 3, 4])
    assert (found.status, found.conflict_fixed.tolist(), found.conflict.tolist()) == (
        "infeasible",
        [1, 2],
        [],
    )


def test_row_and_fixed_pair_clash_together() -> None:
    found = allocate(
        [0, 1], [0, 0], [1, 1], demand=[9, 9], capacity=[6], fixed=[4, 0], rows=[[0, 1]], low=[3]
    )
    assert (found.conflict.tolist(), found.conflict_fixed.tolist()) == ([0], [0])


def test_empty_inputs() -> None:
    """No pair, no need, no offer: an empty plan, worth nothing, optimal."""
    for demand, capacity in (([], []), ([3], []), ([], [4]), ([3], [4])):
        found = allocate([], [], [], demand=demand, capacity=capacity)
        assert (found.status, found.objective, found.bound, len(found.quantity)) == ("optimal", 0, 0, 0)
        assert found.gap == 0.0


def test_components_report_their_own_gap() -> None:
    """Two needs that share no offer are two components; all pairs of a need are in one."""
    found = allocate([0, 0, 1], [0, 1, 2], [5, 3, 4], demand=[100, 2], capacity=[6, 9, 9])
    assert found.component.tolist() == [0, 0, 1]
    assert found.component_objective.tolist() == [57, 8]
    assert found.component_bound.tolist() == [57, 8]
    assert found.component_gap.tolist() == [0.0, 0.0]


def test_a_flow_that_keeps_the_dropped_rules_is_the_answer() -> None:
    found = allocate(
        [0, 1], [0, 1], [5, 4], demand=[9, 9], capacity=[9, 9], minimum=[3, 9], max_partners=[1, 1]
    )
    assert (found.quantity.tolist(), found.status) == ([9, 9], "optimal")


def lumpy(seed: int, blocks: int) -> dict[str, Any]:
    """Several blocks of needs and offers under minimum, setup and few partners."""
    rng = np.random.default_rng(seed)
    cells = rng.permutation(36)[:14]
    block = np.repeat(np.arange(blocks), len(cells))
    need, offer = np.tile(cells // 6, blocks) + 6 * block, np.tile(cells % 6, blocks) + 6 * block
    count = len(need)
    return {
        "need": need, "offer": offer, "score": rng.integers(1, 50, count),
        "demand": rng.integers(5, 40, 6 * blocks), "capacity": rng.integers(5, 40, 6 * blocks),
        "minimum": rng.integers(1, 12, count),
        "setup": rng.integers(0, 99, count),
        "max_partners": np.full(6 * blocks, 2),
    }  # fmt: skip


def same(one: Allocation, other: Allocation) -> bool:
    """Tell whether two answers are equal in every field."""
    names = Allocation.__slots__
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def test_a_need_in_a_component_of_its_own_changes_nothing_else() -> None:
    """Fifty thousand pieces with a minimum order beside the rest: same deals, same gaps as without them."""
    case = lumpy(9, 3)
    alone = allocate(**case)
    more = {"need": 18, "offer": 18, "score": 3, "demand": 50_000, "capacity": 40_000}
    rest = {"minimum": 7000, "setup": 5, "max_partners": 1}
    both = allocate(**{name: np.append(case[name], value) for name, value in (more | rest).items()})
    assert both.quantity[:-1].tolist() == alone.quantity.tolist()
    assert both.quantity[-1] == 40_000
    assert np.array_equal(both.component_gap[:-1], alone.component_gap)


def test_executor_gives_what_this_process_gives() -> None:
    case = lumpy(3, 6)
    serial = allocate(**case)
    with ThreadPoolExecutor(2) as threads:
        assert same(serial, allocate(**case, executor=threads))


@pytest.mark.slow
def test_other_processes_give_what_this_process_gives() -> None:
    case = lumpy(4, 12)
    with ProcessPoolExecutor(2) as processes:
        assert same(allocate(**case), allocate(**case, executor=processes))


def test_same_input_gives_the_same_answer() -> None:
    case = lumpy(5, 4)
    assert same(allocate(**case, seconds=5), allocate(**case, seconds=5))


def test_progress_ends_at_one() -> None:
    seen: list[float] = []
    allocate(**lumpy(6, 3), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_gap_stops_early_with_a_valid_bound() -> None:
    """A generous gap is met, and the bound still holds the true optimum."""
    case = lumpy(7, 3)
    exact, quick = allocate(**case), allocate(**case, gap=0.2)
    assert quick.gap <= 0.2
    assert quick.objective <= exact.objective <= quick.bound


def test_short_seconds_still_bring_a_plan() -> None:
    """A hundredth of a second is a ceiling for the search, not for the plan."""
    case = lumpy(8, 20)
    exact, quick = allocate(**case), allocate(**case, seconds=0.01)
    assert quick.objective <= exact.objective <= quick.bound


def test_importing_the_package_loads_no_solver() -> None:
    code = "import sys, matching.assignment; raise SystemExit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
