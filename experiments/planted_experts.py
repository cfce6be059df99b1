"""Tell how often a planted expert of a problem's product stands among the five nearest experts.

::

    python -m experiments.planted_experts [--problems 300] [--experts 800] [--seed 0 1 … 11]

Invented problems and experts of the products of the example market: whole families, so that experts of
neighbouring products, whose names share signs, stand beside the right ones; each product equally often.
Experts call products by their names; exactly half of the problems call theirs by another term, a fifth of
these outside the term base (misspelt, a brand, spoken), and do so throughout: a wording drawn anew for each
expert would let half of the problems find one who by chance uses the very same. Every problem has an expert
whose main product it is. One draw of 300 problems is off by some 2 points, hence the mean of several. Beside
the product's affinity stand cosines of plain character 1–2-gram TF-IDF of the same texts. Writes
``results/experts_planted.md`` and a picture.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from datasets.chain.catalogue import Catalogue, make_catalogue
from datasets.chain.enterprises import make_firms
from datasets.chain.market import PRODUCTS
from datasets.chain.problems_and_experts import make_experts, make_problems
from datasets.chain.wording import BY_NAME, OUTSIDE
from experiments.pictures import draw_bars
from matching.experts import Affinity
from matching.market import FloatArray, IntArray
from matching.vocabulary import base_vocabulary

RESULTS = Path(__file__).parent / "results"
#: nearest experts looked at; what ours must reach, and what plain n-grams may at most
TOP, LEAST, MOST = 5, 0.85, 0.60
#: firms on either side
FIRMS = 500
#: how a problem may call its product
WAYS = {"by name": "同名 by name", "by another term": "别称 another term", "outside": "库外 outside the base"}


def texts_of(problems: pd.DataFrame) -> list[str]:
    """Give each problem as a title, a blank line, and what it says."""
    return [
        f"{title}\n\n{told} {wanted}".strip()
        for title, told, wanted in zip(
            problems["title"], problems["problem"], problems["indicators"], strict=True
        )
    ]


def documents_of(experts: pd.DataFrame) -> tuple[list[str], list[int]]:
    """Give every work of every expert, and the keywords as one document more, with their owners."""
    told = [
        (*works, keywords) for works, keywords in zip(experts["outputs"], experts["keywords"], strict=True)
    ]
    return [text for some in told for text in some], [row for row, some in enumerate(told) for _ in some]


def plain(texts: list[str], documents: list[str], owner: list[int], experts: int) -> FloatArray:
    """Give the cosine of each text with all documents of each expert as one, by 1–2-grams of signs."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    joined = [
        " ".join(text for text, row in zip(documents, owner, strict=True) if row == at)
        for at in range(experts)
    ]
    rows = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform([*texts, *joined])
    return np.asarray((rows[: len(texts)] @ rows[len(texts) :].T).todense())


def call(catalogue: Catalogue, products: IntArray, rng: np.random.Generator) -> tuple[IntArray, list[str]]:
    """Give the way (a place in ``WAYS``) and the wording of each row's product; ways in exact shares."""
    places = rng.permutation(len(products)) / len(products)
    way = np.digitize(places, (BY_NAME, 1 - OUTSIDE))
    tables = ([(name,) for name in catalogue.names], catalogue.known, catalogue.unknown)
    forms = [tables[kind][product] for kind, product in zip(way.tolist(), products.tolist(), strict=True)]
    return way, [
        some[int(part * len(some))] for some, part in zip(forms, rng.random(len(forms)), strict=True)
    ]


def hits(near: FloatArray, wanted: IntArray, known: IntArray) -> np.ndarray:
    """Tell of each problem whether an expert of its very product is among the ``TOP`` nearest."""
    best = np.argsort(-near, axis=1, kind="stable")[:, :TOP]
    found: np.ndarray = (known[best] == wanted[:, None]).any(axis=1)
    return found


def measure(problems: int, experts: int, seed: int) -> dict[str, float]:
    """Make a market and compare both ways; shares of hits, by the way of wording too, and CPU seconds."""
    draws = (np.random.default_rng([seed, part]) for part in range(5))
    catalogue = make_catalogue(base_vocabulary(), next(draws), PRODUCTS)
    catalogue = replace(catalogue, share=np.full(len(catalogue), 1 / len(catalogue)))
    firms = make_firms(catalogue, FIRMS, FIRMS, next(draws))
    known = make_experts(catalogue, firms, experts, next(draws), by_name=True)
    main, rng = np.array([some[0] for some in known["products"]]), next(draws)
    wanted = rng.choice(np.unique(main), size=problems)
    way, called = call(catalogue, wanted, rng)
    asked = make_problems(catalogue, firms, problems, next(draws), about=(wanted, called))
    texts, (documents, owner) = texts_of(asked), documents_of(known)
    start = time.process_time()
    near = Affinity.fit(documents, owner, experts).of(texts)
    taken = time.process_time() - start
    found = {
        "ours": hits(near, wanted, main),
        "plain": hits(plain(texts, documents, owner, experts), wanted, main),
    }
    shares = {name: float(hit.mean()) for name, hit in found.items()}
    for at, kind in enumerate(WAYS):
        shares |= {f"{name} {kind}": float(hit[way == at].mean()) for name, hit in found.items()}
    return shares | {"seconds": taken}


def told(found: Mapping[int, Mapping[str, float]], command: str) -> str:
    """Say what was run and what came out with each seed, in all and by the way of wording."""
    ours, grams = ([some[name] for some in found.values()] for name in ("ours", "plain"))
    lines = (
        f"**Run** `{command}`",
        f"**Ours** hit@{TOP} {_spread(ours)}; at least {LEAST:.2f}:"
        f" {_verdict(np.mean(ours) >= LEAST, [share >= LEAST for share in ours])}",
        f"**Character 1–2-grams** hit@{TOP} {_spread(grams)}; at most {MOST:.2f}:"
        f" {_verdict(np.mean(grams) <= MOST, [share <= MOST for share in grams])}",
        f"**Time** {max(some['seconds'] for some in found.values()):.1f} CPU-s at most to fit and compare.",
    )
    names = [f"{who}{kind}" for kind in ("", *(f" {way}" for way in WAYS)) for who in ("ours", "plain")]
    table = ["| seed | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    table += [
        f"| {seed} | " + " | ".join(f"{some[name]:.3f}" for name in names) + " |"
        for seed, some in found.items()
    ]
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    return "\n".join([*numbered, "", *table]) + "\n"


def _spread(shares: Sequence[float]) -> str:
    return f"{np.mean(shares):.3f} on average ({min(shares):.3f} to {max(shares):.3f})"


def _verdict(met: object, each: Sequence[bool]) -> str:
    return f"{'met' if met else 'not met'} on average, met with {sum(each)} of {len(each)} seeds."


def bars_of(found: Mapping[int, Mapping[str, float]]) -> dict[str, float]:
    """Give the means over the seeds in per cent, in all and by the way of wording, by the labels of bars."""
    kinds = {"": "全部 all"} | {f" {way}": label for way, label in WAYS.items()}
    return {
        f"{label} · {who}": 100 * float(np.mean([some[f"{name}{kind}"] for some in found.values()]))
        for kind, label in kinds.items()
        for name, who in (("ours", "本系统 ours"), ("plain", "1–2 元 n-grams"))
    }


def main() -> None:
    """Measure, write the results and print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("problems", 300), ("experts", 800)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seed", type=int, nargs="+", default=[*range(12)])
    asked = parser.parse_args()
    found = {seed: measure(asked.problems, asked.experts, seed) for seed in asked.seed}
    seeds = " ".join(map(str, asked.seed))
    lines = told(
        found,
        "python -m experiments.planted_experts"
        f" --problems {asked.problems} --experts {asked.experts} --seed {seeds}",
    )
    title = f"{asked.problems} 道难题 × {asked.experts} 位专家：前五名命中率"
    (RESULTS / "experts_planted.md").write_text(f"# {title}\n\n{lines}", encoding="utf-8")
    draw_bars(bars_of(found), title, "% 命中 | % hits", RESULTS / "experts_planted.svg")
    print(lines)


if __name__ == "__main__":
    main()
