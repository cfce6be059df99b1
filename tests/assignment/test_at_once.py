"""What solves all components at once: layouts, stars, lots, dives, priced rows, beside the oracle."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assignment import Allocation, allocate, dive, pricing, whole
from matching.assignment.arrays import Ints
from matching.assignment.components import label_columns
from matching.assignment.flow import flow_of, solve_flow
from matching.assignment.formulation import build
from matching.assignment.lots import read_lots
from matching.assignment.program import Program
from matching.assignment.reach import reach
from matching.assignment.request import read_request
from matching.assignment.stars import fill_stars
from tests.assignment.oracle import RULES, best, call, draw, keeps, worth

NAMES = [*RULES, "low", "high", "penalty"]
LUMPS = ["minimum", "setup", "max_partners", "max_share", "upper", "partner", "max_deals"]


def program_of(case: dict[str, Any]) -> Program:
    """Build the Program of an instance."""
    arrays = call(case)
    need, offer, score, demand, capacity = (
        arrays.pop(name) for name in ("need", "offer", "score", "demand", "capacity")
    )
    request = read_request(need, offer, score, demand, capacity, dict.fromkeys(NAMES) | arrays)
    return build(request, reach(request))


def repeated(case: dict[str, Any], times: int) -> dict[str, Any]:
    """Put copies of an instance side by side; rows run over all of them."""
    needs, offers = len(case["demand"]), len(case["capacity"])
    wide = {name: np.tile(np.asarray(values), times) for name, values in case.items()}
    shift = np.repeat(np.arange(times), len(case["need"]))
    wide["need"] = wide["need"] + needs * shift
    wide["offer"] = wide["offer"] + offers * shift
    return wide


def market(seed: int, clusters: int) -> dict[str, Any]:
    """Clusters of eight needs and six offers, short of capacity, under minimum orders and two partners."""
    rng = np.random.default_rng(seed)
    need, offer = (a.ravel() for a in np.indices((8, 6)))
    shift = np.repeat(np.arange(clusters), len(need))
    pairs = len(shift)
    return {
        "need": np.tile(need, clusters) + 8 * shift, "offer": np.tile(offer, clusters) + 6 * shift,
        "score": rng.integers(1, 1000, pairs), "demand": rng.integers(20, 200, 8 * clusters),
        "capacity": rng.integers(20, 250, 6 * clusters), "minimum": rng.integers(1, 60, pairs),
        "max_partners": np.full(8 * clusters, 2),
    }  # fmt: skip


def test_stars_are_filled_best_paid_first() -> None:
    """Node 1 has room for 5: three at 9 points, then two of the four at 7; node 0 has room for all."""
    amounts = fill_stars(np.array([7, 3, 9]), np.array([4, 2, 3]), np.array([1, 0, 1]), np.array([8, 5]))
    assert amounts.tolist() == [2, 2, 3]


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32))
def test_the_layout_of_many_components_is_an_optimal_flow(seed: int) -> None:
    """Three copies side by side carry three times the optimum, whatever the shares and levels of nodes."""
    case = draw(np.random.default_rng(seed), ["upper", "max_share", "partner"])
    program = program_of(repeated(case, 3))
    assert program.is_network
    values = solve_flow(program)
    assert program.holds(values)
    assert program.value(values) == 3 * (best(case) or 0)
    home = flow_of(program, None, label_columns(program)).values
    assert program.value(home) == program.value(values)


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), rules=st.lists(st.sampled_from(LUMPS), unique=True))
def test_a_dive_keeps_lots_and_never_beats_the_optimum(seed: int, rules: list[str]) -> None:
    """Slivers and counts are gone, every rule of the oracle holds, and the flow before it is a ceiling."""
    case = draw(np.random.default_rng(seed), [rule for rule in RULES if rule in rules])
    program = program_of(case)
    plan, flow = dived(program)
    pairs = tuple(plan[: len(case["need"])].tolist())
    assert program.holds(plan)
    assert keeps(case, pairs)
    assert worth(case, pairs) <= (best(case) or 0) <= program.value(np.where(program.arc, flow, 0))


def dived(program: Program) -> tuple[Ints, Ints]:
    """Dive into the whole Program; give the plan and the flow it came from."""
    flow = flow_of(program)
    columns = np.flatnonzero(program.arc & (program.cost > 0) & (program.upper > 0))
    columns = dive.promising(program, columns, flow.values, flow.prices())
    race = dive.enter(program, read_lots(program), label_columns(program), columns)
    plan = np.zeros_like(flow.values)
    if len(columns):
        plan[columns] = dive.dive(race, flow.values[columns], 2**62)
    return program.complete(plan), flow.values


def test_a_dive_comes_close_on_a_market_short_of_capacity() -> None:
    """Thirty clusters: within a tenth of the ceiling without any search."""
    program = program_of(market(0, 30))
    plan, flow = dived(program)
    assert program.holds(plan)
    assert program.value(plan) >= 0.9 * int(program.cost[program.arc] @ flow[program.arc])


@pytest.mark.parametrize("seed", range(60))
def test_priced_rows_equal_the_oracle(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row counts as wide: the ceiling is never below the optimum, the answer is the optimum."""
    monkeypatch.setattr(pricing, "WIDE", 1)
    rng = np.random.default_rng(seed)
    case = draw(
        rng, ["rows", *(rule for rule in ("upper", "minimum", "setup", "max_partners") if rng.random() < 0.4)]
    )
    want, found = best(case), allocate(**call(case))
    assert (found.status == "infeasible") == (want is None)
    assert want is None or found.objective == want == found.bound


def quotas(case: dict[str, Any]) -> dict[str, Any]:
    """Ask for half of all that is allocated from two of the six offers, and at most a tenth from another."""
    kind = case["offer"] % 6
    rows = np.array([np.where(kind < 2, 1, -1), np.where(kind == 5, -9, 1)])
    return case | {"rows": rows, "low": np.array([0, 0])}


@pytest.mark.parametrize("rule", [None, "minimum"])
def test_quotas_over_the_whole_plan_are_met_close_to_the_ceiling(rule: str | None) -> None:
    """Fifty clusters tied by two rows: priced, mixed, within two hundredths, and no search takes part."""
    case = market(1, 50)
    kept = {name for name in case if name not in ("minimum", "max_partners")} | {rule}
    case = quotas({name: values for name, values in case.items() if name in kept})
    found = allocate(**case, gap=0.02)
    assert found.gap <= 0.02
    assert (case["rows"] @ found.quantity >= 0).all()


def test_a_soft_quota_gives_way_where_it_costs_too_much() -> None:
    """At one point per unit missed the quota is not worth its price; the bound knows it."""
    case = {name: values for name, values in market(2, 50).items() if name not in ("minimum", "max_partners")}
    free, soft = allocate(**case), allocate(**quotas(case), penalty=[1, 1], gap=0.001)
    assert soft.gap <= 0.001
    assert free.objective - abs(quotas(case)["rows"] @ free.quantity).sum() <= soft.bound <= free.objective


def same(one: Allocation, other: Allocation) -> bool:
    """Tell whether two answers are equal in every field."""
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in Allocation.__slots__)


@pytest.mark.slow
def test_processes_share_the_work_and_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "_BATCH", 200)
    case = market(3, 40)
    alone = allocate(**case, gap=0.01)
    with ProcessPoolExecutor(2) as processes:
        assert same(alone, allocate(**case, gap=0.01, executor=processes))


def test_the_gap_is_that_of_the_whole() -> None:
    """Half a hundredth over all is enough although some cluster may lack more."""
    found = allocate(**market(4, 60), gap=0.05)
    assert found.gap <= 0.05
    assert found.component_gap.max() > found.gap
