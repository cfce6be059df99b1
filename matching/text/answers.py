"""Yes and no as people tick them."""

from __future__ import annotations

import re

from matching.text.amounts import compact
from matching.text.cells import CellError, Parsed, absent
from matching.text.cleaning import tidy
from matching.words import Words

ANSWER = Words("是否", "yes or no")

_YES = re.compile(r"[是对有可能√✓✔☑■v要y1]|1\.0|可以|yes|true|t|接受|允许|同意|支持|愿意|需要")
_NO = re.compile(
    r"[否非不×✗✘✕xn0f]|0\.0|no|false|没有|不(?:是|可以?|能|接受|允许|同意|支持|愿意|需要|要)|禁止|谢绝"
)
_TOPIC = re.compile(r"联合体|投标|参加|参与|报名|申报|本项目|分包|拆分|公开|是否")
_PARTS = re.compile(r"[√✓✔☑■×✗✘✕]|[\w.]+")
_TICKED = re.compile(r"[☑√✓✔■☒](不?[^\W_]{1,3}?)(?=[□☐/、,;]|$)")


def parse_yes_no(cell: object, *, name: Words = ANSWER) -> Parsed[bool]:
    """Read a yes or a no: √ 是 Y 接受 1 / × 否 N 不接受联合体 0, ticked boxes (☑是 □否), TRUE and FALSE.

    Raises CellError for any other word, naming the allowed ones.
    """
    missing = absent(cell, name)
    if missing is not None:
        return missing
    if isinstance(cell, bool):
        return Parsed(cell)
    word = compact(str(cell)).casefold()
    if "□" in word or "☐" in word:
        ticked = _TICKED.findall(word)
        word = ticked[0] if len(ticked) == 1 else word
    said = {_meaning(part) for part in _PARTS.findall(_TOPIC.sub("", word))}
    if len(said) == 1 and None not in said:
        return Parsed(said.pop())
    shown = tidy(str(cell))
    raise CellError(
        Words(
            f"{name.zh}“{shown}”无法识别；允许：是/否、√/×、Y/N、接受/不接受",
            f"{name.en} '{shown}' not understood; allowed: 是/否, √/×, Y/N, 接受/不接受",
        )
    )


def _meaning(word: str) -> bool | None:
    if _YES.fullmatch(word):
        return True
    return False if _NO.fullmatch(word) else None
