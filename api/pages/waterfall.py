"""A score as a waterfall of its parts: each bar begins where the one above it ended.

::

    能力匹配   ██████░░                           2077 / 2344
    行业接近         ██                            521 / 521
    入围经历           ╱╱╱╱  未知                    0 / 781      hatched: a value was missing
    匹配分     ████████                           2598 / 10000

A dark bar is what a criterion gave, the outline around it the most it can give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from markupsafe import Markup, escape

from api.pages.drawing import (
    DEEP,
    GRID,
    INK,
    LIGHT,
    LINE,
    MIDDLE,
    MUTED,
    PALE,
    box,
    element,
    hatching,
    line,
    picture,
    text,
    width_of,
)
from api.pages.wording import said
from api.schemas import Part
from matching import Words
from matching.words import UNKNOWN, Language

#: points of a full score, and what they are wide
FULL, WIDTH = 10_000, 250.0
ROW, BAR, TOP, GAP, VALUES = 22.0, 12.0, 26.0, 8.0, 84.0

SCORE = Words("匹配分", "score")
HEADING = Words("得分 / 满分", "points / most")
TOLD = Words("匹配分 {score}，由各项相加：{parts}", "score {score}, the sum of: {parts}")
PART = Words("{label} {points}/{most}", "{label} {points}/{most}")


def waterfall(parts: Sequence[Part], language: Language) -> Markup:
    """Draw parts one below the other; the last bar is their sum."""
    left = GAP + max(width_of(label) for label in _labels(parts, language))
    score = sum(part.points for part in parts)
    starts = accumulate((part.points for part in parts), initial=0)
    height = TOP + ROW * (len(parts) + 1) + 4
    rows = [
        _row(part, start, (left, TOP + ROW * at), language)
        for at, (part, start) in enumerate(zip(parts, starts, strict=False))
    ]
    total = _total(score, (left, TOP + ROW * len(parts)), language)
    inside = (*_axis(left, height, language), *rows, total)
    return picture((left + WIDTH + VALUES, height), told(parts, language), "waterfall", inside)


def strip(parts: Sequence[Part], language: Language) -> Markup:
    """Draw parts side by side on one line: the waterfall seen from above."""
    starts = accumulate((part.points for part in parts), initial=0)
    inside = [box(0, 0, WIDTH, BAR, fill=GRID)]
    for at, (part, start) in enumerate(zip(parts, starts, strict=False)):
        x, width = _wide(start), _wide(part.points)
        inside.append(box(x, 0, width, BAR, fill=PALE if not part.known else (DEEP, MIDDLE)[at % 2]))
        if not part.known:
            inside.append(hatching(x, 0, width, BAR, MUTED, gap=3))
    return picture((WIDTH, BAR), told(parts, language), "strip", inside)


def told(parts: Sequence[Part], language: Language) -> str:
    """Say a waterfall in words, for those who cannot see it."""
    each = [
        PART.fill(label=said(part.label, language), points=part.points, most=part.most).say(language)
        + ("" if part.known else f"（{UNKNOWN.zh}）" if language == "zh" else f" ({UNKNOWN.en})")
        for part in parts
    ]
    joined = ("，" if language == "zh" else ", ").join(each)
    return TOLD.fill(score=sum(part.points for part in parts), parts=joined).say(language)


def _labels(parts: Sequence[Part], language: Language) -> list[str]:
    return [SCORE.say(language), *(said(part.label, language) for part in parts)]


def _wide(points: int) -> float:
    return points * WIDTH / FULL


def _axis(left: float, height: float, language: Language) -> Iterator[Markup]:
    for points in range(0, FULL + 1, FULL // 4):
        x = left + _wide(points)
        yield line((x, TOP - 6), (x, height - 2), GRID)
        yield text(x, TOP - 10, f"{points}", 10, text_anchor="middle", fill=MUTED)
    yield text(left + WIDTH + VALUES, TOP - 10, HEADING.say(language), 10, text_anchor="end", fill=MUTED)


def _row(part: Part, start: int, corner: tuple[float, float], language: Language) -> Markup:
    """Draw one criterion: label, outline of the most, bar of the points, link to the next row, value."""
    left, top = corner
    x, y, width = left + _wide(start), top + (ROW - BAR) / 2, _wide(part.points)
    most, base = _wide(part.most), top + ROW / 2 + 4
    label, value = said(part.label, language), f"{part.points} / {part.most}"
    known = (box(x, y, width, BAR, fill=DEEP, class_="points"),)
    return element(
        "g",
        element("title", escape(f"{label} {value}\n{said(part.sentence, language)}")),
        text(left - GAP, base, label, text_anchor="end"),
        box(x, y, most, BAR, fill=PALE, stroke=LINE, stroke_width=0.8, class_="most"),
        *(known if part.known else _unknown(part, (x, y), left, language)),
        line((x + width, y + BAR), (x + width, y + ROW), LINE, "2 2"),
        text(left + WIDTH + VALUES, base, value, 11, text_anchor="end"),
        class_="part" if part.known else "part unknown",
    )


def _unknown(part: Part, at: tuple[float, float], left: float, language: Language) -> Iterator[Markup]:
    """Hatch what is unknown and write so beside it, on the side where there is room."""
    (x, y), width, most = at, _wide(part.points), _wide(part.most)
    yield box(x, y, width, BAR, fill=LIGHT, class_="points")
    yield hatching(x, y, most, BAR, MUTED)
    words = UNKNOWN.say(language)
    fits = x + most + 4 + width_of(words, 10) <= left + WIDTH
    place = (x + most + 4, "start") if fits else (x - 4, "end")
    yield text(place[0], y + BAR - 2, words, 10, text_anchor=place[1], fill=MUTED)


def _total(score: int, corner: tuple[float, float], language: Language) -> Markup:
    left, top = corner
    y, base = top + (ROW - BAR) / 2, top + ROW / 2 + 4
    return element(
        "g",
        line((0, top), (left + WIDTH + VALUES, top), LINE),
        text(left - GAP, base, SCORE.say(language), text_anchor="end", font_weight="bold"),
        box(left, y, _wide(score), BAR, fill=INK, class_="points"),
        text(left + WIDTH + VALUES, base, f"{score} / {FULL}", 11, text_anchor="end", font_weight="bold"),
        class_="total",
    )
