"""How near experts stand to problems: by hand, on arrival, with the evidence that bears the value."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.experts import Affinity
from matching.experts.affinity import BEST, CONCEPTS
from matching.experts.features import features_of, words_of
from matching.vocabulary import Vocabulary, base_vocabulary

NO_TERMS = Vocabulary({}, {})
#: who works on what
WORKS = (
    ("中速双燃料发动机燃烧室优化\n\n船用发动机双燃料燃烧室的数值模拟与试验", 0),
    ("船舶柴油机排放控制研究", 0),
    ("邮轮薄板电磁矫平装置", 1),
    ("Electromagnetic straightening of thin ship plates\n\nInduction heating removes welding distortion.", 1),
    ("泡花碱生产工艺改良", 2),
)
PROBLEM = "双燃料发动机燃烧室设计\n\n中速机在双燃料模式下燃烧不稳定。"


@pytest.fixture(scope="module")
def affinity() -> Affinity:
    documents, owner = zip(*WORKS, strict=True)
    return Affinity.fit(documents, owner, 4)


def test_the_expert_of_the_matter_comes_first_and_one_without_documents_has_nothing(
    affinity: Affinity,
) -> None:
    near = affinity.of([PROBLEM, "Thin plates are distorted by welding", "泡花碱"])
    assert near.argmax(axis=1).tolist() == [0, 1, 2]
    assert near[:, 3].tolist() == [0, 0, 0]
    assert ((near >= 0) & (near <= 1)).all()


def test_one_problem_scores_on_arrival_what_it_scores_among_many(affinity: Affinity) -> None:
    texts = [PROBLEM, "泡花碱工艺能耗高", "plates", ""]
    batch = affinity.of(texts)
    for row, text in enumerate(texts):
        assert np.allclose(affinity.of([text])[0], batch[row], rtol=0, atol=1e-15)


def test_what_the_body_names_by_the_way_counts_less_where_the_title_is_of_something_unknown() -> None:
    """The misspelt 工矿登 leads, not the valve it is used beside; an English title changes nothing."""
    documents = ["闸阀国产化替代技术", "工矿灯散热研究"]
    valves = Affinity.fit(documents, [0, 1]).vectors(
        ["工矿登散热\n\n用于闸阀产线。", "工矿登散热用于闸阀产线。", "Cooling\n\n用于闸阀产线。"]
    )
    concepts = valves[:, valves.shape[1] - len(base_vocabulary().names) :]
    length = np.sqrt(np.asarray(concepts.multiply(concepts).sum(axis=1))).ravel()
    assert 0 < length[0] < 0.5 * length[1]
    assert np.allclose(length[1:], CONCEPTS**0.5)


def test_pairs_are_the_entries_of_the_whole(affinity: Affinity) -> None:
    texts = [PROBLEM, "泡花碱工艺能耗高"]
    at, experts = [0, 1, 1, 0, 0], [0, 2, 0, 3, 1]
    assert np.allclose(affinity.pairs(affinity.vectors(texts), at, experts), affinity.of(texts)[at, experts])


def test_a_document_that_says_the_same_is_worth_one_over_the_sum_of_ranks() -> None:
    one = Affinity.fit(["轴承", "齿轮"], [0, 1], vocabulary=NO_TERMS)
    whole = sum(1 / rank for rank in range(1, BEST + 1))
    assert one.of(["轴承"])[0].tolist() == pytest.approx([1 / whole, 0])


def test_the_r_th_best_document_counts_one_over_r() -> None:
    one = Affinity.fit(["轴承", "轴承", "轴承"], [0, 0, 1], vocabulary=NO_TERMS)
    # all three say the same of every sign, which then says nothing at all; another word tells them apart
    assert one.of(["轴承"])[0].tolist() == [0, 0]
    other = Affinity.fit(["轴承", "轴承", "轴承", "阀体"], [0, 0, 1, 2], vocabulary=NO_TERMS)
    first, second, third = other.of(["轴承"])[0]
    assert first == pytest.approx(1.5 * second)
    assert third == 0


def test_what_no_document_speaks_of_takes_from_every_likeness(affinity: Affinity) -> None:
    known, more = affinity.of(["泡花碱", "泡花碱 quantum chromodynamics"])
    assert 0 < more[2] < known[2]


def test_a_title_counts_more_than_what_follows() -> None:
    one = Affinity.fit(["轴承", "齿轮"], [0, 1], vocabulary=NO_TERMS)
    first = one.of(["轴承\n\n齿轮"])[0]
    assert first[0] > first[1] > 0


def test_the_evidence_is_the_nearest_document_and_names_shared_terms(affinity: Affinity) -> None:
    found = affinity.evidence(PROBLEM, 0)
    assert found is not None
    assert found.document == 0
    assert 0 < found.likeness <= 1
    assert len(found.terms) >= 3
    assert all(term.split("=")[0] in PROBLEM for term in found.terms)
    assert affinity.evidence(PROBLEM, 3) is None
    assert affinity.evidence("quantum", 2) is None


def test_english_evidence_names_words_not_stems(affinity: Affinity) -> None:
    found = affinity.evidence("Distortions of welded thin plates", 1)
    assert found is not None
    assert {"distortions", "plates"} <= set(" ".join(found.terms).split())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_without_the_evidence_the_value_is_less(seed: int) -> None:
    """Faithfulness: what is shown as the evidence bears the value."""
    rng = np.random.default_rng(seed)
    words = ["轴承", "齿轮", "阀体", "焊接", "涂层", "铸造", "plates", "welding", "engines", "sensors"]
    documents = [" ".join(rng.choice(words, 3)) for _ in range(8)]
    owner = rng.integers(0, 3, 8)
    text = " ".join(rng.choice(words, 3))
    whole = Affinity.fit(documents, owner, 3, vocabulary=NO_TERMS)
    expert = int(rng.integers(3))
    found = whole.evidence(text, expert)
    if found is None:
        return
    # the same weights without the one document: its place is taken by a blank one
    rows = whole.rows.tolil()
    rows[found.document] = 0
    without = replace(whole, rows=rows.tocsr())
    assert without.of([text])[0, expert] < whole.of([text])[0, expert] - 1e-12


def test_vectors_from_elsewhere_are_blended(affinity: Affinity) -> None:
    ours, theirs = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]] * 4 + [[2.0, 0.0]])
    blended = affinity.of(["泡花碱"], blend=(ours, theirs), share=1.0)
    assert blended[0].argmax() == 2
    assert blended[0, :2].tolist() == [0, 0]
    half = affinity.of(["泡花碱"], blend=(ours, theirs))
    assert half[0, 2] == pytest.approx((affinity.of(["泡花碱"])[0, 2] + blended[0, 2]) / 2)


def test_owners_must_be_experts() -> None:
    with pytest.raises(ValueError, match="owners"):
        Affinity.fit(["甲"], [2], 2)
    with pytest.raises(ValueError, match="owner"):
        Affinity.fit(["甲"], [0, 1], 2)


def test_features_are_stems_pairs_and_signs() -> None:
    counts = features_of("Plates of welded steel, 轴承座")
    assert {"plate", "weld", "steel", "plate_weld", "weld_steel", "plate__steel"} <= set(counts)
    assert {"轴", "轴承", "承座"} <= set(counts)
    assert "of" not in counts
    assert math.isclose(features_of("轴承\n\n轴承")["轴承"], 2.5)
    assert words_of("plate_weld", "Plates are welded") == "plates welded"


def test_an_empty_pool_and_no_problem() -> None:
    nobody = Affinity.fit([], [], 0)
    assert nobody.of(["轴承"]).shape == (1, 0)
    assert Affinity.fit(["甲"], [0]).of([]).shape == (0, 1)
