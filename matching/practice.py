"""What a practice declares: forms of both sides, rules, criteria, columns, quantities, kernel, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from scipy import sparse

from matching.allowances import Allowances
from matching.limits import Limits
from matching.market import BoolArray, FloatArray, IntArray, Market, Pairs, Row
from matching.records import Form, Listing
from matching.sheets import Table
from matching.words import Words


@dataclass(frozen=True)
class Rule:
    """A hard rule: columns of pairs → may they be paired? and what is missing when not."""

    name: str
    label: Words
    test: Callable[[Pairs], BoolArray]
    sentence: Words


@dataclass(frozen=True)
class Criterion:
    """A soft criterion: columns of pairs → 0..1 (NaN = unknown, scores ``missing``), and its sentence.

    ``side`` names the only side the measure reads, so that it is computed once a row, not once a pair.
    ``unknown`` is the sentence where the measure is unknown.
    """

    name: str
    label: Words
    measure: Callable[[Pairs], FloatArray]
    sentence: Words
    missing: float
    side: Literal["pair", "need", "offer"] = "pair"
    unknown: Words = Words("未知", "unknown")

    def __post_init__(self) -> None:
        if not 0 <= self.missing <= 1:
            raise ValueError(f"missing of criterion {self.name!r} must be within 0..1, got {self.missing}")


@dataclass(frozen=True)
class Changeable:
    """Something a firm could change about an offer, in small steps: a lower price, a shorter lead time.

    ``steps`` says of one pair how many steps there are (0: nothing to change, or not known from where);
    ``cells`` gives the offer's new values by column after so many of them; ``told`` says what became of
    the offer's row, before and after.
    """

    name: str
    label: Words
    steps: Callable[[Pairs], int]
    cells: Callable[[Pairs, int], Mapping[str, Any]]
    told: Callable[[Row, Row], Words]


@dataclass(frozen=True)
class Figure:
    """A measure of deals that plans are compared by: columns of pairs → numbers (NaN = unknown).

    A plan's figure is the mean over its deals of what is known, each weighed by the worth it carries;
    ``shown`` formats it, such as ``{:.0%}``.
    """

    name: str
    label: Words
    measure: Callable[[Pairs], FloatArray]
    shown: str


@dataclass(frozen=True)
class Terms:
    """Quantities of pairs in whole steps, as a kernel takes them.

    demand int[N], step float[N] (physical quantity of one step, in the need's own unit), capacity
    int[M] (-1 = does not bind), upper, minimum, use int[P]. ``whole`` bool[N]: one indivisible task.
    ``capped`` bool[M]: capacity unknown or only inferred, so that the firm's deals are counted.
    ``partners`` int[N]: most firms the need itself allows (-1 = no limit of its own). ``allowances``
    are what several pairs draw on together; offers of one number in ``pool`` int[M] have one capacity
    (empty: each has its own).
    """

    demand: IntArray
    step: FloatArray
    whole: BoolArray
    capacity: IntArray
    capped: BoolArray
    upper: IntArray
    minimum: IntArray
    use: IntArray
    partners: IntArray
    allowances: Allowances = field(default_factory=Allowances)
    pool: IntArray = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass(frozen=True)
class Dealt:
    """What a plan deals, for the sheets of a practice's own: ``quantity`` int[P] steps of all its pairs.

    ``at`` int[D] are positions of those dealt, by need, the best score first.
    """

    pairs: Pairs
    terms: Terms
    quantity: IntArray
    at: IntArray

    @property
    def deals(self) -> Pairs:
        """The pairs that are dealt."""
        return self.pairs.take(self.at)


@dataclass(frozen=True)
class TeamTerms:
    """What needs want of teams; the terms of other needs hold as ever, each of their offers being its own.

    Of pairs P, needs N, kinds of members R and skills K: ``wanted`` bool[N], as many teams as the need's
    demand; ``least``, ``most`` int64[N] members; ``role`` int64[P] (-1 = none) and ``required`` int64[N, R]
    of the kinds ``roles``; ``skill_of`` int64[K] needs, ``covers`` bool CSR [P, K]; ``firm`` int64[P]: in one
    team of a need only; ``apart``, ``together`` int64[·, 2] pairs of one need. Points are of 10,000, the most
    that a need counts: ``lost`` int64[K] for a skill that nobody covers, ``gained`` for two together,
    ``extra`` that a member beyond the fewest must score to be worth having.
    """

    wanted: BoolArray
    least: IntArray
    most: IntArray
    roles: tuple[str, ...]
    role: IntArray
    required: IntArray
    skill_of: IntArray
    covers: sparse.csr_array
    lost: IntArray
    firm: IntArray
    apart: IntArray
    together: IntArray
    gained: int
    extra: int


def whole_tasks(pairs: Pairs) -> Terms:
    """Terms of needs that are one task each; an offer's column ``capacity`` counts tasks."""
    needs, offers, ones = len(pairs.market.needs), pairs.market.offers, np.ones(len(pairs), np.int64)
    return Terms(
        demand=np.ones(needs, np.int64),
        step=np.ones(needs),
        whole=np.ones(needs, bool),
        capacity=offers["capacity"].to_numpy(np.int64),
        capped=np.zeros(len(offers), bool),
        upper=ones,
        minimum=np.zeros_like(ones),
        use=ones,
        partners=np.full(needs, -1, np.int64),
    )


def by_name(pairs: Pairs, deal: IntArray) -> Sequence[Any]:
    """Name the one firm behind each pair's offer."""
    firms: list[Any] = pairs.offer.enterprise.tolist()
    return firms


def one_price(pairs: Pairs) -> Pairs:
    """Deal every pair at one price, whatever its quantity."""
    return pairs


def no_teams(pairs: Pairs) -> TeamTerms | None:
    """Let every offer serve a need by itself."""
    return None


def no_tables(dealt: Dealt) -> Sequence[Table]:
    """Give no sheets besides the usual ones."""
    return ()


def unmerged(demand: Listing, workbook: Path) -> Listing:
    """Leave a list as it is."""
    return demand


def as_it_is(market: Market) -> Market:
    """Refresh a market whose measures read nothing but its columns."""
    return market


@dataclass(frozen=True)
class Practice:
    """A way two sides are brought together under rules.

    ``demand``, ``supply`` and ``history`` are the forms of its lists; ``market`` turns listings
    (demand, supply, history, directory of enterprises) into columns; ``terms`` gives the quantities
    of pairs, ``prices`` the same pairs once for each price they could be dealt at; ``kernel`` assigns
    (the signature of ``matching.assignment.allocate``); ``words`` are the practice's own names of things
    (keys ``need``, ``offer``, ``deal``).
    ``remarks`` are sentences added to a deal's reasons where their test holds. ``changes`` are what a firm
    could change to get in, ``figures`` what plans are compared by; ``refresh`` makes the measures of a market
    anew once its rows were cut or changed. ``partner`` gives of each pair who takes part, as plain data;
    pairs of one deal bear one number and stand together, the lead first. ``teams`` says what needs want of
    teams, None where none wants any. ``tables`` gives the sheets that a workbook holds of its deals besides
    the usual ones, ``headings`` what sheets and columns of it are called here; ``merged`` is the demand as a
    returned workbook merges it.
    """

    name: str
    label: Words
    demand: Form
    supply: Form
    market: Callable[[Listing, Listing, Listing | None, Listing | None], Market]
    rules: tuple[Rule, ...]
    criteria: tuple[Criterion, ...]
    weights: Mapping[str, float]
    kernel: Callable[..., Any]
    history: Form | None = None
    terms: Callable[[Pairs], Terms] = whole_tasks
    prices: Callable[[Pairs], Pairs] = one_price
    limits: Limits = Limits()
    words: Mapping[str, Words] = field(default_factory=dict)
    remarks: tuple[Rule, ...] = ()
    changes: tuple[Changeable, ...] = ()
    figures: tuple[Figure, ...] = ()
    refresh: Callable[[Market], Market] = as_it_is
    partner: Callable[[Pairs, IntArray], Sequence[Any]] = by_name
    teams: Callable[[Pairs], TeamTerms | None] = no_teams
    tables: Callable[[Dealt], Sequence[Table]] = no_tables
    headings: Mapping[str, str] = field(default_factory=dict)
    merged: Callable[[Listing, Path], Listing] = unmerged
