"""The ``chainmatch`` command: what it prints, writes and answers with."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from openpyxl import load_workbook

from api.demo import _ordered
from api.settings import Settings
from api.store.engine import connect, open_store, reading, writing
from api.store.lists import lists, withdraw
from api.store.plans import cancel, plan_of, plans
from datasets.demo_lists import write_demo_lists
from tests.api.running import (
    ENTERPRISES,
    HISTORY,
    NEED_HEADERS,
    NEEDS,
    OFFER_HEADERS,
    OFFERS,
    VALVE_MAKER,
    VALVES,
    real_run,
    run,
    write_list,
)


class TestPlan:
    def test_prints_summary_and_deals(self, small: tuple[Path, Path]) -> None:
        result = run("plan", *small)
        assert result.exit_code == 0
        assert "已证明最优" in result.stdout
        assert "N-1 ← O-1 例阀厂 100" in result.stdout

    def test_speaks_english_when_asked(self, small: tuple[Path, Path]) -> None:
        result = run("plan", *small, "--lang", "en")
        assert result.exit_code == 0
        assert "proven optimal" in result.stdout

    def test_an_unknown_column_is_told(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        """A misspelt header must not be lost in silence."""
        headers = (*NEED_HEADERS[:-1], "单介上线")
        needs = write_list(tmp_path / "需求.xlsx", headers, (*VALVES[:-1], 45))
        result = run("plan", needs, small[1])
        assert result.exit_code == 0
        assert "表!G1 [单介上线] 未识别的列，未采用" in result.stdout

    def test_writes_the_workbook(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        out = tmp_path / "对接建议.xlsx"
        result = run("plan", *small, "--out", out)
        assert result.exit_code == 0
        assert load_workbook(out).sheetnames == ["对接方案", "候补", "未满足需求及原因", "企业视图", "汇总"]
        assert str(out) in result.stdout

    def test_a_folder_is_a_list(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        folder = tmp_path / "各镇需求"
        folder.mkdir()
        small[0].rename(folder / "甲镇.xlsx")
        assert run("plan", folder, small[1]).exit_code == 0

    def test_needs_without_any_candidate_are_no_error(self, tmp_path: Path) -> None:
        """What nobody may supply stays open, with the rule that kept each offer away."""
        needs = write_list(tmp_path / "需求.xlsx", NEED_HEADERS, (*VALVES[:6], "LR"))
        result = run("plan", needs, write_list(tmp_path / "产能.xlsx", OFFER_HEADERS, VALVE_MAKER), "--json")
        assert result.exit_code == 0
        (need,) = json.loads(result.stdout)["needs"]
        assert (need["unmet"], need["deals"]) == (100, [])
        assert [(item["rule"], item["count"]) for item in need["reasons"]] == [
            ("certificates", 1),
            ("no_candidate", 1),
        ]

    def test_json_holds_what_is_promised(self) -> None:
        result = run("plan", NEEDS, OFFERS, "--history", HISTORY, "--enterprises", ENTERPRISES, "--json")
        assert result.exit_code == 0
        data = json.loads(result.stdout)
        assert {"status", "objective", "bound", "gap", "market", "policy", "summary", "needs"} <= data.keys()
        assert [need["need"] for need in data["needs"]] == [f"N-{i:03}" for i in range(1, 34)]
        for need in data["needs"]:
            assert {"need", "unmet", "deals", "suggestions", "reasons"} <= need.keys()
            for deal in need["deals"]:
                assert sum(deal["parts"].values()) == deal["score"]
                assert deal["partners"][0] == deal["enterprise"]
                assert deal["reasons"]

    def test_policy_file_changes_the_plan_and_its_fingerprint(
        self, small: tuple[Path, Path], tmp_path: Path
    ) -> None:
        policy = tmp_path / "只看价格.toml"
        policy.write_text("[weights]\nprice = 50\n", encoding="utf-8")
        plain, priced = (run("plan", *small, "--json", *more) for more in ((), ("--policy", policy)))
        assert json.loads(plain.stdout)["policy"] != json.loads(priced.stdout)["policy"]

    def test_pins_are_obeyed_and_priced(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        """The office writes 排除 beside the only deal: the need stays open, and the cost is said."""
        out = tmp_path / "方案.xlsx"
        run("plan", *small, "--out", out)
        book = load_workbook(out)
        page = book["对接方案"]
        (header,) = [row for row in page.iter_rows() if any(cell.value == "办理意见" for cell in row)]
        (column,) = [cell.column for cell in header if cell.value == "办理意见"]
        page.cell(header[0].row + 1, column).value = "排除"
        book.save(out)
        result = run("plan", *small, "--pins", out, "--json")
        assert result.exit_code == 0
        data = json.loads(result.stdout)
        assert data["needs"][0]["unmet"] == 100
        assert [(pin["decision"], pin["cost"]["served"]) for pin in data["pins"]] == [("exclude", 1.0)]


class TestCheck:
    def test_a_good_list(self, small: tuple[Path, Path]) -> None:
        result = run("check", small[0], "--kind", "needs", "--json")
        assert result.exit_code == 0
        data = json.loads(result.stdout)
        assert [(row["row"], row["action"]) for row in data["rows"]] == [(2, "accept")]
        assert data["columns"]["需求名称"] == "title"
        assert data["rows"][0]["record"]["quantity"] == 100

    def test_a_bad_list_is_told_whole_and_sent_back(self, tmp_path: Path) -> None:
        needs = write_list(
            tmp_path / "需求.xlsx", NEED_HEADERS, VALVES, ("N-2", "例厂", "阀", -4, "件", 50, None)
        )
        out = tmp_path / "退回.xlsx"
        result = run("check", needs, "--kind", "needs", "--out", out, "--json")
        assert result.exit_code == 2
        first, second = json.loads(result.stdout)["rows"]
        assert (first["action"], second["action"]) == ("accept", "reject")
        assert second["problems"][0]["cell"] == "D3"
        (page,) = load_workbook(out).worksheets
        assert "数量" in str([cell.value for cell in page[3]][-1])

    def test_text_counts_the_rows(self, small: tuple[Path, Path]) -> None:
        result = run("check", small[1], "--kind", "offers", "--lang", "en")
        assert result.exit_code == 0
        assert "rejected" in result.stdout

    @pytest.mark.parametrize(
        ("path", "kind"),
        [(NEEDS, "needs"), (OFFERS, "offers"), (HISTORY, "history"), (ENTERPRISES, "enterprises")],
        ids=lambda value: value.stem if isinstance(value, Path) else value,
    )
    def test_the_demo_lists_hold_no_doubtful_cell(self, path: Path, kind: str) -> None:
        result = run("check", path, "--kind", kind, "--json")
        assert result.exit_code == 0
        rows = json.loads(result.stdout)["rows"]
        assert [problem for row in rows for problem in row["problems"]] == []
        assert {row["action"] for row in rows} == {"accept"}


@pytest.mark.parametrize("kind", ["needs", "offers", "history", "problems", "experts", "enterprises"])
def test_template_is_an_empty_list_of_its_kind(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "空表.xlsx"
    assert run("template", "--kind", kind, "--out", out).exit_code == 0
    assert load_workbook(out).worksheets
    result = run("check", out, "--kind", kind)
    assert result.exit_code == 2
    assert "没有数据行" in result.stderr


class TestCompare:
    def test_default_stands_beside_the_others(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        names = ("价格优先", "本地优先")
        for name in names:
            (tmp_path / f"{name}.toml").write_text("[weights]\nprice = 9\n", encoding="utf-8")
        policies = [item for name in names for item in ("--policy", tmp_path / f"{name}.toml")]
        result = run("compare", *small, *policies, "--json")
        assert result.exit_code == 0
        assert list(json.loads(result.stdout)["plans"]) == ["default", *names]
        assert "默认 | 价格优先 | 本地优先" in run("compare", *small, *policies).stdout

    def test_same_file_name_twice(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        paths = []
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir()
            paths.append(tmp_path / folder / "p.toml")
            paths[-1].write_text("[weights]\nprice = 9\n", encoding="utf-8")
        result = run("compare", *small, "--policy", paths[0], "--policy", paths[1], "--json")
        assert list(json.loads(result.stdout)["plans"]) == ["default", "p", "p (2)"]


def test_as_a_program_in_a_pipe(tmp_path: Path) -> None:
    """Twice the same bytes of JSON, no word of progress, under any name of the folder."""
    lists = (NEEDS, OFFERS, "--history", HISTORY, "--enterprises", ENTERPRISES, "--json")
    first = real_run("plan", *lists)
    second = real_run("plan", *lists, "--out", tmp_path / "方案.xlsx", PYTHONIOENCODING="ascii")
    assert (first.returncode, first.stderr) == (0, b"")
    assert (second.returncode, second.stderr) == (0, b"")
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["status"] == "optimal"
    assert str(tmp_path).encode() not in second.stdout


def _read_all(terminal: int) -> bytes:
    """Read what a terminal shows until nobody writes to it any more."""
    parts = []
    while True:
        try:
            parts.append(os.read(terminal, 1 << 16))
        except OSError:  # how Linux tells that the other end was closed
            break
        if not parts[-1]:
            break
    return b"".join(parts)


def test_a_terminal_sees_a_bar_and_the_pipe_only_json() -> None:
    pty = pytest.importorskip("pty")
    terminal, other = pty.openpty()
    with ThreadPoolExecutor(1) as threads:
        seen = threads.submit(_read_all, terminal)  # while it runs: a terminal holds little
        ran = real_run("plan", NEEDS, OFFERS, "--json", stderr=other)
        os.close(other)
        assert "求解对接方案" in seen.result().decode(errors="replace")
    os.close(terminal)
    assert json.loads(ran.stdout)["status"] == "optimal"


def test_demo_runs_again_in_its_own_folder(tmp_path: Path) -> None:
    """The second run finds the files of the first one and says the same."""
    first, second = (real_run("demo", CHAINMATCH_DATA_DIR=str(tmp_path)) for _ in range(2))
    with reading(connect(Settings(data_dir=tmp_path))) as connection:
        assert [lists(connection, None, 9, 0).total, plans(connection, 9, 0).total] == [4, 1]
    assert (first.returncode, first.stderr) == (0, b"")
    assert first.stdout == second.stdout
    said = first.stdout.decode()
    assert "已证明最优" in said
    assert [need for need in ("N-001 ←", "N-004 ←", "N-025 ←") if need in said] == [
        "N-001 ←",
        "N-004 ←",
        "N-025 ←",
    ]
    workbook = tmp_path / "demo" / "对接建议.xlsx"
    assert str(workbook) in said
    assert "对接方案" in load_workbook(workbook).sheetnames


def test_demo_takes_up_again_what_was_withdrawn_or_cancelled(tmp_path: Path) -> None:
    """What was done to the first run's list and plan by hand stays done; a new one of each is made."""
    settings = Settings(data_dir=tmp_path)
    engine = open_store(settings)
    files = write_demo_lists(tmp_path)
    first = _ordered(engine, settings, files)
    assert _ordered(engine, settings, files) == first
    with writing(engine) as connection:
        taken = plan_of(connection, cancel(connection, first).id).needs_list
        withdraw(connection, taken)
    second = _ordered(engine, settings, files)
    with reading(engine) as connection:
        now = plan_of(connection, second)
        assert (now.state, now.needs_list > taken) == ("queued", True)
        assert lists(connection, None, 9, 0).total == 5
    engine.dispose()


@pytest.mark.parametrize("content", [None, b"words of another program " * 50])
def test_serve_says_that_there_is_no_store(content: bytes | None, tmp_path: Path) -> None:
    """A data folder inside a file, and a database that is none."""
    blocked = tmp_path / "chainmatch.sqlite3"
    blocked.write_bytes(content or b"")
    ran = real_run("serve", "--port", "0", CHAINMATCH_DATA_DIR=str(tmp_path if content else blocked))
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.decode().count("\n") == 1
    assert "数据库打不开" in ran.stderr.decode()
