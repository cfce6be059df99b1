"""Retrieval by text and history, blocks, hard rules and what they removed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching.candidates import Candidates, broken_rules, find_candidates, index, most_similar, vectors
from matching.errors import UnknownNameError
from matching.market import Market
from matching.policy import Policy, Retrieval
from matching.vocabulary import Vocabulary
from tests.toys import many, toy_policy, toys

NO_TERMS = Vocabulary({}, {})


def named(found: Candidates) -> list[str]:
    pairs = found.pairs
    return [f"{need}-{offer}" for need, offer in zip(pairs.need.id, pairs.offer.id, strict=True)]


def narrow(top: int, block: str = "") -> Policy:
    return toy_policy().replace(retrieval=Retrieval(top, block))


def test_a_pair_passes_where_no_rule_is_broken() -> None:
    market = Market(toys("球 车", colour=["red", "blue"]), toys("球 车", colour=["red", "blue"]))
    found = find_candidates(market, toy_policy())
    assert named(found) == ["球-球", "车-车"]
    assert found.rules == ("colour", "size")
    assert found.looked_at.tolist() == [2, 2]
    assert found.removed.tolist() == [[1, 0], [1, 0]]


def test_a_pair_counts_under_the_first_rule_it_breaks() -> None:
    held = toys("红小 蓝小", colour=["red", "blue"], size=[0.5, 0.5])
    found = find_candidates(Market(toys("球"), held), toy_policy())
    assert named(found) == []
    assert found.removed.tolist() == [[1, 1]]


def test_every_rule_tells_for_itself() -> None:
    held = toys("红 蓝小", colour=["red", "blue"], size=[1, 0.5])
    market = Market(toys("球"), held)
    assert broken_rules(market.pairs([0, 0], [0, 1]), toy_policy()).tolist() == [[False, True], [False, True]]


def test_a_rule_switched_off_removes_nothing() -> None:
    market = Market(toys("球"), toys("球", colour=["blue"]))
    found = find_candidates(market, toy_policy().without("colour"))
    assert named(found) == ["球-球"]
    assert found.rules == ("size",)
    assert broken_rules(found.pairs, toy_policy().without("colour", "size")).shape == (0, 1)


def test_likest_texts_are_retrieved_for_both_sides() -> None:
    """Top 1: the need takes its likest offer, and every offer its likest need."""
    market = index(Market(many(12), many(15)))
    found = find_candidates(market, narrow(1))
    likeness = found.pairs.likeness("text")
    assert likeness[:12].max() == pytest.approx(1)
    assert set(zip(range(12), range(12), strict=True)) <= set(
        zip(found.pairs.need_row.tolist(), found.pairs.offer_row.tolist(), strict=True)
    )


def test_a_need_with_few_candidates_sees_every_offer() -> None:
    """Ten like offers of the wrong colour must not hide the one that fits, which is liker to another need."""
    held = toys(" ".join(f"球{at}" for at in range(10)) + " 球车车", colour=["blue"] * 10 + ["red"])
    found = find_candidates(Market(toys("球 车"), held), narrow(1))
    assert named(found) == ["球-球车车", "车-球车车"]
    assert found.looked_at.tolist() == [11, 11]
    assert found.removed.tolist() == [[10, 0], [10, 0]]


def test_what_shares_nothing_is_no_candidate() -> None:
    """The only like offer is removed: better none than one of another trade."""
    held = toys("球 车", colour=["blue", "red"])
    assert named(find_candidates(Market(toys("球"), held), toy_policy())) == []


def test_where_a_need_says_nothing_all_are_candidates() -> None:
    """At most ``top`` of them."""
    found = find_candidates(Market(toys("球").assign(text=""), many(30)), narrow(4))
    assert len(found.pairs) == 4
    assert found.looked_at.tolist() == [30]


def test_common_words_count_where_nothing_else_does() -> None:
    """In a list of one trade its word tells nobody apart, but rules nobody out."""
    offers = toys(" ".join(["铸件"] * 250)).assign(id=[str(at) for at in range(250)])
    found = find_candidates(Market(toys("铸件甲"), offers, vocabulary=NO_TERMS), narrow(20))
    assert found.pairs.likeness("text").max() == 0
    assert len(found.pairs) == 20


def test_blocks_pair_what_shares_a_value_and_the_unknown_with_all() -> None:
    needs = toys("甲 乙 丙", colour=["red", "blue", ""])
    names = " ".join(f"甲乙丙{at}" for at in range(36))
    held = toys(names, colour=["red"] * 12 + ["blue"] * 12 + [""] * 12)
    policy = narrow(100, "colour").without("colour")
    pairs = find_candidates(Market(needs, held), policy).pairs
    looked = [sorted(set(pairs.offer.colour[pairs.need.id == name])) for name in ("甲", "乙", "丙")]
    assert looked == [["", "red"], ["", "blue"], ["", "blue", "red"]]


def test_an_unknown_block_column_names_the_shared_ones() -> None:
    with pytest.raises(UnknownNameError, match="分块列“weight”不在允许范围内；允许：id, enterprise"):
        find_candidates(Market(toys("甲"), toys("甲")), narrow(5, "weight"))


def past(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"outcome": ["won"] * len(columns["text"]), **columns})


def test_history_links_firms_to_needs_like_their_contracts() -> None:
    """One contract of the same text won by firm 1, counted for both of its offers."""
    held = toys("甲 乙 丙").assign(partner=[0, 1, 1])
    history = past(text=["积木城堡", "积木城堡", "风筝"], partner=[1, -1, 0])
    market = index(Market(toys("积木城堡"), held, history))
    assert market.links["won"].toarray().tolist() == [[0, pytest.approx(1), pytest.approx(1)]]
    assert market.links["won_count"].toarray().tolist() == [[0, 1, 1]]
    assert market.links["won_example"].toarray().tolist() == [[0, 1, 1]]


def test_history_keeps_outcomes_apart_and_adds_up_likeness() -> None:
    history = pd.DataFrame(
        {
            "text": ["积木城堡", "积木城堡二", "积木城堡"],
            "partner": [0, 0, 0],
            "outcome": ["won", "won", "shortlisted"],
        }
    )
    market = index(Market(toys("积木城堡"), toys("甲"), history))
    assert market.links["won_count"].toarray().tolist() == [[2]]
    assert 1 < market.links["won"][0, 0] < 2
    assert market.links["shortlisted"][0, 0] == pytest.approx(1)


def test_who_did_like_work_is_a_candidate_whatever_his_text() -> None:
    needs, held = toys("积木城堡"), many(40)
    history = past(text=["积木城堡"], partner=[33])
    found = find_candidates(Market(needs, held, history), narrow(10))
    assert 33 in found.pairs.offer_row


def test_indexing_twice_changes_nothing() -> None:
    market = index(Market(toys("甲"), toys("甲")))
    assert index(market) is market


def test_blank_texts_are_like_nothing() -> None:
    market = index(Market(toys("甲").assign(text=""), toys("甲 乙").assign(text="")))
    assert market.pairs([0, 0], [0, 1]).likeness("text").tolist() == [0, 0]
    assert len(find_candidates(market, toy_policy()).pairs) == 2


def test_grams_of_every_fifth_text_say_nothing() -> None:
    """In a long list the word that all use does not make two texts alike."""
    texts = [f"设备{chr(0x4E00 + at)}" for at in range(200)]
    market = index(Market(toys("设备球"), toys(" ".join(texts))))
    assert market.pairs([0], [5]).likeness("text")[0] == 0


rows = st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(rows, rows, st.integers(1, 5))
def test_most_similar_agrees_with_the_whole_product(
    one: list[list[int]], two: list[list[int]], top: int
) -> None:
    """Against the dense product: the same values, row by row, largest first."""

    def unit(table: list[list[int]]) -> np.ndarray:
        dense = np.array(table, float)
        return np.asarray(dense / np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-9))

    a, b = unit(one), unit(two)
    found = most_similar(sparse.csr_matrix(a), sparse.csr_matrix(b), top).toarray()
    for row, exact in zip(found, a @ b.T, strict=True):
        best = np.sort(exact)[::-1][:top]
        np.testing.assert_allclose(np.sort(row)[::-1][: len(best)], best, atol=1e-12)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["red", "blue"]), min_size=1, max_size=15),
    st.lists(st.sampled_from(["red", "blue"]), min_size=1, max_size=15),
    st.integers(1, 4),
)
def test_what_was_looked_at_was_kept_or_removed(asked: list[str], held: list[str], top: int) -> None:
    market = Market(many(len(asked)).assign(colour=asked), many(len(held)).assign(colour=held))
    found = find_candidates(market, narrow(top))
    kept = np.bincount(found.pairs.need_row, minlength=len(asked))
    codes = found.pairs.need_row * len(held) + found.pairs.offer_row
    assert (np.diff(codes) > 0).all()
    assert (found.removed.sum(axis=1) + kept <= found.looked_at).all()
    assert not broken_rules(found.pairs, narrow(top)).any()


def test_grams_in_too_many_texts_are_dropped_as_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """钢 stands in all of 300 texts, 铁 in 30, 铜 in one: with at most 20 allowed only the last is left."""
    monkeypatch.setattr(vectors, "MOST", 20)
    texts = ["钢" + ("铁" if row < 30 else "") + ("铜" if row == 299 else "") for row in range(300)]
    some, _ = vectors.gram_vectors(texts, [], (1, 1))
    every, _ = vectors.gram_vectors(texts, [], (1, 1), drop_common=False)
    assert np.diff(some.indptr).tolist() == [0] * 299 + [1]
    assert np.diff(every.indptr)[0] == 2
