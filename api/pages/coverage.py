"""A plan at a glance: how many needs are served, how much of their worth, on how few firms it falls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from markupsafe import Markup

from api.pages.drawing import (
    DEEP,
    LIGHT,
    LINE,
    MIDDLE,
    MUTED,
    PALE,
    box,
    hatching,
    picture,
    text,
    width_of,
)
from matching import Words
from matching.words import Language

WIDTH, BAR, ROW = 460.0, 18.0, 74.0

GLANCE = Words("方案一览", "the plan at a glance")
SERVED = Words("需求满足情况（项）", "needs by how far they are served")
WORTH = Words("价值覆盖率", "coverage of worth")
FIRMS = Words("承接集中度（按价值），最大：{firm}", "dealt worth by firm, largest: {firm}")


@dataclass(frozen=True)
class Piece:
    """One piece of a bar: its words, how much it is, how that reads, and its colour (none = hatched)."""

    label: Words
    amount: float
    figure: str
    colour: str | None

    def say(self, language: Language) -> str:
        """Give words and figure."""
        return f"{self.label.say(language)} {self.figure}"


@dataclass(frozen=True)
class Bar:
    """A whole that is cut into pieces."""

    title: Words
    pieces: tuple[Piece, ...]


def coverage(figures: Mapping[str, Any], language: Language) -> Markup:
    """Draw a plan's figures (those of its summary) as three bars, each cut to scale."""
    bars = bars_of(figures)
    drawn = (mark for at, bar in enumerate(bars) for mark in _bar(bar, at * ROW, language))
    said = [
        f"{bar.title.say(language)}: " + ", ".join(piece.say(language) for piece in bar.pieces)
        for bar in bars
    ]
    title = f"{GLANCE.say(language)}. " + ". ".join(said)
    return picture((WIDTH, ROW * len(bars)), title, "coverage", drawn)


def bars_of(figures: Mapping[str, Any]) -> tuple[Bar, ...]:
    """Cut a plan's figures into needs, worth and firms; what nobody serves is left hatched."""
    needs, served, partly = (figures[name] for name in ("needs", "served_needs", "partly_served_needs"))
    covered, firms = figures["coverage"], figures["concentration"]
    first, three = firms["largest_share"], firms["top3_share"]
    bars = [
        Bar(
            SERVED,
            (
                _count(Words("全部满足", "wholly"), served, DEEP),
                _count(Words("部分满足", "partly"), partly, LIGHT),
                _count(Words("未满足", "open"), needs - served - partly, None),
            ),
        ),
        Bar(
            WORTH,
            (
                _share(Words("已覆盖", "covered"), covered, DEEP),
                _share(Words("未覆盖", "open"), 1 - covered, None),
            ),
        ),
    ]
    if firms["firms"]:
        others = max(0, firms["firms"] - 3)
        rest = Words(f"其余 {others} 家", f"{others} others")
        pieces = (
            _share(Words("最大一家", "largest"), first, DEEP),
            _share(Words("第二、三家", "second and third"), three - first, MIDDLE),
            _share(rest, 1 - three, LIGHT),
        )
        bars.append(Bar(FIRMS.fill(firm=firms["largest_firm"]), pieces))
    return tuple(bars)


def _count(label: Words, number: int, colour: str | None) -> Piece:
    return Piece(label, number, f"{number}", colour)


def _share(label: Words, share: float, colour: str | None) -> Piece:
    share = max(0.0, share)  # shares are rounded, so a remainder may fall a hair below nothing
    return Piece(label, share, f"{share:.1%}", colour)


def _bar(bar: Bar, top: float, language: Language) -> Iterator[Markup]:
    yield text(0, top + 14, bar.title.say(language), 13, font_weight="bold")
    yield from _pieces(bar.pieces, top + 22)
    yield from _legend(bar.pieces, top + 22 + BAR + 17, language)


def _pieces(pieces: Sequence[Piece], top: float) -> Iterator[Markup]:
    whole = sum(piece.amount for piece in pieces) or 1
    starts = accumulate((piece.amount for piece in pieces), initial=0.0)
    for piece, start in zip(pieces, starts, strict=False):
        x, width = start * WIDTH / whole, piece.amount * WIDTH / whole
        yield box(x, top, width, BAR, fill=piece.colour or PALE, class_="piece")
        if piece.colour is None:
            yield hatching(x, top, width, BAR, MUTED)
    yield box(0.5, top, WIDTH - 1, BAR, fill="none", stroke=LINE)


def _legend(pieces: Sequence[Piece], base: float, language: Language) -> Iterator[Markup]:
    x = 0.0
    for piece in pieces:
        said = piece.say(language)
        yield box(x + 0.5, base - 9.5, 10, 10, fill=piece.colour or PALE, stroke=LINE)
        if piece.colour is None:
            yield hatching(x + 0.5, base - 9.5, 10, 10, MUTED, gap=3)
        yield text(x + 16, base, said, 12)
        x += 16 + width_of(said) + 18
