"""The soft criteria: measures of a problem and an expert, 0..1, each with its sentence."""

from __future__ import annotations

import numpy as np

from matching.experts.expertise import FULL
from matching.market import FloatArray, Pairs
from matching.practice import Criterion
from matching.records.firms import firm_name
from matching.words import Words

#: ranks by what they are called, the first that fits counts
RANKS = (
    (("正高", "院士"), 1.0),
    (("助理", "助教"), 0.5),
    (("副教授", "副研究员", "副高", "高级工程师", "高工", "高级"), 0.8),
    (("教授", "研究员"), 1.0),
    (("讲师", "工程师", "中级"), 0.5),
)
#: outputs that give 63 %, person-months that are full availability
MANY, FULL_MONTHS = 5.0, 12.0


def affinity(pairs: Pairs) -> FloatArray:
    """How near the expert's documents stand to the problem, full at an affinity of 0.3."""
    return np.asarray(np.minimum(pairs.affinity / FULL, 1.0))


def rank(pairs: Pairs) -> FloatArray:
    """The expert's rank; unknown where it is not told or not known."""
    return np.array([rank_of(name) for name in pairs.offer.rank], float)


def rank_of(name: str) -> float:
    """Give the measure of a rank, NaN where it is unknown."""
    return next((value for words, value in RANKS if any(word in name for word in words)), float("nan"))


def record(pairs: Pairs) -> FloatArray:
    """How many outputs the expert tells: 1 − exp(−number / 5)."""
    return np.asarray(1 - np.exp(-pairs.offer.works / MANY))


def availability(pairs: Pairs) -> FloatArray:
    """Person-months the expert can give, full at twelve."""
    return np.asarray(np.minimum(pairs.offer.person_months / FULL_MONTHS, 1.0))


def nearness(pairs: Pairs) -> FloatArray:
    """Same county 1, same city 0.7, same province 0.4, else 0.1, by the first digits of region codes."""
    need, offer = (np.array(side, dtype="U6") for side in (pairs.need.adcode, pairs.offer.adcode))
    near = np.full(len(pairs), 0.1)
    for digits, value in ((2, 0.4), (4, 0.7), (6, 1.0)):
        near[need.astype(f"U{digits}") == offer.astype(f"U{digits}")] = value
    return np.where((need == "") | (offer == ""), np.nan, near)


def wish(pairs: Pairs) -> FloatArray:
    """1 where the expert wishes for the problem or its owner, 0 where for others; unknown without wishes."""
    names = pairs.market.need_columns
    asked = [
        {firm_name(one), firm_name(other)}
        for one, other in zip(names["id"], names["enterprise"], strict=True)
    ]
    held = [{firm_name(name) for name in some} for some in pairs.market.offer_columns["wishes"]]
    wishing = np.array([bool(some) for some in held], bool)[pairs.offer_row]
    found = np.full(len(pairs), np.nan)
    for at in np.flatnonzero(wishing).tolist():
        found[at] = not asked[pairs.need_row[at]].isdisjoint(held[pairs.offer_row[at]])
    return found


CRITERIA = (
    Criterion(
        "affinity",
        Words("技术对口", "affinity"),
        affinity,
        Words(
            "依据{basis}，最相近：{evidence}；共同术语：{shared}",
            "by {basis}; nearest: {evidence}; shared terms: {shared}",
        ),
        missing=0.0,
        unknown=Words("未提供成果、专业领域和关键词", "no outputs, fields or keywords told"),
    ),
    Criterion(
        "record",
        Words("成果积累", "outputs"),
        record,
        Words("提供成果 {offer.works:.0f} 项", "{offer.works:.0f} outputs told"),
        missing=0.0,
        side="offer",
    ),
    Criterion(
        "rank",
        Words("职称", "rank"),
        rank,
        Words("职称 {offer.rank}", "rank {offer.rank}"),
        missing=0.5,
        side="offer",
        unknown=Words("职称 {offer.rank}，未能识别", "rank {offer.rank}, not recognised"),
    ),
    Criterion(
        "availability",
        Words("可投入时间", "availability"),
        availability,
        Words("可投入 {offer.person_months:g} 人月", "{offer.person_months:g} person-months"),
        missing=0.5,
        side="offer",
        unknown=Words("可投入人月未知", "person-months unknown"),
    ),
    Criterion(
        "nearness",
        Words("地域", "nearness"),
        nearness,
        Words("{offer.region}→{need.region}", "{offer.region} to {need.region}"),
        missing=0.4,
        unknown=Words("地域未知", "places unknown"),
    ),
    Criterion(
        "wish",
        Words("专家意愿", "wish"),
        wish,
        Words("意向：{offer.wishes_told}", "wishes: {offer.wishes_told}"),
        missing=0.5,
        unknown=Words("未填写意向", "no wishes told"),
    ),
)
