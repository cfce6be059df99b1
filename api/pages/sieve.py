"""How many pairs of need and offer each hard rule kept apart, the strictest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from api.pages.drawing import MIDDLE, box, picture, text, width_of
from api.practices import COMMANDS
from matching import Words
from matching.words import Language

WIDTH, BAR, ROW, GAP = 460.0, 12.0, 20.0, 8.0
PAIRS = Words("{label}：{count} 对", "{label}: {count} pairs")
LABELS = {rule.name: rule.label for practice in COMMANDS.values() for rule in practice.rules}


def sieve(removed: Mapping[str, int], language: Language) -> Markup:
    """Draw the number of pairs by the name of the rule as bars to one scale; idle rules are left out."""
    found = sorted(((count, name) for name, count in removed.items() if count), reverse=True)
    rows = [(LABELS.get(name, Words(name, name)).say(language), count) for count, name in found]
    said = [PAIRS.fill(label=label, count=count).say(language) for label, count in rows]
    title = ("；" if language == "zh" else "; ").join(said)
    return picture((WIDTH, ROW * len(rows)), title, "sieve", _rows(rows))


def _rows(rows: list[tuple[str, int]]) -> Iterator[Markup]:
    left = GAP + max((width_of(label) for label, _ in rows), default=0)
    room = WIDTH - left - GAP - max((width_of(f"{count}") for _, count in rows), default=0)
    most = max((count for _, count in rows), default=1)
    for at, (label, count) in enumerate(rows):
        top, width = at * ROW, count * room / most
        yield text(left - GAP, top + 14, label, text_anchor="end")
        yield box(left, top + 4, width, BAR, fill=MIDDLE, class_="pairs")
        yield text(left + width + GAP, top + 14, f"{count}", 11)
