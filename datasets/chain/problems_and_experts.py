"""Technical problems of the firms, and the experts who could solve them, as plain tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from datasets.chain.catalogue import Catalogue
from datasets.chain.enterprises import FIRST, Firms
from datasets.chain.towns import towns
from datasets.chain.wording import write_mentions

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
TITLES = ("教授", "副教授", "研究员", "高级工程师", "正高级工程师")
#: shares of problems that tell a bounty, and an indicator
BOUNTY, INDICATED = 0.35, 0.6


def make_problems(catalogue: Catalogue, firms: Firms, count: int, rng: np.random.Generator) -> pd.DataFrame:
    """Make technical problems; ``product`` is the hidden row of the catalogue."""
    product = rng.choice(len(catalogue), size=count, p=catalogue.share)
    mentions = write_mentions(catalogue, product, rng)
    kind, owner = rng.integers(len(DIFFICULTIES), size=count), rng.integers(len(firms), size=count)
    months, bounty = rng.integers(6, 37, count), np.exp(rng.normal(4.2, 0.8, count)).round()
    told, choice = rng.random((count, 2)), rng.integers(1000, size=(count, 4))
    names = [DIFFICULTIES[at] for at in kind]
    return pd.DataFrame(
        {
            "problem_id": [f"T-{row + 1:05d}" for row in range(count)],
            "enterprise": [firms.names[at] for at in owner],
            "title": [text.format(a=own[0]) for text, own in zip(names, mentions.own, strict=True)],
            "problem": [
                f"现有{own[1]}不能满足使用要求，{own[2] or own[1]}急需技术突破。" for own in mentions.own
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
            "product": product,
        }
    )


def make_experts(catalogue: Catalogue, firms: Firms, count: int, rng: np.random.Generator) -> pd.DataFrame:
    """Make experts; ``products`` are hidden rows of the catalogue they truly know, ``skill`` is latent."""
    main = rng.choice(len(catalogue), size=count, p=catalogue.share)
    near = [_sibling(catalogue, int(product), rng) for product in main]
    first, second = (
        write_mentions(catalogue, main, rng),
        write_mentions(catalogue, np.array(near, np.int64), rng),
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
                "；".join(dict.fromkeys((*filter(None, one), two[0])))
                for one, two in zip(first.own, second.own, strict=True)
            ],
            "person_months": rng.integers(1, 13, count),
            "open_projects": rng.poisson(1.0, count),
            "max_projects": rng.integers(1, 4, count),
            "adcode": [towns().places[at].adcode for at in town],
            "relations": [firms.names[at] if rng.random() < 0.1 else "" for at in tied],
            "skill": rng.beta(2.5, 2.5, count),
            "products": list(zip(main.tolist(), near, strict=True)),
        }
    )


def _sibling(catalogue: Catalogue, product: int, rng: np.random.Generator) -> int:
    family = np.flatnonzero(catalogue.family == catalogue.family[product])
    return int(family[rng.integers(len(family))])
