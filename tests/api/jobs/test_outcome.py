"""What is kept of a plan: everything the library says of it, in both languages, and the allocation itself."""

from __future__ import annotations

import json
from io import BytesIO

import numpy as np
import pytest

from api.jobs.outcome import SUGGESTIONS, result_of
from api.jobs.packing import pack, unpack
from api.schemas import PlannedNeed, Suggestion
from api.store.jobs import Result
from matching import Plan, make_plan, read_enterprises, read_history, read_needs, read_offers, supply_policy
from matching.plan import recall_market
from tests.api.running import ENTERPRISES, HISTORY, NEEDS, OFFERS


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan of the demo market."""
    lists = read_needs(NEEDS), read_offers(OFFERS)
    past, firms = read_history(HISTORY), read_enterprises(ENTERPRISES)
    return make_plan(*lists, supply_policy(), history=past, enterprises=firms)


@pytest.fixture(scope="module")
def result(plan: Plan) -> Result:
    return result_of(plan)


def test_every_need_is_there_with_its_reasons(plan: Plan, result: Result) -> None:
    rows = [
        PlannedNeed.model_validate({k: v for k, v in row.items() if k != "position"}) for row in result.needs
    ]
    told = {need["need"]: need for need in plan.to_dict("en")["needs"]}
    assert [row.need for row in rows] == sorted(told)
    for row in rows:
        assert (row.unmet, row.unit, row.gap, row.deals) == (
            *(told[row.need][name] for name in ("unmet", "unit", "gap")),
            len(told[row.need]["deals"]),
        )
        assert [reason.sentence.en for reason in row.reasons] == [
            reason["sentence"] for reason in told[row.need]["reasons"]
        ]


def test_every_candidate_explains_its_score(plan: Plan, result: Result) -> None:
    items = [Suggestion.model_validate_json(row["body"]) for row in result.suggestions]
    assert all(sum(part.points for part in item.parts) == item.score for item in items)
    for row, item in zip(result.suggestions, items, strict=True):
        assert {name: getattr(item, name) for name in row if name != "body"} == {
            name: value for name, value in row.items() if name != "body"
        }
    for need in plan.needs:
        own = [item for item in items if item.need == need.need]
        listed = plan.suggestions(need.need, SUGGESTIONS)
        assert [(item.offer, item.quantity) for item in own] == [(x.offer, x.quantity) for x in listed]
        assert [item.rank for item in own] == list(range(1, len(own) + 1))
        said = [words.en for words in listed[0].explain().sentences] if listed else []
        if own:
            told = [f"{p.label.en} {p.points}/{p.most}: {p.sentence.en}" for p in own[0].parts if p.points]
            assert sorted(said) == sorted(told + [text.en for text in own[0].remarks])
    assert sum(item.dealt for item in items) == len(plan.deals)


def test_figures_and_document_are_the_librarys(plan: Plan, result: Result) -> None:
    assert result.summary.figures == plan.summary().to_dict()
    lines = [f"{line.label.zh}: {line.figure.zh}" for line in result.summary.lines]
    assert "\n".join(lines) == plan.summary().say("zh")
    assert result.document == json.dumps(plan.to_dict(), ensure_ascii=False, indent=1)
    assert result.workbook.startswith(b"PK")
    assert result.market == plan.solution.market.fingerprint


def test_an_allocation_survives_packing_and_fits_its_market_again(plan: Plan) -> None:
    packed = pack(plan.solution.allocation)
    market, policy = plan.solution.market, plan.solution.problem.policy
    again = recall_market(market, policy, (), unpack(packed))
    assert again.to_dict() == plan.to_dict()
    assert pack(again.solution.allocation) == packed


def test_what_holds_objects_is_not_unpacked() -> None:
    stream = BytesIO()
    np.savez(stream, quantity=np.array([object()]))
    with pytest.raises(ValueError, match="allow_pickle"):
        unpack(stream.getvalue())
