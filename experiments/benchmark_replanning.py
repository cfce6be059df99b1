"""Measure how fast a declined deal is dealt anew, beside solving the whole instance, in one run.

::

    python -m experiments.benchmark_replanning [--pairs 1000000] [--declines 200] [--seed 0]

Each decline closes one dealt pair, drawn from a seed, cuts its component out of the whole and solves it
again, to the gap asked of the whole or its own of before. Cutting and solving count, in CPU seconds, as the
whole does; each is measured three times, and the least counts, as other programs on the machine only ever
add. The index of components is made once, when the whole is solved, and is told beside it.
Writes ``results/replanning.md``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from experiments.allocation_instances import Instance, make_instance
from experiments.measuring import in_own_process
from matching.assignment import Allocation, allocate
from matching.assignment.division import Division, Part, divide, gap_of, put_back
from matching.market import FloatArray

Given = TypeVar("Given")

RESULTS = Path(__file__).parent / "results"
#: the slowest but one in twenty of the declines may take this share of a full solve
GATE = 0.01


@dataclass(frozen=True)
class Measured:
    """CPU seconds of the whole, of its index, and of each decline with the pairs it touched."""

    name: str
    pairs: int
    whole: float
    index: float
    taken: FloatArray
    touched: FloatArray

    @property
    def p95(self) -> float:
        """What all but one in twenty of the declines took at most."""
        return float(np.quantile(self.taken, 0.95))

    @property
    def ratio(self) -> float:
        """That as a share of solving the whole."""
        return self.p95 / self.whole


def measure(pairs: int, declines: int, seed: int, orders: bool) -> Measured:
    """Solve an instance, then decline deals of it one at a time, each from the first plan."""
    instance = make_instance(pairs, seed, orders=orders)
    gap = 0.02 if orders else 0.0
    allocate(**make_instance(1000, seed).bare)  # loads the solver
    whole, solved = _least(lambda: allocate(**instance.bare, **instance.rules, gap=gap))
    start = time.process_time()
    division = divide(_written_out(instance))
    index = time.process_time() - start
    draws = np.random.default_rng(seed)
    chosen = draws.choice(np.flatnonzero(whole.quantity), declines, replace=False)
    found = [_decline(division, whole, int(pair), gap) for pair in chosen]
    taken, touched = np.array(found).T
    return Measured(instance.name, instance.pairs, solved, index, taken, touched)


def _written_out(instance: Instance) -> dict[str, object]:
    return {**instance.bare, "upper": instance.bare["demand"][instance.bare["need"]], **instance.rules}


def _decline(division: Division, whole: Allocation, pair: int, gap: float) -> tuple[float, float]:
    """Close one pair and solve its component; give CPU seconds and how many pairs that touched."""

    def solve() -> tuple[Part, Allocation]:
        part = division.part(division.touched(np.array([pair])))
        part.arguments["upper"][np.searchsorted(part.pairs, pair)] = 0
        return part, allocate(**part.arguments, gap=max(gap, gap_of(whole, part.pairs)))

    (part, again), taken = _least(solve)
    changed = put_back(whole, part.pairs, again)
    if changed.quantity[pair] or changed.objective > whole.bound:
        raise AssertionError("a declined pair was dealt, or the plan got better by a decline")
    return taken, float(len(part.pairs))


def _least(run: Callable[[], Given]) -> tuple[Given, float]:
    """Give what comes out, and the least CPU seconds of three runs."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        given = run()
        seconds.append(time.process_time() - start)
    return given, min(seconds)


def told(found: list[Measured], command: str) -> str:
    """Write the table, a row an instance."""
    lines = [
        "# 谢绝之后的局部重算 | Dealing anew after a decline\n",
        f"Run: `{command}`\n",
        "| instance | pairs | full solve, CPU-s | index, CPU-s | declines | pairs touched, median"
        " | median, ms | p95, ms | p95 ÷ full | gate | met |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.name} | {one.pairs:,} | {one.whole:.2f} | {one.index:.2f} | {len(one.taken)}"
        f" | {np.median(one.touched):,.0f} | {1e3 * np.median(one.taken):.1f} | {1e3 * one.p95:.1f}"
        f" | {one.ratio:.2%} | ≤ {GATE:.0%} | {'yes' if one.ratio <= GATE else 'no'} |"
        for one in found
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure without and with minimum orders, write the table and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=10**6)
    parser.add_argument("--declines", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    found = [
        in_own_process(measure, asked.pairs, asked.declines, asked.seed, orders) for orders in (False, True)
    ]
    command = (
        f"python -m experiments.benchmark_replanning --pairs {asked.pairs} --declines {asked.declines}"
        f" --seed {asked.seed}"
    )
    table = told(found, command)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "replanning.md").write_text(table, encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
