"""Problems of several owners that ask nearly the same (共性需求): proposed as one, merged once agreed.

::

    market ──► common_problems ──► the sheet 共性需求, whose column 合并意见 the office fills in
                                     ▼
    list of problems ──────────► merged ──► the list with one problem for each group that is agreed on
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from scipy import sparse

from matching.candidates.vectors import text_vectors, texts_of
from matching.errors import InputError
from matching.experts.problems import TechProblem
from matching.market import FloatArray, Market
from matching.records import Column, Form, Listing, Record, RowOutcome
from matching.records.cells import Required, YesNo
from matching.records.columns import YES_NO
from matching.sheets import Heading, Table, read_listing
from matching.sheets.grids import read_grids
from matching.tables import content_names, plain_table
from matching.words import UNKNOWN, Words

#: likeness of two texts (a cosine) from which they are put to their owners as one
ALIKE = 0.5
SHEET = "共性需求"


class Merge(Record):
    """A row of the sheet: the group a problem is proposed for, and whether it is agreed on."""

    group: Annotated[Required, Column(("组",), en="Group")]
    problem_id: Annotated[Required, Column(("榜题编号",), en="Problem")]
    agreed: Annotated[YesNo, Column(("合并意见",), en="Agreed", choices=YES_NO)] = None


MERGES = Form("merges", Merge, Words(SHEET, "common problems"))


@dataclass(frozen=True)
class CommonProblem:
    """Rows of problems that ask nearly the same, the first of the list leading.

    ``likeness`` is each row's to the leading one; ``budget`` the sum of the known bounties in yuan (None:
    none is known), ``unknown`` how many tell none.
    """

    rows: tuple[int, ...]
    likeness: tuple[float, ...]
    budget: float | None
    unknown: int


def common_problems(market: Market, alike: float = ALIKE) -> list[CommonProblem]:
    """Give problems that are alike and not known to have one owner, each in one group at most.

    A group is a problem and all later ones, in no group yet, that are like it: likeness does not travel on.
    """
    near, owners = _likeness(market), market.needs["enterprise"].tolist()
    found, used = list[CommonProblem](), set[int]()
    for first in range(near.shape[0]):
        if first in used:
            continue
        row = near[[first]].tocoo()
        members = [
            (int(other), float(value))
            for other, value in sorted(zip(row.coords[1].tolist(), row.data.tolist(), strict=True))
            if other > first and other not in used and value >= alike
            and not (owners[other] and owners[other] == owners[first])
        ]  # fmt: skip
        if members:
            used |= {first, *(other for other, _ in members)}
            found.append(_grouped(market, first, members))
    return found


def common_table(market: Market) -> list[Table]:
    """Give the sheet of all groups, one row a problem; none where no problems are alike."""
    groups, columns, agreed = common_problems(market), market.need_columns, _agreed(market)
    rows: list[tuple[Any, ...]] = agreed + [
        (
            number,
            *(columns[name][row] for name in ("id", "title", "enterprise")),
            _told(columns["budget_cny"][row]),
            round(likeness, 2),
            UNKNOWN.zh if group.budget is None else group.budget,
            group.unknown,
            None,
        )
        for number, group in enumerate(groups, start=1 + len({row[0] for row in agreed}))
        for row, likeness in zip(group.rows, group.likeness, strict=True)
    ]
    headings = (
        *(Heading("组", 5), Heading("榜题编号", 14), Heading("榜题名称", 36), Heading("发榜单位", 24)),
        *(Heading("榜金（元）", 14, "#,##0"), Heading("相近度", 8, "0.00")),
        *(Heading("合计榜金（元）", 14, "#,##0"), Heading("未写榜金条数", 8, "0")),
        Heading("合并意见", 9, choices=YES_NO),
    )
    above = (
        "可合并为共性需求的榜题",
        "内容相近，建议联合发榜、合并榜金；须经各发榜单位确认。同意合并的填“是”，用 --pins 重新求解。",
    )
    return [Table(SHEET, headings, rows, above=above)] if rows else []


def _agreed(market: Market) -> list[tuple[Any, ...]]:
    """Repeat what was merged, so that the next run merges it again."""
    columns = market.need_columns
    some = [row for row, others in enumerate(columns["merges"]) if others]
    return [
        (number, name, *own, None, None, None, None, YES_NO[0])
        for number, row in enumerate(some, start=1)
        for name, own in [
            (columns["id"][row], (columns["title"][row], columns["enterprise"][row])),
            *((other, (None, None)) for other in columns["merges"][row]),
        ]
    ]


def merged(problems: Listing, path: Path) -> Listing:
    """Give the list with one problem for each group of a workbook's 共性需求 that two or more agree to.

    The first of the list leads: its text stays, owners, keywords and indicators of the others join it, known
    bounties are summed. Raises InputError where an agreed row is not in the list.
    """
    if all(grid.sheet != SHEET for grid in read_grids(path, path.name)):
        return problems
    rows = [row for row in read_listing(path, MERGES, sheet=SHEET).records if isinstance(row, Merge)]
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row.agreed:
            groups.setdefault(row.group, []).append(row.problem_id)
    return merge_problems(problems, [some for some in groups.values() if len(some) > 1])


def merge_problems(problems: Listing, groups: Sequence[Sequence[str]]) -> Listing:
    """Give the list with one problem in the place of each group of numbers."""
    kept = [row for row in problems.rows if row.record is not None]
    at = {name: place for place, name in enumerate(_numbers(problems))}
    for name in (name for some in groups for name in some):
        if name not in at:
            raise InputError(Words("不在榜题清单中", "is not in the list of problems"), f"{SHEET} {name}")
    outcome: dict[int, RowOutcome | None] = {}
    for some in groups:
        places = sorted(at[name] for name in some)
        records, names = [kept[place].record for place in places], list(at)
        outcome |= dict.fromkeys(places[1:])
        one = _merged(records, tuple(names[place] for place in places[1:]))
        outcome[places[0]] = replace(kept[places[0]], record=one)
    rows = [outcome.get(place, row) for place, row in enumerate(kept)]
    return replace(problems, rows=tuple(row for row in rows if row is not None))


def _merged(records: Sequence[Any], others: tuple[str, ...]) -> TechProblem:
    first: TechProblem = records[0]
    owners = [name for one in records for name in (one.enterprise, *one.co_owners) if name]
    bounties = [one.budget_cny for one in records if one.budget_cny is not None]
    return first.model_copy(
        update={
            "co_owners": tuple(name for name in dict.fromkeys(owners) if name != first.enterprise),
            "keywords": _union(one.keywords for one in records),
            "indicators": _union(one.indicators for one in records),
            "exclude": _union(one.exclude for one in records),
            "merges": tuple(dict.fromkeys((*first.merges, *others))),
            "budget_cny": sum(bounties) if bounties else None,
        }
    )


def _union(parts: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for some in parts for item in some))


def _numbers(problems: Listing) -> list[str]:
    """Give the number of each problem as its market has it: its own, else one made of its content."""
    plain, seen, names = plain_table(problems), Counter[str](), []
    for own, other in zip(plain["problem_id"], content_names(plain), strict=True):
        seen[other] += not own
        names.append(own or (other if seen[other] == 1 else f"{other}#{seen[other]}"))
    return names


def _told(bounty: float) -> float | str:
    return UNKNOWN.zh if np.isnan(bounty) else bounty


def _likeness(market: Market) -> sparse.csr_array:
    vectors, _ = text_vectors(texts_of(market.needs), [], market.vocabulary, drop_common=False)
    rows = sparse.csr_array(vectors)
    return sparse.csr_array(rows @ rows.T)


def _grouped(market: Market, first: int, members: list[tuple[int, float]]) -> CommonProblem:
    rows = (first, *(other for other, _ in members))
    bounties: FloatArray = market.needs["budget_cny"].to_numpy(float)[list(rows)]
    known = ~np.isnan(bounties)
    return CommonProblem(
        rows=rows,
        likeness=(1.0, *(value for _, value in members)),
        budget=float(bounties[known].sum()) if known.any() else None,
        unknown=int((~known).sum()),
    )
