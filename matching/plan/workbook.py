"""The workbook an office sends out: deals, alternates, what stays open, firms, summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from matching.plan.costs import PinCost
from matching.plan.deals import (
    Deal,
    Suggestion,
    alternates_of,
    deals_of,
    explained,
    partners_of,
    unit_of,
    unmet_of,
)
from matching.plan.figures import Summary
from matching.plan.pins import DEALS_SHEET, DECISIONS, Decision
from matching.plan.solution import Solution
from matching.practice import Dealt
from matching.sheets import Heading, Table, write_workbook

#: how many alternates of each need are listed
ALTERNATES = 5

_NEED = (Heading("需求编号", 12), Heading("需求单位", 20), Heading("需求名称", 26))
_OFFER = (Heading("供方编号", 12), Heading("供方企业", 22))
_QUANTITY = (Heading("数量", 9, "#,##0.###"), Heading("单位", 5), Heading("匹配分", 7, "0"))
_TEAM = (Heading("队伍", 6, "0"), Heading("角色", 7), Heading("建议经费占比", 8, "0%"))
_HAND = (
    Heading("办理意见", 9, choices=tuple(words.zh for words in DECISIONS.values())),
    Heading("改后数量", 9, "#,##0.###"),
    Heading("改后单价", 9, "#,##0.###"),
    Heading("意见说明", 16),
    Heading("意见代价", 14),
)


def write_plan(path: Path, solution: Solution, summary: Summary, costs: Sequence[PinCost]) -> None:
    """Write the workbook; an unwritable path raises FileError and leaves nothing half-written."""
    decided = {(cost.pin.need_id, cost.pin.offer_id): cost for cost in costs}
    tables = (
        _deals(solution, decided),
        _alternates(solution),
        _unmet(solution),
        _firms(solution),
    )
    called = solution.problem.policy.practice.headings
    usual = (_renamed(table, called) for table in tables)
    write_workbook(path, (*usual, *_own(solution), _summary(solution, summary, costs)))


def _renamed(table: Table, called: Mapping[str, str]) -> Table:
    """Call a sheet, its title and its columns as the practice calls them."""
    return replace(
        table,
        name=called.get(table.name, table.name),
        columns=[replace(one, title=called.get(one.title, one.title)) for one in table.columns],
        above=[called.get(line, line) for line in table.above],
    )


def _deals(solution: Solution, decided: dict[tuple[str, str], PinCost]) -> Table:
    deals = deals_of(solution)
    members = [member for deal in deals for member in deal.members]
    rows: list[tuple[Any, ...]] = [
        (*_need(solution, deal), *team, deal.offer, deal.enterprise, *_quantity(deal), because,
         *_hand(decided, deal))
        for team, (deal, because) in zip(_in_teams(solution, deals), _explained(members), strict=True)
    ]  # fmt: skip
    dealt = {(member.need, member.offer) for member in members}
    rows += [_undealt(solution, cost) for key, cost in decided.items() if key not in dealt]
    return Table(
        DEALS_SHEET,
        (*_NEED, *_team_headings(solution), *_OFFER, *_QUANTITY, Heading("理由", 52), *_HAND),
        rows,
        above=(
            "供需对接方案",
            "办理意见可填：锁定（保留）、排除（不对接）、改量（另填改后数量）、"
            "还价（另填改后数量、改后单价）；填好后用 --pins 重新求解。",
        ),
    )


def _team_headings(solution: Solution) -> tuple[Heading, ...]:
    return () if solution.allocation.team is None else _TEAM


def _in_teams(solution: Solution, deals: Sequence[Deal]) -> Iterator[tuple[Any, ...]]:
    """Say of every member which team of the need it is in, as what, and its share of the money."""
    if solution.allocation.team is None:
        yield from [()] * len(deals)
        return
    numbers: Counter[str] = Counter()
    for deal, told in zip(deals, partners_of(deals), strict=True):
        numbers[deal.need] += 1
        yield from ((numbers[deal.need], one["role"], one["share"] / 100) for one in told)


def _alternates(solution: Solution) -> Table:
    listed = [
        (place, item)
        for need in range(len(solution.market.needs))
        for place, item in enumerate(alternates_of(solution, need, ALTERNATES), 1)
    ]
    rows = [
        (*_need(solution, item), place, item.offer, item.enterprise, item.score, because)
        for (place, _), (item, because) in zip(listed, _explained([item for _, item in listed]), strict=True)
    ]
    headings = (*_NEED, Heading("顺位", 6, "0"), *_OFFER, Heading("匹配分", 8, "0"), Heading("理由", 52))
    return Table("候补", headings, rows, above=("候补供方",))


def _unmet(solution: Solution) -> Table:
    market = solution.market
    rows = [
        (
            *_named(solution, market.need_rows[item.need]),
            item.quantity,
            item.unit,
            "\n".join(reason.sentence.zh for reason in item.reasons),
        )
        for item in unmet_of(solution)
    ]
    headings = (*_NEED, Heading("未满足数量", 12, "#,##0.###"), Heading("单位", 7), Heading("原因", 60))
    return Table("未满足需求及原因", headings, rows, above=("未满足需求及原因",))


def _firms(solution: Solution) -> Table:
    members = [member for deal in deals_of(solution) for member in deal.members]
    deals = sorted(members, key=lambda deal: (deal.enterprise, deal.need, deal.offer))
    rows = [(deal.enterprise, deal.offer, *_need(solution, deal), *_quantity(deal)) for deal in deals]
    headings = (*reversed(_OFFER), *_NEED, *_QUANTITY)
    return Table("企业视图", headings, rows, above=("各企业承接情况",))


def _own(solution: Solution) -> Sequence[Table]:
    """Give the sheets that only the practice knows of."""
    problem, rows, quantity = solution.problem, solution.ranked, solution.allocation.quantity
    dealt = Dealt(problem.pairs, problem.terms, quantity, rows[quantity[rows] > 0])
    return problem.policy.practice.tables(dealt)


def _summary(solution: Solution, summary: Summary, costs: Sequence[PinCost]) -> Table:
    rules = {rule.name: rule.label.zh for rule in solution.problem.policy.rules}
    rows: list[tuple[str, str]] = [
        (label.zh, figure.zh) for label, figure in (*summary.lines(), *summary.limit_lines())
    ]
    rows += [(f"规则排除：{rules[name]}", f"{count} 对") for name, count in summary.removed.items()]
    rows += [("人工意见代价", cost.words.zh) for cost in costs]
    rows += [("请确认", note.zh) for note in solution.market.notes]
    return Table("汇总", (Heading("项目", 28), Heading("数值", 80)), rows, above=("方案汇总",))


def _named(solution: Solution, need_row: int) -> tuple[str, str, str]:
    needs = solution.market.needs
    title = needs["title"].iloc[need_row] if "title" in needs else ""
    return str(needs["id"].iloc[need_row]), str(needs["enterprise"].iloc[need_row]), str(title)


def _need(solution: Solution, item: Suggestion) -> tuple[str, str, str]:
    return _named(solution, solution.market.need_rows[item.need])


def _quantity(deal: Deal) -> tuple[float, str, int]:
    return deal.quantity, deal.unit, deal.score


def _explained(items: Sequence[Suggestion]) -> Iterator[tuple[Suggestion, str]]:
    for item, reasons in zip(items, explained(items), strict=True):
        yield item, reasons.brief().say()


def _undealt(solution: Solution, cost: PinCost) -> tuple[Any, ...]:
    """Repeat an exclusion or a counter-offer as a row without a quantity: the next run still obeys it."""
    market, pin = solution.market, cost.pin
    need = market.need_rows[pin.need_id]
    firm = str(market.offers["enterprise"].iloc[market.offer_rows[pin.offer_id]])
    hand = _repeated(cost)
    team = (None,) * len(_team_headings(solution))
    unit = unit_of(solution, need)
    return (*_named(solution, need), *team, pin.offer_id, firm, None, unit, None, "", *hand)


def _hand(decided: dict[tuple[str, str], PinCost], deal: Deal) -> Iterable[Any]:
    """Repeat the decision the plan obeys, so that the next run keeps it."""
    cost = decided.get((deal.need, deal.offer))
    if cost is None:
        return (None,) * len(_HAND)
    return _repeated(cost)


def _repeated(cost: PinCost) -> tuple[Any, ...]:
    """Give the cells of a decision; a changed quantity is a locked one by now."""
    pin = cost.pin
    capped = pin.decision == "cap"
    decision: Decision = pin.decision if pin.decision in ("cap", "exclude") else "lock"
    changed = (pin.new_quantity, pin.new_price) if capped else (None, None)
    return (DECISIONS[decision].zh, *changed, pin.reason, cost.cost.words.zh)
