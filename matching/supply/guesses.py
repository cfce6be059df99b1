"""What goods a text without a topic is probably about: by slips, by other words, by past contracts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from matching.supply.topics import Topic, clauses_of, is_goods, topic_of
from matching.vocabulary import Vocabulary, term_key

#: signs of a name from which one slip still leaves no doubt: 船用设备 and 专用设备 are two things
LEAST_MISSPELT = 5
#: signs of a name told in other words, and those from which one may be wrong
LEAST_REWORDED, LEAST_DOUBTED = 3, 4
#: signs of the longest part of a clause that is compared with names
LONGEST = 10


@dataclass(frozen=True, eq=False)
class Misspellings:
    """Finds names of goods with one slip: a sign wrong, missing, too many or exchanged with the next."""

    vocabulary: Vocabulary

    def goods_in(self, clauses: Iterable[str]) -> tuple[str, ...]:
        """Name the goods of the first clause that holds such a name; of several the longest name's."""
        for clause in clauses:
            near = {term for part in self._parts(clause) for term in self._near(part)}
            if near:
                longest = max(map(len, near))
                return tuple(sorted({self.vocabulary.terms[term] for term in near if len(term) == longest}))
        return ()

    def _parts(self, clause: str) -> Iterator[str]:
        for start in range(len(clause)):
            for end in range(start + LEAST_MISSPELT - 1, min(start + LONGEST, len(clause)) + 1):
                yield clause[start:end]

    def _near(self, part: str) -> list[str]:
        """Give the terms one slip away: two words so near share a form without one sign."""
        from rapidfuzz.distance import OSA

        forms = self._forms
        terms = {term for form in (part, *_without_one(part)) for term in forms.get(form, ())}
        return [term for term in terms if OSA.distance(part, term, score_cutoff=1) == 1]

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """Goods' terms by themselves and by what is left of them without any one sign.

        Source: Garbe, symmetric delete spelling correction (2012).
        """
        forms: dict[str, list[str]] = {}
        for term, concept in self.vocabulary.terms.items():
            if LEAST_MISSPELT <= len(term) < LONGEST and is_goods(concept, self.vocabulary):
                for form in {term, *_without_one(term)} if not term.isascii() else ():
                    forms.setdefault(form, []).append(term)
        return forms


def with_guess(topic: Topic, texts: Iterable[str], misspellings: Misspellings) -> Topic:
    """Guess the topic of texts that have none; one that is known, or cannot be guessed, stays as it is.

    A guess needs one clear answer: a name of at least five signs with one slip; goods mentioned later whose
    signs stand in the opening clause, of four or more all but one (旋转那种视窗 … 旋转视窗); or the only
    goods mentioned more than once. Of who tells of services (施工、监理) only a slip is taken for goods.
    """
    if topic.main:
        return topic
    listed, vocabulary = tuple(texts), misspellings.vocabulary
    opening = _unnamed_opening(listed, vocabulary)
    guess = misspellings.goods_in(opening)
    if not guess and not names_services(listed, vocabulary):
        guess = _reworded(opening, listed, vocabulary) or _repeated(listed, vocabulary)
    return guessed(guess, topic)


def guessed(concepts: Sequence[str], topic: Topic) -> Topic:
    """Make a topic of the only concept guessed; with none or several the topic stays as it is."""
    if topic.main or len(concepts) != 1:
        return topic
    return Topic(tuple(concepts), tuple(name for name in topic.besides if name not in concepts), guessed=True)


def names_services(texts: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Tell whether any text names a service."""
    mentions = (mention for text in texts for mention in vocabulary.find(text))
    return any(vocabulary.concepts[mention.concept].kind == "service" for mention in mentions)


def done_before(contracts: pd.DataFrame, vocabulary: Vocabulary) -> dict[int, tuple[str, ...]]:
    """Name the goods of the titles of each firm's past contracts, by its code."""
    done: dict[int, dict[str, None]] = {}
    for firm, title in zip(contracts["partner"].tolist(), contracts["title"], strict=True):
        done.setdefault(firm, {}).update(dict.fromkeys(topic_of((title,), vocabulary).main))
    return {firm: tuple(names) for firm, names in done.items()}


def _unnamed_opening(texts: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Give the clauses of each text up to the first that names any concept, as terms are compared."""
    opening: list[str] = []
    for text in texts:
        for clause in clauses_of(text):
            if vocabulary.find(clause):
                break
            opening.append(term_key(clause))
    return opening


def _without_one(term: str) -> Iterator[str]:
    return (term[:at] + term[at + 1 :] for at in range(len(term)))


def _reworded(opening: Iterable[str], texts: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Name the goods mentioned later whose signs stand in one opening clause."""
    signs = [set(clause) for clause in opening]
    mentions = (mention for text in texts for mention in vocabulary.find(text))
    found = {
        mention.concept
        for mention in mentions
        if len(mention.term) >= LEAST_REWORDED and is_goods(mention.concept, vocabulary)
        if any(len(set(mention.term) - some) <= (len(mention.term) >= LEAST_DOUBTED) for some in signs)
    }
    return tuple(sorted(found))


def _repeated(texts: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Name the goods that are mentioned more than once."""
    named = Counter(mention.concept for text in texts for mention in vocabulary.find(text))
    return tuple(name for name, times in named.items() if times > 1 and is_goods(name, vocabulary))
