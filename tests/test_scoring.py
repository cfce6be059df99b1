"""Integer points: parts that add up, one row like the batch, sentences of the arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import ArrayError
from matching.market import FloatArray, Market, Pairs
from matching.practice import Criterion
from matching.scoring import explain, parts, score
from matching.words import Words
from tests.toys import TOYS, many, toy_policy, toys

NAN = float("nan")


def market() -> Market:
    """A toy of size 1 asked for; held: a perfect one, one too large, one of unknown size and brand."""
    held = toys("甲 乙 丙", size=[1, 2, NAN], brand=[1, 0.5, NAN])
    return Market(toys("球"), held)


def pairs_of(some: Market) -> Pairs:
    needs, offers = len(some.needs), len(some.offers)
    return some.pairs(np.repeat(np.arange(needs), offers), np.tile(np.arange(offers), needs))


def test_points_of_each_criterion_and_their_sum() -> None:
    """Weights 2 and 1: at most 6667 and 3333 points; unknown scores its declared share."""
    pairs = pairs_of(market())
    assert toy_policy().points == {"fit": 6667, "brand": 3333}
    assert parts(pairs, toy_policy()).tolist() == [[6667, 3333], [3334, 1666], [3334, 833]]
    assert score(pairs, toy_policy()).tolist() == [10_000, 5000, 4167]


def test_an_explanation_is_the_arithmetic() -> None:
    known, unknown = explain(pairs_of(market()).take(np.array([1, 2])), toy_policy())
    assert [(part.criterion, part.points, part.most, part.known) for part in known] == [
        ("fit", 3334, 6667, True),
        ("brand", 1666, 3333, True),
    ]
    assert [part.sentence for part in known] == [Words("1比2", "1 to 2"), Words("品牌0.5", "brand 0.5")]
    assert [part.known for part in unknown] == [False, False]
    assert [part.sentence for part in unknown] == [Words("未知", "unknown")] * 2


def test_a_criterion_without_weight_has_no_part() -> None:
    policy = toy_policy().weigh(brand=0)
    pairs = pairs_of(market())
    assert parts(pairs, policy).tolist() == [[10_000], [5000], [5000]]
    assert [part.criterion for part in explain(pairs, policy)[0]] == ["fit"]


@pytest.mark.parametrize("wrong", [1.5, -0.5])
def test_a_measure_outside_its_range_is_refused(wrong: float) -> None:
    """Twice the points of a perfect pair would go unseen in a sum."""
    some = market()
    off = some.replace(offers=some.offers.assign(brand=[wrong, 0, 0]))
    with pytest.raises(ArrayError, match=r"criterion brand must measure within 0\.\.1"):
        score(pairs_of(off), toy_policy())


def test_no_pairs_no_points() -> None:
    none = market().pairs([], [])
    assert score(none, toy_policy()).tolist() == []
    assert parts(none, toy_policy()).shape == (0, 2)


def counting(counts: list[int]) -> Criterion:
    def measure(pairs: Pairs) -> FloatArray:
        counts.append(len(pairs))
        return np.asarray(pairs.offer.brand, float)

    return Criterion("brand", Words("品牌", "brand"), measure, Words("", ""), 0.25, "offer")


def test_one_sided_measures_are_taken_once_a_row() -> None:
    """300 pairs of 3 offers: 3 measures."""
    counts: list[int] = []
    held = toys("甲 乙 丙", size=[1, 2, NAN], brand=[1, 0.5, NAN])
    some = Market(many(100), held)
    watched = replace(TOYS, criteria=(TOYS.criteria[0], counting(counts)))
    policy = toy_policy().replace(practice=watched)
    assert score(pairs_of(some), policy).tolist() == score(pairs_of(some), toy_policy()).tolist()
    assert counts == [3]


shares = st.one_of(st.floats(0, 1), st.just(NAN))


@settings(max_examples=60, deadline=None)
@given(st.lists(shares, min_size=1, max_size=12), st.floats(0.01, 9), st.floats(0.01, 9))
def test_parts_add_up_and_one_row_is_like_the_batch(brands: list[float], fit: float, brand: float) -> None:
    policy = toy_policy().weigh(fit=fit, brand=brand)
    held = many(len(brands)).assign(brand=brands, size=np.linspace(1, 3, len(brands)))
    pairs = pairs_of(Market(toys("球 车"), held))
    points = score(pairs, policy)
    assert sum(policy.points.values()) == 10_000
    assert parts(pairs, policy).sum(axis=1).tolist() == points.tolist()
    assert ((points >= 0) & (points <= 10_000)).all()
    for at in range(len(pairs)):
        one = pairs.take(np.array([at]))
        assert score(one, policy).tolist() == [points[at]]
        assert sum(part.points for part in explain(one, policy)[0]) == points[at]
