"""Standings of enterprises, sizes, and closed lists of words."""

from __future__ import annotations

import pytest

from matching.codes import choices, find_tier, parse_size
from matching.errors import UnknownNameError
from matching.text import CellError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("国家高新技术企业", "HNTE"),
        ("高企", "HNTE"),
        ("国家级专精特新“小巨人”企业", "LITTLE_GIANT"),
        ("专精特新小巨人", "LITTLE_GIANT"),
        ("省级专精特新中小企业", "ZJTX_PROV"),
        ("链主", "LINK_MASTER"),
        ("规上企业", "GZJ"),
        ("LITTLE_GIANT", "LITTLE_GIANT"),
    ],
)
def test_tier(text: str, code: str) -> None:
    """Names, aliases and codes; the longest name in the text counts."""
    found = find_tier(text)
    assert found is not None
    assert found.code == code


def test_no_tier() -> None:
    """Other words are no tier; 专精特新 alone does not say which."""
    assert find_tier("普通企业") is None
    assert find_tier("专精特新") is None


def test_size() -> None:
    """Four sizes; two at once are refused."""
    assert [parse_size(cell).value for cell in ("大型", "中", "小型企业", "微", None)] == [
        "large",
        "medium",
        "small",
        "micro",
        None,
    ]
    with pytest.raises(CellError, match="企业规模“小微”无法识别；允许：大型、中型、小型、微型"):
        parse_size("小微")


def test_choices() -> None:
    """The lists are there by name; an unknown list is refused."""
    assert choices("urgency") == ("特急", "紧急", "一般")
    with pytest.raises(UnknownNameError, match="选项表“colour”"):
        choices("colour")
