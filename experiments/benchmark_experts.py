"""Measure the assignment of experts: beside the bare flow, at size, after a decline, and on real scores.

::

    python -m experiments.benchmark_experts [--seed 0]

A synthetic 1,000 × 800 (three experts a problem, at most six problems an expert) beside a bare
``SimpleMinCostFlow`` on the same arcs in the same process; peak memory at 2,000 × 2,000; 5,000 × 5,000 with
100 candidates a problem; 200 declines at 500 × 300. With ``CHAINMATCH_REAL_DATA`` the two real matrices
beside what other systems reach on them. Writes ``results/experts.md`` and ``results/experts.svg``.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

import numpy as np
from scipy import sparse

from experiments.bare_flows import expert_flow
from experiments.measuring import cpu_seconds, in_own_process, peak_mib
from experiments.pictures import draw_bars
from matching.assignment import assign_experts, replace_expert

RESULTS = Path(__file__).parent / "results"
DEMAND, LOAD = 3, 6


def beside_the_bare_flow(seed: int) -> dict[str, float]:
    """Give CPU seconds at 1,000 × 800, and their ratio to the bare flow on all arcs."""
    score = np.random.default_rng(seed).random((1000, 800))
    found = assign_experts(score, demand=DEMAND, max_load=LOAD)
    ours = cpu_seconds(lambda: assign_experts(score, demand=DEMAND, max_load=LOAD))
    best = expert_flow(score, DEMAND, LOAD)
    bare = cpu_seconds(lambda: expert_flow(score, DEMAND, LOAD))
    if abs(best - found.total) > 1e-4 * best:
        raise AssertionError(f"the bare flow reaches {best}, the kernel {found.total}")
    return {"ours": ours, "bare": bare, "ratio": ours / bare, "gap": found.gap}


def memory(seed: int) -> dict[str, float]:
    """Give the peak memory of a process at 2,000 × 2,000, MiB, and what it held before."""
    score = np.random.default_rng(seed).random((2000, 2000))
    assign_experts(score[:5, :5], demand=1, max_load=1)  # loads the solver
    before, start = peak_mib() or 0.0, time.process_time()
    found = assign_experts(score, demand=DEMAND, max_load=LOAD)
    taken = time.process_time() - start
    return {"before": before, "peak": peak_mib() or 0.0, "seconds": taken, "gap": found.gap}


def many(seed: int) -> dict[str, float]:
    """Give CPU seconds and gap at 5,000 × 5,000 with the 100 best candidates of each problem."""
    draws = np.random.default_rng(seed)
    expert = np.concatenate([draws.choice(5000, 100, replace=False) for _ in range(5000)])
    problem = np.repeat(np.arange(5000), 100)
    score = sparse.csr_array((draws.random(len(expert)), (problem, expert)), shape=(5000, 5000))
    start = time.process_time()
    found = assign_experts(score, demand=DEMAND, max_load=LOAD)
    if found.status != "optimal":
        raise AssertionError(f"expected a proven optimum, got {found.status}")
    return {"seconds": time.process_time() - start, "gap": found.gap}


def declines(seed: int, count: int = 200) -> dict[str, float]:
    """Give milliseconds of a replacement at 500 × 300, what it loses to solving anew, and whom it touches."""
    draws = np.random.default_rng(seed)
    score = draws.random((500, 300))
    before = assign_experts(score, demand=DEMAND, max_load=LOAD)
    taken, lost, touched = [], [], []
    for _ in range(count):
        problem = int(draws.integers(500))
        expert = int(draws.choice(before.experts[problem]))
        start = time.perf_counter()
        after = replace_expert(before, problem, expert)
        taken.append(1e3 * (time.perf_counter() - start))
        if after is None:
            raise AssertionError("nobody could come in")
        forbidden = np.zeros(score.shape, bool)
        forbidden[problem, expert] = True
        full = assign_experts(score, demand=DEMAND, max_load=LOAD, forbidden=forbidden)
        lost.append((full.total - after.total) / full.total)
        pairs = zip(before.experts, after.experts, strict=True)
        touched.append(sum(not np.array_equal(one, other) for one, other in pairs) - 1)
    return {"median": float(np.median(taken)), "most": max(taken), "lost": max(lost), "touched": max(touched)}


def real(folder: Path) -> list[str]:
    """Write a line for each real matrix, beside what other systems reach."""
    known = json.loads((folder / "assignment_expected.json").read_text(encoding="utf-8"))
    midl = np.load(folder / "midl_scores_177x118.npy").T
    gold = np.load(folder / "gold_sim_463x58.npy")
    lines = []
    for name, score, most in (("midl", midl, 4), ("gold", gold, 24)):
        total, floor = (
            assign_experts(score, demand=3, max_load=most, forbidden=score < 0, objective=what)
            for what in ("total", "floor")
        )
        peers = "，".join(f"{peer} {value}" for peer, value in known[name]["peers"].items())
        lines.append(
            f"**{name}** total {total.total:.4f} (best known {known[name]['best_total']}; gap"
            f" {total.gap:.2%}), fair floor {floor.floor:.6f} (known bound"
            f" {known[name]['fair_floor_bound']}; gap {floor.gap:.2%}) at total {floor.total:.4f};"
            f" others' totals: {peers}."
        )
    return lines


def told(seed: int) -> tuple[list[str], dict[str, float]]:
    """Measure all; give the lines and the bars of the picture."""
    bare, held = in_own_process(beside_the_bare_flow, seed), in_own_process(memory, seed)
    large, after = in_own_process(many, seed), in_own_process(declines, seed)
    lines = [
        f"**1,000 × 800** {bare['ours']:.2f} CPU-s, the bare flow on all arcs {bare['bare']:.2f}:"
        f" {bare['ratio']:.2f}× (at most 1.5×: {_met(bare['ratio'] <= 1.5)}), gap {bare['gap']:.2%}.",
        f"**2,000 × 2,000** peak {held['peak']:,.0f} MiB of the whole process, {held['before']:,.0f} before"
        f" the call (at most 250 MB: {_met(held['peak'] * 2**20 <= 250e6)}), {held['seconds']:.1f} CPU-s,"
        f" gap {held['gap']:.2%}.",
        f"**5,000 × 5,000, 100 candidates each** proven optimal in {large['seconds']:.1f} CPU-s.",
        f"**Declines at 500 × 300** median {after['median']:.0f} ms, most {after['most']:.0f} ms (at most 50:"
        f" {_met(after['most'] <= 50)}), at most {after['touched']:.0f} others touched,"
        f" at most {after['lost']:.4%} below solving anew.",
    ]
    bars = {
        "1,000×800 本系统 ours": bare["ours"],
        "1,000×800 裸网络流 bare flow": bare["bare"],
        "2,000×2,000": held["seconds"],
        "5,000×5,000，每题 100 候选": large["seconds"],
    }
    return lines, bars


def _met(good: bool) -> str:
    return "met" if good else "not met"


def main() -> None:
    """Measure, write the results and print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=0)
    seed = parser.parse_args().seed
    lines, bars = told(seed)
    folder = Path(os.environ.get("CHAINMATCH_REAL_DATA", "none")) / "experts"
    lines += real(folder) if folder.is_dir() else []
    run = f"Run: `python -m experiments.benchmark_experts --seed {seed}`"
    text = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)) + "\n"
    (RESULTS / "experts.md").write_text(
        f"# 专家分派 | Assigning experts\n\n{run}\n\n{text}", encoding="utf-8"
    )
    draw_bars(bars, "专家分派用时", "CPU 秒 | CPU seconds", RESULTS / "experts.svg")
    print(text)


if __name__ == "__main__":
    main()
