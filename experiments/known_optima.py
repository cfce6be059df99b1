"""Measure allocation against published optima: generalised assignment, warehouses, a real chain.

::

    python -m experiments.known_optima DATA [--seconds 60] [--only a b gap]

``DATA`` (or ``CHAINMATCH_REAL_DATA``) holds ``gap``, ``cap`` and ``allocation``. Prints a line
each instance; a whole run writes ``results/optima.md`` and ``results/optima.svg``.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments import freight
from experiments.known_instances import Known, read_facilities, read_generalised
from experiments.pictures import draw_bars
from matching.assignment import allocate

RESULTS = Path(__file__).parent / "results"
PROVEN = ("gap", "a", "b", "cap", "freight")
#: how far from the best known cost the hard families may end
CLOSE = 0.005


@dataclass(frozen=True)
class Measured:
    """What one instance came to: costs in the published unit, CPU and clock seconds."""

    name: str
    family: str
    optimum: float
    cost: float
    floor: float
    proven: bool
    cpu: float
    clock: float
    note: str = ""

    @property
    def off(self) -> float:
        """How much more than the optimum the plan costs, as a fraction."""
        return self.cost / self.optimum - 1

    @property
    def line(self) -> str:
        """The instance in one line."""
        proof = "optimal" if self.proven else f"gap {1 - self.floor / self.cost:.3%}"
        figures = f"{self.optimum:>13.2f} {self.cost:>13.2f} {self.floor:>13.2f} {self.off:>9.4%} {proof:>11}"
        return f"{self.name:<10} {figures} {self.cpu:>6.1f} {self.clock:>6.1f} {self.note}"


def measure(known: Known, seconds: float) -> Measured:
    """Solve one published instance."""
    clock, cpu = time.perf_counter(), time.process_time()
    found = allocate(**known.arrays, seconds=seconds)
    cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    cost, floor = known.cost_of(found.objective), known.cost_of(found.bound)
    return Measured(
        known.name, known.family, known.optimum, cost, floor, found.status == "optimal", cpu, clock
    )


def measure_freight(folder: Path, seconds: float) -> Iterator[Measured]:
    """Solve each variant of the orders; the note says how many were served and why the rest was not."""
    chain = freight.read_freight(folder)
    arcs = freight.find_arcs(chain)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for variant, capacity in freight.capacities(chain).items():
        clock, cpu = time.perf_counter(), time.process_time()
        found = allocate(**freight.request(chain, arcs, capacity), seconds=seconds)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        cost = freight.cost_of(arcs, found.quantity)
        left = Counter(freight.reasons(arcs, capacity, found.quantity).values())
        served, wanted = int(found.quantity.sum()), expected[variant]
        note = f"served {served} of {wanted['served']}; left out: {dict(left)}"
        proven = found.status == "optimal" and served == wanted["served"]
        yield Measured(f"freight-{variant}", "freight", wanted["cost"], cost, cost, proven, cpu, clock, note)


def measure_all(folder: Path, seconds: float, only: Sequence[str] = ()) -> Iterator[Measured]:
    """Solve all instances of some families (all where none is named), one after the other."""
    for known in [*read_generalised(folder / "gap"), *read_facilities(folder / "cap")]:
        if not only or known.family in only or known.name in only:
            yield measure(known, seconds)
    if not only or "freight" in only:
        yield from measure_freight(folder / "allocation", seconds)


def write(found: Sequence[Measured], seconds: float, folder: Path) -> str:
    """Write the five lines and the picture; give the lines."""
    exact = [each for each in found if each.family in PROVEN]
    hard = [each for each in found if each.family not in PROVEN]
    near = [each for each in hard if each.off <= CLOSE]
    missed = ", ".join(f"{each.name} {each.off:.2%}" for each in hard if each.off > CLOSE) or "none"
    open_ones = ", ".join(each.name for each in exact if not each.proven) or "none"
    lines = (
        f"# 与已知最优的差距（每例至多 {seconds:g} 秒） Distance from known optima\n",
        f"1. **Run** `python -m experiments.known_optima DATA --seconds {seconds:g}`, {len(found)} cases.",
        "2. **To be proven** (cattrysse, a, b, warehouses, freight): "
        f"{sum(each.proven for each in exact)} of {len(exact)} proven optimal; open: {open_ones}.",
        f"3. **Hard ones** (c, d, e): {len(near)} of {len(hard)} within {CLOSE:.1%} of the best known cost, "
        f"{sum(each.proven for each in hard)} proven optimal; missed: {missed}.",
        f"4. **Time** {sum(each.cpu for each in exact):.0f} CPU-s for all to be proven, "
        f"{sum(each.cpu for each in hard):.0f} for the hard ones; longest by the clock "
        f"{max(each.clock for each in found):.0f} s.",
        "5. **Ceiling** the worst gap between plan and proven bound is "
        f"{max(1 - each.floor / each.cost for each in found):.2%} of the cost.\n",
    )
    text = "\n".join(lines)
    (folder / "optima.md").write_text(text, encoding="utf-8")
    bars = {each.name: each.off * 1e4 for each in hard}
    draw_bars(bars, "高出已知最优 above the best known cost", "万分之一 per 10,000", folder / "optima.svg")
    return text


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", nargs="?", type=Path, default=os.environ.get("CHAINMATCH_REAL_DATA"))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    if options.data is None:
        parser.error("name the folder with the data, or set CHAINMATCH_REAL_DATA")
    found = []
    heads = ("optimum", "ours", "bound")
    print(f"{'instance':<10}", *(f"{head:>13}" for head in heads), "      off       proof    CPU  clock")
    for each in measure_all(Path(options.data), options.seconds, options.only):
        found.append(each)
        print(each.line, flush=True)
    if not options.only:
        print(write(found, options.seconds, RESULTS))


if __name__ == "__main__":
    main()
