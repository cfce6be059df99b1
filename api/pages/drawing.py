"""Elements of a drawing as SVG: escaped, exact to a thousandth, coloured by attributes only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from markupsafe import Markup, escape

#: colours of all pictures; text on white has a contrast of at least 4.5
INK, MUTED, LINE, GRID = "#1f2733", "#525c6b", "#8a94a3", "#e3e7ec"
DEEP, MIDDLE, LIGHT, PALE = "#1b4b82", "#5b86b8", "#a9c1dc", "#ffffff"


def element(tag: str, *children: Markup, **attributes: str | float | None) -> Markup:
    """Give one element; ``text_anchor`` becomes text-anchor, ``class_`` class; None is left out."""
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_plain(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{told}>{''.join(children)}</{tag}>")


def picture(size: tuple[float, float], title: str, name: str, children: Iterable[Markup]) -> Markup:
    """Put elements together into a drawing of a width and a height that is read out as ``title``."""
    width, height = size
    box = f"0 0 {_plain(width)} {_plain(height)}"
    return element(
        "svg",
        *children,
        class_=name,
        viewBox=box,
        width=width,
        height=height,
        role="img",
        aria_label=title,
    )


def box(x: float, y: float, width: float, height: float, **attributes: str | float | None) -> Markup:
    """Give a rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, **attributes)


def line(
    start: tuple[float, float], end: tuple[float, float], colour: str, dashes: str | None = None
) -> Markup:
    """Give a thin straight line."""
    (x1, y1), (x2, y2) = start, end
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_dasharray=dashes)


def text(x: float, y: float, words: str, size: float = 12, **attributes: str | float | None) -> Markup:
    """Give a line of text whose base line is at ``y``."""
    return element("text", escape(words), x=x, y=y, font_size=size, **{"fill": INK, **attributes})


def hatching(x: float, y: float, width: float, height: float, colour: str, gap: float = 5) -> Markup:
    """Give rising lines across a rectangle: the mark of what is unknown, also in black and white.

    Drawn line by line, because a pattern needs an id and many drawings stand on one page.
    """
    strokes = []
    start = gap - height
    while start < width:
        left, right = max(0.0, start), min(width, start + height)
        if left < right:
            low, high = (y + height - (at - start) for at in (left, right))
            strokes.append(f"M{_plain(x + left)} {_plain(low)}L{_plain(x + right)} {_plain(high)}")
        start += gap
    return element("path", d="".join(strokes), stroke=colour, fill="none") if strokes else Markup("")


def width_of(words: str, size: float = 12) -> float:
    """Give about the width of a text: a Chinese character is as wide as high, a Latin one about half."""
    return sum(size if unicodedata.east_asian_width(sign) in "WF" else 0.56 * size for sign in words)


def _plain(value: str | float) -> str:
    return str(escape(value)) if isinstance(value, str) else f"{value:.3f}".rstrip("0").rstrip(".")
