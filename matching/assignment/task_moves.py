"""Better places for whole tasks: shifts, swaps, and chains in which one task pushes another on.

Offers may be overloaded on the way, at a price that follows what happens. Source: Yagiura, Ibaraki, Glover
(2004), An ejection chain approach for the generalized assignment problem; chains here have two links.
"""

from __future__ import annotations

import numpy as np

from matching.assignment.arrays import Floats, Ints
from matching.assignment.tasks import Tasks

_NEVER = -np.inf
_NOTHING = 1e-9


class Places:
    """Which offer each task is at (``at``), the room left, and the fine for a unit of overload."""

    def __init__(self, tasks: Tasks, at: Ints, fines: Floats) -> None:
        self.tasks, self.fines = tasks, np.append(fines, 0.0)
        most = float(np.abs(tasks.worth).max(initial=0)) + 1.0
        real = tasks.column >= 0
        real[-1] = True
        self.worth = np.where(real, tasks.worth.astype(np.float64), -4.0 * most)
        self.use = tasks.use.astype(np.float64)
        self.least = most * _NOTHING
        self.each = np.arange(tasks.count)
        self.put(at)

    def put(self, at: Ints) -> None:
        """Put every task somewhere."""
        self.at = at.copy()
        load = np.bincount(at, self.use[at, self.each], minlength=len(self.fines))
        self.room = self.tasks.room - load
        self.room[-1] = 0.0

    @property
    def over(self) -> Floats:
        """How far each offer is overloaded."""
        return np.asarray(np.maximum(0.0, -self.room))

    def fined(self, fines: Floats) -> float:
        """Give what the plan is worth less some fines for overload."""
        return float(self.worth[self.at, self.each].sum() - fines @ self.over[:-1])

    def descend(self, steps: int) -> int:
        """Make the best moves offer after offer until none gains; give the steps taken, at most ``steps``."""
        idle, offer, taken = 0, 0, 0
        while idle < len(self.fines) and taken < steps:
            taken += 1
            idle = 0 if self._improve(offer) else idle + 1
            offer = (offer + (idle > 0)) % len(self.fines)
        return taken

    def _move(self, task: int, offer: int) -> None:
        self.room[self.at[task]] += self.use[self.at[task], task]
        self.room[offer] -= self.use[offer, task]
        self.at[task] = offer
        self.room[-1] = 0.0

    def _improve(self, offer: int) -> bool:
        """Make the best move that takes a task out of ``offer``; tell whether one gained."""
        leaving = np.flatnonzero(self.at == offer)
        if not len(leaving):
            return False
        entry, target = self._entries()
        exit_gain = self._exits()
        shift = exit_gain[leaving] + entry[leaving]
        taking = self._takings(leaving)
        swap = taking + self._returns(leaving, offer)
        chain = taking + exit_gain[leaving][:, None] + entry[None, :]
        gains = [float(shift.max()), float(swap.max()), float(chain.max())]
        kind = int(np.argmax(gains))
        if gains[kind] <= self.least:
            return False
        if kind == 0:
            task = int(leaving[shift.argmax()])
            self._move(task, int(target[task]))
            return True
        row, other = divmod(int((swap if kind == 1 else chain).argmax()), len(self.each))
        freed = int(self.at[other])
        self._move(other, offer if kind == 1 else int(target[other]))
        self._move(int(leaving[row]), freed)
        return True

    def _entries(self) -> tuple[Floats, Ints]:
        """Give for each task the best gain of entering another offer, and which one."""
        room, fines = self.room[:, None], self.fines[:, None]
        gain = self.worth - fines * (np.maximum(0.0, self.use - room) - np.maximum(0.0, -room))
        gain[self.at, self.each] = _NEVER
        target = gain.argmax(axis=0)
        return gain[target, self.each], target

    def _exits(self) -> Floats:
        """Give for each task what leaving its offer brings: its worth lost, less overload there."""
        room, own = self.room[self.at], self.use[self.at, self.each]
        relief = np.maximum(0.0, -room) - np.maximum(0.0, -(room + own))
        return np.asarray(self.fines[self.at] * relief - self.worth[self.at, self.each])

    def _takings(self, leaving: Ints) -> Floats:
        """Give for leaving tasks × all tasks the gain at the other's offer of taking its place there."""
        room, own = self.room[self.at], self.use[self.at, self.each]
        after = room + own - self.use[self.at][:, leaving].T
        fine = self.fines[self.at] * (np.maximum(0.0, -after) - np.maximum(0.0, -room))
        gain = self.worth[self.at][:, leaving].T - self.worth[self.at, self.each] - fine
        gain[:, self.at == self.at[leaving[0]]] = _NEVER
        return np.asarray(gain)

    def _returns(self, leaving: Ints, offer: int) -> Floats:
        """Give for leaving tasks × all tasks the gain at ``offer`` of the other coming in return."""
        after = self.room[offer] + self.use[offer, leaving][:, None] - self.use[offer][None, :]
        fine = self.fines[offer] * (np.maximum(0.0, -after) - max(0.0, -self.room[offer]))
        return np.asarray(self.worth[offer][None, :] - self.worth[offer, leaving][:, None] - fine)
