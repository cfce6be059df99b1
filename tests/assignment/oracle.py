"""An independent oracle: try every plan of a tiny instance."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from typing import Any

import numpy as np

from matching.assignment.request import Request, read_request


def keeps(case: dict[str, Any], plan: tuple[int, ...]) -> bool:
    """Tell whether a plan keeps every mandatory rule of the instance, read straight from its definition."""
    if not all(_pair_keeps(case, p, x) for p, x in enumerate(plan)):
        return False
    served: dict[int, int] = defaultdict(int)
    loaded: dict[int, int] = defaultdict(int)
    firms: dict[tuple[int, int], int] = defaultdict(int)
    deals: dict[int, int] = defaultdict(int)
    priced: dict[tuple[int, int], int] = defaultdict(int)
    partner = case.get("partner", range(len(case["capacity"])))
    for p, x in enumerate(plan):
        i, j = case["need"][p], case["offer"][p]
        served[i] += x
        loaded[j] += x * (case["use"][p] if "use" in case else 1)
        if x:
            firms[i, partner[j]] += x
            deals[partner[j]] += 1
            priced[i, j] += 1
    if any(count > 1 for count in priced.values()):
        return False
    if any(s > case["demand"][i] for i, s in served.items()):
        return False
    if any(s > case["capacity"][j] for j, s in loaded.items()):
        return False
    if not _firms_keep(case, firms) or any(
        breach and penalty < 0 for breach, penalty in breaches(case, plan)
    ):
        return False
    return "max_deals" not in case or not any(0 <= case["max_deals"][f] < d for f, d in deals.items())


def _pair_keeps(case: dict[str, Any], p: int, x: int) -> bool:
    fixed = case["fixed"][p] if "fixed" in case else 0
    if x < fixed or ("upper" in case and x > case["upper"][p]):
        return False
    return not (x and not fixed and "minimum" in case and x < case["minimum"][p])


def _firms_keep(case: dict[str, Any], firms: dict[tuple[int, int], int]) -> bool:
    counts = Counter(n for n, _ in firms)
    if any(count < case["min_partners"][n] for n, count in counts.items() if "min_partners" in case):
        return False
    if "max_partners" in case and any(count > case["max_partners"][n] for n, count in counts.items()):
        return False
    if "min_share" in case and not all(
        s >= math.ceil(case["min_share"][i] * case["demand"][i] - 1e-9) or _is_fixed(case, i, f)
        for (i, f), s in firms.items()
    ):
        return False
    return "max_share" not in case or all(
        s <= math.floor(case["max_share"][i] * case["demand"][i] + 1e-9) for (i, _), s in firms.items()
    )


def _is_fixed(case: dict[str, Any], need: int, firm: int) -> bool:
    partner = case.get("partner", range(len(case["capacity"])))
    pairs = zip(case["need"], case["offer"], case.get("fixed", [0] * len(case["need"])), strict=True)
    return any(n == need and partner[o] == firm and held for n, o, held in pairs)


def breaches(case: dict[str, Any], plan: tuple[int, ...]) -> list[tuple[int, int]]:
    """Give (violation, penalty) of every row."""
    found = []
    for r, row in enumerate(case.get("rows", ())):
        total = sum(int(a) * x for a, x in zip(row, plan, strict=True))
        short = max(0, case["low"][r] - total) if "low" in case else 0
        over = max(0, total - case["high"][r]) if "high" in case else 0
        found.append((int(short + over), int(case["penalty"][r]) if "penalty" in case else -1))
    return found


def worth(case: dict[str, Any], plan: tuple[int, ...]) -> int:
    """Give the objective of a plan from its definition."""
    total = sum(int(s) * x for s, x in zip(case["score"], plan, strict=True))
    if "setup" in case:
        total -= sum(int(s) for s, x in zip(case["setup"], plan, strict=True) if x)
    if "opening" in case:
        total -= sum(int(case["opening"][j]) for j in {case["offer"][p] for p, x in enumerate(plan) if x})
    return total - sum(breach * penalty for breach, penalty in breaches(case, plan) if penalty > 0)


def best(case: dict[str, Any]) -> int | None:
    """Give the largest objective over all plans, None when no plan keeps the rules."""
    tops = [
        min(case["demand"][i], case["upper"][p] if "upper" in case else case["demand"][i])
        for p, i in enumerate(case["need"])
    ]
    values = [
        worth(case, plan) for plan in itertools.product(*(range(t + 1) for t in tops)) if keeps(case, plan)
    ]
    return max(values) if values else None


_TOPS = {
    "upper": 4,
    "minimum": 4,
    "fixed": 2,
    "use": 3,
    "setup": 12,
    "opening": 12,
    "max_partners": 2,
    "max_deals": 3,
    "min_partners": 3,
}


def draw(rng: np.random.Generator, rules: list[str]) -> dict[str, Any]:
    """Make a small random instance under some rules."""
    needs, offers = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    prices = 2 if "tier" in rules else 1
    cells = [(i, j) for i in range(needs) for j in range(offers) for _ in range(prices)]
    pairs = sorted(rng.permutation(len(cells))[: int(rng.integers(1, 6))].tolist())
    case: dict[str, Any] = {
        "need": [cells[c][0] for c in pairs],
        "offer": [cells[c][1] for c in pairs],
        "score": rng.integers(-2, 10, len(pairs)).tolist(),
        "demand": rng.integers(0, 5 if len(pairs) < 5 else 4, needs).tolist(),
        "capacity": rng.integers(0, 8, offers).tolist(),
    }
    sizes = {"opening": offers, "max_partners": needs, "max_deals": offers, "min_partners": needs}
    case |= {"tier": [c % prices for c in pairs]} if prices > 1 else {}
    for rule in rules:
        if rule in _TOPS:
            low = -1 if rule == "max_deals" else 0
            case[rule] = rng.integers(low, _TOPS[rule] + 1, sizes.get(rule, len(pairs))).tolist()
    if "fixed" in case:
        case["fixed"] = [f if rng.random() < 0.3 else 0 for f in case["fixed"]]
    if "partner" in rules:
        case["partner"] = rng.integers(0, offers, offers).tolist()
    for share in ("max_share", "min_share"):
        if share in rules:
            case[share] = (rng.integers(0, 11, needs) / 10).tolist()
    if "rows" in rules:
        _add_rows(case, rng, len(pairs))
    return case


def _add_rows(case: dict[str, Any], rng: np.random.Generator, pairs: int) -> None:
    count = int(rng.integers(1, 3))
    case["rows"] = rng.integers(-2, 4, (count, pairs)) * (rng.random((count, pairs)) < 0.7)
    case["low"] = rng.integers(-3, 5, count).tolist()
    case["high"] = [low + int(rng.integers(0, 6)) for low in case["low"]]
    case["penalty"] = [int(rng.integers(1, 6)) if rng.random() < 0.5 else -1 for _ in range(count)]


RULES = [
    "upper", "minimum", "partner", "max_partners", "max_share", "use", "setup", "opening", "fixed", "rows",
    "max_deals", "min_partners", "min_share", "tier",
]  # fmt: skip


def call(case: dict[str, Any]) -> dict[str, Any]:
    """Give the instance as keyword arguments of ``allocate``."""
    return {name: np.asarray(values) for name, values in case.items()}


def request_of(case: dict[str, Any]) -> Request:
    """Read the instance as ``allocate`` does before it solves anything."""
    rules = {name: case.get(name) for name in (*RULES, "low", "high", "penalty")}
    return read_request(case["need"], case["offer"], case["score"], case["demand"], case["capacity"], rules)
