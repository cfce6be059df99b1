"""The term base: finds the known terms of a text and turns them into concepts."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from matching.vocabulary.concepts import Concept, Row, merged, read_rows, term_key

#: what a broader concept counts beside the one that is mentioned, per level
DECAY = 0.3
#: levels of broader concepts that count
LEVELS = 1
#: texts whose mentions are kept at hand
REMEMBERED = 2**15


class Mention(NamedTuple):
    """A term found in a text, as it stands there, and the concept it names."""

    term: str
    concept: str


@dataclass(frozen=True)
class Vocabulary:
    """Concepts by name; ``terms``: each term, as ``term_key`` gives it → the concept it names."""

    concepts: Mapping[str, Concept]
    terms: Mapping[str, str]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Vocabulary:
        """Make a vocabulary of table rows; raises RowsError naming all conflicts and cycles."""
        concepts = merged(tuple(rows))
        return cls(concepts, {term_key(term): name for name in concepts for term in concepts[name].names})

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the concepts in the order of the columns of ``weights``."""
        return tuple(sorted(self.concepts))

    @cached_property
    def fingerprint(self) -> str:
        """Hash of all terms and concepts."""
        told = sorted((term, name, self.concepts[name].parent) for term, name in self.terms.items())
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    @cached_property
    def automaton(self) -> Any:
        """All terms as an automaton that gives (length, concept) at each place where one ends."""
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for term, name in self.terms.items():
            automaton.add_word(term, (len(term), name))
        automaton.make_automaton()
        return automaton

    def find(self, text: str) -> tuple[Mention, ...]:
        """Find the known terms of a text, the longest one at each place, in its order.

        Source: Aho and Corasick, Efficient string matching (1975). A term of Latin letters or digits
        counts only as a whole word.
        """
        return _mentions(self, term_key(text)) if self.terms else ()

    def __hash__(self) -> int:
        """Hash by the fingerprint, as equal vocabularies have the same."""
        return hash(self.fingerprint)

    def weights(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Weigh concepts per text: float[texts, concepts], 1 + log(mentions); broader ones get a share."""
        column = {name: at for at, name in enumerate(self.names)}
        shares = {name: self._shares(name, column) for name in self.names}
        rows, columns, values = [], [], []
        for row, text in enumerate(texts):
            for name, mentions in Counter(mention.concept for mention in self.find(text)).items():
                for at, share in shares[name]:
                    rows.append(row)
                    columns.append(at)
                    values.append(share * (1 + math.log(mentions)))
        shape = (len(texts), max(1, len(self.names)))
        return sparse.csr_matrix((np.array(values, float), (rows, columns)), shape=shape)

    def _shares(self, name: str, column: Mapping[str, int]) -> list[tuple[int, float]]:
        shares, share = [], 1.0
        for _ in range(LEVELS + 1):
            shares.append((column[name], share))
            name, share = self.concepts[name].parent, share * DECAY
            if not name:
                break
        return shares

    def without(self, terms: Iterable[str]) -> Vocabulary:
        """Give the vocabulary with some terms forgotten; the concepts stay."""
        gone = {term_key(term) for term in terms}
        return replace(self, terms={term: name for term, name in self.terms.items() if term not in gone})


@lru_cache(REMEMBERED)  # several readers ask about each text
def _mentions(vocabulary: Vocabulary, key: str) -> tuple[Mention, ...]:
    """Find the terms in a text that ``term_key`` gave."""
    automaton = vocabulary.automaton
    found = [(end - size + 1, end + 1, name) for end, (size, name) in automaton.iter(key)]
    found.sort(key=lambda span: (span[0], -span[1]))
    kept: list[Mention] = []
    reached = 0
    for start, end, name in found:
        if start >= reached and _is_word(key, start, end):
            kept.append(Mention(key[start:end], name))
            reached = end
    return tuple(kept)


@cache
def base_vocabulary() -> Vocabulary:
    """Give the term base that comes with the library."""
    folder = Path(str(files("matching.vocabulary"))) / "tables"
    return Vocabulary.of(row for path in sorted(folder.glob("*.csv")) for row in read_rows(path))


def read_vocabulary(paths: Iterable[str | Path], base: Vocabulary | None = None) -> Vocabulary:
    """Extend a vocabulary (by default the library's) by a user's CSV tables.

    Raises FileError, or RowsError naming every conflict with the base and within the tables.
    """
    known = base_vocabulary() if base is None else base
    rows = [Row(concept, "base", 0) for concept in known.concepts.values()]
    return Vocabulary.of([*rows, *(row for path in paths for row in read_rows(Path(path)))])


def _is_word(key: str, start: int, end: int) -> bool:
    """Tell whether no Latin letter or digit runs on beyond either end of a term that ends in one."""
    before, after = key[start - 1 : start], key[end : end + 1]
    return not ((_latin(before) and _latin(key[start])) or (_latin(after) and _latin(key[end - 1])))


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()
