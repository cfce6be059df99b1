"""What the commands print: plans, comparisons and checked lists, as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from matching import Comparison, Deal, Listing, Plan, Practice, Words
from matching.plan import Unmet
from matching.sheets import checked_rows
from matching.vocabulary import UnknownTerm
from matching.words import Language

DEALS, UNMET = Words("对接", "Deals"), Words("未满足", "Open needs")
LISTS = Words("清单提醒", "About the lists")
DOUBTFUL = Words(
    "{title}：{warn} 行采用但有提醒，用 chainmatch check 查看",
    "{title}: {warn} rows have a warning, chainmatch check lists them",
)
HAND, NOTES = Words("人工意见", "Hand decisions"), Words("请确认", "Please confirm")
DEAL = Words(
    "{need} ← {who} {quantity:,.12g} {unit}，{score} 分",
    "{need} ← {who} {quantity:,.12g} {unit}, {score} points",
)
WRITTEN = Words("方案已写入 {path}", "The plan is in {path}")
UNWRITTEN = Words("加 --out 对接建议.xlsx 可写成工作簿", "--out PLAN.xlsx writes a workbook")
UNKNOWN_TERM = Words("{term} {count} 行，相近：{near}", "{term} in {count} rows, near: {near}")
NO_CONCEPT = Words("无", "none")
LEFT_OUT = Words("未采用的行", "Rows left out")
UNUSED = Words("没有采用：这类对接不使用历史业绩", "not read: past contracts say nothing here")
COUNTS = Words(
    "采用 {accept} 行，采用但有提醒 {warn} 行，不采用 {reject} 行，非记录 {skip} 行",
    "{accept} rows accepted, {warn} with a warning, {reject} rejected, {skip} no records",
)


def print_json(data: Any) -> None:
    """Print plain data as JSON in UTF-8, whatever the terminal's own encoding is."""
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    typer.echo(f"{text}\n".encode(), nl=False)


def print_plan(plan: Plan, listings: Sequence[Listing], out: Path | None, language: Language) -> None:
    """Print summary and what a person should look at; the deals too where no workbook holds them."""
    hand = [cost.words.say(language) for cost in plan.cost_of_pins()]
    notes = [note.say(language) for note in plan.solution.market.notes]
    lists = [line for listing in listings for line in _list_lines(listing, language)]
    blocks = [
        plan.summary().say(language),
        *(() if out else _deal_blocks(plan, language)),
        *_block(HAND, hand, language),
        *_block(NOTES, notes, language),
        *_block(LISTS, lists, language),
        (WRITTEN.fill(path=out) if out else UNWRITTEN).say(language),
    ]
    typer.echo("\n\n".join(blocks))


def print_terms(terms: Sequence[UnknownTerm], as_json: bool, language: Language) -> None:
    """Print unknown terms, each with how many rows it stands in and the nearest concepts."""
    if as_json:
        nearest = ("concept", "term", "likeness")
        print_json(
            [
                {
                    "term": item.term,
                    "count": item.count,
                    "nearest": [dict(zip(nearest, near, strict=True)) for near in item.nearest],
                }
                for item in terms
            ]
        )
        return
    for item in terms:
        near = "、".join(f"{concept}（{term} {alike:g}%）" for concept, term, alike in item.nearest)
        line = UNKNOWN_TERM.fill(term=item.term, count=item.count, near=near or NO_CONCEPT)
        typer.echo(line.say(language))


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
    lines = [item.say(language) for item in (*listing.notes, *listing.problems)]
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
        lines = [item.say(language) for item in problems if item.fatal]
        typer.echo("\n  ".join([f"{LEFT_OUT.say(language)}:", *lines]), err=True)


def print_unused(history: Path | None, practice: Practice, language: Language) -> None:
    """Say on stderr that a list of past contracts was not read where the practice has no use for one."""
    if history and practice.history is None:
        typer.echo(f"{history}: {UNUSED.say(language)}", err=True)


def deal_line(deal: Deal, language: Language) -> str:
    """Give a deal in one line."""
    who = " ".join(dict.fromkeys([deal.offer, *deal.partners]))
    return DEAL.fill_from(lambda name: who if name == "who" else getattr(deal, name)).say(language)


def _deal_blocks(plan: Plan, language: Language) -> Iterator[str]:
    yield from _block(DEALS, [deal_line(deal, language) for deal in plan.deals], language)
    yield from _block(UNMET, [_unmet_line(unmet, language) for unmet in plan.unmet], language)


def _block(title: Words, lines: Sequence[str], language: Language) -> Iterator[str]:
    if lines:
        yield "\n  ".join([f"{title.say(language)}:", *lines])


def _list_lines(listing: Listing, language: Language) -> Iterator[str]:
    """Say which columns and sheets were not used, and how many rows should be looked at."""
    yield from (item.say(language) for item in listing.notes)
    warn = [row.action for row in listing.rows].count("warn")
    if warn:
        yield DOUBTFUL.fill(title=listing.form.title, warn=warn).say(language)


def _unmet_line(unmet: Unmet, language: Language) -> str:
    reasons = [reason.sentence.say(language) for reason in unmet.reasons]
    return "\n    ".join([f"{unmet.need} {unmet.quantity:,.12g} {unmet.unit}", *reasons])
