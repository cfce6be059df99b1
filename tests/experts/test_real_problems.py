"""Real technical problems with an invented pool of experts: from file to plan, each match with evidence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from datasets.chain.boards import FILES, write_board
from datasets.chain.market import make_chain_market
from matching import Plan, expert_policy, make_plan, read_experts, read_problems
from matching.experts import PRACTICE
from matching.experts.cells import Seats
from matching.records import Listing

DATA = os.environ.get("CHAINMATCH_REAL_DATA")
PROBLEMS, EXPERTS = 381, 300
LITTLE = "共同术语不足3个，建议人工核实"

pytestmark = pytest.mark.skipif(DATA is None, reason="CHAINMATCH_REAL_DATA is not set")


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list of invented experts."""
    market, folder = make_chain_market(1, 20 * EXPERTS, 20), tmp_path_factory.mktemp("pool")
    write_board(market.problems.head(1), market.experts.head(EXPERTS), folder)
    return folder / f"{FILES['experts']}.xlsx"


@pytest.fixture(scope="module")
def plan(pool: Path) -> Plan:
    """The plan of all real problems."""
    problems = read_problems(Path(str(DATA)) / "needs" / "real_problems.csv")
    return make_plan(problems, read_experts(pool), expert_policy())


def test_every_problem_has_an_expert_or_reasons(plan: Plan) -> None:
    told = plan.to_dict()
    assert told["status"] == "optimal"
    assert len(told["needs"]) == PROBLEMS
    assert all(need["deals"] or need["reasons"] for need in told["needs"])
    assert sum(bool(need["deals"]) for need in told["needs"]) > PROBLEMS / 2
    assert "353 条榜题未写榜金，请发榜单位补充" in told["notes"]


def test_every_match_rests_on_shared_terms_or_says_that_it_rests_on_little(plan: Plan) -> None:
    """Three shared terms at least, or the sentence; both happen."""
    deals = [deal for need in plan.to_dict()["needs"] for deal in need["deals"]]
    little = {deal["offer"]: LITTLE in deal["reasons"] for deal in deals}
    shared = [_shared(reason) for deal in deals for reason in deal["reasons"] if "共同术语：" in reason]
    assert set(little.values()) == {True, False}
    assert len(shared) == len(deals)
    for deal, terms in zip(deals, shared, strict=True):
        assert (len(terms) < 3) == (LITTLE in deal["reasons"])


def _shared(sentence: str) -> list[str]:
    terms = sentence.split("共同术语：")[1]
    return [] if terms == "无" else terms.split("、")


def test_a_partner_is_told_with_organisation_role_and_indicators(plan: Plan) -> None:
    for need in plan.to_dict()["needs"]:
        for deal in need["deals"]:
            (partner,) = deal["partners"]
            assert set(partner) == {"expert", "name", "organisation", "role", "covers", "share"}
            assert (partner["expert"], partner["role"]) == (deal["offer"], "牵头")
            assert deal["enterprise"] == f"{partner['name']}（{partner['organisation']}）"


def test_the_workbook_is_written(plan: Plan, tmp_path: Path) -> None:
    out = tmp_path / "揭榜建议.xlsx"
    plan.to_sheet(out)
    pages = load_workbook(out, read_only=True)
    assert {"揭榜建议", "候补", "覆盖矩阵", "回避检查", "汇总"} <= set(pages.sheetnames)
    deals = sum(len(need["deals"]) for need in plan.to_dict()["needs"])
    checks = [row for row in pages["回避检查"].iter_rows(values_only=True) if "无" in row]
    assert len(checks) == deals
    assert not any("有" in row for row in checks)


def test_every_seventh_problem_wants_a_team_and_gets_one_or_reasons(plan: Plan, pool: Path) -> None:
    """All problems at once: those that want one expert share their time with the teams."""
    problems = read_problems(Path(str(DATA)) / "needs" / "real_problems.csv")
    roles = (Seats("高校", 1), Seats("企业", 1))
    records = [
        record.model_copy(update={"roles": roles, "team_size": (2, 3)}) if row % 7 == 0 else record
        for row, record in enumerate(problems.records)
    ]
    teamed = make_plan(Listing.of(PRACTICE.demand, records), read_experts(pool), expert_policy(), gap=0.01)
    assert teamed.summary().gap <= 0.01
    told = teamed.to_dict()["needs"]
    sizes = {len(deal["partners"]) for need in told for deal in need["deals"]}
    assert sizes == {1, 2}, "no third member of this pool brings enough"
    assert all(need["deals"] or need["reasons"] for need in told)
    assert teamed.summary().coverage <= plan.summary().coverage
