"""Plans in machine hours and by month against trying all quantities."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Plan
from tests.plan.story import offer, plan_of
from tests.plan.test_capacities import MARCH, made_in_hours, pieces


def best(plan: Plan, allowed: object) -> int:
    """Best objective of all whole quantities that keep the needs and what is allowed, by trying all."""
    given = plan.solution.problem.kernel_arguments()
    need_row, score, demand = given["need"], given["score"], given["demand"]
    ranges = [range(int(demand[row]) + 1) for row in need_row]
    worth = [0]
    for chosen in product(*ranges):
        quantity = np.array(chosen)
        if (np.bincount(need_row, quantity, minlength=len(demand)) <= demand).all() and allowed(quantity):
            worth.append(int(score @ quantity))
    return max(worth)


quantities = st.integers(1, 4)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(quantities, min_size=1, max_size=2),
    st.lists(
        st.sampled_from([Fraction(1, 2), Fraction(3, 10), Fraction(1, 3), Fraction(2)]),
        min_size=2,
        max_size=2,
    ),
    st.integers(1, 5),
)
def test_plans_in_hours_are_the_best_there_are(
    asked: list[int], per_piece: list[Fraction], hours: int
) -> None:
    """Two products of one line and one beside it, against trying all quantities."""
    needs = [pieces(f"N-{at}", quantity, enterprise=f"船厂{at}") for at, quantity in enumerate(asked)]
    held = [made_in_hours(f"O-{at}", float(each), hours) for at, each in enumerate(per_piece)]
    held.append(offer("O-9", "别的铸造厂", capacity=1, capacity_unit="piece"))
    plan = plan_of(needs, held)
    rows = plan.solution.problem.pairs.offer_row

    def allowed(quantity: np.ndarray) -> bool:
        taken = [int(quantity[rows == at].sum()) for at in range(3)]
        return (
            sum(each * some for each, some in zip(per_piece, taken[:2], strict=True)) <= hours
            and taken[2] <= 1
        )

    assert plan.solution.allocation.objective == best(plan, allowed)


def output_of(months: list[int]) -> list[int]:
    """Whole pieces finished on each day of March and April."""
    found = []
    for amount, length in zip(months, (31, 30), strict=True):
        found += [amount * (at + 1) // length - amount * at // length for at in range(length)]
    return found


def delivers(quantity: list[int], windows: list[tuple[int, int]], output: list[int]) -> bool:
    """Walk through the days, each piece to whoever is due first."""
    left = list(quantity)
    for today, made in enumerate(output):
        for _ in range(made):
            ready = [at for at, (first, last) in enumerate(windows) if left[at] and first <= today <= last]
            if ready:
                left[min(ready, key=lambda at: windows[at][1])] -= 1
    return not any(left)


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (min(two), max(two)))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(quantities, spans), min_size=1, max_size=3),
    st.lists(st.integers(0, 5), min_size=2, max_size=2),
    st.integers(0, 3),
)
def test_plans_by_month_are_the_best_there_are(
    asked: list[tuple[int, tuple[int, int]]], months: list[int], other: int
) -> None:
    """One capacity by month and one per piece beside it, against trying all quantities day by day."""
    needs = [
        pieces(
            f"N-{at}",
            quantity,
            enterprise=f"船厂{at}",
            need_from=MARCH + timedelta(days=first),
            need_by=MARCH + timedelta(days=last),
        )
        for at, (quantity, (first, last)) in enumerate(asked)
    ]
    by_month = (("2026-03", float(months[0])), ("2026-04", float(months[1])))
    held = [offer("O-1", "长江铸造", monthly=by_month, capacity_unit="piece")]
    if other:
        held.append(offer("O-9", "别的铸造厂", capacity=other, capacity_unit="piece"))
    plan = plan_of(needs, held)
    pairs, output = plan.solution.problem.pairs, output_of(months)

    def allowed(quantity: np.ndarray) -> bool:
        mine = pairs.offer_row == 0
        windows = [asked[row][1] for row in pairs.need_row[mine]]
        return quantity[~mine].sum() <= other and delivers(quantity[mine].tolist(), windows, output)

    assert plan.solution.allocation.objective == best(plan, allowed)
