"""Cleaning text: the order of steps, what stays, and what is marked instead of guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import is_garbled, is_placeholder, is_template, normalise, split_list, tidy


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("１２ＡＢ（一期）", "12AB(一期)"),
        ("項(xiàng)目建設(shè)单位", "项目建设单位"),
        ("項（xiàng）目", "项目"),
        ("旅遊文化發展", "旅游文化发展"),
        ("堿液", "碱液"),
        ("某市\n农业办公室\xa0 ", "某市农业办公室"),
        ("\t高标准农田\u3000", "高标准农田"),
        ("第一行\nABC", "第一行 ABC"),
        ("我的(de)项目", "我的项目"),
        ("\u200b螺栓\ufeff", "螺栓"),
        ("面积㎡", "面积m2"),
    ],
)
def test_normalise_cleans_in_order(text: str, clean: str) -> None:
    """Half width first, then glosses, then simplified characters, then blanks."""
    assert normalise(text) == clean


@pytest.mark.parametrize(
    "text", ["产量(kg)", "面积(mu)", "法兰(PN16)", "电缆(km)", "项目(a)", "瞭望台", "乾县水泥厂"]
)
def test_normalise_leaves_units_and_names(text: str) -> None:
    """A unit in brackets is no pinyin; 瞭 and 乾 are no traditional characters here."""
    assert normalise(text) == text


def test_tidy_keeps_punctuation_for_showing() -> None:
    """What is shown keeps its brackets and symbols; letters and digits are half width all the same."""
    assert tidy("管道工程（一期），５０㎡：ＡＢ") == "管道工程（一期），50㎡：AB"


def test_taiwan_words_on_request() -> None:
    """Taiwan's words are turned only when asked for."""
    assert normalise("軟體與積體電路", taiwan=True) == "软件与集成电路"
    assert normalise("軟體") == "软体"


@given(st.text(alphabet="項目(xiàng)（）ＡＢ １\n乾县，。abc", max_size=20))
def test_normalise_is_idempotent_on_its_half_width_form(text: str) -> None:
    """Cleaning a clean text with no gloss left changes nothing."""
    once = normalise(normalise(text))
    assert normalise(once) == once


@pytest.mark.parametrize("text", ["宜�市", "å®œæ˜Œå¸‚", "锟斤拷", "项Ä目", "管??道", "\x85编码"])
def test_garbled_text_is_marked(text: str) -> None:
    """Replacement characters, UTF-8 read as Latin-1 and stray letters are signs of a wrong encoding."""
    assert is_garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        "城市APP底座",
        "10KV配电",
        "EPC总承包",
        "直径Ø300",
        "温度±5℃",
        "x²+y²",
        "α粒子",
        "café",
        "时光·序",
        "5×10",
    ],
)
def test_latin_letters_in_names_are_not_garbled(text: str) -> None:
    """Real names hold Latin letters, Greek letters and signs."""
    assert not is_garbled(text)


@pytest.mark.parametrize(
    "text", ["[简要描述项目需求…]", "【请填写】", "（请在此填写需求）", "请输入内容", "XXX"]
)
def test_template_text(text: str) -> None:
    """An instruction of the form that was left standing is a template, and so a placeholder."""
    assert is_template(text)
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "公告未明确列示",
        "公告未单独列示",
        "待定",
        "/",
        "-",
        "—",
        "无",
        "按合同约定",
        "详见附件",
        "N/A",
        "面议",
        "以合同为准",
    ],
)
def test_placeholder(text: str) -> None:
    """These words only say that there is no value."""
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["（一期）", "无缝钢管", "按摩椅采购", "待料台", "见习基地建设", "[2025]12号"]
)
def test_no_placeholder(text: str) -> None:
    """Words that only begin like a placeholder are values."""
    assert not is_placeholder(text)
    assert not is_template(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("京口区、润州区", ("京口区", "润州区")),
        ("承装（修、试）许可；ISO9001", ("承装（修、试）许可", "ISO9001")),
        ("1,250，3", ("1,250，3",)),
        ("GB/T 19001/甲级", ("GB/T 19001", "甲级")),
        ("阀门\n管件||泵", ("阀门", "管件", "泵")),
        ("(未闭合、乙", ("(未闭合", "乙")),
        (" 、 ", ()),
    ],
)
def test_split_list(text: str, parts: tuple[str, ...]) -> None:
    """Marks divide, but not inside brackets, numbers and codes."""
    assert split_list(text) == parts
