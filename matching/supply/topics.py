"""What goods a text is about, and what other goods it only mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.vocabulary import Mention, Vocabulary

#: kinds of concepts that are goods or work on goods; services and standards say nothing about them
GOODS = ("product", "part", "material", "equipment", "process")
#: share of a clause that names must make for it to go on with the list of the clause before
BARE = 2 / 3
_CLAUSE = re.compile(r"[，,。；;！!\r\n]")


@dataclass(frozen=True)
class Topic:
    """Concepts of goods: ``main`` are what a text is about, ``besides`` what else it mentions.

    ``guessed`` tells that no text says what it is about: ``main`` is only likely.
    """

    main: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    guessed: bool = False


def topic_of(texts: Iterable[str], vocabulary: Vocabulary) -> Topic:
    """Give the topic of the first text that has one.

    What a text is about stands in its first clause that names any concept, in bare names that go on with
    that list, and in what it names more than once. Where that clause names services only (施工、监理), the
    goods further on are theirs and not a topic: who lays cables for a battery plant makes no batteries.
    """
    besides: tuple[str, ...] = ()
    for text in texts:
        named = Counter(mention.concept for mention in _goods(vocabulary.find(text), vocabulary))
        main = dict.fromkeys(_opening(text, vocabulary)) if named else {}
        if main:
            main |= dict.fromkeys(name for name, times in named.items() if times > 1)
            return Topic(tuple(main), tuple(name for name in named if name not in main))
        besides += tuple(named)
    return Topic(besides=besides)


def clauses_of(text: str) -> list[str]:
    """Split a text at commas, stops and line ends."""
    return _CLAUSE.split(text)


def is_goods(concept: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a concept is goods or work on goods."""
    return vocabulary.concepts[concept].kind in GOODS


def _opening(text: str, vocabulary: Vocabulary) -> list[str]:
    """Name the goods of the first clause that names anything, and of the bare lists right behind it."""
    opening: list[str] = []
    for clause in clauses_of(text):
        found = vocabulary.find(clause)
        goods = _goods(found, vocabulary)
        if opening and not _is_bare(clause, goods):
            break
        opening += [mention.concept for mention in goods]
        if found and not opening:
            break
    return opening


def _goods(found: Sequence[Mention], vocabulary: Vocabulary) -> list[Mention]:
    return [mention for mention in found if is_goods(mention.concept, vocabulary)]


def _is_bare(clause: str, goods: Sequence[Mention]) -> bool:
    return sum(len(mention.term) for mention in goods) >= BARE * max(1, len(clause.strip()))
