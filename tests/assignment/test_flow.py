"""Three ways to the same flow: the bulk solver, cut and refined costs, and exact augmentation."""

from __future__ import annotations

import numpy as np
import pytest

from matching.assignment import flow
from matching.assignment.arrays import Ints
from matching.assignment.exact_sums import dot
from matching.assignment.flow import cheapest
from matching.assignment.network import Network, reduced_costs
from matching.assignment.shortest_paths import augment


def network(seed: int, size: int, factor: int, noise: int) -> Network:
    """Needs 0…size−1, offers behind them, a sink, and a free way out for what is not served."""
    rng = np.random.default_rng(seed)
    needs, offers, sink = np.arange(size), np.arange(size, 2 * size), 2 * size
    tail, head = (a.ravel() for a in np.meshgrid(needs, offers, indexing="ij"))
    pick = rng.random(len(tail)) < 0.6
    tail, head = tail[pick], head[pick]
    cost = -(rng.integers(1, 1000, len(tail)) * factor + rng.integers(0, noise, len(tail)))
    supply = np.zeros(2 * size + 1, dtype=np.int64)
    supply[needs] = rng.integers(1, 9, size)
    zeros = np.zeros(2 * size, dtype=np.int64)
    return Network(
        tail=np.concatenate([tail, offers, needs]),
        head=np.concatenate([head, np.full(2 * size, sink)]),
        capacity=np.concatenate([rng.integers(1, 6, len(tail)), rng.integers(1, 9, size), supply[needs]]),
        cost=np.concatenate([cost, zeros]),
        supply=supply,
        sink=sink,
    )


def cost_of(net: Network, amounts: Ints) -> int:
    """Give Σ cost·flow after checking bounds and balance."""
    assert bool(np.all((amounts >= 0) & (amounts <= net.capacity)))
    balance = net.balanced()
    np.subtract.at(balance, net.tail, amounts)
    np.add.at(balance, net.head, amounts)
    assert not balance.any()
    return dot(net.cost, amounts)


@pytest.mark.parametrize("seed", range(8))
def test_augmentation_equals_the_bulk_solver(seed: int) -> None:
    net = network(seed, 8, 1, 1)
    assert cost_of(net, augment(net)) == cost_of(net, cheapest(net))


@pytest.mark.parametrize("seed", range(8))
def test_refined_costs_are_exact_beyond_the_bulk_range(seed: int) -> None:
    """Costs with noise in every digit, too wide for the bulk solver: refinement equals augmentation."""
    net = network(seed, 12, 2**46, 2**40)
    wide = net.with_cost(net.cost * 2**5 + np.sign(net.cost))
    assert int(np.abs(wide.cost).max()) * len(wide.supply) > 2**61
    assert cost_of(wide, cheapest(wide)) == cost_of(wide, augment(wide))


def test_refinement_is_used_for_wide_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the exact fallback the answer is the same: refinement alone is enough."""
    net = network(1, 12, 2**51, 2**45)
    want = cost_of(net, augment(net))
    monkeypatch.delattr(flow, "augment")
    assert cost_of(net, cheapest(net)) == want


def test_reduced_costs_prove_optimality_and_refuse_a_poor_flow() -> None:
    net = network(3, 6, 1, 1)
    best = cheapest(net)
    reduced, _ = reduced_costs(net, best)
    assert not (reduced[best < net.capacity] < 0).any()
    assert not (reduced[best > 0] > 0).any()
    idle = np.zeros_like(best)
    idle[-6:] = net.supply[:6]
    with pytest.raises(ArithmeticError, match="not of least cost"):
        reduced_costs(net, idle)
