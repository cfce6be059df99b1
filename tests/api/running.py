"""Running the command, and lists small enough to be read at a glance."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from api.cli import app
from api.settings import Settings
from datasets.demo_lists import DEMO
from matching.sheets import Heading, Table, write_workbook

ROOT = Path(__file__).resolve().parents[2]
ROOT = Path(__file__).resolve().parents[2]
NEEDS, OFFERS = DEMO / "采购需求.xlsx", DEMO / "产能清单.xlsx"
HISTORY, ENTERPRISES = DEMO / "历史业绩.xlsx", DEMO / "企业名录.xlsx"

NEED_HEADERS = ("需求编号", "需求单位", "需求名称", "数量", "单位", "目标单价(元)", "资质要求")
OFFER_HEADERS = ("产能编号", "企业名称", "产品", "可用产能", "单价(元)", "资质证书")
VALVES = ("N-1", "例帆船厂", "船用截止阀", 100, "件", 50, None)
VALVE_MAKER = ("O-1", "例阀厂", "船用截止阀、闸阀", "300件", 40, "CCS")


def run(*arguments: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, [str(item) for item in arguments])


def real_run(
    *arguments: object, stderr: int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a program of its own, its output in pipes (``stderr``: where else that goes)."""
    command = [sys.executable, "-c", "from api.cli import app; app()", *map(str, arguments)]
    own = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, stderr=stderr, check=False)


def environment(settings: Settings) -> dict[str, str]:
    """Give this process's environment with settings of one's own."""
    return {**os.environ, **settings.environment()}


def write_list(path: Path, headers: tuple[str, ...], *rows: tuple[Any, ...]) -> Path:
    """Write a list as a workbook of one sheet."""
    return write_workbook(path, [Table("表", [Heading(header) for header in headers], rows)])


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve a data folder as a user does, on a free port; give the address and the process."""
    command = [sys.executable, "-c", "from api.cli import app; app()", "serve", "--port", "0"]
    settings = {**os.environ, "CHAINMATCH_DATA_DIR": str(folder), **environment}
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, line
        try:
            yield "http://" + line.partition("http://")[2].partition("/")[0], process
        finally:
            process.terminate()
