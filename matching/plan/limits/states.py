"""How a plan stands to each limit: it holds with room, binds, or misses its target by so much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from matching.limits import FairFloor, FixedCost, Limit, Limits, Priority, Share, Total
from matching.market import IntArray
from matching.plan.columns import side_of
from matching.plan.limits.attained import attained
from matching.plan.limits.ground import Ground
from matching.plan.limits.rows import Floor
from matching.words import Language, Words

Standing = Literal["holds", "binds", "misses", "idle", "paid", "counts"]

#: a share this near its limit binds; an amount where it is this near as a part of the limit
_NEAR_SHARE, _NEAR_PART = 0.0005, 0.001
_EXACT = 1e-6

_SAID = {
    "holds": Words("满足", "holds"),
    "binds": Words("已到限", "binds"),
    "misses": Words("未达标", "misses its target"),
    "idle": Words("未涉及", "concerns nothing that is dealt"),
    "paid": Words("已付", "paid"),
}
#: what a fixed cost is paid for: of one, of several
_PAID_FOR = {
    "pair": (Words("对", "pair"), Words("对", "pairs")),
    "offer": (Words("项供给", "offer"), Words("项供给", "offers")),
}


@dataclass(frozen=True)
class LimitState:
    """One number of a limit beside what the plan comes to.

    ``value`` is None where nothing dealt is concerned; ``missed`` is how far a target is missed, 0 where it
    is met; ``unknown`` is the share of what is dealt, 0..1, that no group or no amount is known of. Of a
    fixed cost ``limit`` is the points of one, ``value`` all points paid, and ``count`` how often they were.
    Of a priority ``limit`` is its factor, ``count`` the needs it touches, dealt or not, and ``untold`` those
    of which that is unknown.
    """

    name: str
    field: str
    state: Standing
    limit: float | None
    value: float | None
    missed: float
    unknown: float
    count: int | None = None
    untold: int | None = None

    @property
    def label(self) -> Words:
        """Name the limit and what it is."""
        if self.field == "times":
            return Words(f"优先级 {self.name}", f"priority {self.name}")
        return Words(f"限制 {self.name}", f"limit {self.name}")

    @property
    def words(self) -> Words:
        """Say the state in one sentence."""
        if self.field == "times":
            return self._counted
        if self.state == "paid":
            return self._paid
        told = _SAID[self.state]
        zh, en = told.zh, told.en
        if self.value is not None:
            zh, en = f"{zh}，实际 {self._shown(self.value)}", f"{en}, is {self._shown(self.value)}"
        if self.limit is not None:
            bound = figure(self.field, self.limit)
            zh, en = f"{zh}（{bound}）", f"{en} ({bound})"
        if self.missed:
            zh, en = f"{zh}，差 {self._shown(self.missed)}", f"{en} by {self._shown(self.missed)}"
        if self.unknown:
            zh, en = f"{zh}；{self.unknown:.1%} 未知", f"{en}; {self.unknown:.1%} unknown"
        return Words(zh, en)

    @property
    def _paid(self) -> Words:
        assert self.count is not None, "what is paid was counted"
        assert self.limit is not None
        assert self.value is not None
        noun, told = _PAID_FOR[self.field][self.count != 1], _SAID["paid"]
        each, whole = self._shown(self.limit), self._shown(self.value)
        return Words(
            f"{told.zh} {whole} 分（{self.count} {noun.zh} × {each} 分）",
            f"{told.en} {whole} points ({self.count} {noun.en} × {each} points)",
        )

    @property
    def _counted(self) -> Words:
        assert self.limit is not None, "a priority has a factor"
        times, needs = self._shown(self.limit), "need" if self.count == 1 else "needs"
        zh, en = f"{self.count} 项需求按 {times} 倍计", f"{self.count} {needs} counted {times} times"
        if self.untold:
            zh, en = f"{zh}；{self.untold} 项未知", f"{en}; {self.untold} unknown"
        return Words(zh, en)

    def to_dict(self, language: Language = "zh") -> dict[str, Any]:
        """Give the state as plain data, with its sentence."""
        return {**asdict(self), "sentence": self.words.say(language)}

    def _shown(self, number: float) -> str:
        return _number(self.field, number)


def figure(field: str, limit: float) -> str:
    """Write the number of a limit with its sign: ≤ 30.00%."""
    return f"{'≥' if field.startswith('least') else '≤'} {_number(field, limit)}"


def _number(field: str, number: float) -> str:
    return f"{number:.2%}" if field.endswith("share") else f"{number:,.10g}"


def states_of(
    limits: Limits, ground: Ground, quantity: IntArray, floors: Sequence[Floor] = ()
) -> tuple[LimitState, ...]:
    """Give the state of every number of every limit, in the order of the policy, floors last."""
    told = [state for limit in limits.all.values() for state in _states(limit, ground, quantity)]
    return (*told, *(_state_of_floor(floor, quantity) for floor in floors))


def _state_of_floor(floor: Floor, quantity: IntArray) -> LimitState:
    shares = (floor.rows.rows @ quantity) / np.maximum(1, floor.alone)
    value = float(shares.min()) if len(shares) else None
    return _state(floor.limit, "least_share", floor.level, value, 0.0)


def _states(limit: Limit, ground: Ground, quantity: IntArray) -> Iterator[LimitState]:
    if isinstance(limit, FixedCost):
        yield from _costs(limit, ground, quantity)
    if isinstance(limit, Priority):
        yield _priority(limit, ground)
    if isinstance(limit, FixedCost | FairFloor | Priority):
        return
    found = attained(limit, ground, quantity)
    unknown = _unknown(limit, ground, quantity) if isinstance(limit, Share | Total) else 0.0
    for field in (*limit.FALLING, *limit.RISING):
        told = getattr(limit, field)
        if told is None:
            continue
        shown = f"{field}_share" if isinstance(limit, Share) else field
        number = None if isinstance(told, str) else float(told)
        value = found.get(field)
        yield _state(limit.name, shown, number, value, unknown)


def _costs(limit: FixedCost, ground: Ground, quantity: IntArray) -> Iterator[LimitState]:
    """Count how often each cost was paid, as the kernel charges it."""
    used = quantity > 0
    if limit.pair is not None:
        pairs = int((used & ground.inside(limit.where)).sum())
        yield _paid_for(limit.name, "pair", limit.pair, pairs)
    if limit.offer is not None:
        opened = np.unique(ground.pairs.offer_row[used])
        offers = int(ground.of_side(limit.where, "offer")[opened].sum())
        yield _paid_for(limit.name, "offer", limit.offer, offers)


def _priority(limit: Priority, ground: Ground) -> LimitState:
    """Count the needs that a priority touches, and those of which that is not known."""
    needs = side_of(ground.practice, ground.pairs.market, "need")
    count, untold = int(needs.inside(limit.where).sum()), int(needs.untold(limit.where).sum())
    state: Standing = "counts" if count else "idle"
    return LimitState(limit.name, "times", state, float(limit.times or 1), None, 0.0, 0.0, count, untold)


def _paid_for(name: str, field: str, each: int, count: int) -> LimitState:
    if not count:
        return LimitState(name, field, "idle", None, None, 0.0, 0.0, 0)
    return LimitState(name, field, "paid", float(each), float(each * count), 0.0, 0.0, count)


def _state(name: str, field: str, limit: float | None, value: float | None, unknown: float) -> LimitState:
    if value is None or limit is None:
        shown = None if value is None else round(value, 6)
        return LimitState(name, field, "idle" if value is None else "holds", limit, shown, 0.0, unknown)
    short = limit - value if field.startswith("least") else value - limit
    near = _NEAR_SHARE if field.endswith("share") else _NEAR_PART * abs(limit)
    missed = short if short > _EXACT * max(1.0, abs(limit)) else 0.0
    state: Standing = "misses" if missed else "binds" if short >= -near else "holds"
    return LimitState(name, field, state, limit, round(value, 6), round(missed, 6), unknown)


def _unknown(limit: Share | Total, ground: Ground, quantity: IntArray) -> float:
    """Share of the worth dealt of which the group or the amount is not known."""
    inside = ground.inside(limit.where)
    unknown = ground.groups(limit.of, limit.among, limit.between).unknown
    unknown = inside & (unknown | np.isnan(ground.weights(limit.by)))
    worth = ground.weights("worth") * quantity
    whole = float(worth[inside].sum())
    return round(float(worth[unknown].sum()) / whole, 6) if whole else 0.0
