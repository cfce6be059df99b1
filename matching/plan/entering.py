"""The smallest single change of an offer that would get it into a plan, each found by trying it out.

For each thing a firm could change (its practice declares them) the number of steps is halved between none,
which leaves the pair out, and all there are: both ends are verified by solving the component of the pair
again. A pair is in where every best plan deals it. Where more steps do not always help, what is found is an
amount that does while one step less does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

import numpy as np

from matching.plan.solution import Effort, Solution
from matching.plan.trials import Found, Trial, trial_of
from matching.practice import Changeable
from matching.words import Words

#: seconds for all changes of one pair together
LONGEST = 20.0


@dataclass(frozen=True)
class Entry:
    """One kind of change: how many steps of it are enough (None: none are), and the sentence.

    ``cells`` are the offer's new values; ``proven`` tells whether all plans compared were proven optimal,
    ``looked`` whether there was time to look.
    """

    name: str
    label: Words
    steps: int | None
    cells: dict[str, object]
    words: Words
    proven: bool = True
    looked: bool = True


def entries_of(solution: Solution, need_row: int, offer_row: int, effort: Effort) -> tuple[Entry, ...]:
    """Give for each kind of change the least of it that gets a pair in, alone."""
    changes = solution.problem.policy.practice.changes
    if not changes or _by_hand(solution, need_row, offer_row):
        return ()
    trial = trial_of(solution, need_row, offer_row, effort.seed)
    until = monotonic() + min(LONGEST, effort.seconds or LONGEST)
    if not trial.breaks({}) and trial.solve(until - monotonic()).inside:
        return ()
    return tuple(_entries(trial, changes, until))


def _by_hand(solution: Solution, need_row: int, offer_row: int) -> bool:
    """Tell whether a hand decision keeps the pair out; no change of the offer outweighs it."""
    pins = solution.problem.pins
    return (need_row, offer_row) in set(zip(pins.need_row, pins.offer_row, strict=True))


def _entries(trial: Trial, changes: tuple[Changeable, ...], until: float) -> Iterator[Entry]:
    for change in changes:
        most = change.steps(trial.pair)
        if most:
            yield _least(trial, change, most, until)


def _least(trial: Trial, change: Changeable, most: int, until: float) -> Entry:
    """Find the fewest steps of one change."""
    cells = {steps: dict(change.cells(trial.pair, steps)) for steps in (0, most)}
    if trial.breaks(cells[most]):
        return _none(change, "规则仍不满足", "a rule would still be broken")
    passing = 0
    if trial.breaks(cells[0]):
        passing = _halved(0, most, lambda steps: not trial.breaks(change.cells(trial.pair, steps)))
    known: dict[int, Found] = {}

    def inside(steps: int) -> bool:
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError
        known[steps] = trial.with_offer(change.cells(trial.pair, steps)).solve(left)
        return known[steps].inside

    try:
        if not inside(most):
            return _not_enough(trial, change, passing, known[most].proven)
        steps = _halved(max(0, passing - 1), most, inside)
    except TimeoutError:
        return _untold(change)
    proven = all(found.proven for at, found in known.items() if at in (steps, steps - 1))
    return _told(trial, change, steps, proven)


def _halved(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Give a number that holds while the one below does not; ``low`` does not and ``high`` does."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _told(trial: Trial, change: Changeable, steps: int, proven: bool) -> Entry:
    cells, said = _changed(trial, change, steps)
    sure = (
        Words("", "") if proven else Words("（未证明最优，仅供参考）", " (not proven optimal, a hint only)")
    )
    words = Words(f"{said.zh}即可入选{sure.zh}", f"{said.en}: that is enough{sure.en}")
    return Entry(change.name, change.label, steps, cells, words, proven)


def _changed(trial: Trial, change: Changeable, steps: int) -> tuple[dict[str, object], Words]:
    """Give the offer's new values after so many steps, and say them."""
    cells = dict(change.cells(trial.pair, steps))
    alone = trial.market.part(np.array([trial.need]), np.array([trial.offer]))
    before, after = (market.pairs([0], [0]).offer.row(0) for market in (alone, alone.with_offer(0, cells)))
    return cells, change.told(before, after)


def _not_enough(trial: Trial, change: Changeable, passing: int, proven: bool) -> Entry:
    """Say that no amount of a change gets a pair in; where it satisfies the rules, from where on it does."""
    if not passing:
        return _none(change, "改到最多也不能入选", "no amount of it is enough", proven)
    _, said = _changed(trial, change, passing)
    return _none(
        change,
        f"{said.zh}可满足规则，但改到最多也不能入选",
        f"{said.en} to satisfy the rules, yet no amount of it is enough",
        proven,
    )


def _none(change: Changeable, zh: str, en: str, proven: bool = True) -> Entry:
    words = Words(f"只改{change.label.zh}：{zh}", f"{change.label.en} alone: {en}")
    return Entry(change.name, change.label, None, {}, words, proven)


def _untold(change: Changeable) -> Entry:
    words = Words(
        f"只改{change.label.zh}：时间不够，未能查明", f"{change.label.en} alone: not found out in time"
    )
    return Entry(change.name, change.label, None, {}, words, False, False)
