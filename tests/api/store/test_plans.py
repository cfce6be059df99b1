"""Plans: ordered of confirmed lists of the right kinds, cancelled at once while they wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from api.problems import ApiError, NotFoundError, RefusedError, StateError
from api.schemas import PlanOrder
from api.store.engine import reading, writing
from api.store.lists import add_list
from api.store.plans import add_plan, cancel, plan_of, plans, progress_of
from api.store.results import document_of, needs_of, suggestions, summary_of
from tests.api.store.building import checked, confirmed, ordered


def test_an_ordered_plan_waits(engine: Engine, small: tuple[Path, Path]) -> None:
    with writing(engine) as c:
        first, second = ordered(c, *small, title="一"), ordered(c, *small, gap=0.5, seed=7)
        head = plan_of(c, first)
        assert [plan.id for plan in plans(c, 10, 0).items] == [second, first]
        assert (plan_of(c, second).gap, plan_of(c, second).seed, plan_of(c, second).seconds) == (0.5, 7, None)
        progress = progress_of(c, first)
    assert (head.title, head.state, head.attempts, head.policy) == ("一", "queued", 0, 1)
    assert (progress.state, progress.share, progress.stage, progress.error) == ("queued", 0.0, None, None)


def test_the_same_request_makes_one_plan(engine: Engine, small: tuple[Path, Path]) -> None:
    with writing(engine) as c:
        order = PlanOrder(
            needs_list=confirmed(c, small[0], "needs"), offers_list=confirmed(c, small[1], "offers")
        )
        first = add_plan(c, order, "once")
    with writing(engine) as c:
        assert add_plan(c, order, "once") == first
        assert add_plan(c, order) != add_plan(c, order)
        assert plans(c, 10, 0).total == 3


@pytest.mark.parametrize(
    ("order", "error", "sentence"),
    [
        ({"needs_list": 9}, NotFoundError, "there is no list 9"),
        ({"needs_list": 2}, RefusedError, "list 2 is of kind offers, allowed here: needs"),
        ({"needs_list": 3}, StateError, "list 3 is not confirmed"),
        ({"history_list": 1}, RefusedError, "allowed here: history"),
        ({"policy": 9}, NotFoundError, "there is no policy 9"),
    ],
)
def test_an_order_that_does_not_fit_is_refused(
    engine: Engine, small: tuple[Path, Path], order: dict[str, int], error: type[ApiError], sentence: str
) -> None:
    with writing(engine) as c:
        lists = {
            "needs_list": confirmed(c, small[0], "needs"),
            "offers_list": confirmed(c, small[1], "offers"),
        }
        add_list(c, checked(small[0], "needs"))
        with pytest.raises(error, match=sentence):
            add_plan(c, PlanOrder.model_validate(lists | order))
        assert plans(c, 10, 0).total == 0


def test_a_waiting_plan_is_cancelled_at_once_and_stays_so(engine: Engine, small: tuple[Path, Path]) -> None:
    with writing(engine) as c:
        plan = ordered(c, *small)
        first = cancel(c, plan)
        assert cancel(c, plan) == first
    assert first.state == "cancelled"
    assert first.finished_at is not None


def test_a_plan_without_a_result_says_so(engine: Engine, small: tuple[Path, Path]) -> None:
    with writing(engine) as c:
        plan = ordered(c, *small)
    with reading(engine) as c:
        for ask in (summary_of, document_of):
            with pytest.raises(StateError, match="not done"):
                ask(c, plan)
            with pytest.raises(NotFoundError, match="there is no plan 9"):
                ask(c, 9)
        with pytest.raises(StateError, match="not done"):
            needs_of(c, plan, False, 10, 0)
        with pytest.raises(StateError, match="not done"):
            suggestions(c, plan, None, None, None, None, 10, 0)
