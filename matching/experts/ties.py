"""What ties an expert to the owner of a problem: same organisation, a wish to stay apart, a relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from matching.market import AnyArray, BoolArray, Pairs
from matching.records.firms import firm_name
from matching.words import Words

#: years for which a relation counts after its end
YEARS = 3


@dataclass(frozen=True)
class Ties:
    """Pairs (problem row, expert row) → what ties them, by kind."""

    same: Mapping[tuple[int, int], Words]
    excluded: Mapping[tuple[int, int], Words]
    related: Mapping[tuple[int, int], Words]

    @classmethod
    def of(cls, problems: pd.DataFrame, experts: pd.DataFrame) -> Ties:
        """Look up the owners of each problem among what each expert tells."""
        owners = _by_name(
            zip(([owner, *others] for owner, others in _owners(problems)), range(len(problems)), strict=True)
        )
        days = [None if np.isnat(day) else day.astype(date) for day in _days(problems)]
        return cls(
            dict(_same(owners, experts)),
            dict(_apart(owners, problems, experts)),
            dict(_relations(owners, days, experts)),
        )

    def holds(self, kind: str, pairs: Pairs) -> BoolArray:
        """Tell which pairs a kind of tie holds."""
        held = np.array(list(getattr(self, kind)), np.int64).reshape(-1, 2)
        return np.isin(pairs.codes, held[:, 0] * len(pairs.market.offers) + held[:, 1])

    def told(self, pairs: Pairs) -> AnyArray:
        """Say what ties each pair, in the order in which the kinds are tested; None where nothing does."""
        column = np.empty(len(pairs), object)
        column[:] = [
            next((ties[key] for ties in (self.same, self.excluded, self.related) if key in ties), None)
            for key in _keys(pairs)
        ]
        return column


def _keys(pairs: Pairs) -> Iterator[tuple[int, int]]:
    return zip(pairs.need_row.tolist(), pairs.offer_row.tolist(), strict=True)


def _owners(problems: pd.DataFrame) -> Iterator[tuple[str, tuple[str, ...]]]:
    return zip(problems["enterprise"], problems["co_owners"], strict=True)


def _days(problems: pd.DataFrame) -> AnyArray:
    return problems["published_on"].to_numpy("datetime64[D]")


def _by_name(named: Iterable[tuple[Iterable[str], int]]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for names, row in named:
        for name in dict.fromkeys(firm_name(name) for name in names if name):
            rows.setdefault(name, []).append(row)
    return rows


def _same(owners: Mapping[str, list[int]], experts: pd.DataFrame) -> Iterator[tuple[tuple[int, int], Words]]:
    for expert, org in enumerate(experts["organisation"]):
        for row in owners.get(firm_name(org), ()):
            yield (row, expert), Words(f"任职于发榜单位 {org}", f"works for the owner {org}")


def _apart(
    owners: Mapping[str, list[int]], problems: pd.DataFrame, experts: pd.DataFrame
) -> Iterator[tuple[tuple[int, int], Words]]:
    """Whom an expert stays apart from, and whom an owner does not want: organisations or persons."""
    for expert, names in enumerate(experts["exclude"]):
        for name in names:
            for row in owners.get(firm_name(name), ()):
                yield (row, expert), Words(f"专家声明回避 {name}", f"the expert stays apart from {name}")
    people = _by_name(
        zip(zip(experts["organisation"], experts["name"], strict=True), range(len(experts)), strict=True)
    )
    for row, names in enumerate(problems["exclude"]):
        for name in names:
            for expert in people.get(firm_name(name), ()):
                yield (row, expert), Words(f"发榜单位声明回避 {name}", f"the owner stays apart from {name}")


def _relations(
    owners: Mapping[str, list[int]], days: list[date | None], experts: pd.DataFrame
) -> Iterator[tuple[tuple[int, int], Words]]:
    """A relation holds for ``YEARS`` after its end; one whose end, or the problem's day, is unknown holds."""
    for expert, told in enumerate(experts["relations"]):
        for organisation, kind, until in told:
            for row in owners.get(firm_name(organisation), ()):
                day = days[row]
                if until is None or day is None or day < _later(until):
                    zh, en = (f"至 {until}", f"until {until}") if until else ("截止时间未知", "end unknown")
                    yield (
                        (row, expert),
                        Words(
                            f"与发榜单位 {organisation} 有关系：{kind or '关系未说明'}（{zh}）",
                            f"tied to the owner {organisation}: {kind or 'relation not told'} ({en})",
                        ),
                    )


def _later(day: date) -> date:
    """Give the same day ``YEARS`` later; of a leap day the first of March."""
    try:
        return day.replace(year=day.year + YEARS)
    except ValueError:
        return date(day.year + YEARS, 3, 1)
