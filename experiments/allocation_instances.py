"""Made-up allocation instances, drawn from a seed: clusters of needs and offers, alone or tied together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from matching.market import BoolArray, IntArray

#: candidates drawn for each need, needs of a middling cluster, offers for each need
CANDIDATES, CLUSTER, OFFERS = 20, 50, 0.6
#: offers drawn for each hundred candidates, as some come twice
DRAWN = 140
#: supply for each unit of demand; share of the pairs that leave their cluster in a giant component
ROOM, CROSSING = 0.95, 0.03


@dataclass(frozen=True)
class Instance:
    """Arguments of ``allocate``: the bare arrays, and the rules that come on top of them."""

    name: str
    bare: dict[str, Any]
    rules: dict[str, Any]

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(self.bare["need"])


def make_instance(
    pairs: int, seed: int, *, giant: bool = False, orders: bool = False, rows: bool = False
) -> Instance:
    """Draw an instance of about ``pairs`` pairs.

    ``giant``: some pairs leave their cluster and tie all into one component; ``orders``: minimum orders and
    at most two to four partners a need; ``rows``: five rows over the whole plan, see ``global_rows``.
    """
    draws = np.random.default_rng(seed)
    bare = _bare(draws, pairs, CROSSING if giant else 0.0)
    rules = (_orders(draws, bare) if orders else {}) | (global_rows(draws, bare) if rows else {})
    words = ["giant" if giant else "clustered", *(["orders"] if orders else []), *(["rows"] if rows else [])]
    return Instance(" ".join(words), bare, rules)


def _bare(draws: np.random.Generator, pairs: int, crossing: float) -> dict[str, Any]:
    needs = max(1, pairs // CANDIDATES)
    cluster = np.sort(_clusters(draws, needs))
    clusters = int(cluster.max()) + 1
    sizes = np.maximum(CANDIDATES, np.ceil(np.bincount(cluster) * OFFERS)).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    need = np.repeat(np.arange(needs), CANDIDATES * DRAWN // 100)
    home = cluster[need]
    away = draws.random(len(need)) < crossing
    home[away] = draws.integers(0, clusters, int(away.sum()))
    key = np.unique(need * starts[-1] + starts[home] + draws.integers(0, sizes[home]))
    need, offer = key // starts[-1], key % starts[-1]
    demand = _sizes(draws, needs)
    capacity = _sizes(draws, int(starts[-1]))
    capacity = np.maximum(1, capacity * (ROOM * demand.sum() / capacity.sum())).astype(np.int64)
    quality = draws.normal(6000, 1500, len(capacity))[offer]
    score = np.clip(quality + draws.normal(0, 1500, len(need)), 1, 10_000).astype(np.int64)
    return {"need": need, "offer": offer, "score": score, "demand": demand, "capacity": capacity}


def _clusters(draws: np.random.Generator, needs: int) -> IntArray:
    """Give the cluster of each need; clusters differ in size as industries do."""
    weights = np.exp(draws.normal(0, 0.7, max(1, needs // CLUSTER)))
    drawn = draws.choice(len(weights), needs, p=weights / weights.sum())
    return np.asarray(np.unique(drawn, return_inverse=True)[1], dtype=np.int64)


def _sizes(draws: np.random.Generator, count: int) -> IntArray:
    return np.asarray(np.ceil(np.exp(draws.normal(5, 0.8, count))), dtype=np.int64)


def _orders(draws: np.random.Generator, bare: dict[str, Any]) -> dict[str, Any]:
    """Draw a minimum order for each offer, 5 to 40 % of a middling need, and two to four partners a need."""
    middle = float(np.median(bare["demand"]))
    least = np.ceil(draws.uniform(0.05, 0.4, len(bare["capacity"])) * middle).astype(np.int64)
    return {
        "minimum": least[bare["offer"]],
        "max_partners": draws.choice([2, 3, 4], len(bare["demand"]), p=[0.4, 0.4, 0.2]),
    }


def global_rows(draws: np.random.Generator, bare: dict[str, Any]) -> dict[str, Any]:
    """Draw five mandatory rows: small firms ≥ 30 %, in-county ≥ 40 %, three groups ≤ 15 % each.

    A fifth of the firms is small, a quarter of the pairs in-county, and each group holds a fifth of the
    firms, so that all rows bite. Shares are of what is allocated, in whole numbers: 7·inside − 3·outside ≥ 0.
    """
    offers, pairs = len(bare["capacity"]), len(bare["need"])
    small = (draws.random(offers) < 0.2)[bare["offer"]]
    county = draws.random(pairs) < 0.25
    group = draws.integers(0, 5, offers)[bare["offer"]]
    rows = [_share(small, 3), _share(county, 4), *(-_share(group == g, 1.5) for g in range(3))]
    return {"rows": sparse.csr_array(np.array(rows)), "low": np.zeros(5, dtype=np.int64)}


def _share(inside: BoolArray, tenths: float) -> IntArray:
    return np.where(inside, round(20 - 2 * tenths), round(-2 * tenths)).astype(np.int64)


def save(instance: Instance, path: Path) -> None:
    """Write an instance to a file."""
    rules = dict(instance.rules)
    rows = rules.pop("rows", None)
    if rows is not None:
        rules |= {"rows.data": rows.data, "rows.indices": rows.indices, "rows.indptr": rows.indptr}
    np.savez(path, **instance.bare, **{f"rule.{name}": values for name, values in rules.items()})


def load(path: Path) -> Instance:
    """Read an instance from a file."""
    with np.load(path) as found:
        arrays = {name: found[name] for name in found.files}
    rules = {
        name.removeprefix("rule."): arrays.pop(name) for name in list(arrays) if name.startswith("rule.")
    }
    if "rows.data" in rules:
        parts = [rules.pop(f"rows.{part}") for part in ("data", "indices", "indptr")]
        rules["rows"] = sparse.csr_array(tuple(parts), shape=(len(parts[2]) - 1, len(arrays["need"])))
    return Instance(path.stem, arrays, rules)
