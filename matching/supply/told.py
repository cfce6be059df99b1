"""How values of the supply practice read in sentences: names for codes, examples for counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd

from matching.codes import find_certificate, find_industry, find_tier
from matching.market import AnyArray, Pairs
from matching.words import Words

SIZES: Mapping[str, Words] = {
    "large": Words("大型", "large"),
    "medium": Words("中型", "medium"),
    "small": Words("小型", "small"),
    "micro": Words("微型", "micro"),
}
PERIODS: Mapping[str, Words] = {
    "month": Words("每月", "monthly"),
    "quarter": Words("每季", "quarterly"),
    "year": Words("每年", "yearly"),
}
RATES: Mapping[str, Words] = {
    "month": Words("/月", " a month"),
    "quarter": Words("/季", " a quarter"),
    "year": Words("/年", " a year"),
}
#: how much of a capacity a need takes: of one per period, of one in hours, by month or shared, of nothing
TAKES = Words(
    "任务占其{period_told}规模的 {load_share:.0%}", "takes {load_share:.0%} of its {period_told} capacity"
)
MADE = Words(
    "任务占其规模的 {load_share:.0%}（{made_told}，本需求占 {load:,.10g}）",
    "takes {load_share:.0%} of its capacity ({made_told}, {load:,.10g} for this need)",
)
MADE_IN_WINDOW = Words(
    "任务占其交货期内规模的 {load_share:.0%}（{made_told}，本需求占 {load:,.10g}）",
    "takes {load_share:.0%} of its capacity in the window ({made_told}, {load:,.10g} for this need)",
)
NOTHING_MADE = Words("交货期内没有排产", "nothing is made within its delivery window")
NONE = Words("无", "none")
#: shared terms that a sentence names
SHARED = 4


def wording(contracts: pd.DataFrame | None) -> dict[str, Callable[[Pairs], AnyArray]]:
    """Give the facts that are words; each is an object column, None = unknown."""
    return {
        "industry_asked": lambda pairs: said(_industry(code) for code in pairs.need.industry),
        "industry_held": lambda pairs: said(_industry(code) for code in pairs.offer.industry),
        "size_told": lambda pairs: said(SIZES.get(size) for size in pairs.offer.size),
        "period_told": lambda pairs: said(
            PERIODS.get(name, Words("总", "total")) for name in pairs.offer.period
        ),
        "made_told": made_told,
        "load_told": load_told,
        "tiers_told": lambda pairs: said("、".join(map(_tier, some)) for some in pairs.offer.tiers),
        "shared_terms": shared_terms,
        "won_example": lambda pairs: _example(pairs, contracts, "won"),
        "shortlisted_example": lambda pairs: _example(pairs, contracts, "shortlisted"),
    }


def load_told(pairs: Pairs) -> AnyArray:
    """Say how much of the capacity a need takes; in hours, by month or on a shared line with both figures."""
    offer, column = pairs.offer, said([None] * len(pairs))
    by_month = np.array([bool(some) for some in offer.monthly], bool)
    exact = by_month | (offer.line_code >= 0) | ~np.isnan(offer.unit_hours)
    nothing = by_month & (pairs.room == 0)
    for words, mask in (
        (TAKES, ~exact),
        (MADE, exact & ~by_month),
        (MADE_IN_WINDOW, by_month & ~nothing),
        (NOTHING_MADE, nothing),
    ):
        rows = np.flatnonzero(mask)
        column[rows] = words.fill_rows(partial(pairs.values, which=rows), len(rows))
    return column


def made_told(pairs: Pairs) -> AnyArray:
    """Say what the capacity holds for a need, and on which line: 产线 一号 产能 2,000 工时/月."""
    offer = pairs.offer
    columns = (offer.line, pairs.room.tolist(), offer.capacity_unit, offer.period)
    return said(_made(*row) for row in zip(*columns, strict=True))


def _made(line: str, room: float, unit: str, period: str) -> Words:
    rate = RATES.get(period, Words("", ""))
    on = Words("产线 {line} ", "line {line}: ") if line else Words("", "")
    words = Words(f"{on.zh}产能 {{room:,.10g}} {{unit}}{rate.zh}", f"{on.en}{{room:,.10g}} {{unit}}{rate.en}")
    return words.fill(line=line, room=room, unit=unit)


def shared_terms(pairs: Pairs) -> AnyArray:
    """Name the concepts both texts mention, each as both sides call it: 轴承座=轴承支座."""
    vocabulary = pairs.market.vocabulary

    @cache
    def named(text: str) -> dict[str, str]:
        return {mention.concept: mention.term for mention in reversed(vocabulary.find(text))}

    return said(
        _common(named(need), named(offer))
        for need, offer in zip(pairs.need.text, pairs.offer.text, strict=True)
    )


def _common(asked: dict[str, str], held: dict[str, str]) -> str | Words:
    common = [
        term if held[concept] == term else f"{term}={held[concept]}"
        for concept, term in reversed(asked.items())
        if concept in held
    ]
    return "、".join(common[:SHARED]) or NONE


def said(values: Iterable[Any]) -> AnyArray:
    """Make a column of words."""
    listed = list(values)
    column = np.empty(len(listed), object)
    column[:] = listed
    return column


def certificate_words(key: str) -> str:
    """Name a certificate by its key: 质量管理体系认证（ISO9001）."""
    known = find_certificate(key)
    return f"{known.name}（{known.code}）" if known is not None and known.code == key else key


def _industry(code: str) -> str | None:
    return f"{find_industry(code).name}（{code}）" if code else None


def _tier(name: str) -> str:
    known = find_tier(name)
    return name if known is None else known.name


def _example(pairs: Pairs, contracts: pd.DataFrame | None, outcome: str) -> AnyArray:
    """Name the most similar past contract of the firm; 无 where there is none."""
    column = said([NONE] * len(pairs))
    name = f"{outcome}_example"
    if contracts is None or name not in pairs.market.links:
        return column
    at = pairs.link(name).astype(np.int64)
    titles = contracts["title"].to_numpy(object)
    column[at > 0] = titles[at[at > 0] - 1]
    return column
