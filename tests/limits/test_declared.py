"""Limits as data: in and out of TOML, one name each, refused where they make no sense."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from matching import Limits, Policy, PolicyError, UnknownNameError, read_policy, supply_policy
from matching.limits import TABLES, Change, Share
from matching.policy import policy_from
from matching.supply import PRACTICE

EVERY = """
[limits]
max_share = 0.4
min_partners = 2
min_share = 0.1

[[limits.shares]]
name = "sme"
of = "offer.size"
among = ["小型", "微型"]
least = 0.3
penalty = 2000

[[limits.shares]]
name = "near"
of = "distance_km"
between = [0, 50]
most = 0.9
by = "money"
within = "need.enterprise"

[[limits.totals]]
name = "budget"
of = "need.id"
most = "need.budget_cny"
by = "money"

[[limits.partners]]
name = "dual"
where = { "need.id" = ["N-1"] }
least = 2
most = 4

[[limits.deals]]
name = "feud"
where = { "need.enterprise" = ["江湾船厂"], "offer.enterprise" = ["近铸造"] }
most = 0

[[limits.loads]]
name = "newcomers"
most = 2
everyone = true

[[limits.costs]]
name = "tooling"
pair = 300

[[limits.floors]]
name = "fair"
keep = 0.8

[[limits.priorities]]
name = "yard"
where = { "need.enterprise" = ["江湾船厂"], "need.category" = ["铸件"] }
times = 2
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    """A policy with a limit in every table."""
    return policy_from(tomllib.loads(EVERY), PRACTICE)


def test_every_table_is_read(policy: Policy) -> None:
    assert all(getattr(policy.limits, table) for table in TABLES)
    assert list(policy.limits.all) == [
        *("max_share", "min_partners", "min_share", "max_deals"),
        *("sme", "near", "budget", "dual", "feud", "newcomers", "tooling", "fair", "yard"),
    ]


def test_toml_gives_every_limit_back(policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(policy.to_toml(), encoding="utf-8")
    again = read_policy(path, PRACTICE)
    assert again.limits == policy.limits
    assert again.fingerprint == policy.fingerprint


def test_json_gives_every_limit_back(policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(policy.to_dict(), ensure_ascii=False), encoding="utf-8")
    again = read_policy(path, PRACTICE)
    assert again.limits == policy.limits
    assert again.fingerprint == policy.fingerprint


#: criteria and weights as they were when the pinned fingerprint was taken, before tables of limits existed
WEIGHTS = {
    "capability": 4.5,
    "category": 1,
    "won": 4,
    "shortlisted": 1.5,
    "price": 2,
    "slack": 1,
    "distance": 3,
    "capacity": 0.5,
    "tier": 0.5,
    "incumbent": 1,
    "newcomer": 0.2,
}


def test_fingerprints_of_policies_without_the_new_limits_stay() -> None:
    """What was fingerprinted before tables of limits existed."""
    criteria = tuple(item for item in PRACTICE.criteria if item.name in WEIGHTS)
    before = Policy.of(replace(PRACTICE, criteria=criteria, weights=WEIGHTS))
    assert before.limit(max_share=0.4, max_partners=3).fingerprint == "d578a950da64cfda"


def test_the_fingerprint_tells_a_changed_limit(policy: Policy) -> None:
    change = Change("sme", "least", 0.3, 0.25)
    assert policy.relaxed([change]).fingerprint != policy.fingerprint
    assert policy.relaxed([change]).limits.all["sme"] == Share(
        name="sme", of="offer.size", among=("小型", "微型"), least=0.25, penalty=2000
    )


def test_the_fingerprint_tells_a_changed_priority(policy: Policy) -> None:
    (yard,) = policy.limits.priorities
    assert yard.to_dict()["times"] == 2
    for other in (replace(yard, times=3), replace(yard, where={"need.enterprise": ("江湾船厂",)})):
        assert policy.limit(priorities=[other]).fingerprint != policy.fingerprint
    assert policy.without_limit("yard").limits.priorities == ()


def test_a_whole_number_written_as_a_decimal_is_the_same_limit() -> None:
    one = supply_policy().limit(totals=[{"name": "x", "most": 3}])
    other = supply_policy().limit(totals=[{"name": "x", "most": 3.0}])
    assert one.fingerprint == other.fingerprint


def test_mandatory_limits_are_those_that_can_clash(policy: Policy) -> None:
    assert {"sme", "tooling", "fair", "yard"}.isdisjoint(policy.limits.mandatory)
    assert {"near", "budget", "dual", "feud", "newcomers", "max_share"} <= set(policy.limits.mandatory)


def test_limits_are_taken_away_by_name(policy: Policy) -> None:
    assert {"sme", "max_share"}.isdisjoint(policy.without_limit("sme", "max_share").limits.all)
    with pytest.raises(UnknownNameError, match="已设置的限制“smes”"):
        policy.without_limit("smes")


def test_a_change_takes_the_only_number_away_with_its_limit(policy: Policy) -> None:
    assert "near" not in policy.relaxed([Change("near", "most", 0.9, None)]).limits.all
    dual = policy.relaxed([Change("dual", "least", 2, None)]).limits.partners[0]
    assert (dual.least, dual.most) == (None, 4)
    assert policy.relaxed([Change("max_share", "most_share", 0.4, 0.7)]).limits.max_share == 0.7


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"shares": [{"of": "offer.size", "least": 0.3}]}, "每条限制都要有名称"),
        ({"shares": [{"name": "x", "least": 0.3}]}, "x：须给出 of"),
        ({"shares": [{"name": "x", "of": "offer.size"}]}, "x：须给出 least、most"),
        ({"shares": [{"name": "x", "of": "offer.size", "least": 1.3}]}, "least 应大于0且不超过1，得到 1.3"),
        ({"shares": [{"name": "x", "of": "o", "least": 0.3, "by": "quantity"}]}, "占比不能按数量计"),
        ({"shares": [{"name": "x", "of": "o", "least": 0.3, "among": "小型"}]}, "among 应为值的列表"),
        ({"shares": [{"name": "x", "of": "o", "least": 0.3, "penalty": 0}]}, "penalty 应为1到"),
        (
            {"shares": [{"name": "x", "of": "o", "least": 0.3, "among": ["a"], "between": [0, 1]}]},
            "among 与 between",
        ),
        ({"shares": [{"name": "x", "of": "o", "least": 0.3, "between": [0]}]}, "between 应为两个数"),
        ({"shares": {"name": "x"}}, r"应写成 \[\[limits\.shares\]\]"),
        ({"totals": [{"name": "x"}]}, "x：须给出 least、most"),
        ({"totals": [{"name": "x", "least": -1}]}, "least 应为0到"),
        ({"partners": [{"name": "x", "least": 0}]}, "least 应为1到"),
        ({"deals": [{"name": "x", "most": 1, "where": ["a"]}]}, "where 应为一组"),
        ({"costs": [{"name": "x"}]}, "x：须给出 pair、offer"),
        ({"floors": [{"name": "x", "keep": 2}]}, "keep 应大于0且不超过1"),
        ({"priorities": [{"name": "x", "where": {"need.id": ["N"]}}]}, "x：须给出 times"),
        ({"priorities": [{"name": "x", "where": {"need.id": ["N"]}, "times": 0}]}, "times 应为1到1000的整数"),
        (
            {"priorities": [{"name": "x", "where": {"need.id": ["N"]}, "times": 1.5}]},
            "times 应为1到1000的整数",
        ),
        ({"priorities": [{"name": "x", "times": 2}]}, "x：须给出 where"),
        ({"priorities": [{"name": "x", "where": {"distance_km": [1]}, "times": 2}]}, "只能用 need. 开头的列"),
        ({"min_partners": 0}, "min_partners 应为1到"),
        ({"min_share": 0}, "min_share 应大于0且不超过1"),
        ({"totals": [{"name": "x", "most": 1}, {"name": "x", "most": 2}]}, "限制名重复：x"),
        ({"totals": [{"name": "max_share", "most": 1}]}, "限制名重复：max_share"),
    ],
)
def test_senseless_limits_are_refused(limits: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        Limits(**limits)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (
            {"shares": [{"name": "x", "off": "offer.size"}]},
            "限制的条目“off”不在允许范围内；允许：name, where, of",
        ),
        ({"shares": [{"name": "x", "of": "o", "least": 0.3, "by": "mass"}]}, "计量口径“mass”"),
        ({"sharess": []}, "限制“sharess”"),
    ],
)
def test_misspelt_limits_name_the_known_ones(limits: dict[str, object], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        supply_policy().limit(**limits)


def test_all_that_is_wrong_with_the_limits_is_told_at_once() -> None:
    """Whatever is wrong with a row, its name is still one that no other may bear."""
    priorities = [
        {"name": "x", "where": {"need.id": ["N-1"]}, "times": 0},
        {"name": "x", "times": 2},
        {"name": "y", "where": {"offer.size": ["小型"]}, "times": 1_001},
    ]
    with pytest.raises(PolicyError) as caught:
        Limits(priorities=priorities, max_share=3)  # type: ignore[arg-type]
    assert caught.value.say("zh").split("；") == [
        "max_share 应大于0且不超过1，得到 3",
        "x: times 应为1到1000的整数，得到 0",
        "x：须给出 where",
        "此处 where 只能用 need. 开头的列，得到 offer.size",
        "y: times 应为1到1000的整数，得到 1001",
        "限制名重复：x",
    ]
    assert caught.value.say("en").split("; ")[1::4] == [
        "x: times must be an integer from 1 to 1000, got 0",
        "names of limits given twice: x",
    ]
