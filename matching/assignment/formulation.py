"""The rules of ``allocate`` as rows and switches of a Program; a rule that cannot bite leaves no trace.

Column p of the Program is what pair p carries beyond its ``fixed`` quantity: every column starts at 0.
"""

from __future__ import annotations

import numpy as np

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.company import hold_company
from matching.assignment.draft import Draft
from matching.assignment.exact_sums import capped_sums, group_sums
from matching.assignment.groups import Groups, grouped
from matching.assignment.portions import fixed_by_firm, hold_portions
from matching.assignment.program import Program
from matching.assignment.reach import deal_limits
from matching.assignment.request import Request
from matching.assignment.request_rows import add_request_rows
from matching.assignment.survey import Survey, firm_rooms, survey
from matching.assignment.tiers import hold_tiers


def build(request: Request, most: Ints) -> Program:
    """Write the request as a Program; ``most`` is what each pair can reach."""
    plan = survey(request, most - request.fixed)
    draft = Draft(quantities=len(request.need))
    used = _add_quantities(draft, plan)
    tail = _limit_needs(draft, plan)
    head = _limit_offers(draft, plan)
    _limit_deals(draft, plan, used, head)
    _limit_firms(draft, plan, used)
    hold_portions(draft, request, plan.live[plan.portioned], used[plan.portioned])
    hold_tiers(draft, request, plan.live[plan.tiered], used[plan.tiered])
    hold_company(draft, request, plan.live[plan.lonely], used[plan.lonely])
    _charge_openings(draft, plan, used)
    add_request_rows(draft, request, plan.span)
    return draft.finish(tail, head)


def _add_quantities(draft: Draft, plan: Survey) -> Ints:
    """Append quantities and the switches needed; give the 0/1 column of each live pair, −1 for none."""
    request, live, span = plan.request, plan.live, plan.span[plan.live]
    new = request.fixed[live] == 0
    cost = request.score.copy()
    whole = new & (span == 1)
    cost[live[whole]] -= request.setup[live[whole]]
    draft.add_columns(np.where(plan.span > 0, cost, 0), plan.span)
    switched = np.flatnonzero(new & ~whole & _counted(plan))
    switches = draft.add_columns(-request.setup[live[switched]], np.ones(len(switched), dtype=np.int64))
    draft.link(live[switched], switches, request.minimum[live[switched]])
    used = np.full(len(live), -1, dtype=np.int64)
    used[whole] = live[whole]
    used[switched] = switches
    return used


def _counted(plan: Survey) -> Bools:
    """Tell for which live pairs it matters whether they are used at all."""
    request, live = plan.request, plan.live
    counted = plan.firm_limited | plan.deal_limited | plan.lonely | plan.tiered | plan.portioned
    if (request.minimum > 1).any():
        counted |= request.minimum[live] > 1
    if request.setup.any():
        counted |= request.setup[live] > 0
    if request.opening.any():
        counted |= request.opening[request.offer[live]] > 0
    return counted


def _limit_needs(draft: Draft, plan: Survey) -> Ints:
    """Hold demands and firms' shares; give the tail of every pair."""
    request, live = plan.request, plan.live
    span = plan.span[live]
    room = plan.room
    needs = grouped(request.need[live])
    high = room[request.need[live][needs.first]]
    over = _passes(needs, span, high)
    tail = np.full(len(request.need), -1, dtype=np.int64)
    tail[live] = _nodes_for(draft, needs, over, high, 1)
    if bool((request.share < request.demand).any()):
        _limit_shares(draft, plan, tail)
    return tail


def _limit_shares(draft: Draft, plan: Survey, tail: Ints) -> None:
    """Hang a node for the share of a firm below the node of its need, and pairs on it."""
    request, live, firms = plan.request, plan.live, plan.firms
    share = (request.share[request.need[live]] - fixed_by_firm(request)[live])[firms.first]
    parent = tail[live][firms.first]
    room = plan.room[request.need[live][firms.first]]
    bites = _passes(firms, plan.span[live], share) & ((parent < 0) | (share < room))
    rows = _nodes_for(draft, firms, bites, share, 1)
    shared = rows >= 0
    _hang(draft, rows[shared], tail[live][shared])
    tail[live[shared]] = rows[shared]


def _passes(groups: Groups, span: Ints, high: Ints) -> Bools:
    """Tell for which groups the pairs together can pass the limit, without a sum that could overflow."""
    return np.asarray(capped_sums(groups.of, span, groups.count) > high)


def _nodes_for(draft: Draft, groups: Groups, chosen: Bools, high: Ints, side: int) -> Ints:
    """Append a node row for each chosen group; give the row of each of its pairs, −1 for none."""
    row_of = np.full(groups.count, -1, dtype=np.int64)
    row_of[chosen] = draft.add_nodes(high[chosen], side)
    return row_of[groups.of]


def _hang(draft: Draft, child: Ints, parent: Ints) -> None:
    parents = np.concatenate(draft.parents)
    parents[child] = parent
    draft.parents = [parents]


def _limit_offers(draft: Draft, plan: Survey) -> Ints:
    """Hold capacities; give the head of every pair. One use for all pairs of an offer makes a node."""
    request = plan.request
    head = np.full(len(request.need), -1, dtype=np.int64)
    live = plan.live[request.use[plan.live] > 0]
    offers = grouped(request.offer[live])
    load = group_sums(request.offer, request.use * request.fixed, len(request.capacity))
    high = (request.capacity - load)[request.offer[live][offers.first]]
    if bool((request.use == 1).all()):
        bites = _passes(offers, plan.span[live], high)
        head[live] = _nodes_for(draft, offers, bites, high, -1)
        return head
    divisor = np.zeros(offers.count, dtype=np.int64)
    np.gcd.at(divisor, offers.of, request.use[live])
    high, unit = high // np.maximum(divisor, 1), request.use[live] // divisor[offers.of]
    even = np.bincount(offers.of, unit != 1, minlength=offers.count) == 0
    bites = even & _passes(offers, plan.span[live], high)
    head[live] = _nodes_for(draft, offers, bites, high, -1)
    over = ~even & _loads_pass(offers, plan.span[live], unit, high)
    inside = over[offers.of]
    number = np.cumsum(over) - 1
    rows = draft.add_rows(np.full(int(over.sum()), -LIMIT, dtype=np.int64), high[over])
    draft.enter(rows[number[offers.of][inside]], live[inside], unit[inside])
    return head


def _loads_pass(offers: Groups, span: Ints, unit: Ints, high: Ints) -> Bools:
    rough = np.bincount(offers.of, span.astype(np.float64) * unit, minlength=offers.count)
    # a hair of doubt keeps the row: a row too many never harms
    return np.asarray(rough * (1 + 1e-9) >= high)


def _limit_deals(draft: Draft, plan: Survey, used: Ints, head: Ints) -> None:
    """Hold ``max_deals``; the row is a node where each deal of the firm is a single whole task."""
    request = plan.request
    chosen = np.flatnonzero(plan.deal_limited)
    if not len(chosen):
        return
    pairs = plan.live[chosen]
    firms = grouped(request.firm[pairs])
    held = group_sums(
        request.firm, (request.fixed > 0).astype(np.int64), int(request.firm.max(initial=-1)) + 1
    )
    partner = request.firm[pairs][firms.first]
    high = np.maximum(deal_limits(request)[pairs][firms.first] - held[partner], 0)
    lumpy = np.bincount(firms.of, used[chosen] != pairs, minlength=firms.count) > 0
    mixed = np.isin(partner, request.firm[plan.live[~plan.deal_limited]])
    node = ~lumpy & ~mixed
    inside = node[firms.of]
    _join_heads(draft, head, pairs[inside], _nodes_for(draft, firms, node, high, -1)[inside])
    number = np.cumsum(~node) - 1
    draft.limit(number[firms.of][~inside], used[chosen][~inside], high[~node])


def _join_heads(draft: Draft, head: Ints, pairs: Ints, rows: Ints) -> None:
    behind = head[pairs] >= 0
    _hang(draft, head[pairs][behind], rows[behind])
    head[pairs[~behind]] = rows[~behind]


def _limit_firms(draft: Draft, plan: Survey, used: Ints) -> None:
    """Hold ``max_partners``: one 0/1 column per firm at a need, shared by its offers."""
    chosen = np.flatnonzero(plan.firm_limited)
    if not len(chosen):
        return
    pairs = plan.live[chosen]
    firms = grouped(plan.request.need[pairs], plan.request.firm[pairs])
    several = firms.size > 1
    present = used[chosen][firms.first]
    several_at = np.flatnonzero(several)
    zeros = np.zeros(len(several_at), dtype=np.int64)
    present[several_at] = draft.add_columns(zeros, zeros + 1)
    inside = several[firms.of]
    draft.link(used[chosen][inside], present[firms.of][inside])
    need = plan.request.need[pairs][firms.first]
    needs = grouped(need)
    draft.limit(needs.of, present, firm_rooms(plan.request)[need[needs.first]])


def _charge_openings(draft: Draft, plan: Survey, used: Ints) -> None:
    """Charge ``opening`` once per offer, unless a fixed quantity has opened it already."""
    request = plan.request
    if not request.opening.any():
        return
    opened = np.zeros(len(request.capacity), dtype=np.bool_)
    opened[request.offer[request.fixed > 0]] = True
    offer = request.offer[plan.live]
    chosen = np.flatnonzero((request.opening[offer] > 0) & ~opened[offer])
    offers = grouped(offer[chosen])
    costs = -request.opening[offer[chosen][offers.first]]
    switches = draft.add_columns(costs, np.ones(offers.count, dtype=np.int64))
    draft.link(used[chosen], switches[offers.of])
