"""Why-not of stored plans: the same answer as from the plan itself, without solving again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, update

from api.jobs.outcome import result_of
from api.jobs.questions import Questions
from api.jobs.recall import KEPT, Recalled
from api.problems import BusyError, NotFoundError, StateError
from api.settings import Settings
from api.store import jobs
from api.store.asking import now
from api.store.engine import writing
from api.store.tables import plan_results
from matching import Plan, make_plan, read_needs, read_offers, supply_policy
from tests.api.jobs.test_worker import LEASE
from tests.api.running import NEEDS, OFFERS
from tests.api.store.building import ordered

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan of the demo market's two main lists."""
    return make_plan(read_needs(NEEDS), read_offers(OFFERS), supply_policy())


@pytest.fixture
def stored(engine: Engine, plan: Plan) -> int:
    """The same plan in the store."""
    return store(engine, plan)


def store(engine: Engine, plan: Plan) -> int:
    with writing(engine) as c:
        ordered(c, NEEDS, OFFERS)
        claim = jobs.claim(c, now(), LEASE)
        assert claim is not None
        assert jobs.finish(c, claim, result_of(plan))
    return claim.plan_id


@pytest.fixture
def questions(settings: Settings) -> Iterator[Questions]:
    questions = Questions(settings)
    yield questions
    questions.stop()


def test_the_answers_are_the_plans_own(engine: Engine, stored: int, plan: Plan) -> None:
    mind = Recalled(engine)
    need = plan.deals[0].need
    asked = [plan.deals[0].offer, *plan.solution.market.offers["id"][::6]]
    for offer in asked:
        answer, own = mind.why_not(stored, need, offer), plan.why_not(need, offer)
        assert [text.zh for text in answer.sentences] == [words.zh for words in own.sentences]
        assert [(part.criterion, part.points) for part in answer.parts] == [
            (part.criterion, part.points) for part in own.parts
        ]
        assert answer.dealt == any(deal.offer == offer for deal in plan.deals_for(need))


def test_only_the_last_plans_are_kept_in_mind(engine: Engine, stored: int, plan: Plan) -> None:
    mind = Recalled(engine)
    plans = [stored, *(store(engine, plan) for _ in range(KEPT))]
    first = mind.plan(plans[0])
    assert mind.plan(plans[0]) is first
    for plan_id in plans[1:]:
        mind.plan(plan_id)
    assert list(mind.plans) == plans[1:]


def test_a_plan_of_another_market_is_not_recalled(engine: Engine, stored: int, plan: Plan) -> None:
    with writing(engine) as c:
        c.execute(update(plan_results).values(market="0" * 16))
    with pytest.raises(StateError, match="earlier version"):
        Recalled(engine).plan(stored)


def test_questions_are_answered_by_a_process_that_may_die(
    engine: Engine, stored: int, plan: Plan, questions: Questions
) -> None:
    deal = plan.deals[0]
    answer = questions.why_not(stored, deal.need, deal.offer)
    assert answer.dealt
    assert answer.sentences[0].en == "it is in the plan"
    with pytest.raises(NotFoundError, match="unknown offer 'nobody'"):
        questions.why_not(stored, deal.need, "nobody")
    with pytest.raises(NotFoundError, match="there is no plan 99"):
        questions.why_not(99, deal.need, deal.offer)
    process = questions._process
    assert process is not None
    process.kill()
    process.join()
    assert questions.why_not(stored, deal.need, deal.offer) == answer


def test_an_answer_that_takes_too_long_is_not_waited_for(
    settings: Settings, engine: Engine, stored: int, plan: Plan
) -> None:
    questions = Questions(settings.model_copy(update={"question_seconds": 0.01}))
    with pytest.raises(BusyError, match="ask again later"):
        questions.why_not(stored, plan.deals[0].need, plan.deals[0].offer)
    assert questions._process is None
