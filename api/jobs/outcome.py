"""A finished plan as the store keeps it: figures, document, workbook, and rows to read a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.jobs.packing import pack
from api.schemas import Obstacle, Part, PlannedNeed, PlanSummary, SummaryLine, Text
from api.store.jobs import Result
from matching import Plan, Words
from matching.plan import NeedOutcome, Reasons, explained
from matching.plan import Suggestion as Candidate
from matching.scoring import Part as Given

#: how many candidates of each need are kept, the dealt ones always among them
SUGGESTIONS = 20
#: candidates explained in one go: sentences of all of them at once would take much memory
CHUNK = 5_000


def result_of(plan: Plan) -> Result:
    """Turn a plan into what ``jobs.finish`` writes."""
    return Result(
        market=plan.summary().market,
        summary=summary_of(plan),
        document=json.dumps(plan.to_dict("zh"), ensure_ascii=False, indent=1, allow_nan=False),
        allocation=pack(plan.solution.allocation),
        workbook=_workbook(plan),
        needs=[_need(at, item) for at, item in enumerate(plan.needs, 1)],
        suggestions=list(_suggestions(plan)),
    )


def summary_of(plan: Plan) -> PlanSummary:
    """Give the figures in words of both languages, and plain."""
    figures = plan.summary()
    told = (*figures.lines(), *figures.limit_lines())
    costs = tuple(cost.words for cost in plan.cost_of_pins())
    return PlanSummary(
        lines=[SummaryLine(label=Text.of(label), figure=Text.of(said)) for label, said in told],
        figures=figures.to_dict(),
        notes=_texts((*costs, *plan.solution.market.notes)),
    )


def parts_of(reasons: Reasons) -> list[Part]:
    """Give what each criterion gave, in the order of the policy."""
    return [Part.model_validate(_part(part)) for part in reasons.parts]


def _need(position: int, item: NeedOutcome) -> dict[str, Any]:
    planned = PlannedNeed(
        need=item.need,
        enterprise=item.enterprise,
        title=item.title,
        deals=item.deals,
        unmet=item.unmet,
        unit=item.unit,
        gap=item.gap,
        reasons=[
            Obstacle(rule=reason.rule, count=reason.count, sentence=Text.of(reason.sentence))
            for reason in item.reasons
        ],
    )
    return planned.model_dump() | {"position": position}


def _suggestions(plan: Plan) -> Iterator[dict[str, Any]]:
    listed = [
        (need, rank, item)
        for need in plan.needs
        for rank, item in enumerate(plan.suggestions(need.need, SUGGESTIONS), 1)
    ]
    for start in range(0, len(listed), CHUNK):
        some = listed[start : start + CHUNK]
        reasons = explained([item for _, _, item in some])
        for (need, rank, item), because in zip(some, reasons, strict=True):
            yield _suggestion(need, rank, item, because)


def _suggestion(need: NeedOutcome, rank: int, item: Candidate, because: Reasons) -> dict[str, Any]:
    """Make a row; its body is the ``Suggestion`` of the schemas, written as text here once and for all."""
    asked = {"need": need.need, "buyer": need.enterprise, "rank": rank}
    given = {"offer": item.offer, "enterprise": item.enterprise, "score": item.score}
    row = {**asked, **given, "quantity": item.quantity, "dealt": item.dealt}
    body = {
        **row,
        "need_title": need.title,
        "unit": item.unit,
        "parts": [_part(part) for part in because.parts],
        "remarks": [asdict(words) for words in because.remarks],
    }
    return {**row, "body": json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))}


def _part(part: Given) -> dict[str, Any]:
    return {
        "criterion": part.criterion,
        "label": {"zh": part.label.zh, "en": part.label.en},
        "points": part.points,
        "most": part.most,
        "sentence": {"zh": part.sentence.zh, "en": part.sentence.en},
        "known": part.known,
    }


def _workbook(plan: Plan) -> bytes:
    with TemporaryDirectory(prefix="chainmatch-") as folder:
        path = Path(folder) / "plan.xlsx"
        plan.to_sheet(path)
        return path.read_bytes()


def _texts(sentences: Sequence[Words]) -> list[Text]:
    return [Text.of(words) for words in sentences]
