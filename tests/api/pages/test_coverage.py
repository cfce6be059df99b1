"""The pictures of a plan's figures are cut to scale."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.coverage import WIDTH, bars_of, coverage
from api.pages.sieve import sieve
from tests.api.pages.drawn import boxes, corners, read, texts


def figures(
    needs: int, served: int, partly: int, coverage: float = 0.5, shares: tuple[float, float] = (0.2, 0.5)
) -> dict[str, Any]:
    """Figures of a plan, as its summary holds them."""
    firms = {"firms": 10 if served else 0, "largest_share": shares[0], "top3_share": shares[1]}
    return {
        **{"needs": needs, "served_needs": served, "partly_served_needs": partly, "coverage": coverage},
        "concentration": {**firms, "largest_firm": "例船厂"},
    }


def test_a_plan_of_ten_needs() -> None:
    drawing = read(coverage(figures(10, 5, 2, coverage=0.625), "zh"))
    assert boxes(drawing, "piece") == [
        *((0, 230), (230, 92), (322, 138)),
        *((0, 287.5), (287.5, 172.5)),
        *((0, 92), (92, 138), (230, 230)),
    ]
    assert texts(drawing) == [
        *("需求满足情况（项）", "全部满足 5", "部分满足 2", "未满足 3"),
        *("价值覆盖率", "已覆盖 62.5%", "未覆盖 37.5%"),
        *("承接集中度（按价值），最大：例船厂", "最大一家 20.0%", "第二、三家 30.0%", "其余 7 家 50.0%"),
    ]


def test_what_stays_open_is_hatched() -> None:
    assert len(read(coverage(figures(10, 5, 2), "zh")).findall(".//path")) == 4  # two pieces, two legends
    everything = read(coverage(figures(10, 10, 0, coverage=1), "en"))
    assert len(everything.findall(".//path")) == 2  # the legends only


def test_a_plan_without_deals_tells_of_no_firm() -> None:
    assert len(bars_of(figures(10, 0, 0, coverage=0))) == 2


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 1))
def test_pieces_fill_the_bar_and_no_more(served: int, partly: int, left: int, share: float) -> None:
    drawing = read(coverage(figures(served + partly + left, served, partly, share), "en"))
    assert all(-1e-3 <= x <= WIDTH + 1e-3 for x, _ in corners(drawing))
    ends = [x + width for x, width in boxes(drawing, "piece")]
    assert ends[4] == pytest.approx(WIDTH, abs=2e-3)
    assert ends[2] == pytest.approx(WIDTH if served + partly + left else 0, abs=2e-3)


def test_rules_by_what_they_kept_apart() -> None:
    drawing = read(sieve({"price": 5, "category": 20, "itself": 0}, "zh"))
    assert texts(drawing) == ["行业品类", "20", "限价", "5"]
    (_, most), (_, least) = boxes(drawing, "pairs")
    assert most == pytest.approx(4 * least, abs=4e-3)
    assert drawing.get("aria-label") == "行业品类：20 对；限价：5 对"
