"""What the commands print: plans, comparisons and checked lists, as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from matching import CellProblem, Comparison, Deal, Listing, Plan, Words
from matching.plan import Unmet
from matching.sheets import checked_rows
from matching.words import Language

DEALS, UNMET = Words("对接", "Deals"), Words("未满足", "Open needs")
HAND, NOTES = Words("人工意见", "Hand decisions"), Words("请确认", "Please confirm")
DEAL = Words(
    "{need} ← {offer} {enterprise} {quantity:,g} {unit}，{score} 分",
    "{need} ← {offer} {enterprise} {quantity:,g} {unit}, {score} points",
)
WRITTEN = Words("方案已写入 {path}", "The plan is in {path}")
UNWRITTEN = Words("加 --out 对接建议.xlsx 可写成工作簿", "--out PLAN.xlsx writes a workbook")
LEFT_OUT = Words("未采用的行", "Rows left out")
COUNTS = Words(
    "采用 {accept} 行，采用但有提醒 {warn} 行，不采用 {reject} 行，非记录 {skip} 行",
    "{accept} rows accepted, {warn} with a warning, {reject} rejected, {skip} no records",
)


def print_json(data: Any) -> None:
    """Print plain data as JSON in UTF-8, whatever the terminal's own encoding is."""
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    typer.echo(f"{text}\n".encode(), nl=False)


def print_plan(plan: Plan, out: Path | None, as_json: bool, language: Language) -> None:
    """Print a plan: summary, deals, open needs, and what a person should look at."""
    if as_json:
        print_json(plan.to_dict(language))
        return
    end = WRITTEN.fill(path=out) if out else UNWRITTEN
    blocks = [plan.summary().say(language), *_blocks(plan, language), end.say(language)]
    typer.echo("\n\n".join(blocks))


def print_comparison(comparison: Comparison, as_json: bool, language: Language) -> None:
    """Print plans side by side."""
    if as_json:
        print_json(comparison.to_dict())
    else:
        typer.echo(comparison.say(language))


def print_listing(listing: Listing, as_json: bool, language: Language) -> None:
    """Print what became of the rows of a checked list."""
    if as_json:
        print_json(checked_rows(listing))
        return
    actions = [row.action for row in listing.rows]
    counts = {name: actions.count(name) for name in ("accept", "warn", "reject", "skip")}
    lines = [_problem(item, language) for item in listing.problems]
    typer.echo("\n".join([*lines, COUNTS.fill(**counts).say(language)]))


def print_left_out(listings: Sequence[Listing], language: Language) -> None:
    """Say on stderr which rows were bad and have been left out."""
    problems = [
        item
        for listing in listings
        for row in listing.rows
        if row.action == "reject"
        for item in row.problems
    ]
    if problems:
        lines = [_problem(item, language) for item in problems if item.fatal]
        typer.echo("\n  ".join([f"{LEFT_OUT.say(language)}:", *lines]), err=True)


def deal_line(deal: Deal, language: Language) -> str:
    """Give a deal in one line."""
    return DEAL.fill_from(lambda name: getattr(deal, name)).say(language)


def _blocks(plan: Plan, language: Language) -> Iterator[str]:
    for title, lines in (
        (DEALS, [deal_line(deal, language) for deal in plan.deals]),
        (UNMET, [_unmet_line(unmet, language) for unmet in plan.unmet]),
        (HAND, [cost.words.say(language) for cost in plan.cost_of_pins()]),
        (NOTES, [note.say(language) for note in plan.solution.market.notes]),
    ):
        if lines:
            yield "\n  ".join([f"{title.say(language)}:", *lines])


def _unmet_line(unmet: Unmet, language: Language) -> str:
    reasons = [reason.sentence.say(language) for reason in unmet.reasons]
    return "\n    ".join([f"{unmet.need} {unmet.quantity:,g} {unmet.unit}", *reasons])


def _problem(problem: CellProblem, language: Language) -> str:
    return f"{problem.sheet}!{problem.cell} [{problem.value}] {problem.reason.say(language)}"
