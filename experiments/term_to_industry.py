"""Find the class of GB/T 4754-2017 of a trade term: how often it is among the first five.

::

    python -m experiments.term_to_industry [FILE]

FILE has the columns ``term`` and ``accepted_gbt4`` (codes by "|"); by default ``codes/term_to_gbt_eval.csv``
of the real data named by CHAINMATCH_REAL_DATA. A class is described by its name, what the standard says it
covers, and the names of the term base's concepts that are made in it.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd

from matching.candidates import index, most_similar
from matching.codes import industries
from matching.market import Market
from matching.vocabulary import Vocabulary, base_vocabulary

CUTS = (1, 5, 10)


def classes_of(vocabulary: Vocabulary) -> pd.DataFrame:
    """Describe each class of the standard: code and text."""
    made = defaultdict(list)
    for name in vocabulary.names:
        made[vocabulary.concepts[name].industry].append(name)
    listed = [item for item in industries() if item.level == 4]
    texts = [" ".join((item.name, item.note, *made[item.code])) for item in listed]
    return pd.DataFrame({"id": [item.code for item in listed], "text": texts})


def ranked_classes(terms: list[str], vocabulary: Vocabulary, top: int) -> list[list[str]]:
    """Give the codes of the ``top`` likest classes of each term."""
    classes = classes_of(vocabulary)
    market = index(Market(pd.DataFrame({"text": terms}), classes, vocabulary=vocabulary))
    near = most_similar(*market.vectors["text"], top)
    order = np.lexsort((near.col, -near.data, near.row))
    ranked: list[list[str]] = [[] for _ in terms]
    for row, column in zip(near.row[order], near.col[order], strict=True):
        ranked[row].append(classes["id"].iloc[column])
    return ranked


def hit_rates(asked: pd.DataFrame, vocabulary: Vocabulary) -> dict[int, float]:
    """Give the share of terms with an accepted class among the first 1, 5 and 10."""
    accepted = [set(codes.split("|")) for codes in asked["accepted_gbt4"]]
    ranked = ranked_classes(list(asked["term"]), vocabulary, max(CUTS))
    return {
        cut: float(
            np.mean([bool(right & {*codes[:cut]}) for right, codes in zip(accepted, ranked, strict=True)])
        )
        for cut in CUTS
    }


def main() -> None:
    """Print the hit rates with and without the term base."""
    default = Path(os.environ.get("CHAINMATCH_REAL_DATA", "")) / "codes" / "term_to_gbt_eval.csv"
    asked = pd.read_csv(sys.argv[1] if len(sys.argv) > 1 else default, dtype=str)
    for label, vocabulary in (
        ("n-grams only", Vocabulary({}, {})),
        ("with the term base", base_vocabulary()),
    ):
        rates = hit_rates(asked, vocabulary)
        told = "  ".join(f"hit@{cut} {rate:.3f}" for cut, rate in rates.items())
        print(f"{label}: {len(asked)} terms, {told}")


if __name__ == "__main__":
    main()
