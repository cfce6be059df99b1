"""What of a Request can bite: pairs that can carry more, counts that they could pass, who shares a limit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.company import needs_company
from matching.assignment.exact_sums import group_sums
from matching.assignment.groups import Groups, grouped
from matching.assignment.portions import fixed_by_firm, shares_portion
from matching.assignment.reach import deal_limits
from matching.assignment.request import Request
from matching.assignment.tiers import priced_twice


@dataclass(frozen=True, slots=True)
class Survey:
    """The request, what pairs can still carry, which counts bite."""

    request: Request
    span: Ints
    live: Ints
    room: Ints
    firms: Groups
    firm_limited: Bools
    deal_limited: Bools
    lonely: Bools
    tiered: Bools
    portioned: Bools


def survey(request: Request, span: Ints) -> Survey:
    """Look at what pairs can still carry, ``span`` int64[P]."""
    live = np.flatnonzero(span > 0)
    need = request.need[live]
    firms = _firms(request, live)
    held = _held(request, live)
    firm_limited, deal_limited = _indicators(request, live, firms, held)
    room = need_rooms(request)
    if bool((request.max_partners < LIMIT).any()):
        lumpy = np.zeros(len(request.demand), dtype=np.bool_)
        lumpy[need[(span[live] > 1) | held | (firms.size[firms.of] > 1)]] = True
        # where every firm at a need can have but one whole task, counting firms is counting tasks
        room = np.where(lumpy, room, np.minimum(room, firm_rooms(request)))
        firm_limited = firm_limited & lumpy[need]
    lonely, tiered = needs_company(request, live, held), priced_twice(request, live)
    portioned = shares_portion(request)[live]
    return Survey(request, span, live, room, firms, firm_limited, deal_limited, lonely, tiered, portioned)


def _held(request: Request, live: Ints) -> Bools:
    """Tell for each live pair whether its firm has a fixed quantity of its need already."""
    if not request.fixed.any():
        return np.zeros(len(live), dtype=np.bool_)
    return fixed_by_firm(request)[live] > 0


def _firms(request: Request, live: Ints) -> Groups:
    """Group the live pairs by need and firm: one by one where no firm has several offers."""
    if int(np.bincount(request.partner, minlength=1).max()) <= 1 and not request.tier.any():
        alone = np.arange(len(live))
        return Groups(alone, alone)
    return grouped(request.need[live], request.firm[live])


def _indicators(request: Request, live: Ints, firms: Groups, held: Bools) -> tuple[Bools, Bools]:
    """Tell for each live pair whether the count of firms at its need, of deals of its firm, bites.

    ``held``: its firm has a fixed quantity of the need already, be it through another pair that is full.
    """
    if not (len(request.max_deals) or (request.max_partners < LIMIT).any()):
        never = np.zeros(len(live), dtype=np.bool_)
        return never, never
    new = request.fixed[live] == 0
    fresh = ~held[firms.first]
    firm_need = request.need[live][firms.first]
    free_firms = group_sums(firm_need[fresh], np.ones(int(fresh.sum()), dtype=np.int64), len(request.demand))
    room = np.minimum(need_rooms(request), free_firms)
    firm_limited = (firm_rooms(request) < room)[request.need[live]] & fresh[firms.of]
    limits = deal_limits(request)[live]
    partner = request.firm[live]
    deals = group_sums(
        partner[new], np.ones(int(new.sum()), dtype=np.int64), int(partner.max(initial=-1)) + 1
    )
    taken = group_sums(
        request.firm, (request.fixed > 0).astype(np.int64), int(request.firm.max(initial=-1)) + 1
    )
    return firm_limited, new & (deals[partner] > np.maximum(limits - taken[partner], 0))


def need_rooms(request: Request) -> Ints:
    """Give what of each demand is left after the fixed quantities."""
    return request.demand - group_sums(request.need, request.fixed, len(request.demand))


def firm_rooms(request: Request) -> Ints:
    """Give how many further firms each need may have."""
    held = np.flatnonzero(request.fixed > 0)
    firms = grouped(request.need[held], request.firm[held])
    taken = group_sums(
        request.need[held][firms.first], np.ones(firms.count, dtype=np.int64), len(request.demand)
    )
    return np.asarray(np.maximum(request.max_partners - taken, 0))
