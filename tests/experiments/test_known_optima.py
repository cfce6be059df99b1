"""Published instances: read rightly, solved to what is known of them, orders left out for a reason."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import freight
from experiments.known_instances import Known, facilities, generalised, read_facilities, read_generalised
from experiments.known_optima import CLOSE, PROVEN, Measured, measure, write
from matching.assignment import allocate


def numbers(text: str) -> list[Fraction]:
    return [Fraction(word) for word in text.split()]


def test_two_agents_and_three_jobs() -> None:
    """Agent 1 is cheaper for all jobs but has time for two of them: 1 + 2 there, 5 for the last one."""
    known = generalised("toy", "a", numbers("2 3  1 2 3  9 9 5  1 1 1  1 1 1  2 3"), 8.0)
    found = measure(known, 10.0)
    assert found.proven
    assert found.cost == found.floor == 8.0


def test_one_open_warehouse_is_cheaper_than_two() -> None:
    """Opening both costs 20, serving all from the second costs 4 more than from the nearest: 10 + 3 + 4.5."""
    known = facilities("toy", numbers("2 2  10 10  10 10  4 1.5 3  6 2.5 4.5"), 14.0)
    found = measure(known, 10.0)
    assert known.scale == 24
    assert found.proven
    assert found.cost == pytest.approx(14.0)


@pytest.fixture
def small_chain() -> freight.Freight:
    """Plants P, Q (a store for customer v only) and R (no port); one lane of each kind to port T."""
    return freight.Freight(
        orders=pd.DataFrame(
            [
                (1, "P", "x", "c", "DTD", "T", 10, 5.0),  # P by air: 10 · 1 + max(4, 5 · 2)
                (2, "P", "x", "c", "DTD", "T", 10, 1.0),  # the least air freight: 10 + 4
                (3, "P", "x", "c", "CRF", "T", 10, 1.0),  # fetched: 10
                (4, "P", "x", "c", "DTD", "T", 10, 99.0),  # too heavy for the lane
                (5, "P", "x", "c", "DTP", "T", 10, 1.0),  # no such service
                (6, "P", "y", "c", "DTD", "T", 10, 1.0),  # only the store makes y
                (7, "P", "z", "c", "DTD", "T", 10, 1.0),  # only the plant without a port makes z
                (8, "P", "none", "c", "DTD", "T", 10, 1.0),
                (9, "P", "y", "v", "DTD", "T", 10, 2.0),  # Q on the ground: 10 · 3 + 2 · 7, no minimum
            ],
            columns=["order", "plant", "product", "customer", "service", "to", "units", "kg"],
        ),
        lanes=pd.DataFrame(
            [
                ("A", "T", "DTD", "AIR", 0.0, 50.0, 4.0, 2.0),
                ("B", "T", "DTD", "GROUND", 0.0, 50.0, 99.0, 7.0),
            ],
            columns=["port", "to", "service", "mode", "least", "most", "minimum", "rate"],
        ),
        makes=pd.DataFrame([("P", "x"), ("Q", "y"), ("R", "z")], columns=["plant", "product"]),
        named=pd.DataFrame([("Q", "v")], columns=["plant", "customer"]),
        ports=pd.DataFrame([("P", "A"), ("Q", "B")], columns=["plant", "port"]),
        capacity=pd.Series({"P": 2, "Q": 1, "R": 1}),
        unit_cost=pd.Series({"P": 1.0, "Q": 3.0, "R": 1.0}),
    )


def test_every_order_left_out_has_its_reason(small_chain: freight.Freight) -> None:
    arcs = freight.find_arcs(small_chain)
    assert arcs.order.tolist() == [0, 1, 2, 8]
    assert (arcs.cost / freight.SCALE).tolist() == [20.0, 14.0, 10.0, 44.0]
    capacity = freight.capacities(small_chain)["A"]
    found = allocate(**freight.request(small_chain, arcs, capacity))
    assert freight.cost_of(arcs, found.quantity) == 14 + 10 + 44
    assert freight.reasons(arcs, capacity, found.quantity) == {
        0: "capacity", 3: "weight", 4: "lane", 5: "customer", 6: "port", 7: "product",
    }  # fmt: skip
    with pytest.raises(ValueError, match="order rows"):
        freight.reasons(arcs, capacity, np.zeros(4, dtype=np.int64))


def test_five_lines_and_a_picture(tmp_path: Path) -> None:
    near = Measured("d1", "d", 100.0, 100.4, 99.0, False, 1.0, 1.0)
    far = Measured("e1", "e", 100.0, 101.0, 99.0, False, 1.0, 1.0)
    done = Measured("a1", "a", 100.0, 100.0, 100.0, True, 1.0, 1.0)
    text = write([done, near, far], 60.0, tmp_path)
    assert "1 of 1 proven optimal" in text
    assert "1 of 2 within 0.5%" in text
    assert "missed: e1 1.00%" in text
    assert "d1" in (tmp_path / "optima.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("variant", ["U", "H", "A", "S"])
def test_orders_of_the_real_chain(variant: str, real_data: Path) -> None:
    """As many orders as can be, then the least cost; the other orders' plants are full, and nothing else."""
    chain = freight.read_freight(real_data / "allocation")
    expected = json.loads((real_data / "allocation" / "expected.json").read_text(encoding="utf-8"))
    arcs = freight.find_arcs(chain)
    assert len(arcs.order) == expected["admissible_arcs"]
    capacity = freight.capacities(chain)[variant]
    found = allocate(**freight.request(chain, arcs, capacity))
    assert found.status == "optimal"
    assert found.quantity.sum() == expected[variant]["served"]
    assert freight.cost_of(arcs, found.quantity) == pytest.approx(expected[variant]["cost"], abs=0.001)
    reasons = freight.reasons(arcs, capacity, found.quantity)
    assert len(reasons) == expected["orders"] - expected[variant]["served"]
    assert set(reasons.values()) <= {"capacity"}


def published(folder: Path) -> dict[str, Known]:
    both = [*read_generalised(folder / "gap"), *read_facilities(folder / "cap")]
    return {known.name: known for known in both}


@pytest.mark.parametrize("name", ["gap1-0", "a05100", "b05100", "cap71"])
def test_a_few_published_optima(name: str, real_data: Path) -> None:
    found = measure(published(real_data)[name], 60.0)
    assert found.proven
    assert found.cost == pytest.approx(found.optimum, abs=1e-4)


@pytest.mark.slow
def test_all_easier_optima_are_proven(real_data: Path) -> None:
    for known in published(real_data).values():
        if known.family in PROVEN:
            found = measure(known, 120.0)
            assert found.proven, known.name
            assert found.cost == pytest.approx(found.optimum, abs=1e-4), known.name


@pytest.mark.slow
@pytest.mark.parametrize("name", ["c10400", "c20200", "d05100", "d10200", "e05200", "e10100", "e10400"])
def test_hard_instances_come_close(name: str, real_data: Path) -> None:
    """In a third of the time that they have elsewhere."""
    found = measure(published(real_data)[name], 20.0)
    assert found.floor <= found.optimum <= found.cost
    assert found.off <= CLOSE
