"""Each hard rule twice: the pair it keeps, the pair it removes with the sentence of what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matching.candidates import broken_rules
from matching.experts import PRACTICE, expert_policy
from matching.experts.cells import Relation
from matching.experts.rules import admitted
from matching.market import Pairs
from matching.scoring import fill
from tests.experts.board_of import OWNER, SCHOOL, expert, pair, problem, stranger

RULES = {rule.name: rule for rule in (*PRACTICE.rules, *PRACTICE.remarks)}


def broken(one: Pairs) -> list[str]:
    held = broken_rules(one, expert_policy())[:, 0]
    return [rule.name for rule, bad in zip(PRACTICE.rules, held, strict=True) if bad]


def test_rules_stand_in_order() -> None:
    assert [rule.name for rule in PRACTICE.rules] == [
        *("same_org", "same_group", "excluded", "related", "blacklist", "consent", "load", "conditions"),
        "field",
    ]


def test_nothing_known_breaks_no_rule() -> None:
    """Empty cells are unknown, and unknown keeps the pair."""
    assert broken(pair(problem(enterprise=None, published_on=None), expert(outputs=()))) == []


KEPT: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"group": "江海集团"}, {"group": "长江集团"}),
    ({"group": "江海集团"}, {}),
    ({"exclude": ("例湖大学",)}, {"exclude": ("例湖船厂",)}),
    ({}, {"relations": (Relation("例湖船厂", "曾任职", None),)}),
    ({}, {"relations": (Relation(OWNER, "曾任职", date(2023, 6, 30)),)}),
    ({}, {"blacklisted": False, "consent": True}),
    ({}, {"open_projects": 2, "max_projects": 3}),
    ({}, {"open_projects": 9}),
    ({"conditions": "仅限高校、院所揭榜"}, {"org_kind": "院所"}),
    ({"conditions": "仅限高校"}, {}),
    ({"conditions": "高校优先"}, {"org_kind": "企业"}),
]


@pytest.mark.parametrize(("asked", "known"), KEPT)
def test_kept(asked: dict[str, Any], known: dict[str, Any]) -> None:
    assert broken(pair(problem(**asked), expert(**known))) == []


REMOVED: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("same_org", {}, {"org": "例江船舶动力 有限公司"}, "任职于发榜单位 例江船舶动力 有限公司"),
    ("same_org", {"enterprise": "例湖船厂", "co_owners": (SCHOOL,)}, {}, f"任职于发榜单位 {SCHOOL}"),
    ("same_group", {"group": "江海集团"}, {"group": "江海集团"}, "双方同属集团 江海集团"),
    ("excluded", {}, {"exclude": (OWNER,)}, f"专家声明回避 {OWNER}"),
    ("excluded", {"exclude": (SCHOOL,)}, {}, f"发榜单位声明回避 {SCHOOL}"),
    ("excluded", {"exclude": ("甲",)}, {}, "发榜单位声明回避 甲"),
    (
        "related",
        {},
        {"relations": (Relation(OWNER, "曾任职", date(2023, 7, 1)),)},
        f"与发榜单位 {OWNER} 有关系：曾任职（至 2023-07-01）",
    ),
    (
        "related",
        {},
        {"relations": (Relation(OWNER, "", None),)},
        f"与发榜单位 {OWNER} 有关系：关系未说明（截止时间未知）",
    ),
    ("blacklist", {}, {"blacklisted": True}, "甲 列入失信名单"),
    ("consent", {}, {"consent": False}, "甲 不同意被推荐"),
    ("load", {}, {"open_projects": 2, "max_projects": 2}, "在研 2 项，上限 2 项"),
    (
        "conditions",
        {"conditions": "仅限高校、院所揭榜"},
        {"org_kind": "企业"},
        "条件为“仅限高校、院所揭榜”，单位类型为企业",
    ),
    (
        "field",
        {"title": "船用泡花碱防腐"},
        {"outputs": ("quantum optics",)},
        "甲 所提供的成果、专业领域和关键词均未涉及该榜题",
    ),
]


@pytest.mark.parametrize(("name", "asked", "known", "sentence"), REMOVED)
def test_removed(name: str, asked: dict[str, Any], known: dict[str, Any], sentence: str) -> None:
    one = pair(problem(**asked), expert(**known))
    assert broken(one) == [name]
    assert fill(RULES[name].sentence, one, 0).zh == sentence


@pytest.mark.parametrize("day", [date(2024, 2, 29), None])
def test_a_relation_holds_three_years(day: date | None) -> None:
    """That of a leap day ends on the first of March; an unknown day of publishing keeps it."""
    related = expert(relations=(Relation(OWNER, "曾任职", day),))
    last, after = (problem(published_on=date(2027, at, 1)) for at in (2, 3))
    assert broken(pair(last, related)) == ["related"]
    assert broken(pair(after, related)) == ([] if day else ["related"])
    assert broken(pair(problem(published_on=None), related)) == ["related"]


@pytest.mark.parametrize(
    ("conditions", "kinds"),
    [
        ("", set()),
        ("须有相关业绩；高校优先", set()),
        ("仅限中小企业", {"中小企业"}),
        ("限企业", {"企业", "中小企业", "链主"}),
        ("只限高校、院所，须有业绩", {"高校", "院所"}),
    ],
)
def test_conditions_admit(conditions: str, kinds: set[str]) -> None:
    assert admitted(conditions) == kinds


def test_remarks_tell_indicators_and_little_evidence() -> None:
    """One run of shared signs is less than three terms; a work that speaks of an indicator covers it."""
    asked = problem(indicators=(("变形量", "≤", 2.0, "mm"), ("能耗", "≤", 5.0, "kWh")))
    one = pair(asked, expert(), stranger())
    assert [bool(remark.test(one)[0]) for remark in PRACTICE.remarks] == [True, True]
    assert fill(RULES["indicators"].sentence, one, 0).zh == "有依据的指标：变形量≤2mm；未见依据：能耗≤5kWh"
    assert not RULES["indicators"].test(pair(problem(), expert()))[0]
