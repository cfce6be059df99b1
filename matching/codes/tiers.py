"""Tiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matching.text import Parsed
from matching.words import Words

Size = Literal["large", "medium", "small", "micro"]
SIZE = Words("企业规模", "enterprise size")


@dataclass(frozen=True, slots=True)
class Tier:
    """A standing an enterprise is granted (链主, 高新技术企业, 专精特新 …)."""

    code: str
    name: str
    kind: str
    authority: str
    validity: str


def find_tier(text: str) -> Tier | None:
    """Find a tier by code, name or alias; None where it is none of them."""
    raise NotImplementedError


def parse_size(cell: object, *, name: Words = SIZE) -> Parsed[Size]:
    """Read an enterprise's size: 大型/中型/小型/微型."""
    raise NotImplementedError
