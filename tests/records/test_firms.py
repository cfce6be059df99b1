"""Who is the same firm."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import InputError
from matching.records.firms import firm_codes, firm_name, firm_notes, near_names


def _valid(stem: str) -> str:
    """Give a credit code with its right check character."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(letters.index(char) * pow(3, place, 31) for place, char in enumerate(stem))
    return stem + letters[-total % 31]


ONE, TWO = _valid("91420500MA48ABCD0"), _valid("91420500MA48ABCE0")


def test_names_are_compared_without_brackets_blanks_and_width() -> None:
    """有限公司 and 有限责任公司 stay apart."""
    assert firm_name("宜昌（三峡） 铸造有限公司") == firm_name("宜昌(三峡)铸造有限公司")
    assert firm_name("ＡＢＣ公司") == firm_name("abc公司")
    assert firm_name("甲有限公司") != firm_name("甲有限责任公司")


@pytest.mark.parametrize(
    ("names", "usccs", "codes"),
    [
        (["A", "B", "A "], [None, None, None], [0, 1, 0]),
        (["甲", "乙"], [ONE, ONE], [0, 0]),
        (["甲", "甲"], [ONE, TWO], [0, 1]),
        (["甲", "甲", "乙"], [ONE, None, ONE], [0, 0, 0]),
        (["甲", "甲", "甲"], [ONE, TWO, None], [0, 1, 2]),
        (["甲", "甲"], [ONE[:-1] + "?", None], [0, 0]),
    ],
    ids=["by name", "one code", "two codes", "code found by name", "ambiguous name", "broken code"],
)
def test_firms_by_code_then_by_name(names: list[str], usccs: list[str | None], codes: list[int]) -> None:
    """A valid code decides; a name joins a code only where it goes with one."""
    assert firm_codes(names, usccs).tolist() == codes


@given(st.permutations(list(range(6))))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    """Each row keeps the number of its firm."""
    names = ["甲", "乙", "丙", "甲", "丁（一）", "丁(一)"]
    usccs = [ONE, None, ONE, None, None, TWO]
    whole = firm_codes(names, usccs)
    mixed = firm_codes([names[row] for row in order], [usccs[row] for row in order])
    assert mixed.tolist() == whole[order].tolist()
    assert whole.dtype == np.int64


def test_contradictions_are_told() -> None:
    """One code with two names is one firm, one name with two codes is two; both are said."""
    merged, apart = firm_notes(["甲", "乙", "丙", "丙", "甲 "], [ONE, ONE, ONE, TWO, ONE])
    assert merged.zh == f"{ONE} 有不同名称：丙、乙、甲，视为同一企业"
    assert apart.zh == f"丙 有不同信用代码：{ONE}、{TWO}，视为不同企业"


def test_a_firm_without_a_name_is_an_error() -> None:
    """Unknown firms are not all the same firm."""
    with pytest.raises(InputError, match="企业名称为空"):
        firm_codes(["甲", " "], [None, None])


def test_near_names_are_listed_for_confirmation() -> None:
    """Legal form and one character apart; numerals tell firms apart, equal names are no news."""
    names = [
        "宜昌三峡铸造有限公司",
        "宜昌三峡铸造有限责任公司",
        "宜昌市三峡铸造 有限公司",
        "湖北长江重型机械制造股份有限公司",
        "湖北长江重形机械制造股份有限公司",
        "中铁大桥局集团第一工程有限公司",
        "中铁大桥局集团第二工程有限公司",
        "宜昌三峡铸造有限公司",
    ]
    assert near_names(names) == [
        ("宜昌三峡铸造有限公司", "宜昌三峡铸造有限责任公司", 100.0),
        ("宜昌三峡铸造有限公司", "宜昌市三峡铸造 有限公司", 100.0),
        ("宜昌三峡铸造有限责任公司", "宜昌市三峡铸造 有限公司", 100.0),
        ("湖北长江重型机械制造股份有限公司", "湖北长江重形机械制造股份有限公司", 90.0),
    ]


def test_near_names_of_none() -> None:
    """Nothing to compare."""
    assert near_names([]) == []
    assert near_names(["甲"]) == []


def test_ten_thousand_names_are_quick() -> None:
    """Names are compared in blocks, not each with each."""
    random = np.random.default_rng(0)
    letters = np.array(list("江海天地三峡建设工程科技能源电力机械铸造水利交通"))
    names = [f"宜昌{''.join(random.choice(letters, 6))}有限公司" for _ in range(10_000)]
    start = time.process_time()
    near_names(names)
    assert time.process_time() - start < 10
