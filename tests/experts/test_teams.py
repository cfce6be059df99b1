"""A problem that wants a team: who is in it, by which rules, and how it is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from matching import ConflictError, InputError, Plan, Policy, expert_policy, make_plan, read_pins
from matching.experts.cells import Indicator, Seats
from matching.experts.people import Expert
from matching.experts.problems import TechProblem
from matching.experts.teams import EXTRA, _shares
from matching.limits import Limits
from matching.plan import Answer, Pin, replan
from tests.experts.board_of import expert, listings, problem, stranger

ROLES = (Seats("高校", 1), Seats("中小企业", 1))
WARP, YIELD = Indicator("焊接变形", "≤", 2.0, "mm"), Indicator("合格率", "≥", 98.0, "%")


def team_problem(**told: Any) -> TechProblem:
    """Make a problem that wants a university and a small firm."""
    return problem(**{"problem_id": "T1", "roles": ROLES, "indicators": (WARP, YIELD), **told})


def someone(number: str, kind: str | None = None, **told: Any) -> Expert:
    """Make an expert on welding with an organisation of his own."""
    return expert(
        **{"expert_id": number, "name": number, "org": f"例{number}单位", "org_kind": kind, "max_projects": 1}
        | told
    )


def pool() -> list[Expert]:
    """Give two of universities, two of small firms, and one of an institute."""
    return [
        someone("U1", "高校", outputs=("薄板焊接变形控制", "焊接变形测量")),
        someone("U2", "高校", outputs=("薄板焊接合格率提升方法",)),
        someone("S1", "中小企业", outputs=("薄板焊接变形矫正设备",)),
        someone("S2", "中小企业", outputs=("焊接烟尘收集",)),
        someone("I1", "院所", outputs=("薄板焊接变形控制",)),
    ]


def plan_of(problems: list[TechProblem], experts: list[Expert], **how: Any) -> Plan:
    policy = how.pop("policy", expert_policy())
    return make_plan(*listings(problems, experts), policy, **how)


def teams_of(plan: Plan, need: str = "T1") -> list[set[str]]:
    """Give the members of each team of a problem."""
    return [{member.offer for member in deal.members} for deal in plan.deals_for(need)]


def test_a_team_has_the_roles_that_were_asked_for() -> None:
    plan = plan_of([team_problem()], pool())
    (team,) = teams_of(plan)
    assert len(team & {"U1", "U2"}) == len(team & {"S1", "S2"}) == 1
    assert (plan.summary().status, plan.summary().deals, plan.unmet) == ("optimal", 1, ())


def test_an_indicator_that_nobody_else_covers_brings_somebody_in() -> None:
    (team,) = teams_of(plan_of([team_problem()], pool()))
    assert "U2" in team, "the only one who speaks of 合格率"
    (team,) = teams_of(plan_of([team_problem(indicators=(WARP,))], pool()))
    assert "U1" in team


def test_a_firm_of_any_size_fills_the_place_of_a_firm() -> None:
    asked = team_problem(roles=(Seats("高校", 1), Seats("企业", 1)))
    (team,) = teams_of(plan_of([asked], pool()))
    assert team & {"S1", "S2"}
    both = team_problem(roles=(Seats("中小企业", 1), Seats("企业", 1)))
    assert teams_of(plan_of([both], pool()[:3])) == [], "one firm does not fill two places"


def test_a_team_may_grow_to_the_largest_size_and_needs_no_roles() -> None:
    (team,) = teams_of(plan_of([team_problem(roles=(), team_size=(2, 4))], pool()))
    assert len(team) == 4
    assert teams_of(plan_of([team_problem(roles=(), team_size=(6, 6))], pool())) == []


def test_a_member_who_brings_little_is_taken_only_where_he_has_to_be() -> None:
    """The last of six has rank and time, but hardly anything on welding: under 3,000 points."""
    work, words = "光伏玻璃清洗设备的焊接工装", ("光伏", "玻璃清洗", "稻米", "育种")
    weak = someone("W", "院所", outputs=(work,), rank="教授", keywords=words)
    experts = [*pool(), weak, stranger()]
    for size, taken in (((2, 6), False), ((6, 6), True)):
        plan = plan_of([team_problem(roles=(), team_size=size)], experts)
        (team,) = teams_of(plan)
        assert ("W" in team) is taken
        assert {item.offer: item.score for item in plan.suggestions("T1")}["W"] < EXTRA


def test_a_missing_role_is_the_reason_why_a_problem_stays_open() -> None:
    plan = plan_of([team_problem(roles=(Seats("服务机构", 1),))], pool())
    (unmet,) = plan.unmet
    assert (unmet.quantity, unmet.unit) == (1, "队")
    assert "团队要求服务机构 1 人，候选中有 0 人" in [reason.sentence.zh for reason in unmet.reasons]


def test_parallel_teams_share_neither_members_nor_organisations() -> None:
    experts = [*pool(), someone("S3", "中小企业", org="例S1单位", outputs=("薄板焊接变形矫正设备",))]
    teams = teams_of(plan_of([team_problem(wanted=2)], experts))
    assert len(teams) == 2
    assert len(teams[0] & teams[1]) == 0
    apart = [len(team & {"S1", "S3"}) for team in teams]
    assert sorted(apart) == [0, 1], "one organisation in one team only"


def test_who_stays_apart_from_another_is_in_no_team_with_him() -> None:
    shy = [
        *pool()[:2],
        someone("S1", "中小企业", outputs=("薄板焊接变形矫正设备",), exclude=("例U2单位",)),
        pool()[3],
    ]
    (team,) = teams_of(plan_of([team_problem()], shy))
    assert not {"U2", "S1"} <= team


def test_who_worked_together_before_comes_together() -> None:
    def formed(joint: str) -> set[str]:
        some = [("U1", "高校", "薄板焊接变形一"), ("U2", "高校", "薄板焊接变形二"), ("S1", "中小企业", joint)]
        experts = [someone(number, kind, outputs=(work,)) for number, kind, work in some]
        (team,) = teams_of(plan_of([team_problem(indicators=())], [*experts, stranger()]))
        return team

    assert formed("薄板焊接变形一") == {"U1", "S1"}
    assert formed("薄板焊接变形二") == {"U2", "S1"}


def test_time_is_shared_with_problems_that_want_one_expert() -> None:
    single = problem(problem_id="T2", title="薄板焊接合格率提升方法", priority=3)
    plan = plan_of([team_problem(), single], pool())
    assert teams_of(plan, "T2") == [{"U2"}]
    (team,) = teams_of(plan)
    assert "U1" in team


def test_a_deal_tells_its_partners_the_lead_first_with_shares_of_100_per_cent() -> None:
    (need,) = plan_of([team_problem()], pool()).to_dict()["needs"]
    (deal,) = need["deals"]
    lead, member = deal["partners"]
    assert (deal["offer"], deal["quantity"], deal["unit"]) == (lead["expert"], 1, "队")
    assert (lead["role"], member["role"]) == ("牵头", "成员")
    assert lead["share"] + member["share"] == 100
    assert set(lead) == {"expert", "name", "organisation", "role", "covers", "share"}


def test_shares_follow_lead_and_cover_and_sum_to_100() -> None:
    assert _shares([()]).tolist() == [100]
    assert _shares([("a",), ("a", "b")]).tolist() == [50, 50]  # 2 + ½, 1 + ½ + 1
    assert _shares([(), (), ()]).tolist() == [50, 25, 25]
    assert _shares([("a",), (), ()]).tolist() == [60, 20, 20]
    assert _shares([(), ()]).tolist() == [67, 33]


def test_a_member_is_in_the_plan_and_no_alternate() -> None:
    plan = plan_of([team_problem()], pool())
    (team,) = teams_of(plan)
    for offer in team:
        assert plan.why_not("T1", offer).sentences[0].zh == "已列入方案"
    assert team.isdisjoint(item.offer for item in plan.alternates("T1"))


def test_hand_decisions_hold_for_members(tmp_path: Path) -> None:
    plan = plan_of([team_problem()], pool())
    lock = Pin(need_id="T1", offer_id="S2", quantity=1, decision="lock")
    assert "S2" in teams_of(plan_of([team_problem()], pool(), pins=[lock]))[0]
    (team,) = teams_of(plan)
    for offer in team:
        out = Pin(need_id="T1", offer_id=offer, decision="exclude")
        assert offer not in teams_of(plan_of([team_problem()], pool(), pins=[out]))[0]
    plan.to_sheet(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    sheet = book["揭榜建议"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=4) for cell in row}
    (row,) = (row for row in range(1, sheet.max_row + 1) if sheet.cell(row, heads["角色"]).value == "成员")
    sheet.cell(row, heads["办理意见"]).value = "排除"
    book.save(tmp_path / "plan.xlsx")
    (pin,) = read_pins(tmp_path / "plan.xlsx")
    (again,) = teams_of(plan_of([team_problem()], pool(), pins=[pin]))
    assert {pin.offer_id} == team - again


def test_decisions_that_no_team_can_keep_are_named() -> None:
    locks = [Pin(need_id="T1", offer_id=offer, quantity=1, decision="lock") for offer in ("U1", "U2")]
    with pytest.raises(ConflictError, match="U2"):
        plan_of([team_problem()], pool(), pins=locks)


def test_a_limit_that_teams_cannot_keep_is_refused_by_its_name() -> None:
    limits = Limits(totals=({"name": "一人", "by": "count", "most": 1},))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="一人"):
        plan_of([team_problem()], pool(), policy=expert_policy().replace(limits=limits))


def test_most_deals_of_an_expert_hold_in_teams() -> None:
    free = [
        someone(one.expert_id or "", one.org_kind, outputs=one.outputs, max_projects=None)
        for one in pool()[:3]
    ]
    asked = [team_problem(problem_id=f"T{number}", indicators=()) for number in range(1, 4)]

    def formed(most: int) -> int:
        policy: Policy = expert_policy().replace(limits=Limits(max_deals=most))
        return len(plan_of(asked, free, policy=policy).deals)

    assert [formed(most) for most in (1, 2, 3)] == [1, 2, 3]


def test_a_member_who_declines_is_replaced_and_the_other_stays() -> None:
    plan = plan_of([team_problem()], pool())
    (team,) = teams_of(plan)
    (small,) = team & {"S1", "S2"}
    after, changes = replan(plan, [Answer("T1", small, "decline")])
    (again,) = teams_of(after)
    assert again == team - {small} | ({"S1", "S2"} - {small})
    assert [one.offer for one in changes.released] == [small]
    assert [one.offer for one in changes.promoted] == list({"S1", "S2"} - {small})
    accepted, _ = replan(after, [Answer("T1", offer, "accept") for offer in sorted(again)])
    assert teams_of(accepted) == [again]


def test_the_workbook_has_a_row_for_each_member(tmp_path: Path) -> None:
    plan_of([team_problem()], pool()).to_sheet(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames == [
        "揭榜建议",
        "候补",
        "未揭榜题及原因",
        "专家视图",
        "覆盖矩阵",
        "回避检查",
        "汇总",
    ]
    rows = [row for row in book["揭榜建议"].iter_rows(values_only=True) if row[0] == "T1"]
    assert [row[3:5] for row in rows] == [(1, "牵头"), (1, "成员")]
    assert sum(row[5] for row in rows) == pytest.approx(1)


def test_the_same_board_gives_the_same_plan() -> None:
    one, other = (plan_of([team_problem(wanted=2)], experts) for experts in (pool(), pool()[::-1]))
    assert one.to_dict() == other.to_dict()
