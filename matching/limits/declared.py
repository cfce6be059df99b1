"""The limits a policy may declare, each a record of plain data under a name of its own.

Which pairs a limit looks at is told by columns: ``need.enterprise``, ``offer.size``, or a measure of the
pair such as ``distance_km``. ``where`` keeps the pairs whose columns hold one of the values listed; ``of``
with ``among`` (values) or ``between`` (from, to) is the group that a limit is about, and ``of`` alone means
each value of the column by itself. An unknown value is in no group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, ClassVar, Literal, TypeVar, get_args

from matching.errors import PolicyError
from matching.limits.checks import (
    MOST,
    check_amount,
    check_known,
    check_share,
    check_whole,
    is_number,
    refuse,
    try_all,
)
from matching.limits.entries import (
    Values,
    Where,
    check_side,
    check_some,
    plain_of,
    read_range,
    read_values,
    read_where,
)
from matching.words import Words

By = Literal["worth", "money", "count", "quantity"]
#: what a share or a total is counted in
BY: Mapping[By, Words] = {
    "worth": Words("价值", "worth"),
    "money": Words("金额（元）", "money (CNY)"),
    "count": Words("需求数", "needs"),
    "quantity": Words("数量", "quantity"),
}

#: most that one priority may multiply the worth of a need by
MOST_TIMES = 1_000

L = TypeVar("L", bound="Limit")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit under its name, on the pairs that ``where`` keeps."""

    #: numbers that loosen a limit when they fall, and when they rise
    FALLING: ClassVar[tuple[str, ...]] = ()
    RISING: ClassVar[tuple[str, ...]] = ()

    name: str
    where: Where = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (isinstance(self.name, str) and self.name.strip()):
            raise PolicyError(Words("每条限制都要有名称（name）", "every limit must have a name"))
        object.__setattr__(self, "where", read_where(self.where))
        self._check()

    def _check(self) -> None:
        """Raise PolicyError or UnknownNameError where a field does not fit."""

    def to_dict(self) -> dict[str, Any]:
        """Give the fields that are not left at their default, as a policy file holds them."""
        told = {item.name: (getattr(self, item.name), item.default) for item in fields(self)}
        return {
            name: plain_of(value) for name, (value, default) in told.items() if value not in (default, {}, ())
        }

    @property
    def knobs(self) -> tuple[str, ...]:
        """The numbers that are set and can be loosened."""
        return tuple(name for name in (*self.FALLING, *self.RISING) if is_number(getattr(self, name)))


@dataclass(frozen=True, kw_only=True)
class _Counted(Limit):
    """A limit on a sum over a group; with a ``penalty`` it is a target that may be missed.

    ``penalty``: points lost per unit missed, where a unit is one need of worth 1, one need, 10,000 CNY or
    one of quantity, and a need that is wholly served by a perfect partner earns 10,000 points.
    """

    of: str = ""
    among: Values = ()
    between: tuple[float, float] | None = None
    by: By = "worth"
    penalty: int | None = None

    def _check(self) -> None:
        object.__setattr__(self, "among", read_values("among", self.among))
        check_known(Words("计量口径", "measure"), self.by, get_args(By))
        if self.penalty is not None:
            check_whole("penalty", self.penalty)
        if self.between is not None:
            object.__setattr__(self, "between", read_range(self.between))
        if self.among and self.between:
            raise PolicyError(
                Words(f"{self.name}：among 与 between 只能用一个", f"{self.name}: among or between, not both")
            )


@dataclass(frozen=True, kw_only=True)
class Share(_Counted):
    """A group's share of all dealt: least ≤ share ≤ most, over the plan or ``within`` a need column."""

    FALLING: ClassVar = ("least",)
    RISING: ClassVar = ("most",)

    least: float | None = None
    most: float | None = None
    within: str = ""

    def _check(self) -> None:
        super()._check()
        check_some(self.name, {"of": self.of})
        check_some(self.name, {"least": self.least, "most": self.most})
        for which in ("least", "most"):
            if getattr(self, which) is not None:
                check_share(which, getattr(self, which), zero=which == "most")
        if self.by == "quantity":
            raise PolicyError(
                Words(
                    f"{self.name}：占比不能按数量计，不同单位不可相加",
                    f"{self.name}: a share cannot be by quantity, units differ",
                )
            )


@dataclass(frozen=True, kw_only=True)
class Total(_Counted):
    """The sum of a group: least ≤ sum ≤ most; ``most`` may name a column that holds it for each value."""

    FALLING: ClassVar = ("least",)
    RISING: ClassVar = ("most",)

    least: float | None = None
    most: float | str | None = None

    def _check(self) -> None:
        super()._check()
        check_some(self.name, {"least": self.least, "most": self.most})
        if self.least is not None:
            check_amount("least", self.least)
        if self.most is not None and not isinstance(self.most, str):
            check_amount("most", self.most)


@dataclass(frozen=True, kw_only=True)
class Partners(Limit):
    """Firms of each need that can be split: their number if it is served at all, and the share of one.

    A firm has ``least_share`` of the need by all its offers together, or nothing of it.
    """

    FALLING: ClassVar = ("least", "least_share")
    RISING: ClassVar = ("most", "most_share")

    least: int | None = None
    most: int | None = None
    least_share: float | None = None
    most_share: float | None = None

    def _check(self) -> None:
        told = {name: getattr(self, name) for name in (*self.FALLING, *self.RISING)}
        check_some(self.name, told)
        for name, value in told.items():
            if value is not None:
                (check_share if name.endswith("share") else check_whole)(name, value)


@dataclass(frozen=True, kw_only=True)
class DealSize(Limit):
    """Quantity of a deal, in the need's own unit or as a share of it; ``most = 0`` forbids the pair.

    A least holds for each deal: two offers of one firm at a need must each reach it. ``Partners`` has one
    that they reach together.
    """

    FALLING: ClassVar = (
        "least",
        "least_share",
    )
    RISING: ClassVar = (
        "most",
        "most_share",
    )

    least: float | None = None
    most: float | None = None
    least_share: float | None = None
    most_share: float | None = None

    def _check(self) -> None:
        names = ("least", "most", "least_share", "most_share")
        check_some(self.name, {name: getattr(self, name) for name in names})
        for which in names:
            value = getattr(self, which)
            if value is not None and which.endswith("share"):
                check_share(which, value)
            elif value is not None:
                check_amount(which, value)


@dataclass(frozen=True, kw_only=True)
class FirmDeals(Limit):
    """Deals per firm and plan; by default of those whose capacity is unknown or only inferred."""

    RISING: ClassVar = ("most",)

    most: int = MOST
    everyone: bool = False

    def _check(self) -> None:
        check_whole("most", self.most)


@dataclass(frozen=True, kw_only=True)
class FixedCost(Limit):
    """Points lost once a pair is used (``pair``: tooling), or once an offer is (``offer``: approval)."""

    pair: int | None = None
    offer: int | None = None

    def _check(self) -> None:
        check_some(self.name, {"pair": self.pair, "offer": self.offer})
        for which in ("pair", "offer"):
            if getattr(self, which) is not None:
                check_whole(which, getattr(self, which))


@dataclass(frozen=True, kw_only=True)
class FairFloor(Limit):
    """The least served share among needs that can be split is made as large as can be, then held.

    A need counts by what it could get if it were alone. Held for ``keep`` of what was reached; with a
    ``penalty`` (points per need) it is a target.
    """

    keep: float = 1.0
    penalty: int | None = None

    def _check(self) -> None:
        check_share("keep", self.keep)
        if self.penalty is not None:
            check_whole("penalty", self.penalty)


@dataclass(frozen=True, kw_only=True)
class Priority(Limit):
    """The needs that ``where`` keeps count ``times`` as much, 1 to MOST_TIMES; it holds nothing back.

    Factors of several priorities multiply, with each other and with the list's own column.
    """

    times: int | None = None

    def _check(self) -> None:
        try_all(
            (
                partial(check_some, self.name, {"where": self.where or None}),
                partial(check_side, self.where, "need"),
                partial(check_some, self.name, {"times": self.times}),
                self._check_times,
            )
        )

    def _check_times(self) -> None:
        if self.times is not None:
            check_whole(f"{self.name}: times", self.times, most=MOST_TIMES)


def read_limit(kind: type[L], plain: object) -> L:
    """Make a limit of a table of a policy file; raises PolicyError and UnknownNameError."""
    if isinstance(plain, kind):
        return plain
    if not isinstance(plain, Mapping):
        raise refuse("限制应为一组“名称 = 值”", "a limit must be a table", plain)
    known = [item.name for item in fields(kind)]
    for name in plain:
        check_known(Words("限制的条目", "entry of a limit"), name, known)
    return kind(**{"name": "", **plain})
