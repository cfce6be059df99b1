"""How firms and buyers answer proposals, by what the deals would really be worth."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import expit

from datasets.chain.truth import Truth
from matching.market import AnyArray, BoolArray, FloatArray, IntArray

#: share of collected needs that get published, positive responses per published need, share of published
#: needs that end in an intent; the middle of what challenge contests of 2018 to 2020 report
PUBLISHED, RESPONSES, INTENTS = 0.64, 1.4, 0.315
#: how steeply answers follow utility, and the share of the other firms that decline in words
STEEP, OUTSPOKEN = 12.0, 0.4
#: share of positive responses that ask for other terms first
COUNTERED = 0.3
REASONS = ("价格", "交期", "资质", "产能已满", "距离", "不对口", "已有供应商", "其他")


def simulated_answers(
    truth: Truth, need_rows: ArrayLike, offer_rows: ArrayLike, seed: int = 0
) -> pd.DataFrame:
    """Answer proposed pairs: need_row, offer_row, published, answer, reason, signed; one row a pair.

    ``answer`` is accept, counter, decline (with one of the reasons) or none; nothing but "none" comes of
    needs that are not published. Rates hold on average over the proposals; with too few of them per need
    there are fewer responses. The same pairs and seed give the same answers.
    """
    need, offer = np.asarray(need_rows, np.int64), np.asarray(offer_rows, np.int64)
    rng = np.random.default_rng([truth.seed, seed, 101])
    published = (rng.random(len(truth.needs.firm)) < PUBLISHED)[need]
    merit = STEEP * truth.utility(need, offer)
    responds, signs = _chances(merit, need, published)
    positive = rng.random(len(need)) < responds
    signed = positive & (rng.random(len(need)) < signs)
    answer = np.where(rng.random(len(need)) < COUNTERED, "counter", "accept").astype(object)
    silent = rng.random(len(need)) >= OUTSPOKEN
    answer[~positive] = np.where(silent[~positive], "none", "decline")
    answer[~published] = "none"
    reason = np.where(answer == "decline", _reasons(truth, need, offer, rng), "")
    columns = {"need_row": need, "offer_row": offer, "published": published}
    return pd.DataFrame({**columns, "answer": answer, "reason": reason, "signed": signed})


def _chances(merit: FloatArray, need: IntArray, published: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Chance that a firm responds, and that its response ends in an intent, set so that the rates hold."""
    among = max(1, len(np.unique(need[published])))

    def responses(start: float) -> float:
        return float(expit(merit[published] + start).sum()) / among

    responds = np.where(published, expit(merit + _level(responses, RESPONSES)), 0.0)

    def intents(start: float) -> float:
        left = np.zeros(int(need.max(initial=-1)) + 1)
        np.add.at(left, need, np.log1p(-responds * expit(merit + start) * (1 - 1e-12)))
        return float((1 - np.exp(left)).sum()) / among

    return responds, expit(merit + _level(intents, INTENTS))


def _level(rate: Callable[[float], float], wanted: float) -> float:
    """Find by halving where a rising rate reaches what is wanted, or the nearest end."""
    low, high = -60.0, 60.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rate(middle) < wanted else (low, middle)
    return low


def _reasons(truth: Truth, need: IntArray, offer: IntArray, rng: np.random.Generator) -> AnyArray:
    """Give the reason each pair would be declined for: what is worst about it, else one at random."""
    parts = truth.parts(need, offer)
    late = truth.offers.lead_days[offer] / np.maximum(1, truth.needs.need_by - truth.needs.published)[need]
    full = truth.needs.quantity[need] / truth.offers.capacity[offer]
    flaws = np.stack(
        [
            1 - parts["price"],
            np.clip(late, 0, 1),
            0.6 * (1 - parts["quality"]),
            np.clip(full / 2, 0, 1),
            1 - parts["nearness"],
            2 * (1 - parts["related"]),
            0.5 * (1 - parts["relation"]),
            np.full(len(need), 0.3),
        ]
    )
    worst = (flaws + rng.gumbel(0, 0.25, flaws.shape)).argmax(axis=0)
    return np.asarray(np.array(REASONS, object)[worst])
