"""Hand decisions on a plan: deals locked, excluded or changed in the workbook's 办理意见 column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BeforeValidator
from scipy import sparse

from matching.errors import InputError, UnknownNameError
from matching.market import QUOTED, IntArray, Market, Pairs
from matching.plan.prices import at_price_of
from matching.practice import Terms
from matching.records import Column, Form, Record
from matching.records.cells import Positive, Required, Text
from matching.sheets import read_listing
from matching.text import normalise
from matching.words import Words

Decision = Literal["lock", "exclude", "change", "cap"]

DECISIONS: dict[Decision, Words] = {
    "lock": Words("锁定", "lock"),
    "exclude": Words("排除", "exclude"),
    "change": Words("改量", "change quantity"),
    "cap": Words("还价", "counter-offer"),
}


def _decision(cell: Any) -> Decision | None:
    """Read 锁定 / 排除 / 改量 / 还价 (or the English words); an empty cell decides nothing."""
    text = normalise(str(cell or "")).strip().lower()
    if not text:
        return None
    for name, words in DECISIONS.items():
        if text in (words.zh, words.en, name):
            return name
    raise UnknownNameError(Words("办理意见", "decision"), cell, [words.zh for words in DECISIONS.values()])


class Pin(Record):
    """One hand decision: what to do with the deal between a need and an offer.

    A counter-offer binds nobody: the deal may have the changed quantity at most (without one, as much as
    ever), at the changed price where one is given, in the offer's own unit.
    """

    need_id: Annotated[Required, Column(("需求编号", "榜题编号", "寻求方编号"), en="Need")]
    offer_id: Annotated[Required, Column(("供方编号", "专家编号", "对接榜题编号"), en="Offer")]
    quantity: Annotated[Positive, Column(("数量", "对接数量"), en="Quantity")] = None
    decision: Annotated[
        Decision | None,
        BeforeValidator(_decision),
        Column(("办理意见",), en="Decision", choices=tuple(words.zh for words in DECISIONS.values())),
    ] = None
    new_quantity: Annotated[Positive, Column(("改后数量",), en="New quantity")] = None
    new_price: Annotated[Positive, Column(("改后单价",), en="New price")] = None
    reason: Annotated[Text, Column(("意见说明",), en="Reason")] = None

    @property
    def pinned_quantity(self) -> float | None:
        """The quantity the deal must have, or may have at most after a counter-offer."""
        if self.decision == "exclude":
            return 0.0
        if self.decision == "cap":
            return self.new_quantity
        changed = self.new_quantity if self.decision == "change" else None
        return self.quantity if changed is None else changed


PINS = Form("pins", Pin, Words("对接方案", "deals"))

#: the sheet of a plan's workbook that carries the decisions, as supply and boards name it
DEALS_SHEET, BOARD_SHEET = "对接方案", "揭榜建议"


def read_pins(path: str | Path) -> tuple[Pin, ...]:
    """Read the hand decisions of a plan's workbook; rows without a decision are left out.

    Raises RowsError with every wrong cell, FileError when it is no workbook of a plan.
    """
    listing = read_listing(path, PINS, sheet=(DEALS_SHEET, BOARD_SHEET))
    return tuple(pin for pin in listing.records if isinstance(pin, Pin) and pin.decision)


@dataclass(frozen=True)
class Pins:
    """Hand decisions resolved to rows of a market."""

    decisions: tuple[Pin, ...] = ()
    need_row: tuple[int, ...] = ()
    offer_row: tuple[int, ...] = ()

    @classmethod
    def of(cls, decisions: Sequence[Pin], market: Market) -> Pins:
        """Find the rows of each decision; an id that the market does not hold raises InputError."""
        seen: set[tuple[str, str]] = set()
        for pin in decisions:
            where = f"{DEALS_SHEET} {pin.need_id} – {pin.offer_id}"
            if (pin.need_id, pin.offer_id) in seen:
                raise InputError(Words("同一对接有两条办理意见", "two decisions on one deal"), where)
            seen.add((pin.need_id, pin.offer_id))
            for kind, name, rows in (
                (Words("需求编号", "need"), pin.need_id, market.need_rows),
                (Words("供方编号", "offer"), pin.offer_id, market.offer_rows),
            ):
                if name not in rows:
                    raise InputError(
                        Words(
                            f"{kind.zh}“{name}”不在本次清单中", f"{kind.en} {name!r} is not in these lists"
                        ),
                        where,
                    )
        return cls(
            tuple(decisions),
            tuple(market.need_rows[pin.need_id] for pin in decisions),
            tuple(market.offer_rows[pin.offer_id] for pin in decisions),
        )

    def __len__(self) -> int:
        return len(self.decisions)

    def without(self, which: int) -> Pins:
        """Give all decisions but one."""
        return self.only([at for at in range(len(self)) if at != which])

    def only(self, keep: Sequence[int]) -> Pins:
        """Give some of the decisions, by their positions."""
        return Pins(
            tuple(self.decisions[i] for i in keep),
            tuple(self.need_row[i] for i in keep),
            tuple(self.offer_row[i] for i in keep),
        )

    def codes(self, market: Market) -> IntArray:
        """Give the codes of the pairs decided on, as ``Pairs.codes`` numbers them."""
        return market.pairs(self.need_row, self.offer_row).codes

    def join(self, pairs: Pairs) -> Pairs:
        """Add the pinned pairs that are no candidates: a hand decision stands above the rules."""
        width, codes, pinned = len(pairs.market.offers), pairs.codes, self.codes(pairs.market)
        if np.isin(pinned, codes).all():
            return pairs
        every = np.union1d(codes, pinned)
        return pairs.market.pairs(every // width, every % width)

    def replaced_by(self, others: Pins) -> Pins:
        """Give these decisions and others, which stand in the place of earlier ones on the same deal."""
        again = set(zip(others.need_row, others.offer_row, strict=True))
        pairs = enumerate(zip(self.need_row, self.offer_row, strict=True))
        kept = self.only([at for at, pair in pairs if pair not in again])
        return Pins(
            kept.decisions + others.decisions,
            kept.need_row + others.need_row,
            kept.offer_row + others.offer_row,
        )

    def quote(self, market: Market) -> Market:
        """Give the market with the prices of counter-offers, which hold for their pair alone."""
        told = [at for at, pin in enumerate(self.decisions) if pin.decision == "cap" and pin.new_price]
        if not told and QUOTED not in market.links:
            return market
        shape = (len(market.needs), len(market.offers))
        at = ([self.need_row[i] for i in told], [self.offer_row[i] for i in told])
        prices = sparse.csr_matrix(([self.decisions[i].new_price for i in told], at), shape, dtype=float)
        return market.replace(links={**market.links, QUOTED: prices})

    def bounds(self, pairs: Pairs, terms: Terms) -> tuple[IntArray, IntArray]:
        """Give least and most quantity of each pair in steps; both the same but for counter-offers.

        Raises InputError where a pinned quantity is unknown or no whole number of steps.
        """
        fixed, upper = np.zeros(len(pairs), np.int64), terms.upper.copy()
        for pin, need, offer in zip(self.decisions, self.need_row, self.offer_row, strict=True):
            at = pairs.positions(need, offer)
            if pin.decision == "cap" and pin.new_quantity is None:
                continue
            steps = _steps(pin, float(terms.step[need]))
            if pin.decision == "cap":
                upper[at] = np.minimum(upper[at], steps)
            else:
                upper[at], sold = 0, at_price_of(pairs, terms, at[:1], np.array([steps]))
                fixed[sold] = upper[sold] = steps
        return fixed, upper


def _steps(pin: Pin, step: float) -> int:
    where = f"{DEALS_SHEET} {pin.need_id} – {pin.offer_id}"
    quantity = pin.pinned_quantity
    if quantity is None:
        raise InputError(Words("缺少数量", "the quantity is missing"), where)
    steps = round(quantity / step)
    if abs(steps * step - quantity) > 1e-6 * max(1.0, abs(quantity)):
        raise InputError(
            Words(
                f"数量 {quantity:,.10g} 不是最小单位 {step:,.10g} 的整数倍",
                f"{quantity:,.10g} is no multiple of {step:,.10g}",
            ),
            where,
        )
    return steps
