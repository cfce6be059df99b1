"""Technical problems of the firms, and the experts who could solve them, as plain tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from datasets.chain.catalogue import Catalogue
from datasets.chain.enterprises import FIRST, Firms
from datasets.chain.towns import towns
from datasets.chain.wording import write_mentions
from matching.market import IntArray

DIFFICULTIES = (
    "{a}疲劳寿命不足", "{a}国产化替代", "{a}轻量化设计", "{a}表面缺陷在线检测", "提高{a}一次合格率",
    "{a}能耗高、效率低", "{a}耐腐蚀性能提升", "{a}关键工艺攻关", "{a}智能化改造", "{a}密封泄漏问题",
)  # fmt: skip
INDICATORS = (
    "寿命≥{n}万次", "合格率≥9{d}%", "成本降低≥{n}%", "能耗降低≥{n}%", "重量减轻≥{n}%", "检测精度≤0.{d}mm",
)  # fmt: skip
OWNERSHIP = ("归需求方所有", "双方共有", "另行约定")
COOPERATION = ("委托开发", "合作开发", "技术转让", "技术咨询")
KINDS = ("高校", "院所", "企业")
#: what an expert works on is told in the words in which problems of any product are told
WORKS = (
    "{a}疲劳寿命预测与提升",
    "{a}国产化替代技术及应用",
    "一种{a}轻量化设计方法",
    "{a}表面缺陷在线检测装置",
    "提高{a}一次合格率的工艺方法",
    "{a}节能降耗与效率提升",
    "{a}耐腐蚀性能提升研究",
    "{a}关键工艺攻关与产业化",
    "{a}智能化改造与在线监测",
    "{a}密封泄漏机理与防治",
)
#: what problems say of any product
NEEDS_OF_ALL = (
    "目前疲劳寿命不足，台架试验中出现早期失效，影响整机可靠性。",
    "关键部件依赖进口，交货周期长、成本高，亟待国产化替代。",
    "一次合格率偏低，返工返修多，需优化关键工艺参数。",
    "能耗高、效率低，需通过结构优化与智能化改造实现节能降耗。",
    "在复杂工况下耐腐蚀性能差，表面缺陷难以在线检测。",
    "密封泄漏问题突出，影响安全运行，需从机理上解决。",
)
#: fewest and most works told, share of experts that tell none, share of works on a sibling of the product
FEWEST, MOST, SILENT, ASIDE = 3, 8, 0.15, 0.25
TITLES = ("教授", "副教授", "研究员", "高级工程师", "正高级工程师")
#: shares of problems that tell a bounty, and an indicator
BOUNTY, INDICATED = 0.35, 0.6
#: of a thousand problems those from this one on want a team, of whom, and how many
TEAMS_FROM, ROLES, TEAM_SIZE = 850, "高校1；企业1", "2-3"


def make_problems(
    catalogue: Catalogue,
    firms: Firms,
    count: int,
    rng: np.random.Generator,
    about: tuple[IntArray, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Make technical problems; ``product`` is the hidden row of the catalogue.

    ``about`` gives these rows and what each problem calls its product; both are drawn where it is missing.
    """
    product, called = _drawn(catalogue, count, rng) if about is None else about
    kind, owner = rng.integers(len(DIFFICULTIES), size=count), rng.integers(len(firms), size=count)
    months, bounty = rng.integers(6, 37, count), np.exp(rng.normal(4.2, 0.8, count)).round()
    told, choice = rng.random((count, 2)), rng.integers(1000, size=(count, 4))
    names = [DIFFICULTIES[at] for at in kind]
    others = rng.integers(len(catalogue), size=(count, 2)).tolist()
    used_in = [(catalogue.names[one], catalogue.names[two]) for one, two in others]
    return pd.DataFrame(
        {
            "problem_id": [f"T-{row + 1:05d}" for row in range(count)],
            "enterprise": [firms.names[at] for at in owner],
            "title": [text.format(a=own) for text, own in zip(names, called, strict=True)],
            "problem": [
                f"企业生产{one}和{two}，{one}产线所用{own}不能满足使用要求。"
                f"{NEEDS_OF_ALL[at % len(NEEDS_OF_ALL)]}改进后先在{one}上应用，再推广到{two}。"
                for at, own, (one, two) in zip(choice[:, 0].tolist(), called, used_in, strict=True)
            ],
            "indicators": [
                INDICATORS[a % len(INDICATORS)].format(n=5 + b % 40, d=1 + c % 9)
                if told[row, 0] < INDICATED
                else ""
                for row, (a, b, c, _) in enumerate(choice.tolist())
            ],
            "deadline_months": months,
            "bounty_wan": np.where(told[:, 1] < BOUNTY, bounty, np.nan),
            "ip": [OWNERSHIP[a % len(OWNERSHIP)] for a in choice[:, 1]],
            "coop": [COOPERATION[a % len(COOPERATION)] for a in choice[:, 2]],
            "horses": np.where(choice[:, 3] < 100, 2, 1),
            "roles": np.where(choice[:, 3] >= TEAMS_FROM, ROLES, ""),
            "team_size": np.where(choice[:, 3] >= TEAMS_FROM, TEAM_SIZE, ""),
            "product": product,
        }
    )


def _drawn(catalogue: Catalogue, count: int, rng: np.random.Generator) -> tuple[IntArray, list[str]]:
    product = rng.choice(len(catalogue), size=count, p=catalogue.share)
    return product, _called(catalogue, product, rng)


def _called(catalogue: Catalogue, product: IntArray, rng: np.random.Generator) -> list[str]:
    """Draw the one wording that each row has for its product."""
    return [own[0] for own in write_mentions(catalogue, product, rng).own]


def make_experts(
    catalogue: Catalogue, firms: Firms, count: int, rng: np.random.Generator, *, by_name: bool = False
) -> pd.DataFrame:
    """Make experts; ``products`` are hidden rows of the catalogue they truly know, ``skill`` is latent.

    ``outputs`` are titles of papers, patents and projects; an expert without any tells keywords only.
    ``by_name`` lets all call products by their names, else each has a wording of his own.
    """
    main = rng.choice(len(catalogue), size=count, p=catalogue.share)
    near = [_sibling(catalogue, int(product), rng) for product in main]
    first, second = (
        [catalogue.names[at] for at in rows] if by_name else _called(catalogue, np.array(rows, np.int64), rng)
        for rows in (main.tolist(), near)
    )
    kind, town = rng.choice(3, size=count, p=(0.6, 0.25, 0.15)), towns().draw(rng, count)
    tied = rng.integers(len(firms), size=count)
    return pd.DataFrame(
        {
            "expert_id": [f"Z-{row + 1:05d}" for row in range(count)],
            "name": [f"专家{row + 1:05d}" for row in range(count)],
            "org": [
                f"{towns().city(at)}例{FIRST[row % len(FIRST)]}{KINDS[kind[row]]}"
                for row, at in enumerate(town)
            ],
            "org_kind": [KINDS[at] for at in kind],
            "title": [TITLES[at] for at in rng.integers(len(TITLES), size=count)],
            "keywords": [
                "；".join(dict.fromkeys((one, two))) for one, two in zip(first, second, strict=True)
            ],
            "outputs": _outputs(catalogue, first, second, rng),
            "person_months": rng.integers(1, 13, count),
            "open_projects": rng.poisson(1.0, count),
            "max_projects": rng.integers(1, 4, count),
            "adcode": [towns().places[at].adcode for at in town],
            "relations": [firms.names[at] if rng.random() < 0.1 else "" for at in tied],
            "skill": rng.beta(2.5, 2.5, count),
            "products": list(zip(main.tolist(), near, strict=True)),
        }
    )


def _outputs(
    catalogue: Catalogue, main: Sequence[str], near: Sequence[str], rng: np.random.Generator
) -> list[tuple[str, ...]]:
    """Write the works of each expert, who calls a product by one name throughout; some tell none.

    Half of the works name a product that theirs is used in.
    """
    count = np.where(rng.random(len(main)) < SILENT, 0, rng.integers(FEWEST, MOST + 1, len(main)))
    kinds, aside = rng.integers(len(WORKS), size=(len(main), MOST)), rng.random((len(main), MOST)) < ASIDE
    used_in = rng.integers(-len(catalogue), len(catalogue), (len(main), MOST))
    return [
        tuple(
            _work(kinds[row, at], near[row] if aside[row, at] else main[row], catalogue, used_in[row, at])
            for at in range(count[row])
        )
        for row in range(len(main))
    ]


def _work(kind: int, product: str, catalogue: Catalogue, used_in: int) -> str:
    where = f"面向{catalogue.names[used_in]}的" if used_in >= 0 else ""
    return where + WORKS[kind].format(a=product)


def _sibling(catalogue: Catalogue, product: int, rng: np.random.Generator) -> int:
    family = np.flatnonzero(catalogue.family == catalogue.family[product])
    return int(family[rng.integers(len(family))])
