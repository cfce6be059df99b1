"""Yes and no."""

from __future__ import annotations

from matching.text.cells import Parsed
from matching.words import Words

ANSWER = Words("是否", "yes or no")


def parse_yes_no(cell: object, *, name: Words = ANSWER) -> Parsed[bool]:
    """Read a yes or a no as people tick it: √ 是 Y 接受 / × 否 N 不接受联合体."""
    raise NotImplementedError
