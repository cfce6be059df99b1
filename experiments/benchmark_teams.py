"""Measure teams for problems, all at once, beside the greedy way of one problem after the other.

::

    python -m experiments.benchmark_teams [--seed 0] [--seconds 59]

200 problems, 2,000 members, 60 candidates a problem: three scarce roles, four skills that must be covered,
5 % of the pairs in conflict, up to three teams a problem. Prints and writes ``results/teams.md``.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from experiments.team_markets import team_market
from matching.assignment import Teams, form_teams

RESULTS = Path(__file__).parent / "results"


def greedy(case: dict[str, Any]) -> int:
    """Give what one problem after the other earns, each with the best teams of whoever is left."""
    left, earned = case["capacity"].copy(), 0
    for number in range(len(case["teams"])):
        some = np.flatnonzero(case["problem"] == number)
        some = some[left[case["expert"][some]] > 0]
        found = form_teams(**_alone(case, number, some, left), gap=0.0)
        np.subtract.at(left, case["expert"][some[found.team >= 0]], 1)
        earned += found.objective
    return earned


def _alone(case: dict[str, Any], number: int, some: np.ndarray, left: np.ndarray) -> dict[str, Any]:
    """Cut one problem's arrays out of a case."""
    at = np.full(len(case["problem"]), -1)
    at[some] = np.arange(len(some))
    apart = at[case["apart"]]
    skills = np.flatnonzero(case["skill_of"] == number)
    return {
        **{name: case[name] for name in ("least", "most", "worth")},
        **{name: case[name][some] for name in ("expert", "score", "role", "may_lead", "firm")},
        "problem": np.zeros(len(some), np.int64),
        "capacity": left,
        "teams": case["teams"][[number]],
        "required": case["required"][[number]],
        "skill_of": np.zeros(len(skills), np.int64),
        "covers": case["covers"][some][:, skills],
        "apart": apart[(apart >= 0).all(axis=1)],
    }


def together(case: dict[str, Any], seconds: float) -> tuple[Teams, float]:
    """Form all teams at once on two cores; give them and the seconds by the clock."""
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(abs, range(2)))
        start = time.perf_counter()
        found = form_teams(**case, gap=0.01, seconds=seconds, executor=executor)
        return found, time.perf_counter() - start


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=59)
    arguments = parser.parse_args()
    case = team_market(arguments.seed)
    found, taken = together(case, arguments.seconds)
    alone = greedy(case)
    used = (found.team >= 0).sum() / case["capacity"].sum()
    lines = [
        "# Teams for 200 problems of 2,000 members",
        "",
        f"`python -m experiments.benchmark_teams --seed {arguments.seed} --seconds {arguments.seconds:g}`",
        "",
        "| | points | below the ceiling |",
        "|---|---:|---:|",
        f"| ceiling | {found.bound:,} | |",
        f"| all at once, {taken:.1f} s on two cores | {found.objective:,} | {found.gap:.2%} |",
        f"| one problem after the other | {alone:,} | {1 - alone / found.bound:.2%} |",
        "",
        f"{int(found.lead.sum())} teams of {int(case['teams'].sum())} wanted take {used:.1%} of all time; "
        f"{len(case['apart']):,} pairs must stay apart.",
    ]
    print("\n".join(lines))
    (RESULTS / "teams.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
