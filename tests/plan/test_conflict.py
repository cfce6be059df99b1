"""When no plan exists: a smallest clash by its names, how far limits must give way, what works."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matching import ConflictError, Plan, Policy
from matching.plan import Pin
from tests.plan.limits.market import BY_DISTANCE, LABS, TASKS
from tests.plan.story import deals_of, need, offer, plan_of

STEEL = [need("N-1", quantity=100, unit="t", region="镇江市")]
FOUNDRIES = [
    offer("O-1", "近铸造", capacity=80, capacity_unit="t", region="镇江市"),
    offer("O-2", "远铸造", capacity=80, capacity_unit="t", region="宜昌市"),
]
FREE = BY_DISTANCE.limit(max_deals=None)


def refused(needs: Any, offers: Any, policy: Policy, pins: tuple[Pin, ...] = ()) -> ConflictError:
    """Plan what cannot be planned."""
    with pytest.raises(ConflictError) as caught:
        plan_of(needs, offers, policy, pins=pins)
    return caught.value


def settled(needs: Any, offers: Any, policy: Policy, pins: tuple[Pin, ...], error: ConflictError) -> Plan:
    """Plan again with the changes made and the named decisions released."""
    kept = [pin for pin in pins if (pin.need_id, pin.offer_id) not in error.released]
    return plan_of(needs, offers, policy.relaxed(error.changes), pins=kept)


def lock(offer_id: str, quantity: float, need_id: str = "N-1") -> Pin:
    return Pin(need_id=need_id, offer_id=offer_id, quantity=quantity, decision="lock")


def test_a_locked_deal_against_a_share() -> None:
    """70 t of 100 are locked with one firm that may have 40 %: 70 % would do."""
    policy, pins = FREE.limit(max_share=0.4, max_partners=3), (lock("O-1", 70),)
    error = refused(STEEL, FOUNDRIES, policy, pins)
    assert error.conflict == ("max_share", "N-1 – O-1")
    assert [(c.limit, c.field, c.before, c.after) for c in error.changes] == [
        ("max_share", "most_share", 0.4, 0.7)
    ]
    assert error.released == ()
    assert "把 max_share 的 most_share 从 0.4 放宽到 0.7" in error.say("zh")
    assert deals_of(settled(STEEL, FOUNDRIES, policy, pins, error)) == {
        ("N-1", "O-1"): 70,
        ("N-1", "O-2"): 30,
    }


def test_a_least_quantity_against_a_share() -> None:
    """70 t must go to the near firm, which may have half: 0.7, or 50 t."""
    keep = {"name": "keep", "where": {"offer.id": ["O-1"]}, "least": 70, "by": "quantity"}
    policy = FREE.limit(max_share=0.5, totals=[keep], min_share=0.1)
    error = refused(STEEL, FOUNDRIES, policy)
    assert error.conflict == ("max_share", "keep")
    assert [(words.en) for words in error.options] == [
        "loosen most_share of max_share from 0.5 to 0.7",
        "loosen least of keep from 70 to 50",
    ]
    assert [change.limit for change in error.changes] == ["keep"]
    assert deals_of(settled(STEEL, FOUNDRIES, policy, (), error))[("N-1", "O-1")] == 50


def test_a_total_beyond_what_there_is_clashes_alone() -> None:
    """At least 90 t of a firm that has 80 t."""
    keep = {"name": "keep", "where": {"offer.id": ["O-1"]}, "least": 90, "by": "quantity"}
    error = refused(STEEL, FOUNDRIES, FREE.limit(totals=[keep]))
    assert (error.conflict, error.changes[0].after) == (("keep",), 80)


def test_partners_against_a_lock_of_everything() -> None:
    """Two firms are asked for and one has the whole need."""
    small = [need("N-1", quantity=60, unit="t", region="镇江市")]
    error = refused(small, FOUNDRIES, FREE.limit(min_partners=2), (lock("O-1", 60),))
    assert error.conflict == ("min_partners", "N-1 – O-1")
    assert [(change.field, change.after) for change in error.changes] == [("least", 1)]


def test_a_forbidden_pair_that_is_locked() -> None:
    feud = {"name": "feud", "where": {"offer.enterprise": ["近铸造"]}, "most": 0}
    error = refused(STEEL, FOUNDRIES, FREE.limit(deals=[feud]), (lock("O-1", 30),))
    assert (error.conflict, error.changes[0].after) == (("feud", "N-1 – O-1"), 30)


def test_an_exclusion_by_hand_is_part_of_the_clash() -> None:
    """The firm that must have 10 t is excluded by hand."""
    keep = {"name": "keep", "where": {"offer.id": ["O-2"]}, "least": 10, "by": "quantity"}
    pins = (Pin(need_id="N-1", offer_id="O-2", decision="exclude"), lock("O-1", 20))
    error = refused(STEEL, FOUNDRIES, FREE.limit(totals=[keep]), pins)
    assert error.conflict == ("keep", "N-1 – O-2")


def test_two_clashes_are_settled_together() -> None:
    """Each of two needs has a clash of its own; the changes settle both."""
    needs = [*STEEL, need("N-2", quantity=50, unit="t", region="镇江市")]
    keep = {"name": "keep", "where": {"need.id": ["N-2"], "offer.id": ["O-2"]}, "least": 45, "by": "quantity"}
    policy, pins = FREE.limit(max_share=0.6, totals=[keep]), (lock("O-1", 70),)
    error = refused(needs, FOUNDRIES, policy, pins)
    assert len(error.conflict) == 2
    settled(needs, FOUNDRIES, policy, pins, error)


def test_shares_of_the_plan_against_each_other() -> None:
    """Small firms get 60 % at least, large ones 50 % at least, of ten tasks by one need each."""
    sizes = [
        {"name": "small", "of": "offer.size", "among": ["小型"], "least": 0.6},
        {"name": "large", "of": "offer.size", "among": ["大型"], "least": 0.5},
    ]
    one = {"name": "some", "least": 3, "by": "count"}
    policy = FREE.limit(shares=sizes, totals=[one])
    error = refused(TASKS, LABS[:2], policy)
    assert error.conflict == ("small", "large", "some")
    by_limit = {change.limit: change for change in error.changes}
    assert set(by_limit) == {"small"}
    assert by_limit["small"].after == 0.5
    settled(TASKS, LABS[:2], policy, (), error)


def test_locks_that_contradict_each_other_name_no_limit() -> None:
    error = refused(STEEL, FOUNDRIES, FREE.limit(max_share=0.9), (lock("O-1", 80), lock("O-2", 30)))
    assert error.conflict == ("N-1 – O-1", "N-1 – O-2")
    assert len(error.released) == 1


def test_the_weights_change_no_clash() -> None:
    """A clash is the same whatever the weights."""
    policy = FREE.limit(max_share=0.4)
    one = refused(STEEL, FOUNDRIES, policy, (lock("O-1", 70),))
    other = refused(STEEL, FOUNDRIES, policy.weigh(price=5.0), (lock("O-1", 70),))
    assert (one.conflict, one.changes) == (other.conflict, other.changes)
    assert np.isfinite(one.changes[0].size)
