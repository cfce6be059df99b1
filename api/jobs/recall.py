"""Plans recalled: market and candidates made again, the stored allocation put in, nothing solved."""

from __future__ import annotations

from collections import OrderedDict

from sqlalchemy import Connection, Engine

from api.jobs.outcome import parts_of
from api.jobs.packing import unpack
from api.problems import NotFoundError, StateError
from api.schemas import Text, WhyNot
from api.store.engine import reading
from api.store.plans import plan_of
from api.store.policies import usable_policy
from api.store.records import listings_of
from api.store.results import allocation_of
from matching import Plan, UnknownNameError, Words
from matching.plan import recall_market

#: how many plans are kept in mind
KEPT = 2
CHANGED = Words(
    "方案是用较早的版本算出的，现在对不上，请重新生成方案后再问",
    "the plan was made by an earlier version and does not fit any more; make it again, then ask",
)


class Recalled:
    """The plans asked about last, the latest at the end."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.plans: OrderedDict[int, Plan] = OrderedDict()

    def why_not(self, plan_id: int, need: str, offer: str) -> WhyNot:
        """Say why an offer is not in the plan for a need; raises NotFoundError, StateError."""
        plan = self.plan(plan_id)
        try:
            reasons = plan.why_not(need, offer)
        except UnknownNameError as error:
            raise NotFoundError(error.words, error.where) from error
        return WhyNot(
            need=need,
            offer=offer,
            dealt=any(deal.offer == offer for deal in plan.deals_for(need)),
            sentences=[Text.of(words) for words in reasons.sentences],
            parts=parts_of(reasons),
        )

    def plan(self, plan_id: int) -> Plan:
        """Give a plan that is done."""
        if plan_id not in self.plans:
            with reading(self.engine) as c:
                self.plans[plan_id] = recalled(c, plan_id)
        self.plans.move_to_end(plan_id)
        while len(self.plans) > KEPT:
            self.plans.popitem(last=False)
        return self.plans[plan_id]


def recalled(c: Connection, plan_id: int) -> Plan:
    """Make a plan of what the store keeps of it; raises StateError where both do not agree."""
    fingerprint, allocation = allocation_of(c, plan_id)
    order = plan_of(c, plan_id)
    policy = usable_policy(c, order.policy)
    market = policy.practice.market(*listings_of(c, order))
    if market.fingerprint != fingerprint:
        raise StateError(CHANGED, str(plan_id))
    return recall_market(market, policy, (), unpack(allocation))
