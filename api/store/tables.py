"""The tables of the store; the migrations make the same ones, a test holds both together.

::

    lists ─┬─► list_files   the file as it came          policies
           └─► list_rows    every row below the header       │
             │                                               │
             └──────────────► plans (a plan is its own job) ◄┘
                                ├─► plan_results   figures, document, allocation, workbook
                                ├─► plan_needs     what each need gets and why it stays open
                                └─► suggestions    the best candidates of each need; ``body`` is what is sent
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

from api.schemas import ListKind, ListState, PlanState, RowAction

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so none is written there and UTC is added on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any zone into UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back, whatever zone the server speaks."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Line(TypeDecorator[str]):
    """Text without NUL characters, which PostgreSQL refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Drop what cannot be stored."""
        return None if value is None else value.replace("\0", "")


def _one_of(column: str, literal: Any) -> CheckConstraint:
    names = ", ".join(f"'{name}'" for name in get_args(literal))
    return CheckConstraint(f"{column} IN ({names})", name=column)


def _part_of(table: str, column: str) -> Column[int]:
    return Column(column, ForeignKey(f"{table}.id"), primary_key=True, autoincrement=False)


lists = Table(
    "lists",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("title", Line, nullable=False),
    Column("file_name", Line, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    *(Column(action, Integer, nullable=False) for action in get_args(RowAction)),
    Column("columns", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("request_key", String(200), unique=True),
    _one_of("kind", ListKind),
    _one_of("state", ListState),
    Index(None, "kind", "state"),
)

list_files = Table(
    "list_files",
    metadata,
    _part_of("lists", "list_id"),
    Column("content", LargeBinary, nullable=False),
)

list_rows = Table(
    "list_rows",
    metadata,
    _part_of("lists", "list_id"),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("sheet", Line, nullable=False),
    Column("row", Integer, nullable=False),
    Column("action", String(20), nullable=False),
    Column("key", Line, nullable=False),
    Column("enterprise", Line, nullable=False),
    Column("title", Line, nullable=False),
    Column("record", JSON(none_as_null=True)),
    Column("problems", JSON, nullable=False),
    _one_of("action", RowAction),
    CheckConstraint("(record IS NULL) = (action IN ('reject', 'skip'))", name="record"),
    Index(None, "list_id", "action"),
    Index(None, "enterprise"),
)

policies = Table(
    "policies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Line, nullable=False),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("policy", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Line, nullable=False),
    Column("state", String(20), nullable=False),
    Column("needs_list", ForeignKey("lists.id"), nullable=False),
    Column("offers_list", ForeignKey("lists.id"), nullable=False),
    Column("history_list", ForeignKey("lists.id")),
    Column("enterprises_list", ForeignKey("lists.id")),
    Column("policy", ForeignKey("policies.id"), nullable=False),
    Column("seconds", Float),
    Column("gap", Float, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("request_key", String(200), unique=True),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("lease_until", Moment),
    Column("token", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("share", Float, nullable=False, default=0.0),
    Column("stage_zh", Text),
    Column("stage_en", Text),
    Column("cancel_requested", Boolean, nullable=False, default=False),
    Column("error_code", String(40)),
    Column("error_zh", Line),
    Column("error_en", Line),
    Column("error_where", Line),
    _one_of("state", PlanState),
    CheckConstraint("share BETWEEN 0 AND 1", name="share"),
    CheckConstraint("gap BETWEEN 0 AND 1", name="gap"),
    CheckConstraint("seconds > 0", name="seconds"),
    CheckConstraint("seed >= 0", name="seed"),
    CheckConstraint("token >= attempts AND attempts >= 0", name="token"),
    CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="lease"),
    CheckConstraint("(state = 'failed') = (error_code IS NOT NULL)", name="error"),
    Index(None, "state", "lease_until"),
)

plan_results = Table(
    "plan_results",
    metadata,
    _part_of("plans", "plan_id"),
    Column("token", Integer, nullable=False),
    Column("market", String(64), nullable=False),
    Column("summary", JSON, nullable=False),
    Column("document", Text, nullable=False),
    Column("allocation", LargeBinary, nullable=False),
    Column("workbook", LargeBinary, nullable=False),
)

plan_needs = Table(
    "plan_needs",
    metadata,
    _part_of("plans", "plan_id"),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("need", Line, nullable=False),
    Column("enterprise", Line, nullable=False),
    Column("title", Line, nullable=False),
    Column("deals", Integer, nullable=False),
    Column("unmet", Float, nullable=False),
    Column("unit", Line, nullable=False),
    Column("gap", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    CheckConstraint("deals >= 0 AND unmet >= 0", name="amounts"),
)

suggestions = Table(
    "suggestions",
    metadata,
    _part_of("plans", "plan_id"),
    Column("need", Line, primary_key=True),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    Column("buyer", Line, nullable=False),
    Column("offer", Line, nullable=False),
    Column("enterprise", Line, nullable=False),
    Column("score", Integer, nullable=False),
    Column("quantity", Float, nullable=False),
    Column("dealt", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    CheckConstraint("score BETWEEN 0 AND 10000", name="score"),
    CheckConstraint("quantity >= 0 AND rank >= 1", name="amounts"),
    Index(None, "plan_id", "enterprise", "rank"),
    Index(None, "plan_id", "buyer"),
    Index(None, "plan_id", "dealt"),
)
