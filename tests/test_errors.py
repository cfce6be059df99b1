"""What errors say."""

from __future__ import annotations

from matching.errors import CellProblem, RowsError
from matching.words import Words

REASON = Words("太长", "too long")


def test_a_problem_is_one_line_however_long_its_cell() -> None:
    """A cell of Excel holds 32,767 characters and line breaks."""
    problem = CellProblem("表", "D2", "甲\n乙" + "x" * 30_000, REASON)
    assert problem.say() == f"表!D2 [甲 乙{'x' * 37}…] 太长"
    assert RowsError([problem]).say("en") == f"1 errors in the sheet\n  {problem.say('en')}"
