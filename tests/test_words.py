"""Sentences in two languages: many rows filled at once read as each filled by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matching import Words

SENTENCE = Words("{a}：{b:.2f}%（{c}），{a}", "{a}: {b:.2f}% ({c})")
MARKED = Words("疑似轴承", "presumably bearings")

texts = st.one_of(st.none(), st.text(max_size=4), st.just(MARKED))
numbers = st.one_of(st.floats(allow_infinity=False), st.integers(-(10**6), 10**6))
others = st.one_of(st.dates(), st.none(), st.booleans(), st.text(max_size=3))


@given(st.lists(st.tuples(texts, numbers, others), min_size=1, max_size=8))
def test_many_rows_read_as_each_by_itself(rows: list[tuple[Any, ...]]) -> None:
    columns = {name: [row[at] for row in rows] for at, name in enumerate("abc")}
    filled = SENTENCE.fill_rows(columns.__getitem__, len(rows))
    assert filled == [SENTENCE.fill(a=a, b=b, c=c) for a, b, c in rows]


def test_what_is_missing_reads_unknown_in_both_languages() -> None:
    columns = {"a": [None, "甲"], "b": [float("nan"), 1.0], "c": [date(2026, 1, 2), ""]}
    assert SENTENCE.fill_rows(columns.__getitem__, 2) == [
        Words("未知：未知%（2026-01-02），未知", "unknown: unknown% (2026-01-02)"),
        Words("甲：1.00%（未知），甲", "甲: 1.00% (unknown)"),
    ]
