"""The hard rules, each a named function: True = the expert may be suggested for the problem."""

from __future__ import annotations

import re

import numpy as np

from matching.experts.expertise import ENOUGH
from matching.market import BoolArray, Pairs
from matching.practice import Rule
from matching.words import Words

_ONLY = re.compile(r"仅限|只限|限于|限(?=高校|院所|企业|中小企业)")
#: words of a condition → kinds of organisations they admit
ADMITTED = {
    "高校": ("高校",),
    "院所": ("院所",),
    "中小企业": ("中小企业",),
    "企业": ("企业", "中小企业", "链主"),
    "服务机构": ("服务机构",),
}


def is_another_organisation(pairs: Pairs) -> BoolArray:
    """Nobody solves the problem of his own organisation."""
    return np.asarray(~pairs.tie_same)


def is_another_group(pairs: Pairs) -> BoolArray:
    """Owner and expert do not belong to one group."""
    group = pairs.need.group
    return np.asarray((group == "") | (group != pairs.offer.group), bool)


def is_not_excluded(pairs: Pairs) -> BoolArray:
    """Neither side stays apart from the other."""
    return np.asarray(~pairs.tie_excluded)


def is_unrelated(pairs: Pairs) -> BoolArray:
    """No relation to an owner holds, nor held in the three years before the problem was published."""
    return np.asarray(~pairs.tie_related)


def is_trusted(pairs: Pairs) -> BoolArray:
    """The expert is on no list of dishonest persons."""
    return np.asarray(~(pairs.offer.blacklisted == 1))


def agrees(pairs: Pairs) -> BoolArray:
    """The expert has not refused to be suggested."""
    return np.asarray(~(pairs.offer.consent == 0))


def has_room(pairs: Pairs) -> BoolArray:
    """Fewer projects run than the expert leads at most."""
    return np.asarray(~(pairs.offer.open_projects >= pairs.offer.max_projects))


def is_admitted(pairs: Pairs) -> BoolArray:
    """The conditions of the problem admit the kind of organisation; where that is unknown, too."""
    texts, asked = np.unique(pairs.need.conditions.astype(str), return_inverse=True)
    kinds, held = np.unique(pairs.offer.org_kind.astype(str), return_inverse=True)
    allowed = [admitted(text) for text in texts.tolist()]
    fits = [[not some or not kind or kind in some for kind in kinds.tolist()] for some in allowed]
    return np.array(fits, bool).reshape(len(texts), len(kinds))[asked, held]


def admitted(conditions: str) -> frozenset[str]:
    """Give the kinds of organisations that conditions limit to; empty where they limit nothing."""
    clauses = [part for part in re.split(r"[，,。；;]", conditions) if _ONLY.search(part)]
    words = [word for part in clauses for word in ADMITTED if word in part.replace("中小企业", "中小企业 ")]
    if "中小企业" in words and not any("企业" in part.replace("中小企业", "") for part in clauses):
        words = [word for word in words if word != "企业"]
    return frozenset(kind for word in words for kind in ADMITTED[word])


def is_of_the_field(pairs: Pairs) -> BoolArray:
    """Something the expert tells bears on the problem; who tells nothing at all is not judged by it."""
    return np.asarray(~(pairs.affinity == 0))


def rests_on_little(pairs: Pairs) -> BoolArray:
    """Problem and best document share fewer terms than they should."""
    return np.asarray(pairs.shared_count < ENOUGH)


def has_indicators(pairs: Pairs) -> BoolArray:
    """The problem tells indicators."""
    return np.asarray(pairs.need.indicators_told != "", bool)


_TIE = Words("{tie}", "{tie}")

RULES = (
    Rule("same_org", Words("同一单位", "same organisation"), is_another_organisation, _TIE),
    Rule(
        "same_group",
        Words("同一集团", "same group"),
        is_another_group,
        Words("双方同属集团 {offer.group}", "both belong to the group {offer.group}"),
    ),
    Rule("excluded", Words("回避单位", "stays apart"), is_not_excluded, _TIE),
    Rule("related", Words("利益关系", "relation"), is_unrelated, _TIE),
    Rule(
        "blacklist",
        Words("失信名单", "list of dishonest"),
        is_trusted,
        Words("{offer.name} 列入失信名单", "{offer.name} is on a list of dishonest persons"),
    ),
    Rule(
        "consent",
        Words("本人不同意", "no consent"),
        agrees,
        Words("{offer.name} 不同意被推荐", "{offer.name} does not agree to be suggested"),
    ),
    Rule(
        "load",
        Words("在研项目已满", "no room"),
        has_room,
        Words(
            "在研 {offer.open_projects:.0f} 项，上限 {offer.max_projects:.0f} 项",
            "{offer.open_projects:.0f} projects run, at most {offer.max_projects:.0f}",
        ),
    ),
    Rule(
        "conditions",
        Words("揭榜方条件", "conditions"),
        is_admitted,
        Words(
            "条件为“{need.conditions}”，单位类型为{offer.org_kind}",
            "conditions: {need.conditions}; kind of organisation: {offer.org_kind}",
        ),
    ),
    Rule(
        "field",
        Words("专业不相关", "another field"),
        is_of_the_field,
        Words(
            "{offer.name} 所提供的成果、专业领域和关键词均未涉及该榜题",
            "nothing that {offer.name} tells bears on the problem",
        ),
    ),
)

REMARKS = (
    Rule(
        "indicators",
        Words("指标覆盖", "indicators covered"),
        has_indicators,
        Words(
            "有依据的指标：{covered}；未见依据：{uncovered}",
            "indicators with evidence: {covered}; without: {uncovered}",
        ),
    ),
    Rule(
        "little",
        Words("依据较少", "rests on little"),
        rests_on_little,
        Words("共同术语不足3个，建议人工核实", "fewer than 3 shared terms: please check by hand"),
    ),
)
