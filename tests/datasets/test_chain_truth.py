"""The planted truth of the invented market: utilities, their noise, and the answers that follow them."""

from __future__ import annotations

import numpy as np
import pytest

from datasets.chain import ChainMarket
from datasets.chain.truth import WEIGHTS
from experiments.planted_utility import compare


def test_weights_of_the_truth_sum_to_one_and_only_relatives_are_worth_anything(chain: ChainMarket) -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    need, offer = np.divmod(np.arange(40_000), 200)
    related = chain.truth.related(need, offer)
    utility = chain.utility(need, offer)
    assert set(np.unique(related)) <= {0.0, 0.4, 1.0}
    assert (utility[related == 0] == 0).all()
    assert utility[related == 1].mean() > utility[related == 0.4].mean() + 0.1


def test_related_pairs_are_all_there_are(small: ChainMarket) -> None:
    need, offer = np.divmod(np.arange(60 * 80), 80)
    related = np.flatnonzero(small.truth.related(need, offer))
    one, two = small.related_pairs
    assert sorted(zip(one.tolist(), two.tolist(), strict=True)) == [divmod(at, 80) for at in related.tolist()]


def test_a_fifth_of_the_variance_is_noise_that_nothing_tells(chain: ChainMarket) -> None:
    pairs = chain.truth.same_product_sample()
    utility, seen = chain.utility(*pairs), chain.truth.seen(*pairs)
    noise = utility - seen
    assert noise.var() / utility.var() == pytest.approx(0.2, abs=0.02)
    assert abs(np.corrcoef(noise, seen)[0, 1]) < 0.03
    assert abs(noise.mean()) < 0.002


def test_utility_of_a_pair_does_not_depend_on_the_others(chain: ChainMarket) -> None:
    need, offer = (rows[:500] for rows in chain.related_pairs)
    whole = chain.utility(need, offer)
    assert (chain.utility(need[::-7], offer[::-7]) == whole[::-7]).all()


def best_five(chain: ChainMarket) -> tuple[np.ndarray, np.ndarray]:
    """The five pairs of each need that look best to someone who sees the truth dimly."""
    need, offer = chain.related_pairs
    dim = chain.utility(need, offer) + np.random.default_rng(1).random(len(need)) * 0.2
    order = np.lexsort((-dim, need))
    place = np.arange(len(order)) - np.searchsorted(need[order], need[order])
    return need[order[place < 5]], offer[order[place < 5]]


def test_answers_follow_the_funnel(chain: ChainMarket) -> None:
    """60 to 68 % published, 1.4 responses a need, 29 to 34 % end in an intent."""
    told = chain.answers(*best_five(chain))
    assert 0.60 <= told.groupby("need_row").published.first().mean() <= 0.68
    public = told[told.published]
    needs = public.need_row.nunique()
    assert public.answer.isin(["accept", "counter"]).sum() / needs == pytest.approx(1.4, abs=0.1)
    assert 0.28 <= public.groupby("need_row").signed.any().mean() <= 0.35
    assert (told.loc[~told.published, "answer"] == "none").all()


def test_better_deals_are_signed_and_worse_ones_declined_with_a_reason(chain: ChainMarket) -> None:
    told = chain.answers(*best_five(chain))
    utility = chain.utility(told.need_row, told.offer_row)
    assert utility[told.signed].mean() > utility[told.answer == "decline"].mean() + 0.03
    assert told.signed[told.signed].index.isin(told[told.answer.isin(["accept", "counter"])].index).all()
    assert ((told.reason != "") == (told.answer == "decline")).all()
    assert {"价格", "距离", "不对口"} <= set(told.reason)


def test_answers_are_seeded(small: ChainMarket) -> None:
    pairs = small.related_pairs
    assert small.answers(*pairs, 7).equals(small.answers(*pairs, 7))
    assert not small.answers(*pairs, 7).equals(small.answers(*pairs, 8))
    assert len(small.answers([], [])) == 0


def test_our_plan_is_measured_between_random_and_the_ceiling(small: ChainMarket) -> None:
    share = compare(small, 5)["share of the ceiling"]
    assert 0 < share["random"] < share["ours"] <= 1
    assert share["best plan found"] <= share["ceiling"] == 1 <= share["ceiling without rules"]
