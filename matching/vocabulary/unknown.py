"""Frequent terms of a list that the vocabulary does not know, each with the nearest concepts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matching.vocabulary.concepts import term_key
from matching.vocabulary.termbase import Vocabulary

#: characters of a proposed term
SHORTEST, LONGEST = 2, 8
#: concepts proposed for a term, and the least likeness 0..100 of one
PROPOSED, ALIKE = 3, 60.0
#: signs that neither begin nor end a term
_LOOSE = set("的及和与等内外为于在是所其本各按并或由至以该个项有中上下后前")
_RUN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A term in ``count`` texts, and concepts whose terms look alike: (concept, term, likeness 0..100)."""

    term: str
    count: int
    nearest: tuple[tuple[str, str, float], ...]


def unknown_terms(
    texts: Sequence[str], vocabulary: Vocabulary, *, least: int = 3, most: int = 50
) -> tuple[UnknownTerm, ...]:
    """List what stands in at least ``least`` texts and is no known term; long and frequent ones first.

    A string that only occurs inside one longer string is left out for the longer one.
    """
    counts = Counter(gram for text in texts for gram in set(_grams(text, vocabulary)))
    frequent = {gram: count for gram, count in counts.items() if count >= least}
    inside = {
        part for gram, count in frequent.items() for part in _parts(gram) if frequent.get(part, 0) <= count
    }
    kept = sorted(
        (gram for gram in frequent if gram not in inside), key=lambda gram: (-_weight(gram, frequent), gram)
    )
    return tuple(UnknownTerm(gram, frequent[gram], nearest(gram, vocabulary)) for gram in kept[:most])


def _weight(gram: str, frequent: Mapping[str, int]) -> int:
    """Weigh a string by its count and its length: longer ones say more."""
    return frequent[gram] * (len(gram) - 1)


def nearest(term: str, vocabulary: Vocabulary) -> tuple[tuple[str, str, float], ...]:
    """Give the concepts whose terms look most like a term: (concept, its term, likeness 0..100)."""
    from rapidfuzz import fuzz, process

    known = list(vocabulary.terms)
    found = process.extract(term_key(term), known, scorer=fuzz.ratio, limit=4 * PROPOSED, score_cutoff=ALIKE)
    best: dict[str, tuple[str, str, float]] = {}
    for key, likeness, _ in found:
        best.setdefault(vocabulary.terms[key], (vocabulary.terms[key], key, round(float(likeness), 1)))
    return tuple(best.values())[:PROPOSED]


def _grams(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Give all short strings of Chinese between the known terms of a text."""
    for run in _between(text, vocabulary):
        for start in range(len(run)):
            for end in range(start + SHORTEST, min(start + LONGEST, len(run)) + 1):
                if run[start] not in _LOOSE and run[end - 1] not in _LOOSE:
                    yield run[start:end]


def _between(text: str, vocabulary: Vocabulary) -> Iterable[str]:
    rest = term_key(text)
    for mention in vocabulary.find(text):
        rest = rest.replace(mention.term, "\n", 1)
    return _RUN.findall(rest)


def _parts(gram: str) -> Iterator[str]:
    """Give the strings within a string."""
    for start in range(len(gram)):
        for end in range(start + SHORTEST, len(gram) + 1):
            if end - start < len(gram):
                yield gram[start:end]
