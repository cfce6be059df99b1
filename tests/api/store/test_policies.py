"""Policies: kept once, whatever they are called; plans are made with them as they were."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from api.problems import NotFoundError
from api.store.engine import reading, writing
from api.store.policies import add_policy, ensure_default, policies, policy_of, usable_policy
from matching import supply_policy


def test_a_policy_is_kept_once(engine: Engine) -> None:
    local = supply_policy().weigh(distance=5)
    with writing(engine) as c:
        default = ensure_default(c)
        first = add_policy(c, "就近", local)
        assert add_policy(c, "又名", local) == first != default
        assert ensure_default(c) == default
        assert [item.id for item in policies(c, 10, 0).items] == [default, first]
        kept = policy_of(c, first)
    assert (kept.name, kept.fingerprint, kept.policy) == ("就近", local.fingerprint, local.to_dict())


def test_a_policy_comes_back_as_it_was(engine: Engine) -> None:
    local = supply_policy().weigh(distance=5).without("price").limit(max_share=0.4)
    with writing(engine) as c:
        back = usable_policy(c, add_policy(c, "就近", local))
    assert back.fingerprint == local.fingerprint


def test_a_policy_that_is_not_there_is_named(engine: Engine) -> None:
    with pytest.raises(NotFoundError, match="there is no policy 3"), reading(engine) as c:
        policy_of(c, 3)
