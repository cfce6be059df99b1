"""What firms answer to the deals of a plan: accept, decline, or a counter-offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from matching.errors import InputError, UnknownNameError
from matching.market import IntArray
from matching.plan.deals import tidy
from matching.plan.pins import Decision, Pin, Pins
from matching.plan.solution import Solution
from matching.words import Words

AnswerKind = Literal["accept", "decline", "counter"]

ANSWERS: dict[AnswerKind, Words] = {
    "accept": Words("接受", "accepted"),
    "decline": Words("谢绝", "declined"),
    "counter": Words("还价", "counter-offer"),
}
_DECISIONS: dict[AnswerKind, Decision] = {"accept": "lock", "decline": "exclude", "counter": "cap"}


@dataclass(frozen=True)
class Answer:
    """One answer to a pair of a plan.

    A counter-offer names a ``quantity`` in the need's unit, which the deal may have at most from then on, a
    ``price`` in the offer's unit, which holds for this pair, or both. Raises UnknownNameError for another
    kind, InputError for a counter-offer that says nothing or a number that is not above 0.
    """

    need: str
    offer: str
    kind: AnswerKind
    quantity: float | None = None
    price: float | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(AnswerKind):
            raise UnknownNameError(Words("答复", "answer"), self.kind, get_args(AnswerKind))
        numbers = [number for number in (self.quantity, self.price) if number is not None]
        if any(not number > 0 for number in numbers) or (self.kind == "counter" and not numbers):
            raise InputError(
                Words(
                    f"还价应给出大于0的数量或单价，得到 {self.quantity}、{self.price}",
                    f"a counter-offer names a quantity or a price above 0, got {self.quantity}, {self.price}",
                ),
                f"{self.need} – {self.offer}",
            )

    def pin(self, dealt: float) -> Pin:
        """Give the decision it comes to; what is accepted is the quantity ``dealt``."""
        return Pin(
            need_id=self.need,
            offer_id=self.offer,
            quantity=dealt if self.kind == "accept" else None,
            decision=_DECISIONS[self.kind],
            new_quantity=self.quantity if self.kind == "counter" else None,
            new_price=self.price if self.kind == "counter" else None,
            reason=self.reason,
        )


def positions_of(solution: Solution, answers: Sequence[Answer]) -> IntArray:
    """Give the pair each answer is about; raises InputError where the plan has no such candidate or deal."""
    market = solution.market
    found = []
    for answer in answers:
        need, offer = market.need_rows.get(answer.need), market.offer_rows.get(answer.offer)
        at = None if need is None or offer is None else solution.position(need, offer)
        if at is None:
            raise _stranger(answer, Words("方案中没有这一候选", "the plan has no such candidate"))
        if answer.kind == "accept" and not solution.allocation.quantity[at]:
            raise _stranger(answer, Words("方案中没有这笔对接可接受", "the plan has no such deal to accept"))
        found.append(at)
    return np.array(found, np.int64)


def pins_after(solution: Solution, answers: Sequence[Answer], at: IntArray) -> Pins:
    """Give the decisions of a plan with those that answers come to."""
    told = [
        answer.pin(tidy(float(quantity)))
        for answer, quantity in zip(answers, solution.quantity[at], strict=True)
    ]
    return solution.problem.pins.replaced_by(Pins.of(told, solution.market))


def _stranger(answer: Answer, words: Words) -> InputError:
    return InputError(words, f"{answer.need} – {answer.offer}")
