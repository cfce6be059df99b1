"""Why no plan exists: a smallest set of limits and hand decisions that clash, and changes that work.

A plan without any limit and decision always exists (nothing is dealt), so the limits and decisions can be
thinned out until none is to spare. Source of the thinning: deletion in shrinking chunks, after Junker (2004),
QuickXplain: preferred explanations and relaxations for over-constrained problems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.assignment.conflict import thin_out
from matching.errors import ConflictError
from matching.limits import Change, DealSize, FirmDeals, Limit, Limits, Partners, Share, Total
from matching.market import IntArray
from matching.plan.asking import ask
from matching.plan.limits.attained import attained
from matching.plan.problem import Problem
from matching.words import Words

#: the finest change of a share, and of an amount as a part of the way it may have to go
_SHARE_STEP, _AMOUNT_PART = 0.001, 0.001
#: how often one limit is loosened a little further before it is dropped
_PATIENCE = 3


@dataclass(frozen=True)
class Clash:
    """Limits and positions of hand decisions that cannot hold together, none to spare.

    ``options``: for each of these limits the least change of it alone that settles this clash.
    ``changes`` and ``released`` applied together leave a plan, whatever else clashes.
    """

    limits: tuple[str, ...]
    pins: tuple[int, ...]
    options: tuple[Change, ...]
    changes: tuple[Change, ...]
    released: tuple[int, ...]


def explain_clash(problem: Problem, seconds: float | None, seed: int) -> Clash:
    """Find a smallest clash of an impossible problem, and changes that leave a plan."""
    trial = _Trial(problem, seconds, seed)
    limits = _only(problem.policy.limits, tuple(problem.policy.limits.mandatory))
    pins = tuple(range(len(problem.pins)))
    names, held = _minimal(trial, limits, pins)
    options = _options(trial, limits, names, held)
    first, changes = Clash(names, held, options, (), ()), list[Change]()
    while True:
        if options:
            changes.append(_cheapest(options, changes))
            limits = changes[-1].apply(limits)
        else:
            pins = tuple(pin for pin in pins if pin != held[-1])
        if trial.plan(limits, pins) is not None:
            break
        names, held = _minimal(trial, limits, pins)
        options = _options(trial, limits, names, held)
    released = tuple(pin for pin in range(len(problem.pins)) if pin not in pins)
    return replace(first, changes=tuple(changes), released=released)


@dataclass(frozen=True)
class _Trial:
    """The problem without points, and how long to ask the kernel for any plan of it."""

    problem: Problem
    seconds: float | None
    seed: int

    def plan(self, limits: Limits, pins: Sequence[int]) -> IntArray | None:
        """Give any plan under some limits and decisions, None where none can exist.

        Where time runs out before either is known, an empty plan stands for the one there may be.
        """
        problem = replace(
            self.problem,
            policy=self.problem.policy.replace(limits=limits),
            pins=self.problem.pins.only(pins),
            points=np.zeros_like(self.problem.points),
            watched={},
        )
        _, found = ask(problem, seconds=self.seconds, seed=self.seed, explain=False)
        return None if found.status == "infeasible" and not found.timed else found.quantity


def _minimal(trial: _Trial, limits: Limits, pins: Sequence[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Thin limits and decisions out while no plan exists, until none is to spare."""
    names = tuple(limits.all)

    def chosen(kept: IntArray) -> tuple[tuple[str, ...], tuple[int, ...]]:
        some = [at for at in kept.tolist() if at < len(names)]
        return tuple(names[at] for at in some), tuple(pins[at - len(names)] for at in kept[len(some) :])

    def impossible(kept: IntArray) -> bool:
        some, held = chosen(np.sort(kept))
        return trial.plan(_only(limits, some), held) is None

    return chosen(np.sort(thin_out(np.arange(len(names) + len(pins)), impossible)))


def _only(limits: Limits, names: Sequence[str]) -> Limits:
    return limits.without(*(name for name in limits.all if name not in names))


def _options(trial: _Trial, limits: Limits, names: Sequence[str], pins: Sequence[int]) -> tuple[Change, ...]:
    """Give for each limit of a clash the least change of it that settles the clash, all else held."""
    clash = _only(limits, names)
    return tuple(_least_change(_Question(trial, clash, name, tuple(pins))) for name in names)


def _cheapest(options: Sequence[Change], made: Sequence[Change]) -> Change:
    """Choose the smallest change; a limit that was loosened often enough goes."""
    best = min(options, key=lambda change: change.size)
    often = sum(change.limit == best.limit for change in made) >= _PATIENCE
    return Change(best.limit, "", None, None) if often else best


@dataclass(frozen=True)
class _Question:
    """Asks how far one limit of a clash must give way."""

    trial: _Trial
    clash: Limits
    name: str
    pins: tuple[int, ...]

    @property
    def limit(self) -> Limit:
        return self.clash.all[self.name]

    def reached(self, field: str, value: float | None) -> float | None:
        """Try another value (None: none at all): the value that a plan then keeps, None without a plan.

        Where nothing is dealt that the limit speaks of, any value is kept.
        """
        if value is not None and _is_count(self.limit, field):
            value = round(value)
        return self._kept(field, self.clash.changed(self.name, field, value))

    def missed_least(self) -> float | None:
        """Make a total a target: by how little can it be missed? Give what it then comes to."""
        limit = self.limit
        assert isinstance(limit, Total), "only a total is missed by a plain amount"
        target = replace(limit, penalty=1)
        others = [target if item.name == self.name else item for item in self.clash.totals]
        return self._kept(limit.knobs[0], self.clash.replace(totals=tuple(others)))

    def _kept(self, field: str, limits: Limits) -> float | None:
        plan = self.trial.plan(limits, self.pins)
        if plan is None:
            return None
        return attained(self.limit, self.trial.problem.ground, plan).get(field, 0.0)


def _least_change(question: _Question) -> Change:
    limit = question.limit
    for field in limit.knobs:
        kept = question.reached(field, None)
        if kept is not None:
            return Change(question.name, field, float(getattr(limit, field)), _least(question, field, kept))
    return Change(question.name, "", None, None)


def _least(question: _Question, field: str, kept: float) -> float | None:
    """Give the value nearest to the limit's own under which a plan exists, None where it has to go."""
    limit = question.limit
    bad = float(getattr(limit, field))
    if isinstance(limit, Total) and len(limit.knobs) == 1:
        kept = question.missed_least() or 0.0
        if not limit.of or limit.among or limit.between:
            return float(f"{kept:.12g}") or None  # one sum alone, missed by as little as can be
    step = _step(limit, field, bad, kept)
    good, nearest = _outward(limit, field, kept, step), True
    while abs(good - bad) > step * 1.001:
        middle = good - np.sign(good - bad) * step
        if not nearest:
            middle = _outward(limit, field, (good + bad) / 2, step)
        found = question.reached(field, middle)
        if found is not None:
            good = _nearer(bad, middle, _outward(limit, field, found, step))
        elif nearest:
            break  # one step less has no plan
        else:
            bad = middle
        nearest = not nearest
    return (round(good) if _is_count(limit, field) else float(f"{good:.12g}")) or None


def _nearer(bad: float, one: float, other: float) -> float:
    return one if abs(one - bad) < abs(other - bad) else other


def _is_count(limit: Limit, field: str) -> bool:
    return isinstance(limit, Partners | FirmDeals) and not field.endswith("share")


def _step(limit: Limit, field: str, bad: float, reached: float) -> float:
    if field.endswith("share") or isinstance(limit, Share):
        return _SHARE_STEP
    if _is_count(limit, field):
        return 1.0
    return max(abs(reached - bad) * _AMOUNT_PART, 1e-9)


def _outward(limit: Limit, field: str, value: float, step: float) -> float:
    """Round a value to its step, to the side where the limit is looser."""
    if isinstance(limit, Total | DealSize) and not field.endswith("share"):
        return value
    steps = value / step
    near = round(steps)
    towards = np.floor if field in limit.FALLING else np.ceil
    whole = near if abs(steps - near) < 1e-6 else int(towards(steps))
    return whole if _is_count(limit, field) else round(whole * step, 3)


def conflict_error(problem: Problem, clash: Clash) -> ConflictError:
    """Say what clashes, and what to change."""
    decisions = problem.pins.decisions
    deals = [f"{decisions[at].need_id} – {decisions[at].offer_id}" for at in clash.pins]
    names = [*clash.limits, *deals]
    listed = Words("；".join(names), "; ".join(names))
    remedies = [change.words for change in clash.changes]
    remedies += [
        Words(f"放开 {name}", f"release {name}")
        for at in clash.released
        for name in (f"{decisions[at].need_id} – {decisions[at].offer_id}",)
    ]
    said = _headline(len(clash.limits), len(deals), listed)
    zh, en = "；".join(words.zh for words in remedies), "; ".join(words.en for words in remedies)
    options = [change.words for change in clash.options]
    return ConflictError(
        Words(f"{said.zh}。可行的放宽：{zh}", f"{said.en}. This works: {en}"),
        names,
        changes=clash.changes,
        released=[(decisions[at].need_id, decisions[at].offer_id) for at in clash.released],
        options=options,
    )


def _headline(limits: int, deals: int, listed: Words) -> Words:
    if not limits and deals == 1:
        return Words(
            f"锁定的对接超出需求量、产能或限制，不存在可行方案：{listed.zh}",
            f"a locked deal exceeds the need, the capacity or a limit, no plan exists: {listed.en}",
        )
    if not limits:
        return Words(
            f"锁定的对接互相矛盾，不存在可行方案：{listed.zh}",
            f"the locked deals contradict each other, no plan exists: {listed.en}",
        )
    return Words(
        f"以下限制和人工意见不能同时满足，不存在可行方案：{listed.zh}",
        f"these limits and hand decisions cannot hold together, no plan exists: {listed.en}",
    )
