"""The commands of boards: experts for problems, and both ways round."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from datasets.chain.boards import FILES
from datasets.demo_lists import DEMO
from matching.sheets import Heading, Table, write_workbook
from tests.api.running import ENTERPRISES, HISTORY, run

BOARD = [DEMO / f"{name}.xlsx" for name in FILES.values()]


def test_json_holds_what_is_promised() -> None:
    """Every problem of the board has experts or reasons; each partner has a role and what he covers."""
    result = run("experts", *BOARD, "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["status"] == "optimal"
    assert len(told["needs"]) == 40
    deals = [deal for need in told["needs"] for deal in need["deals"]]
    assert len(deals) >= 40
    for deal in deals:
        assert sum(deal["parts"].values()) == deal["score"]
        lead, *others = deal["partners"]
        assert (lead["expert"], lead["role"]) == (deal["offer"], "牵头")
        for partner in (lead, *others):
            assert {"expert", "organisation", "role", "covers"} <= set(partner)
        assert sum(partner["share"] for partner in deal["partners"]) == 100
    assert max(len(deal["partners"]) for deal in deals) > 1, "some problems want teams"


def test_lists_that_say_nothing_here_are_not_lost_in_silence() -> None:
    result = run("experts", *BOARD, "--history", HISTORY, "--enterprises", ENTERPRISES)
    assert result.exit_code == 0
    assert "没有采用：这类对接不使用历史业绩" in result.stderr
    assert "企业名录未采用" in result.stdout


def test_pins_are_obeyed(tmp_path: Path) -> None:
    """The workbook's hand decisions work as for needs and offers: an excluded expert is left out."""
    out = tmp_path / "揭榜建议.xlsx"
    assert run("experts", *BOARD, "--out", out).exit_code == 0
    book = load_workbook(out)
    page = book["揭榜建议"]
    header = next(row for row in page.iter_rows() if row[0].value == "榜题编号")
    names = [cell.value for cell in header]
    first = header[0].row + 1
    page.cell(first, names.index("办理意见") + 1).value = "排除"
    need, expert = (page.cell(first, names.index(name) + 1).value for name in ("榜题编号", "专家编号"))
    book.save(out)
    told = json.loads(run("experts", *BOARD, "--pins", out, "--json").stdout)
    assert (need, expert) not in {
        (row["need"], partner["expert"])
        for row in told["needs"]
        for deal in row["deals"]
        for partner in deal["partners"]
    }


def test_agreed_merges_are_obeyed(tmp_path: Path) -> None:
    """Two owners ask the same; once the office writes 是 they are one problem with both bounties."""
    rows = [("T1", "薄板焊接变形控制", "例江船厂", 100), ("T2", "薄板焊接变形控制", "例海船厂", 50)]
    problems, out = tmp_path / "榜单.xlsx", tmp_path / "建议.xlsx"
    heads = [Heading(name) for name in ("榜题编号", "榜题名称", "发榜单位", "榜金(万元)")]
    write_workbook(problems, [Table("榜单", heads, rows)])
    assert run("experts", problems, BOARD[1], "--out", out).exit_code == 0
    book = load_workbook(out)
    page = book["共性需求"]
    names = [cell.value for cell in next(row for row in page.iter_rows() if row[0].value == "组")]
    for row in page.iter_rows():
        if row[1].value in ("T1", "T2"):
            row[names.index("合并意见")].value = "是"
    book.save(out)
    told = json.loads(run("experts", problems, BOARD[1], "--pins", out, "--json").stdout)
    assert [need["need"] for need in told["needs"]] == ["T1"]


def test_experts_look_for_problems() -> None:
    """The same two lists with their sides exchanged; a partner is a problem."""
    result = run("seekers", *BOARD[::-1], "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["status"] == "optimal"
    partners = [one for need in told["needs"] for deal in need["deals"] for one in deal["partners"]]
    assert len(partners) > 20
    assert all(partner["problem"].startswith("T-") for partner in partners)


def test_research_results_look_for_problems(tmp_path: Path) -> None:
    results = tmp_path / "成果.xlsx"
    heads = [Heading(name) for name in ("成果编号", "成果名称", "完成单位", "成熟度", "期望价格(万元)")]
    title = "调节阀密封泄漏治理"
    write_workbook(results, [Table("成果", heads, [("R1", title, "例海大学", "中试", 80)])])
    assert run("check", results, "--kind", "results").exit_code == 0
    told = json.loads(run("results", results, BOARD[0], "--json").stdout)
    (need,) = told["needs"]
    assert need["need"] == "R1"
    assert need["deals"] or need["reasons"]
