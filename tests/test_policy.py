"""Policies: weights to points, switches, limits, in and out of TOML and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import FileError, PolicyError, UnknownNameError
from matching.policy import Policy, Retrieval, policy_from, read_policy
from matching.supply import PRACTICE, supply_policy
from tests.toys import TOYS, toy_policy


def test_the_default_policy_of_the_supply_practice() -> None:
    policy = supply_policy()
    assert policy.limits.max_deals == 3
    assert policy.limits.max_share is None
    assert policy.off == ()
    assert sum(policy.points.values()) == 10_000
    assert [item.name for item in policy.rules] == [item.name for item in PRACTICE.rules]


@pytest.mark.parametrize(
    ("weights", "points"),
    [((1, 1), (5000, 5000)), ((2, 1), (6667, 3333)), ((1, 0), (10_000, 0)), ((0.1, 0.2), (3333, 6667))],
)
def test_weights_become_points(weights: tuple[float, float], points: tuple[int, int]) -> None:
    policy = toy_policy().weigh(fit=weights[0], brand=weights[1])
    assert tuple(policy.points.values()) == points


@given(st.floats(0.001, 1000), st.floats(0.001, 1000))
def test_points_always_sum_to_the_full_score(fit: float, brand: float) -> None:
    assert sum(toy_policy().weigh(fit=fit, brand=brand).points.values()) == 10_000


def test_an_unknown_criterion_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="评分项“prise”不在允许范围内；允许：fit, brand"):
        toy_policy().weigh(prise=3)


def test_an_unknown_rule_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="unknown rule 'color'; allowed: colour, size"):
        toy_policy().without("color")


def test_an_unknown_limit_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="max_share, max_partners, max_deals"):
        toy_policy().limit(max_firms=3)


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf"), "3", True, [1], 1e308, 10**400])
def test_a_weight_out_of_range_is_refused(weight: float) -> None:
    with pytest.raises(PolicyError, match="weight fit must be a number from 0 to 1000000000"):
        toy_policy().weigh(fit=weight)


def test_all_weights_zero_are_refused() -> None:
    with pytest.raises(PolicyError, match="at least one weight must be above 0"):
        toy_policy().weigh(fit=0, brand=0)


@pytest.mark.parametrize(
    "limits",
    [
        *({"max_share": value} for value in (0, 1.1, "0.4", True, [0.4], float("nan"))),
        *({"max_deals": value} for value in (1.5, True, "3", 10**21)),
        {"max_partners": 0},
    ],
)
def test_a_limit_out_of_range_is_refused(limits: dict[str, object]) -> None:
    with pytest.raises(PolicyError, match=next(iter(limits))):
        toy_policy().limit(**limits)


@pytest.mark.parametrize("top", [0, 1.5, True, "7"])
def test_retrieving_no_whole_number_is_refused(top: int) -> None:
    with pytest.raises(PolicyError, match=f"top must be an integer from 1 to 1000000000, got {top!r}"):
        Retrieval(top=top)


def test_changes_leave_the_policy_as_it_was() -> None:
    policy = toy_policy()
    policy.weigh(fit=9)
    policy.without("size")
    policy.limit(max_deals=1)
    assert policy == toy_policy()


def changed() -> Policy:
    """A policy that differs from the default in every part."""
    policy = toy_policy().weigh(fit=5).without("size").limit(max_share=0.4, max_deals=2)
    return policy.replace(worth="budget", retrieval=Retrieval(30, "colour"))


def test_toml_gives_the_policy_back(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(changed().to_toml(), encoding="utf-8")
    assert read_policy(path, TOYS) == changed()
    assert read_policy(path, TOYS).fingerprint == changed().fingerprint


def test_json_gives_the_policy_back(tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(changed().to_dict()), encoding="utf-8")
    assert read_policy(path, TOYS) == changed()


def test_what_a_file_does_not_name_keeps_its_default() -> None:
    assert policy_from({"weights": {"brand": 7}}, TOYS) == toy_policy().weigh(brand=7)


@pytest.mark.parametrize(
    "change",
    [
        {"weights": {"fit": 3}},
        {"off": ["size"]},
        {"worth": "budget"},
        {"limits": {"max_deals": 9}},
        {"retrieval": {"top": 7}},
    ],
)
def test_the_fingerprint_tells_every_change(change: dict[str, object]) -> None:
    assert policy_from(change, TOYS).fingerprint != toy_policy().fingerprint


def test_whole_numbers_written_as_decimals_are_the_same_policy() -> None:
    one = policy_from({"weights": {"fit": 3}, "limits": {"max_share": 1}}, TOYS)
    other = policy_from({"weights": {"fit": 3.0}, "limits": {"max_share": 1.0}}, TOYS)
    assert one == other
    assert one.fingerprint == other.fingerprint


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        ({"wieghts": {}}, "权重方案条目“wieghts”"),
        ({"practice": "supply"}, "业务“supply”"),
        ({"retrieval": {"tops": 3}}, "检索设置“tops”"),
        ({"worth": "size"}, "价值口径“size”"),
    ],
)
def test_a_misspelt_entry_is_refused(plain: dict[str, object], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        policy_from(plain, TOYS)


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        (None, "权重方案应由各个条目组成，得到 None"),
        ([], "权重方案应由各个条目组成"),
        ({"weights": 3}, r"weights 应为一组“名称 = 值”，写在 \[weights\] 之下，得到 3"),
        ({"limits": "x"}, "limits 应为一组"),
        ({"retrieval": None}, "retrieval 应为一组"),
        ({"retrieval": {"block": 3}}, "block 应为一个列名，得到 3"),
        ({"off": "size"}, r"off must be a list of rules, such as \[\"price\"\], got 'size'"),
        ({"off": 3}, "off 应为规则名的列表"),
    ],
)
def test_an_entry_of_a_wrong_type_is_refused(plain: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        policy_from(plain, TOYS)


def test_what_is_wrong_with_a_value_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("[limits]\nmax_share = 2\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"policy\.toml：max_share 应大于0且不超过1，得到 2"):
        read_policy(path, TOYS)


def test_a_file_saved_by_an_editor_of_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("[weights]\nbrand = 7\n", encoding="utf-8-sig")
    assert read_policy(path, TOYS) == toy_policy().weigh(brand=7)
    path.write_text("# 品牌\n", encoding="gb18030")
    with pytest.raises(FileError, match="应为UTF-8编码的文本文件"):
        read_policy(path, TOYS)


def test_endless_nesting_is_no_policy(tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(PolicyError, match="不是有效的权重方案文件"):
        read_policy(path, TOYS)


def test_a_file_that_is_no_policy_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "policy.toml"
    broken.write_text("weights = ", encoding="utf-8")
    with pytest.raises(PolicyError, match="不是有效的权重方案文件"):
        read_policy(broken, TOYS)
    with pytest.raises(FileError, match="读不了权重方案文件"):
        read_policy(tmp_path / "none.toml", TOYS)
