"""Standings an enterprise is granted, and its size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from matching.codes.facts import table
from matching.text import CellError, Parsed, is_placeholder, normalise
from matching.words import Words, is_missing

Size = Literal["large", "medium", "small", "micro"]
SIZE = Words("企业规模", "enterprise size")

_SIZES: dict[str, Size] = {"大": "large", "中": "medium", "小": "small", "微": "micro"}
_SIZE_WORDS = re.compile(r"([大中小微])(?:型)?(?:企业|公司|工业企业)?")
_MARKS = re.compile(r"[\s“”\"'()（）·\-—]")


@dataclass(frozen=True, slots=True)
class Tier:
    """A standing an enterprise is granted (链主, 高新技术企业, 专精特新 …); ``validity`` is what is usual."""

    code: str
    name: str
    kind: str
    authority: str
    validity: str


@cache
def tiers() -> tuple[Tier, ...]:
    """Give all tiers."""
    return tuple(
        Tier(row["code"], row["name"], row["kind"], row["authority"], row["validity"])
        for row in table("tiers")
    )


@cache
def _names() -> tuple[tuple[str, Tier], ...]:
    """Give every name and alias with its tier, the longest first."""
    pairs = [
        (_plain(name), tier)
        for row, tier in zip(table("tiers"), tiers(), strict=True)
        for name in (row["name"], *re.split(r"[|/]", row["aliases"]), *row["name"].split("/"))
        if name
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _plain(text: str) -> str:
    return _MARKS.sub("", normalise(text))


def find_tier(text: str) -> Tier | None:
    """Find a tier by code, name or alias, the longest one standing in the text; None where there is none."""
    plain = _plain(text)
    for tier in tiers():
        if plain.upper() == tier.code.replace("-", ""):
            return tier
    return next((tier for name, tier in _names() if name in plain), None)


def parse_size(cell: object, *, name: Words = SIZE) -> Parsed[Size]:
    """Read an enterprise's size: 大型, 中型, 小型, 微型; CellError for others (小微 is two sizes)."""
    if is_missing(cell) or not str(cell).strip():
        return Parsed(None)
    plain = _plain(str(cell))
    found = _SIZE_WORDS.fullmatch(plain)
    if found:
        return Parsed(_SIZES[found[1]])
    if is_placeholder(str(cell)):
        return Parsed(None, (Words(f"{name.zh}缺失（{plain}）", f"{name.en} missing ({plain})"),))
    raise CellError(
        Words(
            f"{name.zh}“{plain}”无法识别；允许：大型、中型、小型、微型",
            f"{name.en} '{plain}' not understood; allowed: 大型, 中型, 小型, 微型",
        )
    )
