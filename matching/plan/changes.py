"""What became of the deals of a plan when it was made again, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from matching.plan.answers import ANSWERS, Answer
from matching.plan.deals import tidy, unit_of
from matching.plan.reasons import broken
from matching.plan.solution import Solution
from matching.words import Language, Words

ChangeKind = Literal["released", "promoted", "changed"]

_KINDS: dict[ChangeKind, Words] = {
    "released": Words("释放", "released"),
    "promoted": Words("递补", "promoted"),
    "changed": Words("数量变化", "changed"),
}
_DEAL = Words(
    "{kind} {need} – {offer}（{enterprise}）：{before:,.12g} → {after:,.12g} {unit}，{reason}",
    "{kind} {need} – {offer} ({enterprise}): {before:,.12g} → {after:,.12g} {unit}, {reason}",
)


@dataclass(frozen=True)
class DealChange:
    """One deal that is not what it was: quantities before and after in the need's unit, and why.

    ``place`` is where a promoted pair stood among the alternates of its need, from 1 (0: it was none).
    """

    kind: ChangeKind
    need: str
    offer: str
    enterprise: str
    before: float
    after: float
    unit: str
    reason: Words
    place: int = 0

    @property
    def words(self) -> Words:
        """Say the change in one sentence."""
        return _DEAL.fill_from(lambda name: _KINDS[self.kind] if name == "kind" else getattr(self, name))


@dataclass(frozen=True)
class Changes:
    """A plan made again beside the one before.

    ``kept`` deals are as they were, ``accepted`` of them fixed. ``solved`` of ``needs`` needs were dealt
    anew; where limits over the whole plan tied them together ``coupled`` names those. Keeping present deals
    costs ``given_up`` points × worth at most, beside the best plan without that regard.
    """

    kept: int
    accepted: int
    released: tuple[DealChange, ...]
    promoted: tuple[DealChange, ...]
    changed: tuple[DealChange, ...]
    solved: int
    needs: int
    coupled: tuple[str, ...]
    points: tuple[float, float]
    given_up: float

    @property
    def all(self) -> tuple[DealChange, ...]:
        """All deals that are not what they were."""
        return (*self.released, *self.promoted, *self.changed)

    @property
    def lines(self) -> tuple[Words, ...]:
        """Say in sentences what became of the plan."""
        first = Words(
            f"保留 {self.kept} 笔（其中已接受 {self.accepted} 笔），释放 {len(self.released)} 笔，"
            f"递补 {len(self.promoted)} 笔，数量变化 {len(self.changed)} 笔；"
            f"{self.needs} 项需求中重新求解 {self.solved} 项",
            f"{self.kept} deals kept ({self.accepted} of them accepted), {len(self.released)} released, "
            f"{len(self.promoted)} promoted, {len(self.changed)} changed; "
            f"{self.solved} of {self.needs} needs solved again",
        )
        return (first, *self._tied(), *(change.words for change in self.all), self._price())

    def _tied(self) -> tuple[Words, ...]:
        if not self.coupled:
            return ()
        zh, en = "、".join(self.coupled), ", ".join(self.coupled)
        return (
            Words(
                f"限制 {zh} 牵动全部需求，因此整体重新求解",
                f"{en} ties all needs together: all was solved again",
            ),
        )

    def _price(self) -> Words:
        before, after = self.points
        return Words(
            f"总分 {before:,.10g} → {after:,.10g}；为保持现有对接至多让出 {self.given_up:,.10g} 分",
            f"points {before:,.10g} → {after:,.10g}; at most {self.given_up:,.10g} given up to keep deals",
        )

    def to_dict(self, language: Language = "zh") -> dict[str, Any]:
        """Give the report as plain data."""
        plain = asdict(self)
        for name in ("released", "promoted", "changed"):
            changes: Sequence[DealChange] = getattr(self, name)
            plain[name] = [{**asdict(one), "reason": one.reason.say(language)} for one in changes]
        return {**plain, "sentences": [words.say(language) for words in self.lines]}

    def say(self, language: Language = "zh") -> str:
        """Give the report, one line a sentence."""
        return "\n".join(words.say(language) for words in self.lines)

    def __str__(self) -> str:
        return self.say()


@dataclass(frozen=True)
class Revision:
    """A solution, the one made of it, and what was asked: answers, coupling limits, points to keep a deal.

    ``solved`` int is the number of needs that were dealt anew.
    """

    before: Solution
    after: Solution
    answers: tuple[Answer, ...]
    coupled: tuple[str, ...]
    keep: int
    solved: int


def changes_of(revision: Revision) -> Changes:
    """Compare both solutions deal by deal."""
    before, after = _dealt(revision.before), _dealt(revision.after)
    keys = sorted(before.keys() | after.keys())
    told = [_change(revision, key, before.get(key, 0.0), after.get(key, 0.0)) for key in keys]
    found = {kind: tuple(one for one in told if one and one.kind == kind) for kind in _KINDS}
    pins = revision.after.problem.pins.decisions
    accepted = sum(pin.decision == "lock" for pin in pins)
    most = revision.after.allocation.bound / revision.after.problem.limited.scale
    points = (revision.before.span[0], revision.after.span[0])
    return Changes(
        kept=sum(one is None for one in told),
        accepted=accepted,
        **found,
        solved=revision.solved,
        needs=len(revision.after.market.needs),
        coupled=revision.coupled,
        points=(round(points[0], 3), round(points[1], 3)),
        given_up=round(most - points[1], 3),
    )


def _dealt(solution: Solution) -> dict[tuple[str, str], float]:
    pairs = solution.problem.pairs.take(solution.dealt)
    quantities = map(tidy, solution.quantity[solution.dealt].tolist())
    return dict(zip(zip(pairs.need.id, pairs.offer.id, strict=True), quantities, strict=True))


def _change(revision: Revision, key: tuple[str, str], before: float, after: float) -> DealChange | None:
    if before == after:
        return None
    kind: ChangeKind = "changed" if before and after else "promoted" if after else "released"
    need, offer = key
    solution = revision.after if after else revision.before
    market = solution.market
    place = _place(revision.before, need, offer) if kind == "promoted" else 0
    return DealChange(
        kind=kind,
        need=need,
        offer=offer,
        enterprise=str(market.offer_columns["enterprise"][market.offer_rows[offer]]),
        before=before,
        after=after,
        unit=unit_of(solution, market.need_rows[need]),
        reason=_reason(revision, key, place),
        place=place,
    )


def _place(before: Solution, need: str, offer: str) -> int:
    """Give the place of an offer among the alternates of a need, from 1; 0 where it was none."""
    market = before.market
    if need not in market.need_rows or offer not in market.offer_rows:
        return 0
    rows = before.once_each(before.ranked_of(market.need_rows[need]))
    others = rows[before.allocation.quantity[rows] == 0]
    found = np.flatnonzero(before.problem.pairs.offer_row[others] == market.offer_rows[offer])
    return int(found[0]) + 1 if len(found) else 0


def _reason(revision: Revision, key: tuple[str, str], place: int) -> Words:
    """Say why a deal is not what it was: its own answer, its lists, its need, its offer, or the whole."""
    own = [answer for answer in revision.answers if (answer.need, answer.offer) == key]
    if own:
        return _answered(revision, own[-1])
    stood = (
        Words(f"（原候补第 {place} 位）", f" (alternate number {place} before)") if place else Words("", "")
    )
    listed = _listed(revision, key)
    if listed:
        return listed
    at_need = [answer for answer in revision.answers if answer.need == key[0]]
    at_offer = [answer for answer in revision.answers if answer.offer == key[1]]
    if at_need:
        who = "、".join(answer.offer for answer in at_need)
        return Words(f"同一需求中 {who} 已答复{stood.zh}", f"{who} answered for the same need{stood.en}")
    if at_offer:
        what = "、".join(answer.need for answer in at_offer)
        return Words(f"该供给对 {what} 已答复{stood.zh}", f"the offer answered for {what}{stood.en}")
    return Words(
        f"连带调整，每满足一项需求的收益超过保留门槛 {revision.keep} 分{stood.zh}",
        f"moved along with others, for more than the {revision.keep} points that keep a deal{stood.en}",
    )


def _answered(revision: Revision, answer: Answer) -> Words:
    said = ANSWERS[answer.kind]
    parts = [f"{name} {value:,.10g}" for name, value in _terms(answer).items() if value is not None]
    english = [f"{value:,.10g}" for value in _terms(answer).values() if value is not None]
    zh, en = " ".join((said.zh, *parts)), " ".join((said.en, *english))
    if answer.kind == "counter":
        market = revision.after.market
        pair = market.pairs([market.need_rows[answer.need]], [market.offer_rows[answer.offer]])
        for words in broken(pair, revision.after.problem.policy):
            zh, en = f"{zh}；{words.zh}", f"{en}; {words.en}"
    if answer.reason:
        zh, en = f"{zh}：{answer.reason}", f"{en}: {answer.reason}"
    return Words(zh, en)


def _terms(answer: Answer) -> dict[str, float | None]:
    return {"数量": answer.quantity, "单价": answer.price} if answer.kind == "counter" else {}


def _listed(revision: Revision, key: tuple[str, str]) -> Words | None:
    """Say where a need or an offer is new in the lists, or no longer there."""
    before, after = revision.before.market, revision.after.market
    for name, old, new, zh, en in (
        (key[0], before.need_rows, after.need_rows, "需求", "the need"),
        (key[1], before.offer_rows, after.offer_rows, "供给", "the offer"),
    ):
        if name not in new:
            return Words(f"{zh}已不在清单中", f"{en} is no longer listed")
        if name not in old:
            return Words(f"{zh}为新增", f"{en} is new")
    return None
