"""What experts know as far as their documents tell, and how it bears on the problems of one market."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from matching.experts.affinity import Affinity, Evidence
from matching.experts.cells import read_indicator
from matching.experts.levels import reaches
from matching.market import AnyArray, FloatArray, Pairs
from matching.vocabulary import Vocabulary
from matching.words import Words

#: affinity that counts as full, and the terms a pair should share
FULL, ENOUGH = 0.3, 3
NOTHING = Words("无", "none")
WORKS = Words("{count} 项成果", "{count} outputs")
WORDS_ONLY = Words("仅专业领域与关键词，未提供成果", "fields and keywords only, no outputs told")


@dataclass(frozen=True, eq=False)
class Expertise:
    """Texts of problems and documents of experts: each output, and fields with keywords as one more."""

    problems: tuple[str, ...]
    indicators: tuple[tuple[str, ...], ...]
    works: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    _known: dict[str, _Read] = field(default_factory=dict)

    @classmethod
    def of(cls, problems: pd.DataFrame, experts: pd.DataFrame) -> Expertise:
        """Take the texts of both sides of a market."""
        words = tuple(
            "；".join((*fields, *keywords))
            for fields, keywords in zip(experts["fields"], experts["keywords"], strict=True)
        )
        return cls(
            tuple(problems["text"]), tuple(problems["indicator_names"]), tuple(experts["outputs"]), words
        )

    def affinity(self, pairs: Pairs) -> FloatArray:
        """Give the affinity of pairs, 0..1; NaN where an expert tells nothing at all."""
        read = self._read(pairs.market.vocabulary)
        near = read.affinity.pairs(read.rows, pairs.need_row, pairs.offer_row)
        return np.where(read.silent[pairs.offer_row], np.nan, near)

    def evidence(self, pairs: Pairs) -> AnyArray:
        """Name the document nearest to the problem."""
        return _column(NOTHING if found is None else text for found, text in self._evidence(pairs))

    def shared(self, pairs: Pairs) -> AnyArray:
        """Name the terms that the problem shares with that document."""
        return _column(
            NOTHING if found is None or not found.terms else "、".join(found.terms)
            for found, _ in self._evidence(pairs)
        )

    def shared_count(self, pairs: Pairs) -> FloatArray:
        """Count those terms."""
        return np.array(
            [0 if found is None else len(found.terms) for found, _ in self._evidence(pairs)], float
        )

    def basis(self, pairs: Pairs) -> AnyArray:
        """Say what an affinity rests on."""
        told = [len(works) for works in self.works]
        return _column(
            WORKS.fill(count=told[row]) if told[row] else WORDS_ONLY for row in pairs.offer_row.tolist()
        )

    def covers(self, pairs: Pairs) -> AnyArray:
        """List the indicators of which some document of the expert speaks, none at a level too low."""
        read = self._read(pairs.market.vocabulary)
        rows = zip(pairs.need_row.tolist(), pairs.offer_row.tolist(), strict=True)
        return _column(
            tuple(name for name in self.indicators[need] if read.speaks_of(name, expert))
            for need, expert in rows
        )

    def covered(self, pairs: Pairs) -> AnyArray:
        """Name the indicators that the expert covers."""
        return _column("、".join(some) or NOTHING for some in pairs.covers)

    def uncovered(self, pairs: Pairs) -> AnyArray:
        """Name the indicators that the expert does not cover."""
        rows = zip(pairs.need_row.tolist(), pairs.covers, strict=True)
        return _column(
            "、".join(name for name in self.indicators[need] if name not in some) or NOTHING
            for need, some in rows
        )

    def _evidence(self, pairs: Pairs) -> Iterable[tuple[Evidence | None, str]]:
        read = self._read(pairs.market.vocabulary)
        for need, expert in zip(pairs.need_row.tolist(), pairs.offer_row.tolist(), strict=True):
            if (need, expert) not in read.found:
                row = read.rows[[need]]
                read.found[need, expert] = read.affinity.evidence(self.problems[need], expert, row=row)
            found = read.found[need, expert]
            yield found, "" if found is None else read.affinity.documents[found.document]

    def _read(self, vocabulary: Vocabulary) -> _Read:
        """Fit once per vocabulary."""
        if vocabulary.fingerprint not in self._known:
            self._known[vocabulary.fingerprint] = _Read(self, vocabulary)
        return self._known[vocabulary.fingerprint]


class _Read:
    """The fitted affinity of one market, and the evidence asked for so far."""

    def __init__(self, texts: Expertise, vocabulary: Vocabulary) -> None:
        told = [
            (*works, *filter(None, [words])) for works, words in zip(texts.works, texts.words, strict=True)
        ]
        owner = np.repeat(np.arange(len(told)), [len(some) for some in told])
        documents = [text for some in told for text in some]
        self.affinity = Affinity.fit(documents, owner, len(told), vocabulary=vocabulary)
        self._documents = told
        self.silent = np.array([not some for some in told], bool)
        self.problems, self.indicators = texts.problems, texts.indicators
        self.found: dict[tuple[int, int], Evidence | None] = {}
        self._spoken: dict[tuple[str, int], bool] = {}

    def speaks_of(self, indicator: str, expert: int) -> bool:
        """Tell whether a document of the expert shares terms with an indicator, and states no worse value."""
        if (indicator, expert) not in self._spoken:
            row = self._asked[indicator]
            found = self.affinity.evidence(indicator, expert, row=row)
            speaks = found is not None and bool(found.terms)
            enough = speaks and reaches(read_indicator(indicator), self._documents[expert]) is not False
            self._spoken[indicator, expert] = enough
        return self._spoken[indicator, expert]

    @cached_property
    def _asked(self) -> dict[str, sparse.csr_array]:
        """All indicators as vectors, made at once."""
        names = list(dict.fromkeys(name for some in self.indicators for name in some))
        rows = self.affinity.vectors(names)
        return {name: rows[[at]] for at, name in enumerate(names)}

    @cached_property
    def rows(self) -> sparse.csr_array:
        return self.affinity.vectors(self.problems)


def _column(values: Iterable[Any]) -> AnyArray:
    listed = list(values)
    column = np.empty(len(listed), object)
    column[:] = listed
    return column
