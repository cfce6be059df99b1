"""The demo: the demo market planned into the user's data folder."""

from __future__ import annotations

from pathlib import Path

import typer

from api.inputs import Effort, Files, check_output, read_inputs
from api.practices import COMMANDS
from api.printing import deal_line
from api.progress import progress_bar
from api.settings import data_dir
from datasets.demo_lists import SHOWN, write_demo_lists
from matching import FileError, Plan, Words
from matching.words import Language

LISTS, WORKBOOK = Words("示例清单", "Demo lists"), Words("对接方案工作簿", "Workbook of the plan")
EXAMPLES = Words("其中三笔对接及理由", "Three of the deals, with reasons")
PLAN = "对接建议.xlsx"


def run_demo(language: Language) -> None:
    """Write the demo lists, plan them, print summary, three deals with reasons and where the workbook is."""
    folder = _folder()
    needs, offers, history, enterprises = write_demo_lists(folder)
    check_output(folder / PLAN)
    inputs = read_inputs(COMMANDS["plan"], Files(needs, offers, history, enterprises))
    with progress_bar(language) as progress:
        plan = inputs.plan(inputs.policies[-1], Effort(), progress)
    plan.to_sheet(folder / PLAN)
    typer.echo(f"{plan.summary().say(language)}\n\n{EXAMPLES.say(language)}:\n{_examples(plan, language)}\n")
    typer.echo(f"{LISTS.say(language)}: {folder}\n{WORKBOOK.say(language)}: {folder / PLAN}")


def _folder() -> Path:
    folder = data_dir() / "demo"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = Words(
            "数据文件夹无法建立，可用环境变量 CHAINMATCH_DATA_DIR 另行指定",
            "the data folder cannot be made; CHAINMATCH_DATA_DIR names another one",
        )
        raise FileError(reason, str(folder)) from error
    return folder


def _examples(plan: Plan, language: Language) -> str:
    deals = [plan.deals_for(need)[0] for need in SHOWN]
    told = [[deal_line(deal, language), *deal.explain().say(language).splitlines()] for deal in deals]
    return "\n".join("\n    ".join(["  " + first, *reasons]) for first, *reasons in told)
