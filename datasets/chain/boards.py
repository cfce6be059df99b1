"""Write invented technical problems and experts as the Excel lists an office would hold.

``python -m datasets.chain.boards OUT --problems 40 --experts 80 --seed 1``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from datasets.chain.lists import WIDEST
from datasets.chain.market import make_chain_market
from matching.sheets import Heading, Table, write_workbook
from matching.words import is_missing

FILES = {"problems": "技术难题榜单", "experts": "专家库"}
#: column of the frame → header of the sheet
PROBLEMS: Mapping[str, str] = {
    "problem_id": "榜题编号", "title": "榜题名称", "enterprise": "发榜单位", "problem": "难题描述",
    "indicators": "技术指标", "deadline_months": "完成时限(月)", "bounty_wan": "榜金(万元)",
    "ip": "知识产权归属", "coop": "合作方式", "horses": "需要专家数",
    "roles": "团队角色要求", "team_size": "团队人数",
}  # fmt: skip
EXPERTS: Mapping[str, str] = {
    "expert_id": "专家编号", "name": "专家姓名", "org": "工作单位", "org_kind": "单位类型", "title": "职称",
    "keywords": "关键词", "outputs": "代表性成果", "person_months": "可投入人月",
    "open_projects": "在研项目数", "max_projects": "最多在研数", "adcode": "行政区划代码",
    "relations": "利益关系",
}  # fmt: skip


def write_board(problems: pd.DataFrame, experts: pd.DataFrame, folder: Path) -> dict[str, Path]:
    """Write both lists into a folder, made where it is missing; gives kind of list → file."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {kind: folder / f"{name}.xlsx" for kind, name in FILES.items()}
    for kind, frame, headers in (("problems", problems, PROBLEMS), ("experts", experts, EXPERTS)):
        write_workbook(paths[kind], [_table(FILES[kind], frame, headers)])
    return paths


def _table(name: str, frame: pd.DataFrame, headers: Mapping[str, str]) -> Table:
    columns = [[_cell(value) for value in frame[column]] for column in headers]
    widths = [max(len(str(cell)) for cell in column) if column else 0 for column in columns]
    headings = [
        Heading(header, min(WIDEST, 2 * max(width, len(header)) + 2))
        for header, width in zip(headers.values(), widths, strict=True)
    ]
    rows = list(zip(*columns, strict=True))
    return Table(name, headings, rows, above=(f"{name}（虚构示例，企业与专家均不存在）",))


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return "；".join(value) or None
    return None if is_missing(value) else value


def main(arguments: list[str] | None = None) -> None:
    """Write the lists of one board into a folder."""
    parser = argparse.ArgumentParser(
        description="写出虚构的榜单和专家库 | write the lists of an invented board"
    )
    parser.add_argument("folder", type=Path, help="输出文件夹 | folder to write to")
    parser.add_argument("--problems", type=int, default=40, help="榜题数 | number of problems")
    parser.add_argument("--experts", type=int, default=80, help="专家数 | number of experts")
    parser.add_argument("--seed", type=int, default=1, help="随机种子 | seed")
    told = parser.parse_args(arguments)
    market = make_chain_market(told.seed, 20 * told.problems, 20)
    problems, experts = market.problems.head(told.problems), market.experts.head(told.experts)
    for path in write_board(problems, experts, told.folder).values():
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
