"""What the workbook of a board holds besides: which indicators are covered, and what ties were looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from matching.experts.common import common_table
from matching.experts.rules import RULES
from matching.market import Pairs
from matching.sheets import Heading, Table

_PROBLEM = (Heading("榜题编号", 12), Heading("榜题名称", 30))
#: rules that keep apart who is tied, in the order of their columns
APART = tuple(rule for rule in RULES if rule.name in ("same_org", "same_group", "excluded", "related"))
_TOLD = {1: "是", 0: "否"}


def tables(pairs: Pairs) -> Sequence[Table]:
    """Give the sheets 覆盖矩阵 and 回避检查 of the pairs that a plan deals, and 共性需求 of their market."""
    return (
        Table(
            "覆盖矩阵",
            (*_PROBLEM, Heading("技术指标", 30), Heading("有依据的专家", 40), Heading("覆盖情况", 10)),
            list(_coverage(pairs)),
            above=("各榜题技术指标由谁的成果支撑",),
        ),
        Table(
            "回避检查",
            (
                *_PROBLEM,
                Heading("专家", 30),
                *(Heading(rule.label.zh, 12) for rule in APART),
                Heading("失信名单", 10),
                Heading("本人同意", 10),
            ),
            list(_checks(pairs)),
            above=("每位推荐专家的回避检查；未填写的项目显示未知",),
        ),
        *common_table(pairs.market),
    )


def _coverage(pairs: Pairs) -> Iterator[tuple[Any, ...]]:
    """One row an indicator of each dealt problem, with the experts whose documents speak of it."""
    covered = list(zip(pairs.need_row.tolist(), pairs.offer.enterprise, pairs.covers, strict=True))
    names, titles, told = (pairs.market.need_columns[key] for key in ("id", "title", "indicator_names"))
    for row in dict.fromkeys(pairs.need_row.tolist()):
        for indicator in told[row]:
            who = [expert for need, expert, some in covered if need == row and indicator in some]
            state = "有依据" if who else "未覆盖"
            yield names[row], titles[row], indicator, "；".join(who) or None, state


def _checks(pairs: Pairs) -> Iterator[tuple[Any, ...]]:
    """One row a pair: what each rule found, and what the expert tells of himself."""
    apart = [np.where(rule.test(pairs), "无", "有").tolist() for rule in APART]
    yield from zip(
        pairs.need.id, pairs.need.title, pairs.offer.enterprise, *apart,
        map(_yes_no, pairs.offer.blacklisted), map(_yes_no, pairs.offer.consent), strict=True,
    )  # fmt: skip


def _yes_no(value: Any) -> str:
    return _TOLD.get(value, "未知")
