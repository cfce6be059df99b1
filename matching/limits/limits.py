"""All limits of a policy: a few by name alone, the others declared in tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from matching.errors import PolicyError
from matching.limits.checks import check_known, check_share, check_whole, try_all
from matching.limits.declared import (
    DealSize,
    FairFloor,
    FirmDeals,
    FixedCost,
    Limit,
    Partners,
    Priority,
    Share,
    Total,
    read_limit,
)
from matching.words import Words

#: tables of a policy file and what a row of each declares
TABLES: Mapping[str, type[Limit]] = {
    "shares": Share,
    "totals": Total,
    "partners": Partners,
    "deals": DealSize,
    "loads": FirmDeals,
    "costs": FixedCost,
    "floors": FairFloor,
    "priorities": Priority,
}
#: limits by name alone: the kind each stands for and the field its number is
PLAIN: Mapping[str, tuple[type[Limit], str]] = {
    "max_share": (Partners, "most_share"),
    "max_partners": (Partners, "most"),
    "min_partners": (Partners, "least"),
    "min_share": (DealSize, "least_share"),
    "max_deals": (FirmDeals, "most"),
}


@dataclass(frozen=True)
class Limits:
    """Limits of a plan; ``None`` means no limit. What cannot be split has no limit of shares and partners.

    max_share     one firm's share of a need that can be split, 0 < share ≤ 1
    min_share     least share of such a need that a deal may have, 0 < share ≤ 1; it holds for each deal by
                  itself, also where a firm has several offers for the need (see ``DealSize``)
    max_partners  firms per need that can be split, ≥ 1
    min_partners  firms per need that can be split, if it is served at all, ≥ 1
    max_deals     deals per firm and plan where its capacity is unknown or only inferred, ≥ 1

    The tables hold declared limits, every one under a name of its own (see ``TABLES``).
    """

    max_share: float | None = None
    max_partners: int | None = None
    max_deals: int | None = None
    min_share: float | None = None
    min_partners: int | None = None
    shares: tuple[Share, ...] = ()
    totals: tuple[Total, ...] = ()
    partners: tuple[Partners, ...] = ()
    deals: tuple[DealSize, ...] = ()
    loads: tuple[FirmDeals, ...] = ()
    costs: tuple[FixedCost, ...] = ()
    floors: tuple[FairFloor, ...] = ()
    priorities: tuple[Priority, ...] = ()

    def __post_init__(self) -> None:
        rows = [row for table in TABLES for row in _listed(getattr(self, table))]
        tables = (partial(self._read, table) for table in TABLES)
        try_all((*(partial(self._check, name) for name in PLAIN), *tables, partial(_check_names, rows)))

    def _check(self, name: str) -> None:
        """Raise PolicyError where a limit by name alone is out of its range."""
        value = getattr(self, name)
        if value is not None:
            (check_share if name.endswith("share") else check_whole)(name, value)

    def _read(self, table: str) -> None:
        """Make limits of the rows of one table; raises what is wrong with any of them, all at once."""
        rows = getattr(self, table)
        if isinstance(rows, str | Mapping) or not isinstance(rows, list | tuple):
            raise PolicyError(
                Words(
                    f"{table} 应写成 [[limits.{table}]] 的若干段，得到 {rows!r}",
                    f"{table} must be tables, [[limits.{table}]], got {rows!r}",
                )
            )
        read = try_all(partial(read_limit, TABLES[table], row) for row in rows)
        object.__setattr__(self, table, tuple(read))

    @property
    def declared(self) -> tuple[Limit, ...]:
        """The limits of all tables."""
        return tuple(limit for table in TABLES for limit in getattr(self, table))

    @property
    def all(self) -> dict[str, Limit]:
        """Every limit that is set, by its name; those by name alone as what they stand for."""
        plain = {
            name: kind(name=name, **{field: getattr(self, name)})
            for name, (kind, field) in PLAIN.items()
            if getattr(self, name) is not None
        }
        return plain | {limit.name: limit for limit in self.declared}

    @property
    def mandatory(self) -> dict[str, Limit]:
        """The limits that every plan must keep, by name."""
        return {name: limit for name, limit in self.all.items() if can_conflict(limit)}

    def replace(self, **changes: Any) -> Limits:
        """Give the same limits with some changed; an unknown name raises."""
        known = [item.name for item in fields(self)]
        for name in changes:
            check_known(Words("限制", "limit"), name, known)
        return replace(self, **changes)

    def without(self, *names: str) -> Limits:
        """Give the same limits but some; a name that is not set raises UnknownNameError."""
        for name in names:
            check_known(Words("已设置的限制", "limit that is set"), name, self.all)
        changed: dict[str, Any] = {name: None for name in names if name in PLAIN}
        for table in TABLES:
            changed[table] = tuple(limit for limit in getattr(self, table) if limit.name not in names)
        return replace(self, **changed)

    def changed(self, name: str, field: str, value: float | None) -> Limits:
        """Give the same limits with one field of one of them changed; ``None`` takes the field away."""
        if name in PLAIN:
            plain: dict[str, Any] = {name: value}
            return replace(self, **plain)
        if value is None and len(self.all[name].knobs) == 1:
            return self.without(name)
        tables: dict[str, Any] = {
            table: tuple(
                replace(item, **{field: value}) if item.name == name else item
                for item in getattr(self, table)
            )
            for table in TABLES
        }
        return replace(self, **tables)

    def to_dict(self) -> dict[str, Any]:
        """Give what is set as plain data, as a policy file holds it."""
        plain = {name: getattr(self, name) for name in _SCALARS if getattr(self, name) is not None}
        tables = {table: [limit.to_dict() for limit in getattr(self, table)] for table in TABLES}
        return plain | {table: rows for table, rows in tables.items() if rows}


_SCALARS = tuple(item.name for item in fields(Limits) if item.name in PLAIN)


def can_conflict(limit: Limit) -> bool:
    """Tell whether a limit can leave no plan; costs, priorities and targets cannot, nor can fair floors."""
    return not isinstance(limit, FixedCost | FairFloor | Priority) and getattr(limit, "penalty", None) is None


def _listed(rows: object) -> list[object]:
    return list(rows) if isinstance(rows, list | tuple) else []


def _check_names(rows: list[object]) -> None:
    """Raise PolicyError where two limits bear one name, whatever else is wrong with them."""
    told = (row.get("name") if isinstance(row, Mapping) else getattr(row, "name", None) for row in rows)
    names = [*PLAIN, *(name for name in told if isinstance(name, str) and name.strip())]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise PolicyError(
            Words(f"限制名重复：{'、'.join(twice)}", f"names of limits given twice: {', '.join(twice)}")
        )
