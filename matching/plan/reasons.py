"""Why a deal, why not a deal, why a need stays open: sentences made of the arithmetic itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.candidates import broken_rules
from matching.market import IntArray, Pairs
from matching.plan.hits import hits_of
from matching.plan.solution import Solution
from matching.plan.teaming import roles_missing
from matching.policy import Policy
from matching.practice import Rule
from matching.scoring import Part, explain, fill
from matching.words import Language, Words

#: among so many of the likest offers an example is looked for of what each rule removed
EXAMPLES = 100
#: what an offer is called where its practice has no word of its own
OFFER = Words("供给", "offer")


@dataclass(frozen=True)
class Reasons:
    """Sentences in both languages; printed, one a line. ``remarks`` are those no criterion gave."""

    sentences: tuple[Words, ...]
    parts: tuple[Part, ...] = ()
    remarks: tuple[Words, ...] = ()

    def say(self, language: Language = "zh") -> str:
        """Give the sentences, one a line."""
        return "\n".join(words.say(language) for words in self.sentences)

    def brief(self, most: int = 4) -> Reasons:
        """Give the weightiest sentences and what all others add up to."""
        scored = [part.points for part in self.parts if part.points]
        if len(scored) <= most:
            return self
        rest = sum(sorted(scored)[: len(scored) - most])
        others = Words(
            f"其余 {len(scored) - most} 项共 {rest} 分", f"{len(scored) - most} others: {rest} points"
        )
        return Reasons(
            (*self.sentences[:most], others, *self.sentences[len(scored) :]), self.parts, self.remarks
        )

    def __str__(self) -> str:
        return self.say()


@dataclass(frozen=True)
class Obstacle:
    """What kept a number of offers from a need: a rule, or a limit once rules were passed."""

    rule: str
    count: int
    sentence: Words


def why(pairs: Pairs, policy: Policy) -> tuple[Reasons, ...]:
    """Say for each pair what each criterion gave, most points first, and the practice's remarks."""
    remarks = policy.practice.remarks
    holds = [np.asarray(remark.test(pairs), bool) for remark in remarks]
    said = [
        tuple(fill(remark.sentence, pairs, at) for remark, on in zip(remarks, holds, strict=True) if on[at])
        for at in range(len(pairs))
    ]
    return tuple(
        Reasons((*_scored(parts), *own), parts, own)
        for parts, own in zip(explain(pairs, policy), said, strict=True)
    )


def _scored(parts: Sequence[Part]) -> Iterator[Words]:
    for part in sorted((part for part in parts if part.points), key=lambda part: -part.points):
        yield Words(
            f"{part.label.zh} {part.points}/{part.most}：{part.sentence.zh}",
            f"{part.label.en} {part.points}/{part.most}: {part.sentence.en}",
        )


def broken(pair: Pairs, policy: Policy) -> list[Words]:
    """Sentences of the rules that one pair breaks."""
    held = broken_rules(pair, policy)[:, 0]
    return [
        Words(f"{rule.label.zh}：{words.zh}", f"{rule.label.en}: {words.en}")
        for rule, bad in zip(policy.rules, held, strict=True)
        if bad
        for words in (fill(rule.sentence, pair, 0),)
    ]


def why_not(solution: Solution, need_row: int, offer_row: int) -> Reasons:
    """Say which rule removed a pair, or what it would have had to gain to be dealt."""
    problem, policy = solution.problem, solution.problem.policy
    at = _foremost(solution, need_row, offer_row)
    alone = solution.market.pairs([need_row], [offer_row])
    pair = alone if at is None else problem.pairs.take(np.array([at]))
    if at is not None and solution.allocation.quantity[at]:
        own = why(pair, policy)[0]
        return replace(own, sentences=(Words("已列入方案", "it is in the plan"), *own.sentences))
    if removed := broken(pair, policy):
        return Reasons(tuple(removed))
    own = why(pair, policy)[0]
    points = sum(part.points for part in own.parts)
    if at is None:
        first = Words(
            f"未进入候选：匹配分 {points}，不在该需求检索到的候选之内",
            f"no candidate: it scores {points}, outside what was retrieved for this need",
        )
        return replace(own, sentences=(first,))
    return replace(own, sentences=(*_lost(solution, need_row, at, points), *own.sentences))


def _lost(solution: Solution, need_row: int, at: int, own: int) -> list[Words]:
    """Say what stood against one losing candidate."""
    points, rows = solution.problem.points, solution.ranked_of(need_row)
    dealt = rows[solution.allocation.quantity[rows] > 0]
    said = [hit.words for hit in hits_of(solution, need_row, np.array([at])) if hit.by[0]][:1]
    if len(dealt):
        least = int(points[dealt].min())
        if least >= own:
            text = (
                f"还需提高 {least - own + 1} 分才能超过",
                f"it would have to gain {least - own + 1} points on",
            )
        else:
            text = (
                "单项得分更高，但放在别处使全局更优；对照",
                "it scores higher, but the whole is better without; against",
            )
        said.append(
            Words(
                f"匹配分 {own}，{text[0]}已入选的最低分 {least}",
                f"it scores {own}; {text[1]} the least chosen, {least}",
            )
        )
    return said or [Words(f"匹配分 {own}，未入选", f"it scores {own} and was not chosen")]


def obstacles(solution: Solution, need_row: int) -> tuple[Obstacle, ...]:
    """Count what kept offers from a need: rules first, then the limits its candidates ran into."""
    candidates, policy = solution.problem.candidates, solution.problem.policy
    removed, rows = candidates.removed[need_row], solution.ranked_of(need_row)
    is_open, noun = bool(solution.unmet[need_row] > 0), policy.practice.words.get("offer", OFFER)
    examples = _examples(solution, need_row) if is_open and removed.any() else {}
    found = [
        _obstacle(rule, int(count), noun, examples.get(rule.name))
        for rule, count in zip(policy.rules, removed, strict=True)
        if count
    ]
    if not len(rows):
        seen = int(candidates.looked_at[need_row])
        words = Words(
            f"查看了 {seen} 个{noun.zh}，没有符合条件的候选",
            f"{_many(seen, noun.en)} looked at, no candidate among them",
        )
        found.append(Obstacle("no_candidate", seen, words))
    elif is_open:
        found += [
            Obstacle("role", len(rows), words) for words in roles_missing(solution.problem, need_row, rows)
        ]
        found += _limits(solution, need_row, rows) or [_passed_over(len(solution.once_each(rows)))]
    return tuple(found)


def _passed_over(count: int) -> Obstacle:
    words = Words(f"{count} 个候选在本方案中未被选用", f"{_many(count, 'candidate')} not chosen in this plan")
    return Obstacle("not_chosen", count, words)


def _obstacle(rule: Rule, count: int, noun: Words, example: Words | None) -> Obstacle:
    words = Words(
        f"{count} 个{noun.zh}被“{rule.label.zh}”规则排除",
        f"{_many(count, noun.en)} kept out by “{rule.label.en}”",
    )
    if example:
        words = Words(f"{words.zh}，如 {example.zh}", f"{words.en}, such as {example.en}")
    return Obstacle(rule.name, count, words)


def _examples(solution: Solution, need_row: int) -> dict[str, Words]:
    """For each rule the likest offer that it removed from a need, with what is missing."""
    market, policy = solution.market, solution.problem.policy
    needs, offers = market.vectors["text"]
    likeness = np.asarray((needs[[need_row]] @ offers.T).todense()).ravel()
    likest = np.argsort(-likeness, kind="stable")[:EXAMPLES]
    pairs = market.pairs(np.full(len(likest), need_row), likest)
    held = broken_rules(pairs, policy)
    first = np.where(held.any(axis=0), held.argmax(axis=0), -1)
    ids = market.offer_columns["id"]
    found = {}
    for which, rule in enumerate(policy.rules):
        if (first == which).any():
            at = int(np.flatnonzero(first == which)[0])
            said, name = fill(rule.sentence, pairs, at), ids[likest[at]]
            found[rule.name] = Words(f"{name}：{said.zh}", f"{name}: {said.en}")
    return found


def _limits(solution: Solution, need_row: int, rows: IntArray) -> list[Obstacle]:
    """Count which limit each candidate of a need ran into, the first that applies at its last price."""
    found, offer = [], solution.problem.pairs.offer_row[rows]
    left_open = np.ones(len(rows), bool)
    for hit in hits_of(solution, need_row, rows):
        if not (left_open & hit.by).any():
            continue
        before = len(np.unique(offer[left_open]))
        left_open &= ~hit.by
        if count := before - len(np.unique(offer[left_open])):
            zh, en = f"{count} 个候选{hit.words.zh}", f"{_many(count, 'candidate')}: {hit.words.en}"
            found.append(Obstacle(hit.limit, count, Words(zh, en)))
    return found


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _foremost(solution: Solution, need_row: int, offer_row: int) -> int | None:
    """Give where a pair stands at the price that nothing but other deals kept out, if there is such a one."""
    at = solution.position(need_row, offer_row)
    if at is None or solution.allocation.quantity[at]:
        return at
    every = solution.problem.pairs.positions(need_row, offer_row)
    hit = np.zeros(len(every), bool)
    for found in hits_of(solution, need_row, every):
        hit |= found.by
    return int(every[np.argmin(hit)])
