"""Yes and no as people tick them."""

from __future__ import annotations

import pytest

from matching.text import CellError, parse_yes_no
from matching.words import Words


@pytest.mark.parametrize(
    "cell",
    [
        "√",
        "✓",
        "是",
        "Y",
        "yes",
        "接受",
        "接受联合体投标",
        "允许",
        "可",
        "☑是 □否",
        "是（接受）",
        "1",
        1,
        True,
    ],
)
def test_yes(cell: object) -> None:
    """Ticks and words of consent."""
    assert (parse_yes_no(cell).value, parse_yes_no(cell).notes) == (True, ())


@pytest.mark.parametrize(
    "cell",
    ["×", "否", "N", "不接受", "不接受联合体", "本项目不接受联合体投标", "不允许", "□是 ☑否", 0, False],
)
def test_no(cell: object) -> None:
    """Crosses and words of refusal."""
    assert (parse_yes_no(cell).value, parse_yes_no(cell).notes) == (False, ())


def test_unanswered() -> None:
    """Blank is unknown; a slash is unknown with a note."""
    assert (parse_yes_no(None).value, parse_yes_no("").notes) == (None, ())
    assert [words.zh for words in parse_yes_no("/").notes] == ["是否缺失（/）"]


@pytest.mark.parametrize("cell", ["不确定", "maybe", "□是 □否", "☑是 ☑否", 2])
def test_unclear_answers_are_refused(cell: object) -> None:
    """Anything else is refused, naming the allowed answers."""
    with pytest.raises(CellError, match=r"联合体“.*”无法识别；允许：是/否、√/×"):
        parse_yes_no(cell, name=Words("联合体", "consortium"))
