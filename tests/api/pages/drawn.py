"""Parts of a score told in a few words, and drawings read back as elements."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from api.schemas import Part, Text

Element = ElementTree.Element


def part(points: int, most: int, label: str = "价格", *, known: bool = True) -> Part:
    """A criterion that gave some of its most points."""
    said = Text(zh="报价 40", en="price 40") if known else Text(zh="报价未知", en="price unknown")
    name = Text(zh=label, en="price")
    return Part(criterion="price", label=name, points=points, most=most, sentence=said, known=known)


def read(svg: str) -> Element:
    """Read a drawing; it must be well formed."""
    return ElementTree.fromstring(str(svg))


def boxes(drawing: Element, name: str) -> list[tuple[float, float]]:
    """Left edge and width of the rectangles of a class, from top to bottom."""
    found = [item for item in drawing.iter("rect") if item.get("class") == name]
    return [(float(item.get("x", "")), float(item.get("width", ""))) for item in found]


def texts(drawing: Element) -> list[str]:
    """What is written, in order."""
    return [item.text or "" for item in drawing.iter("text")]


def corners(drawing: Element) -> Iterator[tuple[float, float]]:
    """Every point at which something is drawn."""
    for item in drawing.iter():
        if item.tag == "rect":
            x, y, width, height = (float(item.get(name, "")) for name in ("x", "y", "width", "height"))
            yield from ((x, y), (x + width, y + height))
        if item.tag == "path":
            for pair in item.get("d", "").replace("M", " M").replace("L", " L").split("M"):
                for point in filter(None, (text.strip() for text in pair.split("L"))):
                    x, y = map(float, point.split())
                    yield x, y
