"""Uploads read in a process of their own: what comes of them, and what becomes of one that breaks it."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import pytest
from openpyxl import load_workbook

from api.problems import TooLargeError
from api.uploads import CheckedList, UploadLimits, check_upload, returned_upload
from matching import InputError
from tests.api.uploads.lists import CSV, LONG
from tests.sheets import bombs

LIMITS = UploadLimits()
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where uploads wait to be read; nothing of them may stay."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def checked() -> CheckedList:
    """Three needs, one of which has a negative budget."""
    return check_upload("各镇需求.csv", CSV, "needs", LIMITS)


class TestWhatComesOfAList:
    def test_the_file_as_it_came(self, checked: CheckedList) -> None:
        assert (checked.kind, checked.title, checked.file_name) == ("needs", "各镇需求", "各镇需求.csv")
        assert checked.content == CSV
        assert checked.sha256 == hashlib.sha256(CSV).hexdigest()
        assert checked.counts.model_dump() == {"accept": 2, "warn": 0, "reject": 1, "skip": 0}
        assert checked.columns["预算(万元)"] == "budget_cny"

    def test_rows(self, checked: CheckedList) -> None:
        first, bad, last = checked.rows
        assert (first.sheet, first.row, first.action) == ("各镇需求", 2, "accept")
        assert (first.key, first.enterprise, first.title) == ("X-1", "甲阀门有限公司", "阀体毛坯")
        assert (last.key, last.enterprise) == ("X-3", "乙厂")
        assert (bad.row, bad.action, bad.record, bad.key) == (3, "reject", None, "")
        (problem,) = bad.problems
        assert (problem.cell, problem.value, problem.fatal) == ("F3", "-5", True)
        assert "预算" in problem.reason.zh
        assert "budget" in problem.reason.en


def test_a_sheet_goes_back_to_its_sender() -> None:
    """Its own cells, the wrong one coloured, and the reason in a last column."""
    back = load_workbook(io.BytesIO(returned_upload("退.csv", CSV, "needs", LIMITS))).active
    assert back["B2"].value == "甲阀门有限公司"
    assert back["F3"].fill.start_color.rgb == "FFF8CBAD"
    assert back["K1"].value == "问题"
    assert back["K3"].value.startswith("退回：F3")
    with pytest.raises(InputError, match="没有找到表头"):
        returned_upload("退.csv", b"a,b\n1,2\n", "needs", LIMITS)


class TestLimits:
    def test_time(self) -> None:
        began = monotonic()
        with pytest.raises(TooLargeError, match=r"检查超过0\.2秒，已停止"):
            check_upload("表.csv", CSV, "needs", UploadLimits(seconds=0.2))
        assert monotonic() - began < 2

    def test_memory(self) -> None:
        """A list that does not fit ends its reader, not this process."""
        with pytest.raises(TooLargeError, match="内存超过24MB"):
            check_upload("表.csv", LONG, "needs", UploadLimits(memory=24 * 2**20))

    def test_texts_that_multiply(self) -> None:
        """Fifty kilobytes that no look at the bytes refuses and that would fill 180 GB."""
        content = bombs.strings_bomb()
        assert len(content) < 60_000
        with pytest.raises(TooLargeError, match="内存超过512MB"):
            check_upload("表.xlsx", content, "needs", UploadLimits(memory=512 * 2**20))


def children(folder: Path) -> list[int]:
    """Numbers of the processes that read uploads in a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if b"api.uploads.child" in command and str(folder).encode() in command:
                found.append(int(entry.name))
    return found


def wait_for(folder: Path, count: int, seconds: float = 30) -> list[int]:
    """Wait until so many processes read uploads in a folder."""
    end = monotonic() + seconds
    while len(found := children(folder)) != count:
        assert monotonic() < end, f"{len(found)} processes, not {count}"
        sleep(0.02)
    return found


@needs_proc
class TestKills:
    def test_a_reader_that_is_killed(self, folder: Path) -> None:
        """The upload gets its sentence, and the next one is read."""
        with ThreadPoolExecutor() as threads:
            answer = threads.submit(check_upload, "表.csv", LONG, "needs", LIMITS)
            (child,) = wait_for(folder, 1)
            os.kill(child, signal.SIGKILL)
            with pytest.raises(TooLargeError, match="检查中断"):
                answer.result()
        assert check_upload("表.csv", CSV, "needs", LIMITS).counts.accept == 2

    def test_a_service_that_is_killed(self, folder: Path) -> None:
        """Neither the reader nor the file with its contacts outlives it."""
        code = (
            "import sys; from pathlib import Path; from api.uploads import UploadLimits, check_upload;"
            "check_upload('表.csv', Path(sys.argv[1]).read_bytes(), 'needs', UploadLimits())"
        )
        own = folder / "long"
        own.write_bytes(LONG)
        service = subprocess.Popen([sys.executable, "-c", code, str(own)], env={**os.environ})
        wait_for(folder, 1)
        # by now it may not be watching yet; the closed pipe waits for it
        service.kill()
        service.wait()
        wait_for(folder, 0, seconds=10)
        own.unlink()

    def test_time_over_ends_the_reader(self, folder: Path) -> None:
        with pytest.raises(TooLargeError, match="已停止"):
            check_upload("表.csv", LONG, "needs", UploadLimits(seconds=0.5))
        assert children(folder) == []


def test_further_uploads_wait_for_their_turn() -> None:
    """Three at once, two of them read at a time; all get their answer."""
    with ThreadPoolExecutor(3) as threads:
        found = threads.map(lambda name: check_upload(f"{name}.csv", CSV, "needs", LIMITS), "甲乙丙")
    assert [item.title for item in found] == ["甲", "乙", "丙"]
