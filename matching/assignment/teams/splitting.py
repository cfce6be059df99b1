"""Teams of the members that the relaxation names: each problem by itself, who does not fit left out."""

from __future__ import annotations

from concurrent.futures import Executor

from matching.assignment.arrays import Bools
from matching.assignment.teams.board import Board, Team
from matching.assignment.teams.exact import few_of, settle_all

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
    return board.fitting([team for one in settle_all(tasks, executor) for team in one.teams])
