"""Rank problems for experts by the product's own affinity, on texts that an evaluation hands in.

``score`` is what an outside evaluation against self-reported expertise calls: see the anchors in README.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.experts import Affinity
from matching.market import FloatArray


def score(problem_texts: Sequence[str], expert_docs: Sequence[Sequence[str]]) -> FloatArray:
    """Give float[problems, experts], higher = better fit; texts are a title, a blank line and a body."""
    owner = np.repeat(np.arange(len(expert_docs)), [len(docs) for docs in expert_docs])
    documents = [text for docs in expert_docs for text in docs]
    return Affinity.fit(documents, owner, len(expert_docs)).of(problem_texts)
