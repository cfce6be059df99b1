"""Terms are found, conflicts are told, users extend, the unknown is listed."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import FileError, RowsError
from matching.vocabulary import Vocabulary, base_vocabulary, read_vocabulary, term_key, unknown_terms

HEADER = "concept,parent,industry,kind,terms\n"
BEARINGS = (
    "轴承部件,,3451,part,\n"
    "轴承座,轴承部件,3451,part,轴承支座|轴承箱|bearing housing\n"
    "轴承,轴承部件,3451,part,bearing\n"
    "聚四氟乙烯,,2651,material,PTFE|特氟龙\n"
)


def table(folder: Path, rows: str, name: str = "terms.csv") -> Path:
    """Write a table of terms."""
    path = folder / name
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


@pytest.fixture
def bearings(tmp_path: Path) -> Vocabulary:
    """Four concepts, eight terms."""
    return read_vocabulary([table(tmp_path, BEARINGS)], base=Vocabulary.of([]))


def found(vocabulary: Vocabulary, text: str) -> list[tuple[str, str]]:
    return [(mention.term, mention.concept) for mention in vocabulary.find(text)]


def test_the_longest_term_wins(bearings: Vocabulary) -> None:
    """轴承支座 is one thing, not a bearing beside something else."""
    assert found(bearings, "船用轴承支座及轴承各一") == [("轴承支座", "轴承座"), ("轴承", "轴承")]


def test_full_width_case_and_traditional_writing_do_not_matter(bearings: Vocabulary) -> None:
    assert found(bearings, "ＰＴＦＥ板、軸承座") == [("ptfe", "聚四氟乙烯"), ("轴承座", "轴承座")]


def test_latin_terms_are_whole_words(bearings: Vocabulary) -> None:
    """PTFE is found beside Chinese, not inside a longer Latin word."""
    assert found(bearings, "XPTFE2 管") == []
    assert found(bearings, "垫PTFE片") == [("ptfe", "聚四氟乙烯")]


def test_broader_concepts_count_a_share(bearings: Vocabulary) -> None:
    """A housing is one housing and three tenths of a bearing part."""
    row = bearings.weights(["轴承箱"]).toarray()[0]
    assert dict(zip(bearings.names, row, strict=True)) == {
        "轴承部件": 0.3,
        "轴承座": 1,
        "轴承": 0,
        "聚四氟乙烯": 0,
    }


def test_mentions_count_by_their_logarithm(bearings: Vocabulary) -> None:
    row = bearings.weights(["PTFE 特氟龙 PTFE"]).toarray()[0]
    assert row[bearings.names.index("聚四氟乙烯")] == pytest.approx(1 + math.log(3))


@given(st.text(alphabet="轴承支座箱ptfe特氟龙 /、", max_size=30))
def test_mentions_stand_in_the_text_and_never_overlap(text: str) -> None:
    vocabulary = base_vocabulary()
    rest = term_key(text)
    for mention in vocabulary.find(text):
        assert mention.term in rest
        rest = rest[rest.index(mention.term) + len(mention.term) :]


def test_a_user_adds_terms_to_a_concept_and_concepts_of_his_own(bearings: Vocabulary, tmp_path: Path) -> None:
    """A row of a known concept may leave out what is known of it."""
    own = table(tmp_path, "轴承座,,,,瓦座\n推力瓦,轴承部件,3451,part,止推瓦\n", "own.csv")
    extended = read_vocabulary([own], base=bearings)
    assert found(extended, "瓦座、止推瓦、轴承箱") == [
        ("瓦座", "轴承座"),
        ("止推瓦", "推力瓦"),
        ("轴承箱", "轴承座"),
    ]
    assert found(bearings, "瓦座") == []
    assert extended.fingerprint != bearings.fingerprint


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("轴瓦,,3451,part,轴承箱\n", "terms.csv!E2 .轴承箱. 已是“轴承座”的术语"),
        ("轴瓦,滑动件,3451,part,\n", "B2 .滑动件. 没有这个上位概念"),
        ("轴瓦,,9999,part,\n", "C2 .9999. 不是 GB/T 4754-2017 的代码"),
        ("轴瓦,,3451,thing,\n", "D2 .thing. 类别应为 product, part"),
        ("轴承座,聚四氟乙烯,3451,part,\n", "与先前的“轴承部件”矛盾"),
        ("座,,3451,part,\n", "术语至少两个字"),
        (
            "甲件,乙件,3451,part,\n乙件,丙件,3451,part,\n丙件,甲件,3451,part,\n",
            "上位概念成环：甲件 → 乙件 → 丙件 → 甲件",
        ),
    ],
)
def test_what_is_wrong_with_a_table_is_told(
    bearings: Vocabulary, tmp_path: Path, rows: str, sentence: str
) -> None:
    """Each kind of fault, at its cell."""
    with pytest.raises(RowsError, match=sentence):
        read_vocabulary([table(tmp_path, rows)], base=bearings)


def test_all_faults_of_a_table_are_told_at_once(bearings: Vocabulary, tmp_path: Path) -> None:
    rows = "轴瓦,,9999,thing,轴承箱\n"
    with pytest.raises(RowsError) as caught:
        read_vocabulary([table(tmp_path, rows)], base=bearings)
    assert {problem.cell for problem in caught.value.problems} == {"C2", "D2", "E2"}


def test_a_table_without_its_columns_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("词,义\n", encoding="utf-8")
    with pytest.raises(FileError, match="缺少列：concept, parent"):
        read_vocabulary([path])
    with pytest.raises(FileError, match="读不了术语表"):
        read_vocabulary([tmp_path / "nothing.csv"])


def test_forgotten_terms_are_found_no_more(bearings: Vocabulary) -> None:
    thinned = bearings.without(["轴承箱", "PTFE"])
    assert found(thinned, "轴承箱 PTFE 特氟龙") == [("轴承", "轴承"), ("特氟龙", "聚四氟乙烯")]
    assert thinned.names == bearings.names


def test_frequent_unknown_terms_come_with_the_nearest_concepts(bearings: Vocabulary) -> None:
    """轴承座圈 stands in three texts; what stands in one is left out, and so are its own parts."""
    texts = ["甲 转向节臂 轴承箱", "乙 转向节臂", "转向节臂丙", "只此一回"]
    (term,) = unknown_terms(texts, bearings)
    assert (term.term, term.count, term.nearest) == ("转向节臂", 3, ())
    (near,) = unknown_terms(["轴承盒"] * 3, bearings.without(["轴承"]))
    assert [concept for concept, _, _ in near.nearest] == ["轴承座"]


def test_the_term_base_is_large_and_whole() -> None:
    """At least 2,500 terms; every concept has its industry and kind, and a parent unless it is a root."""
    vocabulary = base_vocabulary()
    assert len(vocabulary.terms) >= 2500
    assert all(concept.industry and concept.kind for concept in vocabulary.concepts.values())
    roots = [concept.name for concept in vocabulary.concepts.values() if not concept.parent]
    assert len(roots) <= 0.1 * len(vocabulary.concepts)
