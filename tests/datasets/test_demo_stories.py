"""The demo market's stories: each sentence of the datasets' README holds in the plan."""

from __future__ import annotations

import re
from datetime import date

import pytest

from datasets.demo_lists import DEMO
from matching import (
    Listing,
    Plan,
    Policy,
    make_plan,
    read_enterprises,
    read_history,
    read_needs,
    read_offers,
    supply_policy,
)


@pytest.fixture(scope="module")
def lists() -> dict[str, Listing]:
    """The four demo lists, read from their files."""
    return {
        "needs": read_needs(DEMO / "采购需求.xlsx"),
        "offers": read_offers(DEMO / "产能清单.xlsx"),
        "history": read_history(DEMO / "历史业绩.xlsx"),
        "enterprises": read_enterprises(DEMO / "企业名录.xlsx"),
    }


@pytest.fixture(scope="module")
def plan(lists: dict[str, Listing]) -> Plan:
    """The demo market planned under the default policy."""
    return planned(lists, supply_policy())


def planned(lists: dict[str, Listing], policy: Policy) -> Plan:
    needs, offers, history, enterprises = lists.values()
    return make_plan(needs, offers, policy, history=history, enterprises=enterprises)


def dealt(plan: Plan, need: str) -> dict[str, float]:
    """Offer → quantity of a need's deals, by offer."""
    return dict(sorted((deal.offer, deal.quantity) for deal in plan.deals_for(need)))


def candidates(plan: Plan, need: str) -> list[str]:
    """Offers that passed every rule for a need, best first."""
    return [item.offer for item in plan.suggestions(need, 100)]


def why_not(plan: Plan, need: str, offer: str) -> str:
    return plan.why_not(need, offer).say("zh")


def test_the_plan_is_proven_optimal_and_leaves_two_needs_open(plan: Plan) -> None:
    assert plan.summary().status == "optimal"
    assert [unmet.need for unmet in plan.unmet] == ["N-019", "N-029"]


def test_two_mills_for_one_hull(plan: Plan) -> None:
    deals = dealt(plan, "N-001")
    assert list(deals) == ["O-001", "O-002"]
    assert sum(deals.values()) == 1200
    assert deals["O-001"] <= 800
    assert deals["O-002"] <= 600


def test_one_foundry_only(plan: Plan) -> None:
    assert dealt(plan, "N-002") == {"O-006": 300}
    assert "O-005" in candidates(plan, "N-002")


def test_the_certificate_decides(plan: Plan) -> None:
    assert dealt(plan, "N-003") == {"O-015": 120}
    assert "DNV" in why_not(plan, "N-003", "O-014")


def test_the_dock_will_not_wait(plan: Plan) -> None:
    assert dealt(plan, "N-004") == {"O-031": 2}
    assert date(2027, 3, 31).isoformat() in why_not(plan, "N-004", "O-032")


def test_too_small_an_order(plan: Plan) -> None:
    assert dealt(plan, "N-005") == {"O-036": 800}
    assert "起订量 5" in why_not(plan, "N-005", "O-035")


def test_a_newcomers_chance(plan: Plan) -> None:
    """The micro firm's whole capacity is used, or nearly: the other cannot make all 900."""
    deals = dealt(plan, "N-008")
    assert list(deals) == ["O-008", "O-009"]
    assert sum(deals.values()) == 900
    assert deals["O-008"] >= 300


def test_the_tier_makes_the_price(plan: Plan) -> None:
    assert dealt(plan, "N-009") == {"O-017": 18000}
    assert "报价 55 元" in plan.deals_for("N-009")[0].explain().say("zh")
    assert "报价 62 元" in why_not(plan, "N-010", "O-017")


def test_the_best_pair_is_not_the_best_plan(plan: Plan) -> None:
    assert dealt(plan, "N-011") == {"O-019": 24}
    assert dealt(plan, "N-012") == {"O-020": 20}
    assert candidates(plan, "N-011") == ["O-019"]
    assert candidates(plan, "N-012")[0] == "O-019"


def test_above_the_ceiling(plan: Plan) -> None:
    assert dealt(plan, "N-014") == {"O-022": 16}
    assert "75,000" in why_not(plan, "N-014", "O-023")


def test_not_with_them(plan: Plan) -> None:
    assert dealt(plan, "N-015") == {"O-024": 6}
    assert "不对接" in why_not(plan, "N-015", "O-025")


def test_all_in_the_family(plan: Plan) -> None:
    assert dealt(plan, "N-016") == {"O-027": 4}
    assert "例帆集团" in why_not(plan, "N-016", "O-026")


def test_blacklisted(plan: Plan) -> None:
    deals = dealt(plan, "N-017")
    assert list(deals) == ["O-028", "O-029"]
    assert sum(deals.values()) == 6
    assert "黑名单" in why_not(plan, "N-017", "O-030")


def test_drums_are_no_tonnes(plan: Plan) -> None:
    assert dealt(plan, "N-018") == {"O-033": 42}
    assert "计量单位不是一类" in why_not(plan, "N-018", "O-034")


def test_nobody_can(plan: Plan) -> None:
    (unmet,) = [item for item in plan.unmet if item.need == "N-019"]
    assert unmet.quantity == 12
    assert candidates(plan, "N-019") == []
    assert "certificates" in [reason.rule for reason in unmet.reasons]
    assert "LR" in why_not(plan, "N-019", "O-010")


def test_three_engines_two_yards(plan: Plan) -> None:
    assert dealt(plan, "N-028") == {"O-012": 2}
    assert dealt(plan, "N-029") == {}
    assert candidates(plan, "N-029")[0] == "O-012"


def test_one_firm_would_win_everything(plan: Plan, lists: dict[str, Listing]) -> None:
    tasks = [f"N-{number:03}" for number in range(20, 25)]
    winners = [offer for need in tasks for offer in dealt(plan, need)]
    assert len(winners) == 5
    assert winners.count("O-037") == 3
    free = planned(lists, supply_policy().limit(max_deals=None))
    assert [offer for need in tasks for offer in dealt(free, need)] == ["O-037"] * 5


def test_each_bank_its_own_laboratory(plan: Plan) -> None:
    assert dealt(plan, "N-025") == {"O-040": 1}
    assert dealt(plan, "N-026") == {"O-041": 1}
    assert "服务半径 50 公里" in why_not(plan, "N-025", "O-041")
    assert "服务半径 60 公里" in why_not(plan, "N-026", "O-040")


def test_capacity_guessed_from_history(plan: Plan) -> None:
    assert len(dealt(plan, "N-027")) == 1
    offers = plan.solution.market.offers.set_index("id")
    assert offers.loc["O-042", "capacity_basis"] == "inferred"
    assert plan.summary().most_deals_of_a_capped_firm == 3


def test_better_together(plan: Plan) -> None:
    (deal,) = plan.deals_for("N-030")
    assert deal.offer == "O-046"
    assert "可组联合体" in deal.explain().say("zh")


def test_valid_today_not_then(plan: Plan) -> None:
    assert dealt(plan, "N-031") == {"O-045": 30}
    assert "CCS" in why_not(plan, "N-031", "O-044")


def test_kilometres_and_metres(plan: Plan) -> None:
    """45,000 a kilometre is 45 a metre: both prices are compared in the need's own unit."""
    assert {"O-017", "O-049"} <= set(candidates(plan, "N-032"))
    assert sum(dealt(plan, "N-032").values()) == 3


def test_every_story_of_the_readme_has_a_test_of_its_name() -> None:
    text = (DEMO.parent / "README.md").read_text(encoding="utf-8")
    titles = re.findall(r"^\d+\. \*\*(.+?)\.\*\*", text, re.MULTILINE)
    names = [re.sub(r"\W+", "_", title.replace("'", "").lower()) for title in titles]
    assert len(names) == 21
    assert [name for name in names if f"test_{name}" not in globals()] == []
