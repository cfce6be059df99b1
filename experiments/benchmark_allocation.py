"""Measure ``allocate`` on large made-up instances, beside the bare flow solver on the same arrays.

::

    python -m experiments.benchmark_allocation [--most 5000000] [--seed 0]

Each case runs in a process of its own: first the bare flow (per component; on a giant component the whole
graph), then ``allocate``, both in CPU seconds, the least of several where there is a gate on their ratio.
Memory is the peak of another process that loads the arrays and calls ``allocate``, nothing else. ``--most``
leaves larger instances out. Writes ``results/allocation.md`` and ``results/allocation.svg``.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from experiments.allocation_instances import Instance, load, make_instance, save
from experiments.bare_flows import component_flows, whole_flow
from experiments.measuring import in_own_process, peak_mib
from experiments.pictures import draw_curves
from matching.assignment import allocate

RESULTS = Path(__file__).parent / "results"
MIB, SECONDS, REPEATS = 2048.0, 60.0, 7


@dataclass(frozen=True)
class Case:
    """One row of the table: an instance, the gap asked for, and what it may take at most."""

    kind: str
    pairs: int
    gap: float
    ratio: float = float("inf")
    seconds: float = float("inf")
    memory: float = float("inf")

    def draw(self, seed: int) -> Instance:
        """Draw the instance."""
        words = self.kind.split()
        giant, orders, rows = (word in words for word in ("giant", "orders", "rows"))
        return make_instance(self.pairs, seed, giant=giant, orders=orders, rows=rows)


CASES = (
    Case("clustered", 10**4, 0.0),
    *(Case("clustered", 10**n, 0.0, ratio=1.5) for n in (5, 6)),
    Case("clustered", 5 * 10**6, 0.0, memory=MIB),
    *(Case("clustered orders", 10**n, 0.02, ratio=10) for n in (4, 5, 6)),
    Case("clustered orders", 10**6, 0.01, seconds=SECONDS),
    *(Case("giant orders", 10**n, 0.02, ratio=10) for n in (4, 5)),
    Case("giant orders", 10**6, 0.01, seconds=SECONDS),
    *(Case("clustered rows", 10**n, 0.02, seconds=SECONDS) for n in (4, 5, 6)),
    Case("clustered orders rows", 10**5, 0.02, seconds=SECONDS),
)
#: gaps asked for one after the other, to see how gap falls with time
CURVE = tuple(
    Case(kind, 10**5, gap)
    for kind in ("clustered orders", "giant orders")
    for gap in (0.05, 0.03, 0.02, 0.015, 0.01)
)


@dataclass(frozen=True)
class Measured:
    """CPU seconds of the bare flow and of ``allocate``, seconds by the clock, and what came out."""

    case: Case
    pairs: int
    bare: float
    taken: float
    clock: float
    gap: float
    equal: bool
    memory: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the bare flow ``allocate`` took."""
        return self.taken / self.bare

    @property
    def met(self) -> bool:
        """Whether the case kept within its limits; without rules the optimum has to be the bare one."""
        case = self.case
        within = self.ratio <= case.ratio and self.taken <= case.seconds and self.gap <= case.gap
        return (
            within and (self.memory or 0.0) <= case.memory and (self.equal or bool(case.kind != "clustered"))
        )


def measure(case: Case, seed: int) -> Measured:
    """Run the bare flow and ``allocate`` one after the other."""
    instance = case.draw(seed)
    allocate(**make_instance(1000, seed).bare)  # loads the solver
    bare = taken = clock = float("inf")
    flow = whole_flow if "giant" in case.kind else component_flows
    for _ in range(REPEATS if case.ratio < float("inf") else 1):
        started, optimum = time.process_time(), flow(instance)
        bare = min(bare, time.process_time() - started)
        started, told = time.process_time(), time.perf_counter()
        found = allocate(**instance.bare, **instance.rules, gap=case.gap, seconds=SECONDS)
        taken = min(taken, time.process_time() - started)
        clock = min(clock, time.perf_counter() - told)
    return Measured(case, instance.pairs, bare, taken, clock, found.gap, found.objective == optimum)


def memory(case: Case, path: Path) -> float | None:
    """Give the peak memory of a process that loads an instance and allocates."""
    instance = load(path)
    allocate(**instance.bare, **instance.rules, gap=case.gap)
    return peak_mib()


def run(case: Case, seed: int) -> Measured:
    """Measure one case in processes of its own."""
    found = in_own_process(measure, case, seed)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "instance.npz"
        in_own_process(draw_to, case, seed, path)
        return Measured(**{**vars(found), "memory": in_own_process(memory, case, path)})


def draw_to(case: Case, seed: int, path: Path) -> None:
    """Draw an instance into a file."""
    save(case.draw(seed), path)


def told(found: list[Measured], command: str) -> str:
    """Write the table, a row a case."""
    head = (
        "| instance | pairs | gap asked | bare flow, CPU-s | allocate, CPU-s | ratio | by the clock, s"
        " | gap proven | peak MiB | gate | met |\n|---|---|---|---|---|---|---|---|---|---|---|\n"
    )
    return f"Run: `{command}`\n\n{head}" + "".join(map(_line, found))


def _line(one: Measured) -> str:
    case = one.case
    gates = [
        told
        for told, limit in (
            (f"ratio ≤ {case.ratio:g}", case.ratio),
            (f"CPU ≤ {case.seconds:g} s", case.seconds),
            (f"memory ≤ {case.memory:g} MiB", case.memory),
        )
        if limit < float("inf")
    ]
    peak = "?" if one.memory is None else f"{one.memory:,.0f}"
    verdict = "yes" if one.met else "no"
    return (
        f"| {case.kind} | {one.pairs:,} | {case.gap:.1%} | {one.bare:.3f} | {one.taken:.3f} | {one.ratio:.2f}"
        f" | {one.clock:.1f} | {one.gap:.2%} | {peak} | {', '.join(gates)} | {verdict} |\n"
    )


def picture(found: list[Measured], curve: list[Measured], path: Path) -> None:
    """Draw ratio and gap against size, and gap against time."""
    sizes = [
        {"kind": f"{one.case.kind} ≤ {one.case.gap:.0%}", "pairs": one.pairs, "ratio": one.ratio}
        for one in found
    ]
    gaps = [{"kind": one.case.kind, "ratio": one.ratio, "gap": max(one.gap, 1e-5)} for one in curve]
    reached = [
        {"kind": f"{one.case.kind} ≤ {one.case.gap:.0%}", "pairs": one.pairs, "gap": max(one.gap, 1e-5)}
        for one in found
    ]
    draw_curves(
        (
            (sizes, "pairs", "ratio", "对数 | pairs", "用时 ÷ 裸网络流 | time ÷ bare flow"),
            (reached, "pairs", "gap", "对数 | pairs", "已证明差距 | proven gap"),
            (gaps, "ratio", "gap", "用时 ÷ 裸网络流 | time ÷ bare flow", "已证明差距 | proven gap"),
        ),
        path,
    )


def main() -> None:
    """Run all cases, write table and picture, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=5 * 10**6)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    found = [run(case, asked.seed) for case in CASES if case.pairs <= asked.most]
    curve = [in_own_process(measure, case, asked.seed) for case in CURVE if case.pairs <= asked.most]
    command = f"python -m experiments.benchmark_allocation --most {asked.most} --seed {asked.seed}"
    table = told([*found, *curve], command)
    RESULTS.mkdir(exist_ok=True)
    title = "# 分配引擎与裸网络流之比 | The allocation engine beside bare flow\n\n"
    (RESULTS / "allocation.md").write_text(title + table, encoding="utf-8")
    picture(found, curve, RESULTS / "allocation.svg")
    print(table)


if __name__ == "__main__":
    main()
