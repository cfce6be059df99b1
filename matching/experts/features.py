"""What a text is made of: stems of words and pairs of near words, signs of Chinese and pairs of them.

Words of a text without blanks cannot be told apart safely, so that Chinese counts by one and two signs; of
other languages words count by their stem, and pairs of words one or two apart (a skip-gram) with them.

Source: Porter, An algorithm for suffix stripping (1980), by snowballstemmer; Guthrie et al., A closer look at
skip-gram modelling (2006).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from matching.text import normalise

#: what a pair of words counts beside a word, and a title beside what follows
PAIR, TITLE = 0.8, 1.5
#: words a title and a body are parted by
BLANK_LINE = "\n\n"
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-'][a-z0-9]+)*")
_SIGNS = re.compile(r"[\u3400-\u9fff]+")


def features_of(text: str) -> Counter[str]:
    """Count the features of a text; what stands in its title (before a blank line) counts more."""
    title, parted, body = text.partition(BLANK_LINE)
    if not parted:
        return Counter(_features(text))
    counts: Counter[str] = Counter(_features(body))
    for name in _features(title):
        counts[name] += TITLE  # type: ignore[assignment]  # counts of a title are fractions
    return counts


def is_pair(feature: str) -> bool:
    """Tell whether a feature is a pair of words."""
    return "_" in feature


def has_signs(text: str) -> bool:
    """Tell whether a text holds Chinese signs."""
    return _SIGNS.search(text) is not None


def words_of(feature: str, text: str) -> str:
    """Give a feature as it stands in a text; the feature itself where it does not stand there."""
    if not is_pair(feature):
        return next((word for word in _WORD.findall(text.lower()) if _stem(word) == feature), feature)
    return " ".join(words_of(part, text) for part in feature.split("_"))


def run_around(signs: str, text: str, other: str) -> str:
    """Give the longest run of Chinese signs around some that both texts hold; both must be normalised."""
    start = max(0, text.find(signs))
    end = start + len(signs)
    while end < len(text) and _SIGNS.match(text, end) and text[start : end + 1] in other:
        end += 1
    while start > 0 and _SIGNS.match(text, start - 1) and text[start - 1 : end] in other:
        start -= 1
    return text[start:end]


def _features(text: str) -> Iterator[str]:
    plain = normalise(text).lower()
    words = [_stem(word) for word in _WORD.findall(plain) if word not in _stop_words()]
    yield from words
    yield from _pairs(words)
    for run in _SIGNS.findall(plain):
        yield from run
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def _pairs(words: Sequence[str]) -> Iterator[str]:
    """Give neighbours in their order, and words two apart in either."""
    for one, two in pairwise(words):
        yield f"{one}_{two}"
    for one, two in zip(words, words[2:], strict=False):
        yield "__".join(sorted((one, two)))


@lru_cache(2**16)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@lru_cache(1)
def _stemmer() -> Any:
    from snowballstemmer import stemmer

    return stemmer("porter")


@lru_cache(1)
def _stop_words() -> frozenset[str]:
    """Give the English words that say nothing of what a text is about."""
    return frozenset((files("matching.experts") / "stop_words.txt").read_text(encoding="utf-8").split())
