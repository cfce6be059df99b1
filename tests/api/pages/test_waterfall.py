"""A waterfall is the arithmetic of a score: exact to the point, whatever the parts are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages.drawing import DEEP
from api.pages.waterfall import FULL, WIDTH, strip, told, waterfall
from api.schemas import Part
from tests.api.pages.drawn import boxes, corners, part, read, texts

POINT = WIDTH / FULL
PARTS = (part(2000, 2500, "能力匹配"), part(0, 1500, "入围经历", known=False), part(1200, 6000, "价格"))


@st.composite
def scores(draw: st.DrawFn) -> list[Part]:
    """Parts whose most points add up to a full score."""
    cuts = sorted(draw(st.lists(st.integers(0, FULL), max_size=12)))
    most = [end - start for start, end in zip([0, *cuts], [*cuts, FULL], strict=True)]
    return [
        part(draw(st.integers(0, top)), top, f"项{at}", known=draw(st.booleans()))
        for at, top in enumerate(most)
    ]


@settings(max_examples=40)
@given(scores())
def test_bars_follow_each_other_and_add_up_to_the_score(parts: list[Part]) -> None:
    *bars, total = boxes(read(waterfall(parts, "zh")), "points")
    left, score = total[0], sum(item.points for item in parts)
    reached = 0
    for (x, width), item in zip(bars, parts, strict=True):
        assert x == pytest.approx(left + reached * POINT, abs=1e-3)
        assert width == pytest.approx(item.points * POINT, abs=1e-3)
        reached += item.points
    assert reached == score
    assert total[1] == pytest.approx(score * POINT, abs=1e-3)
    assert texts(read(waterfall(parts, "zh")))[-1] == f"{score} / {FULL}"


@settings(max_examples=40)
@given(scores())
def test_each_bar_stands_in_the_outline_of_its_most(parts: list[Part]) -> None:
    drawing = read(waterfall(parts, "zh"))
    for bar, outline, item in zip(boxes(drawing, "points"), boxes(drawing, "most"), parts, strict=False):
        assert outline[0] == bar[0]
        assert outline[1] == pytest.approx(item.most * POINT, abs=1e-3)
        assert bar[1] <= outline[1] + 1e-3


@settings(max_examples=40)
@given(scores())
def test_nothing_is_drawn_outside(parts: list[Part]) -> None:
    for svg in (waterfall(parts, "zh"), strip(parts, "zh")):
        drawing = read(svg)
        _, _, width, height = map(float, drawing.get("viewBox", "").split())
        assert all(-1e-3 <= x <= width + 1e-3 and 0 <= y <= height for x, y in corners(drawing))


def test_a_known_waterfall_point_by_point() -> None:
    drawing = read(waterfall(PARTS, "zh"))
    left = boxes(drawing, "points")[0][0]
    placed = [(x - left, width) for x, width in boxes(drawing, "points")]
    assert placed == [(0, 50), (50, 0), (50, 30), (0, 80)]
    assert [width for _, width in boxes(drawing, "most")] == [62.5, 37.5, 150]
    assert texts(drawing)[5:] == [
        *("得分 / 满分", "能力匹配", "2000 / 2500"),
        *("入围经历", "未知", "0 / 1500", "价格", "1200 / 6000", "匹配分", "3200 / 10000"),
    ]


def test_what_is_unknown_is_hatched_and_says_so() -> None:
    rows = [row for row in read(waterfall(PARTS, "zh")).iter("g") if row.get("class") == "part unknown"]
    (unknown,) = rows
    assert "入围经历" in texts(unknown)
    assert "未知" in texts(unknown)
    assert unknown.find("path") is not None
    assert DEEP not in {item.get("fill") for item in unknown.iter("rect")}
    assert read(waterfall(PARTS[:1], "zh")).find(".//path") is None


def test_where_there_is_no_room_beside_the_outline_the_word_stands_before_it() -> None:
    parts = [part(9000, 9000), part(0, 1000, "入围经历", known=False)]
    drawing = read(waterfall(parts, "en"))
    (word,) = [item for item in drawing.iter("text") if item.text == "unknown"]
    assert word.get("text-anchor") == "end"
    assert float(word.get("x", "")) == boxes(drawing, "most")[1][0] - 4


def test_it_is_told_in_words_too() -> None:
    assert told(PARTS, "zh") == (
        "匹配分 3200，由各项相加：能力匹配 2000/2500，入围经历 0/1500（未知），价格 1200/6000"
    )
    drawing = read(waterfall(PARTS, "en"))
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", told(PARTS, "en"))
    assert next(item.text for item in drawing.iter("title")) == "price 2000 / 2500\nprice 40"


def test_what_people_wrote_stays_text() -> None:
    label = '<script>"&'
    drawing = read(waterfall([part(1, 2, label)], "zh"))
    assert label in texts(drawing)
    assert "<script" not in waterfall([part(1, 2, label)], "zh")


def test_no_attribute_styles_or_names_anything() -> None:
    """Inline styles are refused by the content policy, and an id would stand on the page many times."""
    names = {name for item in read(waterfall(PARTS, "zh")).iter() for name in item.attrib}
    assert not names & {"style", "id"}
