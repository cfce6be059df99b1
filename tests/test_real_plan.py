"""The main job on a city's real lists: every need answered, the winners high up, nothing left to chance."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from matching import (
    Listing,
    Plan,
    Policy,
    make_plan,
    read_history,
    read_needs,
    read_offers,
    supply_policy,
)

Lists = tuple[Listing, Listing, Listing]


@pytest.fixture(scope="module")
def lists(real_data: Path) -> Lists:
    """467 needs, 1,000 offers, 893 past contracts, as the office holds them."""
    folder = real_data / "lists"
    return (
        read_needs(folder / "采购需求清单.xlsx"),
        read_offers(folder / "供给能力清单.xlsx"),
        read_history(folder / "历史业绩.xlsx"),
    )


@pytest.fixture(scope="module")
def plan(lists: Lists) -> Plan:
    return planned(lists)


def planned(lists: Lists, policy: Policy | None = None) -> Plan:
    needs, offers, history = lists
    return make_plan(needs, offers, policy or supply_policy(), history=history)


def deals_of(plan: Plan) -> set[tuple[str, str, float]]:
    return {(deal.need, deal.enterprise, deal.quantity) for deal in plan.deals}


@pytest.fixture(scope="module")
def outcome(real_data: Path) -> pd.DataFrame:
    """Who won each need in the end; used to judge, never to plan."""
    return pd.read_csv(real_data / "lists" / "outcome.csv")


def test_every_need_is_answered(plan: Plan) -> None:
    """467 needs: each with deals or reasons, and at least ten suggestions."""
    needs = plan.to_dict()["needs"]
    assert len(needs) == 467
    assert all(row["deals"] or row["reasons"] for row in needs)
    assert min(len(row["suggestions"]) for row in needs) >= 10


def test_the_winner_is_among_the_first_ten(plan: Plan, outcome: pd.DataFrame) -> None:
    """Plain TF-IDF between the sheets finds 19.5 % of the lead winners; learned rankers 28.5 %."""
    listed = {
        row["need"]: [item["enterprise"] for item in row["suggestions"][:10]]
        for row in plan.to_dict()["needs"]
    }
    hits = [
        lead in listed[need] for need, lead in zip(outcome["需求编号"], outcome["牵头中标人"], strict=True)
    ]
    assert sum(hits) / len(hits) >= 0.285


def test_firms_of_unknown_or_inferred_capacity_keep_to_max_deals(plan: Plan) -> None:
    """All capacities of this list are inferred or unknown: nobody has more than three deals."""
    counts = pd.Series([deal.enterprise for deal in plan.deals]).value_counts()
    assert counts.max() == plan.summary().most_deals_of_a_capped_firm == plan.summary().max_deals == 3
    assert plan.summary().capped_money_share == 1.0


def test_the_same_lists_give_the_same_bytes(lists: Lists, plan: Plan) -> None:
    again = planned(lists)
    assert json.dumps(again.to_dict(), ensure_ascii=False) == json.dumps(plan.to_dict(), ensure_ascii=False)


def test_shuffled_rows_give_the_same_deals(lists: Lists, plan: Plan) -> None:
    draw = random.Random(7)
    shuffled = tuple(Listing.of(side.form, draw.sample(side.records, len(side))) for side in lists)
    assert deals_of(planned(shuffled)) == deals_of(plan)  # type: ignore[arg-type]


def test_a_share_limit_changes_nothing_for_whole_tasks(lists: Lists, plan: Plan) -> None:
    """No need of this list has a quantity, so none can be split."""
    limited = planned(lists, supply_policy().limit(max_share=0.4))
    assert len(limited.deals) == len(plan.deals)


def test_a_plan_has_no_time_stamp_and_no_path(plan: Plan, real_data: Path) -> None:
    plain: dict[str, Any] = plan.to_dict()
    assert str(real_data) not in json.dumps(plain, ensure_ascii=False)
    assert {"status", "objective", "bound", "gap", "market", "policy", "summary", "needs"} <= plain.keys()
