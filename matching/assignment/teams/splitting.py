"""Teams of the members that the relaxation names: each problem by itself, who does not fit left out."""

from __future__ import annotations

from concurrent.futures import Executor

from matching.assignment.arrays import Bools
from matching.assignment.teams.board import Board, Team
from matching.assignment.teams.exact import few_of, settle

#: deterministic work for one problem
_WORK = 1.0


def teams_of(board: Board, members: Bools, executor: Executor | None) -> list[Team]:
    """Form the best teams of some candidates (bool[A]) that time and leads allow."""
    chosen = [members[seat.arcs] for seat in board.seats]
    tasks = [
        few_of(board, [number], board.high, [some], [], _WORK, None)
        for number, some in enumerate(chosen)
        if some.any()
    ]
    found = map(settle, tasks) if executor is None else executor.map(settle, tasks, chunksize=4)
    return board.fitting([team for one in found for team in one.teams])
