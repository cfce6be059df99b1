"""The relaxation without switches: as good as the full one, and its prices prove it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from experiments.allocation_instances import make_instance
from matching.assignment.bound import certify
from matching.assignment.formulation import build
from matching.assignment.greedy import by_guide, fill
from matching.assignment.program import Program
from matching.assignment.reach import reach
from matching.assignment.relaxation import relax
from matching.assignment.sifting import _Shadow, follows_alone, sift
from tests.assignment.oracle import RULES, best, draw, request_of


def spelled(case: dict[str, Any]) -> Program:
    """Write an instance out as a Program."""
    request = request_of(case)
    return build(request, reach(request)).spelled_out()


def sifted(program: Program, gap: float = 0.0) -> int:
    """Give the ceiling that the prices of the relaxation prove."""
    guide = sift(program, np.zeros_like(program.cost), gap, None)
    assert guide is not None, "no clock to stop it"
    return certify(program, guide.prices).bound


def test_a_minimum_order_asks_for_its_share_of_a_count() -> None:
    """Two firms of three may serve 12 pieces, each 5 at most: 5 + 5 at 9 and 8, and no third of 2."""
    program = spelled(
        {"need": [0] * 3, "offer": [0, 1, 2], "score": [9, 8, 7], "demand": [12], "capacity": [5] * 3,
         "minimum": [2] * 3, "max_partners": [2]}
    )  # fmt: skip
    guide = sift(program, np.zeros_like(program.cost), 0.0, None)
    assert guide is not None
    assert guide.values[:3].tolist() == pytest.approx([5, 5, 0])
    assert certify(program, guide.prices).bound == 85


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    rules=st.lists(st.sampled_from([r for r in RULES if r != "fixed"]), unique=True),
)
def test_its_prices_prove_a_ceiling(seed: int, rules: list[str]) -> None:
    """Whatever the rules; rows that a larger switch would help to keep are left out of it."""
    case = draw(np.random.default_rng(seed), rules)
    most, program = best(case), spelled(case)
    if most is not None and len(program.links):
        assert sifted(program) >= most


@pytest.mark.parametrize("giant", [False, True])
@pytest.mark.parametrize("seed", [0, 1])
def test_it_is_as_tight_as_the_full_relaxation(giant: bool, seed: int) -> None:
    """Minimum orders and counts of partners; the full one is solved by GLOP."""
    instance = make_instance(3_000, seed, giant=giant, orders=True)
    program = spelled({**instance.bare, **instance.rules})
    assert follows_alone(program).mean() > 0.9
    full = relax(program, 1e9, None)
    assert full is not None
    ceiling = certify(program, full.prices).bound
    assert sifted(program) == pytest.approx(ceiling, rel=1e-6)
    assert sifted(program, gap=0.02) == pytest.approx(ceiling, rel=1e-3)


def test_switches_of_several_columns_stay() -> None:
    """Two needs open one offer: 6 + 6 − 7 for it; shared evenly the switch would seem half as dear."""
    program = spelled(
        {"need": [0, 1], "offer": [0, 0], "score": [3, 3], "demand": [2, 2], "capacity": [4], "opening": [7],
         "setup": [1, 1]}
    )  # fmt: skip
    assert follows_alone(program).tolist() == [True, True, False, False]
    assert sifted(program) == 3


def test_it_guides_to_a_good_plan() -> None:
    """Filled in the order of the relaxation, nothing searched."""
    instance = make_instance(20_000, 0, giant=True, orders=True)
    program = spelled({**instance.bare, **instance.rules})
    guide = sift(program, np.zeros_like(program.cost), 0.01, None)
    assert guide is not None
    plan = fill(program, *by_guide(program, guide.values))
    assert program.holds(plan)
    assert program.value(plan) >= 0.97 * certify(program, guide.prices).bound


def test_rows_that_ask_for_much_let_every_column_in() -> None:
    """Two needs of five are to get three tenths at least, more than the columns have that pay best."""
    instance = make_instance(3_000, 0, giant=True, orders=True)
    need, demand = instance.bare["need"], instance.bare["demand"]
    rows = sparse.csr_array((np.ones(len(need), np.int64), (need, np.arange(len(need)))))
    told = {"rows": rows, "low": (0.3 * demand).astype(np.int64) * (np.arange(len(demand)) % 5 < 2)}
    program = spelled({**instance.bare, **instance.rules, **told})
    full = relax(program, 1e9, None)
    assert full is not None
    assert sifted(program) == pytest.approx(certify(program, full.prices).bound, rel=1e-6)


def test_rows_that_nobody_can_keep_give_no_guide() -> None:
    program = spelled(
        {"need": [0, 1], "offer": [0, 0], "score": [3, 3], "demand": [5, 5], "capacity": [6],
         "minimum": [2, 2], "rows": [[1, 0], [0, 1]], "low": [4, 4]}
    )  # fmt: skip
    assert sift(program, np.zeros_like(program.cost), 0.0, None) is None


def test_nothing_that_pays_is_worth_nothing() -> None:
    program = spelled({"need": [0], "offer": [0], "score": [2], "demand": [4], "capacity": [3], "setup": [1]})
    worthless = replace(program, cost=-np.abs(program.cost))
    assert sifted(worthless) == 0


def test_it_ends_at_the_deadline() -> None:
    instance = make_instance(3_000, 0, orders=True)
    program = spelled({**instance.bare, **instance.rules})
    assert sift(program, np.zeros_like(program.cost), 0.0, 0.0) is None


def test_a_ceiling_counts_what_a_need_can_buy() -> None:
    """Twelve offers of 10 could earn 9 a piece, but the need asks for 10 in all."""
    program = spelled(
        {"need": [0] * 12, "offer": list(range(12)), "score": [9] * 12, "demand": [10], "capacity": [10] * 12,
         "minimum": [2] * 12}
    )  # fmt: skip
    shadow = _Shadow.of(program)
    nothing = np.zeros(len(shadow.high))
    assert shadow.ceiling(nothing) == 12 * 90
    assert shadow.ceiling(shadow.raised(nothing)) == 90
