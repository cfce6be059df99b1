"""Bad input: exit 2 and all errors at once; conflicting decisions: exit 3; never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matching.sheets import Heading, Table, write_workbook
from tests.api.running import (
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


class TestBadInput:
    """Exit 2, a sentence on stderr, nothing on stdout, nothing written, never a traceback."""

    def refused(self, *arguments: object) -> str:
        result = run(*arguments)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        return result.stderr

    def test_missing_file(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        out = tmp_path / "out.xlsx"
        said = self.refused("plan", tmp_path / "没有.xlsx", small[1], "--out", out)
        assert "没有.xlsx：文件不存在" in said
        assert not out.exists()

    def test_both_missing_files_are_told_at_once(self, tmp_path: Path) -> None:
        said = self.refused("plan", tmp_path / "a.xlsx", tmp_path / "b.xlsx", "--lang", "en")
        assert "a.xlsx: there is no such file" in said
        assert "b.xlsx: there is no such file" in said

    def test_wrong_type_of_file(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        picture = tmp_path / "图.xlsx"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
        assert "图.xlsx" in self.refused("plan", picture, small[1])

    def test_empty_sheet(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        assert "空.xlsx" in self.refused("plan", write_list(tmp_path / "空.xlsx", ()), small[1])

    def test_no_known_column(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        strange = write_list(tmp_path / "杂.xlsx", ("甲", "乙", "丙"), (1, 2, 3))
        assert "表头" in self.refused("plan", strange, small[1])

    def test_a_required_column_is_missing(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        said = self.refused(
            "plan",
            write_list(tmp_path / "缺.xlsx", ("需求编号", "需求单位", "数量"), ("N-1", "例厂", 3)),
            small[1],
        )
        assert "需求名称" in said

    def test_zero_rows(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        assert "没有数据行" in self.refused(
            "plan", write_list(tmp_path / "无行.xlsx", NEED_HEADERS), small[1]
        )

    def test_duplicate_ids(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        other = ("N-1", "例海船厂", "船用闸阀", 7, "件", 50, None)
        assert "N-1" in self.refused(
            "plan", write_list(tmp_path / "重.xlsx", NEED_HEADERS, VALVES, other), small[1]
        )

    @pytest.mark.parametrize("quantity", [-5, 0, 1e15, "见附图"])
    def test_absurd_quantities(self, small: tuple[Path, Path], tmp_path: Path, quantity: object) -> None:
        row = (*VALVES[:3], quantity, *VALVES[4:])
        said = self.refused("plan", write_list(tmp_path / "坏.xlsx", NEED_HEADERS, row), small[1])
        assert "D2" in said
        assert "数量" in said

    def test_all_wrong_cells_of_both_lists_are_told(self, tmp_path: Path) -> None:
        rows = [(*VALVES[:3], -1, *VALVES[4:]), ("N-2", "例厂", None, 1, "件", 1, None)]
        needs = write_list(tmp_path / "需求.xlsx", NEED_HEADERS, *rows)
        offers = write_list(tmp_path / "产能.xlsx", OFFER_HEADERS, (*VALVE_MAKER[:3], "-3件", 40, "CCS"))
        said = self.refused("plan", needs, offers)
        assert [cell for cell in ("D2", "C3", "D2") if cell in said] == ["D2", "C3", "D2"]
        assert "需求.xlsx" in said
        assert "产能.xlsx" in said

    def test_unknown_weight_names_the_known_ones(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        policy = tmp_path / "错.toml"
        policy.write_text("[weights]\nprise = 5\n", encoding="utf-8")
        said = self.refused("plan", *small, "--policy", policy)
        assert "prise" in said
        assert "price" in said

    def test_policy_that_is_no_toml(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        policy = tmp_path / "坏.toml"
        policy.write_text("weights = [", encoding="utf-8")
        assert "坏.toml" in self.refused("plan", *small, "--policy", policy)

    def test_pins_that_are_no_plan(self, small: tuple[Path, Path]) -> None:
        assert "需求.xlsx" in self.refused("plan", *small, "--pins", small[0])

    def test_output_that_cannot_be_written(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        assert "不存在" in self.refused("plan", *small, "--out", tmp_path / "无此夹" / "a.xlsx")
        assert ".xlsx" in self.refused("plan", *small, "--out", tmp_path / "a.csv")
        (tmp_path / "夹.xlsx").mkdir()
        assert "不能改写" in self.refused("plan", *small, "--out", tmp_path / "夹.xlsx")

    def test_output_that_would_replace_an_input(self, small: tuple[Path, Path]) -> None:
        before = small[0].read_bytes()
        assert "覆盖" in self.refused("plan", *small, "--out", small[0])
        assert "覆盖" in self.refused("check", small[0], "--kind", "needs", "--out", small[0])
        assert small[0].read_bytes() == before

    def test_output_that_would_replace_the_hand_decisions(self, small: tuple[Path, Path]) -> None:
        pins = small[0].with_name("方案.xlsx")
        assert run("plan", *small, "--out", pins).exit_code == 0
        assert "覆盖" in self.refused("plan", *small, "--pins", pins, "--out", pins)

    def test_output_among_the_lists(self, small: tuple[Path, Path]) -> None:
        """There it would replace a list, or be read as one by the next run."""
        folder, before = small[0].parent, small[0].read_bytes()
        for name in (small[0].name, "对接建议.xlsx"):
            assert "文件夹之外" in self.refused("plan", folder, small[1], "--out", folder / name)
            assert "文件夹之外" in self.refused("check", folder, "--kind", "needs", "--out", folder / name)
        assert small[0].read_bytes() == before

    def test_not_one_good_row(self, small: tuple[Path, Path], tmp_path: Path) -> None:
        """With nothing left there is nothing to go on with."""
        row = (*VALVES[:3], -1, *VALVES[4:])
        bad = write_list(tmp_path / "坏.xlsx", NEED_HEADERS, row)
        assert "D2" in self.refused("plan", bad, small[1], "--accept-valid")

    def test_lists_on_the_wrong_side(self, small: tuple[Path, Path]) -> None:
        said = self.refused("plan", small[1], small[0])
        assert "需求.xlsx" in said
        assert "产能.xlsx" in said

    def test_unknown_kind_of_list(self, small: tuple[Path, Path]) -> None:
        assert "needs, offers, history, problems, experts, results, enterprises" in self.refused(
            "check", small[0], "--kind", "demands"
        )

    def test_usage_errors_leave_with_two_as_well(self, small: tuple[Path, Path]) -> None:
        assert "--gap" in self.refused("plan", *small, "--gap", "many")
        assert "fr" in self.refused("plan", *small, "--lang", "fr")

    @pytest.mark.parametrize(
        ("option", "value", "zh"),
        [
            ("--seconds", "0", "--seconds：应不小于0.001，得到 0.0"),
            ("--seconds", "nan", "--seconds：应不小于0.001，得到 nan"),
            ("--gap", "-1", "--gap：应在0到1之间，得到 -1.0"),
            ("--gap", "2", "--gap：应在0到1之间，得到 2.0"),
            ("--seed", "-1", "--seed：应在0到2147483647之间，得到 -1"),
            ("--seed", "2147483648", "--seed：应在0到2147483647之间"),
        ],
    )
    def test_efforts_out_of_range(self, small: tuple[Path, Path], option: str, value: str, zh: str) -> None:
        assert zh in self.refused("plan", *small, option, value)
        assert f"{option}: must be " in self.refused("plan", *small, option, value, "--lang", "en")


def test_accept_valid_goes_on_with_the_good_rows(tmp_path: Path) -> None:
    """The bad row is told on stderr and left out; the good one is planned."""
    needs = write_list(
        tmp_path / "需求.xlsx", NEED_HEADERS, VALVES, ("N-2", "例厂", "阀", -4, "件", 50, None)
    )
    offers = write_list(tmp_path / "产能.xlsx", OFFER_HEADERS, VALVE_MAKER)
    assert run("plan", needs, offers).exit_code == 2
    result = run("plan", needs, offers, "--accept-valid", "--json")
    assert result.exit_code == 0
    assert [need["need"] for need in json.loads(result.stdout)["needs"]] == ["N-1"]
    assert "D3" in result.stderr


def test_conflicting_hand_decisions_leave_with_three(tmp_path: Path) -> None:
    """Two deals are locked at more than the one offer can make: no plan obeys both."""
    rows = [("N-1", "例甲厂", "截止阀", 60, "件", 50, None), ("N-2", "例乙厂", "截止阀", 60, "件", 50, None)]
    needs = write_list(tmp_path / "需求.xlsx", NEED_HEADERS, *rows)
    offers = write_list(tmp_path / "产能.xlsx", OFFER_HEADERS, ("O-1", "例阀厂", "截止阀", "100件", 40, None))
    headers = ("需求编号", "供方编号", "数量", "办理意见")
    path = tmp_path / "方案.xlsx"
    locked = [(number, "O-1", 60, "锁定") for number in ("N-1", "N-2")]
    write_workbook(path, [Table("对接方案", [Heading(name) for name in headers], locked)])
    result = run("plan", needs, offers, "--pins", path)
    assert result.exit_code == 3, result.output
    assert "N-1" in result.stderr
    assert "N-2" in result.stderr
    assert result.stdout == ""


def test_bad_input_of_a_real_run_shows_no_traceback(tmp_path: Path) -> None:
    ran = real_run("plan", tmp_path / "无.xlsx", OFFERS)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert "文件不存在" in ran.stderr.decode()
    assert b"Traceback" not in ran.stderr


def test_demo_says_when_its_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = real_run("demo", CHAINMATCH_DATA_DIR=str(tmp_path / "file"))
    assert ran.returncode == 2
    assert "CHAINMATCH_DATA_DIR" in ran.stderr.decode()


def test_limits_that_clash_end_with_3_and_say_what_works(tmp_path: Path) -> None:
    """A million needs to be served of the demo's few: the limit is named with a value that can be had."""
    policy = tmp_path / "policy.toml"
    policy.write_text(
        '[[limits.totals]]\nname = "多多益善"\nleast = 1000000\nby = "count"\n', encoding="utf-8"
    )
    result = run("plan", NEEDS, OFFERS, "--policy", policy)
    assert result.exit_code == 3, result.output
    assert "不存在可行方案：多多益善。可行的放宽：把 多多益善 的 least 从 1,000,000 放宽到" in result.output
