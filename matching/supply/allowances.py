"""What deals draw on together: a buyer's share of an offer, a shared line, the months of a window.

Deals that may each be made within a window of their own fit into a capacity that accrues over time if and
only if, for every first and last day, the deals whose windows lie between take no more than accrues between.
Source: Horn, W. A. (1974), Some simple scheduling algorithms (one machine, jobs may be interrupted).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.allowances import AllowanceKind, Allowances
from matching.market import AnyArray, BoolArray, IntArray, Pairs
from matching.supply.takes import EXACT, Takes
from matching.words import Words

#: first and last moments of windows at most, for each capacity; what of a window has to stay of it
MOMENTS, NEAR = 24, 0.8
#: more steps than any need has
ENDLESS = 2**62

KINDS = (
    AllowanceKind(
        "line_hours",
        Words("所在产线的工时已排满", "the hours of its production line are used up"),
        of_capacity=True,
    ),
    AllowanceKind("line", Words("所在产线的产能已排满", "its production line is full"), of_capacity=True),
    AllowanceKind(
        "months",
        Words("交货期内各月产能已排满", "the months within its delivery window are full"),
        of_capacity=True,
    ),
    AllowanceKind(
        "buyer_share",
        Words("已达供方对单一客户的份额上限", "one buyer's largest share of the offer is reached"),
    ),
)
_LINE_HOURS, _LINE, _MONTHS, _BUYER = range(len(KINDS))


@dataclass(frozen=True)
class _Rows:
    """Allowances of one kind: the pairs of row after row, how many each has, its most, its pool."""

    kind: int
    pair: IntArray
    count: IntArray
    most: IntArray
    pool: IntArray


def allowances(pairs: Pairs, takes: Takes, asked: IntArray) -> Allowances:
    """Give all that several pairs draw on together; ``asked`` int[P] steps are the most of each.

    Left out is what could not run short if all that is asked were dealt.
    """
    takers = taking(pairs, takes)
    load = takes.use.astype(float) * asked
    buyers = _buyers(pairs, takes, takers)
    found = [*_lines(pairs, takes, takers, load), *_months(pairs, takes, takers, load), buyers]
    return _joined(pairs, takes, [rows for rows in found if len(rows.count)])


def most_in_window(pairs: Pairs, takes: Takes) -> IntArray:
    """Give the most steps of each pair that the months of its window hold; endless without months."""
    most = np.full(len(pairs), ENDLESS)
    at = np.flatnonzero(taking(pairs, takes) & takes.made.has[pairs.offer_row])
    if len(at):
        start, end = accrued(pairs.take(at), takes)
        most[at] = (end - start) // takes.use[at]
    return most


def taking(pairs: Pairs, takes: Takes) -> BoolArray:
    """Tell which pairs are known to take of a capacity that binds."""
    return np.asarray((takes.capacity[pairs.offer_row] >= 0) & (takes.use > 0))


def accrued(pairs: Pairs, takes: Takes) -> tuple[IntArray, IntArray]:
    """Give what is made before the window of each pair begins, and before it is over."""
    start, end = takes.made.window(pairs)
    return takes.made.until(pairs.offer_row, start), takes.made.until(pairs.offer_row, end)


def _buyers(pairs: Pairs, takes: Takes, takers: BoolArray) -> _Rows:
    """Hold each buyer to its share of an offer; rows of a line that state one share state it of the line."""
    share, buyer = pairs.offer.max_share_one_buyer, pairs.need.firm
    at = np.flatnonzero(~np.isnan(share) & takers)
    keys = (share[at], buyer[at], takes.pool[pairs.offer_row[at]])
    order = np.lexsort(keys)
    changes = np.any([np.diff(key[order]) != 0 for key in keys], axis=0)
    first = np.concatenate([[0], np.flatnonzero(changes) + 1])[: len(at)]
    at = at[order]
    pool = takes.pool[pairs.offer_row[at[first]]]
    most = np.floor(share[at[first]] * takes.capacity[pool] * (1 + EXACT)).astype(np.int64)
    return _Rows(_BUYER, at, np.diff(np.append(first, len(at))), most, pool)


def _lines(pairs: Pairs, takes: Takes, takers: BoolArray, load: AnyArray) -> Iterator[_Rows]:
    """Hold all offers of a line to its capacity per period."""
    offers = pairs.market.offer_columns
    for kind, shown in ((_LINE_HOURS, offers["in_hours"]), (_LINE, ~offers["in_hours"])):
        shared = (offers["line_code"] >= 0) & shown & ~takes.made.has
        at = np.flatnonzero(takers & shared[pairs.offer_row])
        pool = takes.pool[pairs.offer_row[at]]
        total = np.bincount(pool, load[at], minlength=len(shared))
        short = total[pool] > takes.capacity[pool]
        at, pool = at[short], pool[short]
        named, count = np.unique(pool, return_counts=True)
        yield _Rows(kind, at[np.argsort(pool, kind="stable")], count, takes.capacity[named], named)


def _months(pairs: Pairs, takes: Takes, takers: BoolArray, load: AnyArray) -> Iterator[_Rows]:
    """Hold the deals of each offer or line to what is made between any first and last day."""
    at = np.flatnonzero(takers & takes.made.has[pairs.offer_row])
    if not len(at):
        return
    start, end = accrued(pairs.take(at), takes)
    pool = takes.pool[pairs.offer_row[at]]
    order = np.argsort(pool, kind="stable")
    for some in np.split(order, np.flatnonzero(np.diff(pool[order])) + 1):
        spans = list(_spans(*narrowed(start[some], end[some]), load[at[some]]))
        if spans:
            members, most = zip(*spans, strict=True)
            count = np.array([len(one) for one in members], np.int64)
            row = np.full(len(count), pool[some[0]])
            yield _Rows(_MONTHS, at[some[np.concatenate(members)]], count, np.array(most, np.int64), row)


def narrowed(start: IntArray, end: IntArray) -> tuple[IntArray, IntArray]:
    """Move the ends of many different windows inwards to a few moments, so that the spans stay few.

    What fits into the narrower windows fits into the windows. One that would lose much keeps its own ends.
    """
    some_starts, some_ends = _spread(np.unique(start)), _spread(np.unique(end))
    later = some_starts[np.searchsorted(some_starts, start)]
    sooner = some_ends[np.searchsorted(some_ends, end, side="right") - 1]
    near = sooner - later >= NEAR * (end - start)
    return np.where(near, later, start), np.where(near, sooner, end)


def _spread(moments: IntArray) -> IntArray:
    """Keep some of many moments, the first and the last among them."""
    if len(moments) <= MOMENTS:
        return moments
    return moments[np.unique(np.linspace(0, len(moments) - 1, MOMENTS).round().astype(np.int64))]


def _spans(start: IntArray, end: IntArray, load: AnyArray) -> Iterator[tuple[IntArray, int]]:
    """Give the pairs between any two moments, and what is made between, where that may be short.

    Moments are told by what has been made until then. Of spans with the same pairs only the shortest is
    given: one that some pair begins with and some pair ends with.
    """
    by_end = np.argsort(end, kind="stable")
    for first in np.unique(start):
        inside = by_end[start[by_end] >= first]
        ends, load_until = end[inside], np.cumsum(load[inside])
        last = np.append(np.flatnonzero(np.diff(ends)), len(ends) - 1)
        last = last[ends[last] >= end[start == first].min()]
        for at in last[load_until[last] > ends[last] - first].tolist():
            yield inside[: at + 1], int(ends[at] - first)


def _joined(pairs: Pairs, takes: Takes, found: Sequence[_Rows]) -> Allowances:
    if not found:
        return Allowances(kinds=KINDS)
    pair = np.concatenate([rows.pair for rows in found])
    count = np.concatenate([rows.count for rows in found])
    pool = np.concatenate([rows.pool for rows in found])
    offers = pairs.market.offer_columns
    ends = np.concatenate([[0], np.cumsum(count)])
    rows = sparse.csr_array((takes.use[pair], pair, ends), shape=(len(count), len(pairs)))
    rows.sort_indices()
    return Allowances(
        rows=rows,
        most=np.concatenate([rows.most for rows in found]),
        kind=np.repeat([rows.kind for rows in found], [len(rows.count) for rows in found]),
        size=takes.size[pool] / np.nan_to_num(offers["capacity_factor"], nan=1.0)[pool],
        unit=offers["capacity_unit"][pool],
        kinds=KINDS,
    )
