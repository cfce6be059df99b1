"""Teams of experts for problems that want one: roles, cover, who stays apart, and what each gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from matching.experts.cells import KINDS
from matching.experts.rules import ADMITTED
from matching.market import IntArray, Pairs
from matching.practice import TeamTerms
from matching.records.firms import firm_name

#: points of 10,000 that a team loses which covers no indicator at all, gains for two who worked together, and
#: that a member beyond the fewest must score: more than rank and time alone give
LOST, GAINED, EXTRA = 3000, 200, 3000
#: what a member of a team, and whoever works alone, is
LEAD, MEMBER = "牵头", "成员"


def teams(pairs: Pairs) -> TeamTerms | None:
    """Say what the problems of some pairs want of teams; None where none wants any."""
    needs, offers = pairs.market.needs, pairs.market.offers
    wanted = needs["wants_team"].to_numpy(bool)
    if not wanted.any():
        return None
    required = _required(needs["roles"])
    asked = required.sum(axis=1)
    sizes = [size or (count, count) for size, count in zip(needs["team_size"], asked.tolist(), strict=True)]
    least, most = np.array(sizes, np.int64).reshape(-1, 2).T
    skill_of, covers, count = _skills(pairs, wanted)
    firms = np.unique([firm_name(name) for name in offers["organisation"]], return_inverse=True)[1]
    return TeamTerms(
        wanted=wanted,
        least=np.maximum(1, np.maximum(least, asked)),
        most=np.maximum(1, most),
        roles=KINDS,
        role=_roles(pairs, required),
        required=required,
        skill_of=skill_of,
        covers=covers,
        lost=LOST // np.maximum(1, count[skill_of]),
        firm=firms.astype(np.int64)[pairs.offer_row],
        apart=_couples(pairs, wanted, _apart(offers)),
        together=_couples(pairs, wanted, _together(offers["outputs"])),
        gained=GAINED,
        extra=EXTRA,
    )


def partner(pairs: Pairs, deal: IntArray) -> Sequence[Any]:
    """Say of each pair who takes part, from where, as what, the indicators he covers, and his share in %."""
    first = np.diff(deal, prepend=-1) != 0
    shares = np.concatenate([np.zeros(0, np.int64), *(_shares(some) for some in _by_deal(pairs, deal))])
    rows = zip(
        pairs.offer.id, pairs.offer.name, pairs.offer.organisation, pairs.covers, first, shares, strict=True
    )
    return [
        {
            "expert": number,
            "name": name,
            "organisation": org,
            "role": LEAD if leads else MEMBER,
            "covers": list(covered),
            "share": int(share),
        }
        for number, name, org, covered, leads, share in rows
    ]


def _by_deal(pairs: Pairs, deal: IntArray) -> Iterator[list[tuple[str, ...]]]:
    """Give the indicators that the members of each deal cover."""
    covered = pairs.covers.tolist() if len(pairs) else []
    ends = np.flatnonzero(np.diff(deal, append=-1)) + 1
    start = 0
    for end in ends.tolist():
        yield covered[start:end]
        start = end


def _shares(covered: Sequence[tuple[str, ...]]) -> IntArray:
    """Propose shares of the money in whole per cent that sum to 100, by the largest remainders.

    Everybody has one part, the lead one more, and those who cover an indicator one together.
    """
    counts: dict[str, int] = {}
    for name in (name for some in covered for name in some):
        counts[name] = counts.get(name, 0) + 1
    parts = np.array([1 + sum(1 / counts[name] for name in some) for some in covered])
    parts[0] += 1
    exact = 100 * parts / parts.sum()
    whole = np.floor(exact + 1e-9).astype(np.int64)
    whole[np.argsort(whole - exact, kind="stable")[: 100 - int(whole.sum())]] += 1
    return np.asarray(whole, np.int64)


def _required(roles: Iterable[Sequence[tuple[str, int]]]) -> IntArray:
    rows = [[dict(some).get(kind, 0) for kind in KINDS] for some in roles]
    return np.array(rows, np.int64).reshape(-1, len(KINDS))


def _roles(pairs: Pairs, required: IntArray) -> IntArray:
    """Give the kind each expert counts as: his own where it is asked for, else a wider one that is."""
    kinds, at = np.unique(pairs.offer.org_kind.astype(str), return_inverse=True)
    role = np.full(len(pairs), -1, np.int64)
    for number, kind in enumerate(kinds.tolist()):
        wider = [name for name in KINDS if name != kind and kind in ADMITTED.get(name, ())]
        for name in [*wider, *([kind] if kind in KINDS else [])]:
            place = KINDS.index(name)
            role[(at == number) & (required[pairs.need_row, place] > 0)] = place
    return role


def _skills(pairs: Pairs, wanted: np.ndarray) -> tuple[IntArray, sparse.csr_array, IntArray]:
    """Number the indicators of problems that want teams, and tell which pairs cover which."""
    names = [
        tuple(dict.fromkeys(some)) if want else ()
        for some, want in zip(pairs.market.needs["indicator_names"], wanted.tolist(), strict=True)
    ]
    count = np.array([len(some) for some in names], np.int64)
    number = {
        (need, name): at
        for at, (need, name) in enumerate((need, name) for need, some in enumerate(names) for name in some)
    }
    rows = np.flatnonzero(wanted[pairs.need_row])
    inside = pairs.take(rows)
    entries = [
        (row, number[need, name])
        for row, need, some in zip(rows.tolist(), inside.need_row.tolist(), inside.covers, strict=True)
        for name in some
    ]
    at = np.array(entries, np.int64).reshape(-1, 2)
    shape = (len(pairs), len(number))
    covers = sparse.csr_array((np.ones(len(at), bool), (at[:, 0], at[:, 1])), shape=shape)
    return np.repeat(np.arange(len(names)), count), covers, count


def _apart(offers: pd.DataFrame) -> set[tuple[int, int]]:
    """Couples of experts one of whom stays apart from the other, or from his organisation."""
    rows: dict[str, list[int]] = {}
    for row, (name, org) in enumerate(zip(offers["name"], offers["organisation"], strict=True)):
        for one in {firm_name(name), firm_name(org)}:
            rows.setdefault(one, []).append(row)
    return {
        (min(row, other), max(row, other))
        for row, names in enumerate(offers["exclude"])
        for name in names
        for other in rows.get(firm_name(name), ())
        if other != row
    }


def _together(outputs: Iterable[Sequence[str]]) -> set[tuple[int, int]]:
    """Couples of experts who tell one and the same output."""
    rows: dict[str, list[int]] = {}
    for row, works in enumerate(outputs):
        for work in dict.fromkeys(works):
            rows.setdefault(work, []).append(row)
    return {couple for some in rows.values() for couple in combinations(some, 2)}


def _couples(pairs: Pairs, wanted: np.ndarray, experts: set[tuple[int, int]]) -> IntArray:
    """Find couples of experts among the pairs of each problem that wants a team."""
    needs, width = np.flatnonzero(wanted), len(pairs.market.offers)
    couples = np.array(sorted(experts), np.int64).reshape(-1, 2)
    codes = (needs[:, None, None] * width + couples).reshape(-1, 2)
    there = np.isin(codes, pairs.codes).all(axis=1)
    return np.searchsorted(pairs.codes, codes[there])
