"""The demo: the demo market's lists taken into the store, planned there as any plan is, and told."""

from __future__ import annotations

import time
from hashlib import sha256
from pathlib import Path

import typer
from sqlalchemy import Engine

from api.inputs import check_output
from api.jobs.worker import Worker
from api.progress import progress_bar
from api.schemas import ListKind, PlanOrder, Progress, Suggestion, Text
from api.settings import Settings
from api.store import lists, plans, results
from api.store.engine import open_store, reading, writing
from api.uploads import UploadLimits, check_upload
from datasets.demo_lists import SHOWN, write_demo_lists
from matching import ConflictError, FileError, Words
from matching.words import Language

LISTS, WORKBOOK = Words("示例清单", "Demo lists"), Words("对接方案工作簿", "Workbook of the plan")
EXAMPLES = Words("其中三笔对接及理由", "Three of the deals, with reasons")
DEAL = Words(
    "{need} ← {offer} {enterprise} {quantity:,.12g} {unit}，{score} 分",
    "{need} ← {offer} {enterprise} {quantity:,.12g} {unit}, {score} points",
)
PLAN = "对接建议.xlsx"
KINDS: tuple[ListKind, ...] = ("needs", "offers", "history", "enterprises")
#: seconds between two looks at a running plan
LOOK = 0.1


def run_demo(settings: Settings, language: Language) -> None:
    """Take the demo lists in, plan them, print summary, three deals with reasons and where the workbook is.

    A second run finds what the first one left and plans no second time.
    """
    folder = _folder(settings)
    files = write_demo_lists(folder)
    check_output(folder / PLAN)
    engine = open_store(settings)
    try:
        plan = _ordered(engine, settings, files)
        _wait(engine, settings, plan, language)
        _tell(engine, plan, folder, language)
    finally:
        engine.dispose()


def _folder(settings: Settings) -> Path:
    folder = settings.data_dir / "demo"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = Words(
            "数据文件夹无法建立，可用环境变量 CHAINMATCH_DATA_DIR 另行指定",
            "the data folder cannot be made; CHAINMATCH_DATA_DIR names another one",
        )
        raise FileError(reason, str(folder)) from error
    return folder


def _ordered(engine: Engine, settings: Settings, files: tuple[Path, ...]) -> int:
    """Upload and confirm the lists and order their plan, each unless it is there from an earlier run."""
    content = {kind: path.read_bytes() for kind, path in zip(KINDS, files, strict=True)}
    with reading(engine) as connection:
        taken = {
            kind: lists.confirmed_copy(connection, kind, sha256(content[kind]).hexdigest()) for kind in KINDS
        }
    checked = {
        kind: check_upload(path.name, content[kind], kind, UploadLimits.of(settings))
        for kind, path in zip(KINDS, files, strict=True)
        if taken[kind] is None
    }
    with writing(engine) as connection:
        for kind, item in checked.items():
            number = lists.add_list(connection, item)
            taken[kind] = lists.confirm(connection, number, accept_valid=False).id
        named = {f"{kind}_list": number for kind, number in taken.items()}
        order = PlanOrder.model_validate({"title": "示例市场", **named})
        return plans.plan_like(connection, order) or plans.add_plan(connection, order)


def _wait(engine: Engine, settings: Settings, plan: int, language: Language) -> None:
    """Have the plan made; raises ConflictError with its sentence where it failed."""
    now = _progress(engine, plan)
    if now.state in ("queued", "running"):
        worker = Worker(settings, engine)
        worker.start()
        try:
            now = _watched(engine, plan, language)
        finally:
            worker.stop()
    if now.error is not None:
        raise ConflictError(Words(now.error.message.zh, now.error.message.en), where=now.error.where)


def _watched(engine: Engine, plan: int, language: Language) -> Progress:
    with progress_bar(language) as tell:
        while (now := _progress(engine, plan)).state in ("queued", "running"):
            if tell and now.stage:
                tell(Words(now.stage.zh, now.stage.en), now.share)
            time.sleep(LOOK)
    return now


def _progress(engine: Engine, plan: int) -> Progress:
    with reading(engine) as connection:
        return plans.progress_of(connection, plan)


def _tell(engine: Engine, plan: int, folder: Path, language: Language) -> None:
    with reading(engine) as connection:
        summary = results.summary_of(connection, plan)
        shown = [
            results.suggestions(connection, plan, need, None, None, True, 1, 0).items[0] for need in SHOWN
        ]
        (folder / PLAN).write_bytes(results.workbook_of(connection, plan))
    lines = [f"{_said(line.label, language)}: {_said(line.figure, language)}" for line in summary.lines]
    told = ["\n    ".join(["  " + _deal(item, language), *_reasons(item, language)]) for item in shown]
    typer.echo("\n".join([*lines, "", f"{EXAMPLES.say(language)}:", *told, ""]))
    typer.echo(f"{LISTS.say(language)}: {folder}\n{WORKBOOK.say(language)}: {folder / PLAN}")


def _deal(item: Suggestion, language: Language) -> str:
    return DEAL.fill_from(lambda name: getattr(item, name)).say(language)


def _reasons(item: Suggestion, language: Language) -> list[str]:
    """Give what each criterion brought, most points first, and the remarks."""
    scored = sorted((part for part in item.parts if part.points), key=lambda part: -part.points)
    colon = Words("：", ": ").say(language)
    parts = [
        f"{_said(part.label, language)} {part.points}/{part.most}{colon}{_said(part.sentence, language)}"
        for part in scored
    ]
    return [*parts, *(_said(remark, language) for remark in item.remarks)]


def _said(text: Text, language: Language) -> str:
    return text.zh if language == "zh" else text.en
