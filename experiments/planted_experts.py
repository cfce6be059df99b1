"""Tell how often a planted expert of a problem's product stands among the five nearest experts.

::

    python -m experiments.planted_experts [--problems 300] [--experts 800] [--seed 0]

Invented problems and experts, half of whose mentions use another name than the usual one, a fifth of those
outside the term base. Beside the product's affinity stand cosines of plain character 1–2-gram TF-IDF
of the same texts. Problems whose product no expert knows do not count. Writes ``results/experts_planted.md``
and a picture.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from datasets.chain.catalogue import Catalogue, make_catalogue
from datasets.chain.enterprises import make_firms
from datasets.chain.problems_and_experts import make_experts, make_problems
from experiments.pictures import draw_bars
from matching.experts import Affinity
from matching.market import FloatArray
from matching.vocabulary import base_vocabulary

RESULTS = Path(__file__).parent / "results"
#: nearest experts looked at; what ours must reach, and what plain n-grams may at most
TOP, LEAST, MOST = 5, 0.85, 0.60
#: products of the catalogue, and firms on either side
PRODUCTS, FIRMS = 960, 500


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


def hit_share(near: FloatArray, wanted: np.ndarray, known: np.ndarray) -> float:
    """Give the share of problems with an expert of their very product among the ``TOP`` nearest."""
    asked = np.flatnonzero(np.isin(wanted, known))
    best = np.argsort(-near[asked], axis=1, kind="stable")[:, :TOP]
    return float((known[best] == wanted[asked, None]).any(axis=1).mean())


def hardest(catalogue: Catalogue, count: int) -> Catalogue:
    """Let only those products occur, equally often, whose names share the fewest signs with each other."""
    alike = np.array(
        [
            np.mean([len({*name} & {*other}) / len({*name, *other}) for other in others])
            for name, others in zip(catalogue.names, catalogue.known, strict=True)
        ]
    )
    chosen = np.zeros(len(catalogue))
    chosen[np.argsort(alike, kind="stable")[:count]] = 1 / count
    return replace(catalogue, share=chosen)


def measure(problems: int, experts: int, seed: int) -> dict[str, float]:
    """Make a market and compare both ways; shares of hits and CPU seconds."""
    draws = (np.random.default_rng([seed, part]) for part in range(4))
    catalogue = make_catalogue(base_vocabulary(), next(draws), PRODUCTS)
    catalogue = hardest(catalogue, PRODUCTS // 2)
    firms = make_firms(catalogue, FIRMS, FIRMS, next(draws))
    asked = make_problems(catalogue, firms, problems, next(draws))
    known = make_experts(catalogue, firms, experts, next(draws))
    texts, (documents, owner) = texts_of(asked), documents_of(known)
    wanted, main = asked["product"].to_numpy(), np.array([some[0] for some in known["products"]])
    start = time.process_time()
    near = Affinity.fit(documents, owner, experts).of(texts)
    taken = time.process_time() - start
    return {
        "ours": hit_share(near, wanted, main),
        "plain": hit_share(plain(texts, documents, owner, experts), wanted, main),
        "answerable": float(np.isin(wanted, main).mean()),
        "seconds": taken,
    }


def told(found: dict[str, float], command: str) -> str:
    """Say in five lines what was run and what came out."""
    lines = (
        f"**Run** `{command}`",
        f"**Answerable** {found['answerable']:.1%} of the problems have an expert of their very product.",
        f"**Ours** hit@{TOP} {found['ours']:.3f}"
        f" (at least {LEAST:.2f}: {'met' if found['ours'] >= LEAST else 'not met'}).",
        f"**Character 1–2-grams** hit@{TOP} {found['plain']:.3f}"
        f" (at most {MOST:.2f}: {'met' if found['plain'] <= MOST else 'not met'}).",
        f"**Time** {found['seconds']:.1f} CPU-s to fit and compare all.",
    )
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)) + "\n"


def main() -> None:
    """Measure, write the results and print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("problems", 300), ("experts", 800), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    found = measure(asked.problems, asked.experts, asked.seed)
    options = " ".join(f"--{name} {value}" for name, value in vars(asked).items())
    lines = told(found, f"python -m experiments.planted_experts {options}")
    title = f"{asked.problems} 道难题 × {asked.experts} 位专家：前五名命中率"
    (RESULTS / "experts_planted.md").write_text(f"# {title}\n\n{lines}", encoding="utf-8")
    bars = {"本系统 ours": 100 * found["ours"], "字符 1–2 元 n-grams": 100 * found["plain"]}
    draw_bars(bars, title, "% 命中 | % hits", RESULTS / "experts_planted.svg")
    print(lines)


if __name__ == "__main__":
    main()
