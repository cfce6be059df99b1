"""Industries of GB/T 4754-2017."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.codes import are_compatible, common_digits, find_industry, industries, is_compatible
from matching.errors import UnknownNameError

CODES = st.sampled_from(["", "34", "344", "3443", "3441", "35", "3512", "01", "0111"])


def test_table_has_its_four_levels() -> None:
    """20 sections, 97 divisions, 473 groups, 1,381 classes; every parent is there."""
    assert Counter(entry.level for entry in industries()) == {1: 20, 2: 97, 3: 473, 4: 1381}
    codes = {entry.code for entry in industries()}
    assert all(entry.parent in codes or entry.level == 1 for entry in industries())


@pytest.mark.parametrize(
    "text", ["3443", "C3443", "阀门和旋塞制造", "3443 阀门和旋塞制造", "３４４３", " c3443".upper()]
)
def test_one_industry_in_every_spelling(text: str) -> None:
    """Code, code under its letter, name, and both together."""
    assert find_industry(text).code == "3443"


def test_wider_entries() -> None:
    """Two and three digits and letters are entries too; a name that occurs twice means the wider one."""
    assert [find_industry(text).code for text in ("34", "011", "C", "房地产业")] == ["34", "011", "C", "70"]
    assert find_industry("3443").parent == "344"


@pytest.mark.parametrize("text", ["9999", "D3443", "3443 船舶", "1", "", "阀门"])
def test_unknown_industry(text: str) -> None:
    """Unknown codes, a wrong letter and a wrong name are refused, saying how a code looks."""
    with pytest.raises(UnknownNameError, match="GB/T 4754-2017 代码"):
        find_industry(text)


def test_near_names_are_offered() -> None:
    """The error names entries with a like name."""
    with pytest.raises(UnknownNameError, match=r"阀门和旋塞制造\(3443\)"):
        find_industry("阀门制造")


def test_compatible_by_prefix() -> None:
    """One code contains the other, or one is unknown."""
    assert is_compatible("34", "3443")
    assert is_compatible("3443", "C")
    assert is_compatible("", "3443")
    assert not is_compatible("343", "3443")
    assert not is_compatible("A", "3443")


def test_common_digits() -> None:
    """Leading digits in common, row by row; -1 where one is unknown."""
    assert common_digits(["3443", "34", "", "3512"], ["3443", "3443", "34", "3443"]).tolist() == [4, 2, -1, 1]


@given(st.lists(st.tuples(CODES, CODES), min_size=1, max_size=8))
def test_columns_agree_with_single_codes(pairs: list[tuple[str, str]]) -> None:
    """The vector form gives what the single one gives."""
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    assert are_compatible(left, right).tolist() == [is_compatible(a, b) for a, b in pairs]
