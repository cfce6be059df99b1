"""Measure a whole plan of an invented market, stage by stage, beside the bare kernels it stands on.

::

    python -m experiments.benchmark_matching [--needs 10000] [--offers 10000] [--seed 0] [--seconds 10]

From the lists to the ten best candidates of every need with all reasons: CPU seconds of each stage and peak
memory, of a process of its own (the making of the market is not counted in the seconds, its lists are in the
memory). In the same process afterwards the bare kernels on the same matrices, rows and arcs, so that the
ratios do not depend on the machine, and what retrieval and scoring do per CPU second. Writes
``results/matching.md`` and ``results/matching.svg``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from datasets.chain import ChainMarket, make_chain_market
from experiments import bare_kernels
from experiments.measuring import Stages, cpu_seconds, in_own_process, peak_mib
from experiments.pictures import draw_bars
from matching.candidates import find_candidates, index
from matching.market import BoolArray, IntArray, Pairs
from matching.plan.pins import Pins
from matching.plan.problem import pose
from matching.plan.reasons import why
from matching.plan.solution import Effort, Solution, solve
from matching.policy import Policy
from matching.practice import Rule
from matching.scoring import score
from matching.supply import supply_policy

RESULTS = Path(__file__).parent / "results"
#: candidates of each need that are explained, and needs explained in one go
TOP, AT_ONCE = 10, 500
#: what the run may take at 10,000 × 10,000, and what retrieval and scoring must reach per CPU second
MOST_SECONDS, MOST_MIB, LEAST_QUERIES, LEAST_PAIRS = 60.0, 1536.0, 3_000.0, 20e6

LABELS = {
    "columns": "整理成列 columns",
    "vectors": "文本向量 vectors",
    "retrieve": "检索候选 retrieve",
    "rules": "硬规则 rules",
    "score": "评分 score",
    "assign": "求解 assign",
    "explain": "解释前十 explain",
}


@dataclass(frozen=True)
class Measured:
    """CPU seconds by stage, peak memory, counts of the run, and figures beside the bare kernels."""

    seconds: dict[str, float]
    memory: float | None
    counts: dict[str, float]
    kernels: dict[str, float]

    @property
    def total(self) -> float:
        """CPU seconds of all stages."""
        return sum(self.seconds.values())


def measure(needs: int, offers: int, seed: int, seconds: float) -> Measured:
    """Make a market, plan it stage by stage, then run the bare kernels on the same data."""
    chain, stages = make_chain_market(seed, needs, offers), Stages()
    solution, sentences = run(chain, supply_policy(), seconds, stages)
    memory, found = peak_mib(), solution.problem.candidates
    counts = {
        "looked_at": float(found.looked_at.sum()),
        "pairs": float(len(found.pairs)),
        "deals": float(len(solution.dealt)),
        "gap": solution.allocation.gap,
        "sentences": float(sentences),
    }
    kernels = bare_kernels.compare(solution, stages.seconds, seed)
    return Measured(stages.seconds, memory, counts, kernels)


def run(chain: ChainMarket, policy: Policy, seconds: float, stages: Stages) -> tuple[Solution, int]:
    """Plan a market, counting each stage; give the solution and how many sentences were filled."""
    watch = Watch()
    timed = watch.policy(policy)
    with stages.stage("columns"):
        market = policy.practice.market(chain.needs, chain.offers, chain.history, chain.enterprises)
    with stages.stage("vectors"):
        market = index(market)
    with stages.stage("retrieve"):
        candidates = find_candidates(market, timed)
    stages.move(watch.seconds, "retrieve", "rules")
    scoring = cpu_seconds(lambda: score(candidates.pairs, policy), repeats=1)
    stages.seconds["score"] = 0.0
    with stages.stage("assign"):
        problem = pose(candidates, policy, Pins.of((), market))
        solution = solve(problem, Effort(seconds=seconds))
    stages.move(scoring, "assign", "score")
    with stages.stage("explain"):
        sentences = explain_best(solution)
    return solution, sentences


def explain_best(solution: Solution, top: int = TOP) -> int:
    """Fill all reasons of the best candidates of every need; give how many sentences that were."""
    problem, sentences = solution.problem, 0
    starts, ranked = solution.need_starts, solution.ranked
    place = np.arange(len(ranked)) - np.repeat(starts[:-1], np.diff(starts))
    best = ranked[place < top]
    for start in range(0, len(best), top * AT_ONCE):
        some: IntArray = best[start : start + top * AT_ONCE]
        reasons = why(problem.pairs.take(some), problem.policy)
        sentences += sum(len(reason.parts) for reason in reasons)
    return sentences


class Watch:
    """Counts the CPU seconds spent in the tests of rules."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def policy(self, policy: Policy) -> Policy:
        """Give the same policy with watched rules."""
        rules = tuple(replace(rule, test=self._watched(rule)) for rule in policy.practice.rules)
        return policy.replace(practice=replace(policy.practice, rules=rules))

    def _watched(self, rule: Rule) -> Callable[[Pairs], BoolArray]:
        def test(pairs: Pairs) -> BoolArray:
            start = time.process_time()
            held = rule.test(pairs)
            self.seconds += time.process_time() - start
            return held

        return test


def told(found: Measured, command: str) -> str:
    """Say in five lines what was run and what came out, with the verdict on each gate."""
    counts, kernels = found.counts, found.kernels
    shares = "，".join(
        f"{LABELS[name]} {taken:.1f} s ({taken / found.total:.0%})" for name, taken in found.seconds.items()
    )
    memory = "?" if found.memory is None else f"{found.memory:,.0f}"
    good = met(found)
    lines = (
        f"**Run** `{command}` — {counts['looked_at']:,.0f} pairs looked at, {counts['pairs']:,.0f} candidates"
        f" scored, {counts['deals']:,.0f} deals within a proven gap of {counts['gap']:.1%},"
        f" {counts['sentences']:,.0f} reasons filled in two languages.",
        f"**End to end** {found.total:.1f} CPU-s (at most {MOST_SECONDS:g}: {good['seconds']}), peak memory"
        f" {memory} MiB (at most {MOST_MIB:,.0f}: {good['memory']}) — {shares}.",
        f"**Ratios to bare kernels, same run** retrieval {kernels['retrieve_ratio']:.1f}× the CPU of"
        f" `sp_matmul_topn` on the same matrices; scoring {kernels['score_ratio']:.1f}× gathers of as many"
        f" columns (ten numeric criteria: {kernels['numeric_ratio']:.1f}×); assignment"
        f" {kernels['flow_ratio']:.1f}× `SimpleMinCostFlow` on the same arcs with minimum orders, counts and"
        f" shares left out; with them no flow is exact, and the run's own assignment took"
        f" {kernels['assign_ratio']:.0f}×.",
        f"**Retrieval** top {kernels['top']:.0f}: {kernels['queries']:,.0f} queries per CPU-s (at least"
        f" {LEAST_QUERIES:,.0f}: {good['queries']}), plain exact TF-IDF of 2–3-grams"
        f" {kernels['plain_queries']:,.0f}; vectors made beforehand in both cases.",
        f"**Scoring** pairs per CPU-s: ten two-sided numeric criteria {kernels['two_sided'] / 1e6:.1f} M (at"
        f" least {LEAST_PAIRS / 1e6:g} M: {good['two_sided']}), five of them one-sided"
        f" {kernels['mixed'] / 1e6:.1f} M, the bare gathers of the ten {kernels['gathers'] / 1e6:.1f} M;"
        f" the supply practice's own {kernels['own_count']:.0f} criteria with likeness of texts and links"
        f" {kernels['own'] / 1e6:.2f} M.",
    )
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)) + "\n"


def met(found: Measured) -> dict[str, str]:
    """Say of each gate whether it was met."""
    kernels = found.kernels
    gates = {
        "seconds": found.total <= MOST_SECONDS,
        "memory": found.memory is not None and found.memory <= MOST_MIB,
        "queries": kernels["queries"] >= LEAST_QUERIES,
        "two_sided": kernels["two_sided"] >= LEAST_PAIRS,
    }
    return {name: "met" if good else "not met" for name, good in gates.items()}


def write(found: Measured, title: str, command: str, folder: Path) -> str:
    """Write the five lines and the picture; give the lines."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = told(found, command)
    (folder / "matching.md").write_text(f"# {title}\n\n{lines}", encoding="utf-8")
    bars = {LABELS[name]: taken for name, taken in found.seconds.items()}
    draw_bars(bars, title, "CPU 秒 | CPU seconds", folder / "matching.svg")
    return lines


def main() -> None:
    """Run in a process of its own, write the results and print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("needs", 10_000), ("offers", 10_000), ("seed", 0), ("seconds", 10)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    found = in_own_process(measure, asked.needs, asked.offers, asked.seed, float(asked.seconds))
    title = f"{asked.needs:,} 条需求 × {asked.offers:,} 条产能：各步用时（共 {found.total:.1f} CPU 秒）"
    options = " ".join(f"--{name} {value}" for name, value in vars(asked).items())
    print(write(found, title, f"python -m experiments.benchmark_matching {options}", RESULTS))


if __name__ == "__main__":
    main()
