"""Published assignment instances as arguments of ``allocate``, with the optimum that is known of each.

Minimising costs becomes maximising points: serving everything is worth more than any costs saved by leaving
something out, and the cost of a plan is what is missing to the points of a plan that costs nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

import numpy as np

from matching.market import IntArray


@dataclass(frozen=True)
class Known:
    """Arguments of ``allocate``, the cost of each pair's unit, and the least cost of serving everything.

    ``costs`` int[P] and ``opening`` int[M] count in ``scale`` parts of the published unit; ``optimum`` is in
    the published unit. ``family``: where it is from, by kind of difficulty.
    """

    name: str
    family: str
    arrays: dict[str, Any]
    costs: IntArray
    scale: int
    optimum: float

    def cost_of(self, points: int) -> float:
        """Give the cost, in the published unit, of a plan with ``points`` that serves everything."""
        return (self.worth * int(np.sum(self.arrays["demand"])) - points) / self.scale

    @property
    def worth(self) -> int:
        """Points of serving one unit at no cost."""
        return int(self.arrays["score"][0] + self.costs[0])


def read_generalised(folder: Path) -> Iterator[Known]:
    """Give the generalised assignment instances: each job to one agent, whose resource it takes."""
    for row in _optima(folder):
        yield generalised(
            row["instance"], family_of(row["instance"]), _numbers(folder, row), float(row["best_known"])
        )


def family_of(name: str) -> str:
    """Give the kind of a generalised assignment instance by its name: gap, a, b, c, d or e."""
    return "gap" if name.startswith("gap") else name[0]


def generalised(name: str, family: str, numbers: list[Fraction], optimum: float) -> Known:
    """Read agents, jobs, costs, resource use and capacities, in reading order."""
    whole = np.array([int(number) for number in numbers])
    agents, jobs = whole[:2].tolist()
    size = agents * jobs
    costs, use, capacity = np.split(whole[2:], [size, 2 * size])
    worth = int(costs.sum()) + 1
    arrays = {
        "need": np.tile(np.arange(jobs), agents), "offer": np.repeat(np.arange(agents), jobs),
        "score": worth - costs, "use": use,
        "demand": np.ones(jobs, dtype=np.int64), "capacity": capacity,
    }  # fmt: skip
    return Known(name, family, arrays, costs, 1, optimum)


def read_facilities(folder: Path) -> Iterator[Known]:
    """Give the warehouse instances: a cost of opening each, customers served in shares."""
    for row in _optima(folder):
        yield facilities(row["instance"], _numbers(folder, row), float(row["optimum"]))


def facilities(name: str, numbers: list[Fraction], optimum: float) -> Known:
    """Read warehouses, customers, (capacity, opening) each, then demand and costs of all of it each."""
    sites, customers = int(numbers[0]), int(numbers[1])
    site = numbers[2 : 2 + 2 * sites]
    customer = np.array(numbers[2 + 2 * sites :], dtype=object).reshape(customers, sites + 1)
    demand, unit = customer[:, 0], customer[:, 1:] / customer[:, :1]
    scale = lcm(*(cost.denominator for cost in [*unit.flat, *site]))
    costs = (unit * scale).astype(np.int64).ravel()
    opening = (np.array(site[1::2], dtype=object) * scale).astype(np.int64)
    worth = int(costs.max() + opening.sum()) + 1
    arrays = {
        "need": np.repeat(np.arange(customers), sites), "offer": np.tile(np.arange(sites), customers),
        "score": worth - costs, "opening": opening,
        "demand": demand.astype(np.int64), "capacity": np.array(site[::2], dtype=object).astype(np.int64),
    }  # fmt: skip
    return Known(name, "cap", arrays, costs, scale, optimum)


def _optima(folder: Path) -> list[dict[str, str]]:
    with (folder / "optima.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _numbers(folder: Path, row: dict[str, str]) -> list[Fraction]:
    text = (folder / f"{row['instance']}.txt").read_text(encoding="utf-8")
    return [Fraction(word) for word in text.split()]
