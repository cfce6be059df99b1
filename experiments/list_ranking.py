"""Find where the true winner stands among the suggestions for a real list, and what the rules cost.

::

    python -m experiments.list_ranking [FOLDER]

FOLDER holds 采购需求清单, 供给能力清单, 历史业绩 (.xlsx or .csv) and outcome.csv (需求编号, 牵头中标人,
全部中标人 by "|"); by default ``lists`` of the real data named by CHAINMATCH_REAL_DATA. A need whose winners
are not in the offers counts as a miss. Choices are made on lists of earlier months, which
``experiments.past_lists`` writes, never on these outcomes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from matching.candidates import Candidates, broken_rules, find_candidates, index
from matching.market import Market, Pairs
from matching.policy import Policy
from matching.records.firms import firm_name
from matching.scoring import score
from matching.supply import PRACTICE, read_history, read_needs, read_offers, supply_policy

CUTS = (1, 5, 10, 50)
#: rank of a winner that is no candidate
NEVER = 10**6


def market_of(folder: Path) -> Market:
    """Read the three lists of a folder as an indexed market."""
    needs, offers, history = (
        next(path for path in sorted(folder.glob(f"{name}.*")))
        for name in ("采购需求清单", "供给能力清单", "历史业绩")
    )
    return index(PRACTICE.market(read_needs(needs), read_offers(offers), read_history(history), None))


def winners(market: Market, outcome: pd.DataFrame, column: str) -> Pairs:
    """Give the pairs of each need and its true winners that are among the offers."""
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(market.offers["enterprise"]):
        rows.setdefault(firm_name(name), []).append(row)
    pairs = [
        (market.need_rows[need], row)
        for need, names in zip(outcome["需求编号"], outcome[column], strict=True)
        for name in names.split("|")
        for row in rows.get(firm_name(name), ())
    ]
    both = np.array(sorted(set(pairs)), np.int64).reshape(-1, 2)
    return market.pairs(both[:, 0], both[:, 1])


def ranks(candidates: Candidates, policy: Policy, right: Pairs) -> NDArray[np.int64]:
    """Give the rank (from 0) of each need's best placed winner, NEVER where none is a candidate."""
    pairs, points = candidates.pairs, score(candidates.pairs, policy)
    order = np.lexsort((pairs.offer_row, -points, pairs.need_row))
    ranked = pairs.need_row[order]
    place = np.empty(len(pairs), np.int64)
    place[order] = np.arange(len(pairs)) - np.searchsorted(ranked, ranked)
    width = len(pairs.market.offers)
    hit = np.isin(pairs.need_row * width + pairs.offer_row, right.need_row * width + right.offer_row)
    best = np.full(len(pairs.market.needs), NEVER, np.int64)
    np.minimum.at(best, pairs.need_row[hit], place[hit])
    return best


def figures(best: NDArray[np.int64]) -> dict[str, float]:
    """Give hit@k and the mean reciprocal rank (cut at 100)."""
    hits = {f"hit@{cut}": float((best < cut).mean()) for cut in CUTS}
    return hits | {"mrr": float(np.where(best < 100, 1 / (best + 1), 0).mean())}


def removals(right: Pairs, policy: Policy) -> dict[str, int]:
    """Count the listed true winners that each rule removes, and all of them together."""
    broken = broken_rules(right, policy)
    counts = {rule.name: int(row.sum()) for rule, row in zip(policy.rules, broken, strict=True)}
    return counts | {"any": int(broken.any(axis=0).sum())}


def main() -> None:
    """Print the figures of one folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ["CHAINMATCH_REAL_DATA"]) / "lists"
    policy, market = supply_policy(), market_of(folder)
    candidates, outcome = find_candidates(market, policy), pd.read_csv(folder / "outcome.csv")
    print(f"{len(market.needs)} needs, {len(market.offers)} offers, {len(candidates.pairs)} candidates")
    for label, column in (("any winner", "全部中标人"), ("lead winner", "牵头中标人")):
        right = winners(market, outcome, column)
        told = figures(ranks(candidates, policy, right)).items()
        print(f"{label}: " + "  ".join(f"{name} {value:.3f}" for name, value in told))
        listed = len(np.unique(right.need_row)) / len(market.needs)
        print(f"  listed for {listed:.3f} of the needs")
        print(f"  of {len(right)} listed winners removed: {removals(right, policy)}")


if __name__ == "__main__":
    main()
