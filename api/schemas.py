"""What the HTTP API takes and gives: typed, bounded; what is unknown is null."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from matching import Words

ListKind = Literal["needs", "offers", "history", "enterprises"]
ListState = Literal["checked", "confirmed", "withdrawn"]
RowAction = Literal["accept", "warn", "reject", "skip"]
PlanState = Literal["queued", "running", "done", "failed", "cancelled"]

#: largest id: what both databases hold in a whole number
LARGEST_ID = 2**31 - 1
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Name = Annotated[str, Field(min_length=1, max_length=200)]

Item = TypeVar("Item")


class Schema(BaseModel):
    """Base of all: unknown fields are refused, values stay as they are."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class Text(Schema):
    """A sentence in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, words: Words) -> Text:
        """Carry the library's words over."""
        return cls(zh=words.zh, en=words.en)


class Problem(Schema):
    """Why a request was refused; ``where`` names the file, cell or field."""

    code: str
    message: Text
    where: str = ""


class Page(Schema, Generic[Item]):
    """Some of many; ``total`` counts all, ``offset`` those left out before."""

    items: list[Item]
    total: int
    offset: int


class Counts(Schema):
    """Rows of a list by what became of them."""

    accept: int
    warn: int
    reject: int
    skip: int


class CellNote(Schema):
    """What is wrong or doubtful with one cell."""

    cell: str
    value: str
    reason: Text
    fatal: bool


class ListRow(Schema):
    """One row below the header; ``record`` is null where it was rejected or is none."""

    position: int
    sheet: str
    row: int
    action: RowAction
    record: dict[str, Any] | None
    problems: list[CellNote]


class ListHead(Schema):
    """A list that was uploaded; only a confirmed one goes into plans."""

    id: int
    kind: ListKind
    title: str
    file_name: str
    state: ListState
    counts: Counts
    columns: dict[str, str]
    notes: list[CellNote]
    created_at: datetime
    confirmed_at: datetime | None


class Confirmation(Schema):
    """Take a list over; ``accept_valid`` leaves its rejected rows out."""

    accept_valid: bool = False


class ListedRecord(Schema):
    """A need, an offer or another record of a confirmed list."""

    list_id: int
    position: int
    key: str
    enterprise: str
    title: str
    record: dict[str, Any]


class Enterprise(Schema):
    """A firm by its name, and how often it stands in the confirmed lists."""

    name: str
    needs: int
    offers: int


def _writable(value: dict[str, Any]) -> dict[str, Any]:
    """Refuse halves of characters, which JSON can escape and neither a store nor an answer can hold."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise PydanticCustomError("string_unicode", "must be valid Unicode text") from error
    return value


class PolicyBody(Schema):
    """A policy as plain data; parts that are left out keep the default."""

    name: Name
    policy: Annotated[dict[str, Any], AfterValidator(_writable)] = Field(default_factory=dict)


class PolicyRead(Schema):
    """A stored policy with every name spelt out."""

    id: int
    name: str
    fingerprint: str
    policy: dict[str, Any]
    created_at: datetime


class PlanOrder(Schema):
    """Ask for a plan of confirmed lists; ``seconds`` and ``gap`` say when the solver may stop."""

    needs_list: Id
    offers_list: Id
    history_list: Id | None = None
    enterprises_list: Id | None = None
    policy: Id | None = None
    title: Annotated[str, Field(max_length=200)] = ""
    seconds: Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)] | None = 60
    gap: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.0
    seed: Annotated[int, Field(ge=0, le=LARGEST_ID)] = 0


class Progress(Schema):
    """How far a plan has come, 0..1."""

    state: PlanState
    share: float
    stage: Text | None
    error: Problem | None


class PlanHead(Progress):
    """A plan, which is its own job."""

    id: int
    title: str
    needs_list: int
    offers_list: int
    history_list: int | None
    enterprises_list: int | None
    policy: int
    seconds: float | None
    gap: float
    seed: int
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class SummaryLine(Schema):
    """One figure of a plan, worded."""

    label: Text
    figure: Text


class PlanSummary(Schema):
    """The figures of a finished plan: worded, and plain as the command prints them."""

    lines: list[SummaryLine]
    figures: dict[str, Any]
    notes: list[Text]


class Obstacle(Schema):
    """What kept offers from a need."""

    rule: str
    count: int
    sentence: Text


class PlannedNeed(Schema):
    """What a plan does for one need."""

    need: str
    enterprise: str
    title: str
    deals: int
    unmet: float
    unit: str
    gap: float
    reasons: list[Obstacle]


class Part(Schema):
    """What one criterion gave of its most points; ``known`` is false where a value was missing."""

    criterion: str
    label: Text
    points: int
    most: int
    sentence: Text
    known: bool


class Suggestion(Schema):
    """A candidate of a need, best first; ``quantity`` is what the plan gives it, 0 where it is no deal."""

    need: str
    need_title: str
    buyer: str
    rank: int
    offer: str
    enterprise: str
    score: int
    quantity: float
    unit: str
    dealt: bool
    parts: list[Part]
    remarks: list[Text]


class WhyNot(Schema):
    """Why an offer is not in the plan for a need (or that it is)."""

    need: str
    offer: str
    dealt: bool
    sentences: list[Text]
    parts: list[Part]
