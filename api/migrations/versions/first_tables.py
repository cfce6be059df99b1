"""The first tables: lists with their rows, policies, plans with what came of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "lists",
    "list_files",
    "list_rows",
    "policies",
    "plans",
    "plan_results",
    "plan_needs",
    "suggestions",
)


def upgrade() -> None:
    """Make the tables."""
    _lists()
    _rows()
    _policies()
    _plans()
    _results()
    _suggestions()


def downgrade() -> None:
    """Drop the tables, those that refer to others first."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _lists() -> None:
    op.create_table(
        "lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("accept", sa.Integer(), nullable=False),
        sa.Column("warn", sa.Integer(), nullable=False),
        sa.Column("reject", sa.Integer(), nullable=False),
        sa.Column("skip", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("request_key", sa.String(length=200)),
        sa.CheckConstraint(
            "kind IN ('needs', 'offers', 'history', 'enterprises')", name=op.f("ck_lists_kind")
        ),
        sa.CheckConstraint("state IN ('checked', 'confirmed', 'withdrawn')", name=op.f("ck_lists_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lists")),
        sa.UniqueConstraint("request_key", name=op.f("uq_lists_request_key")),
    )
    op.create_index(op.f("ix_lists_kind_state"), "lists", ["kind", "state"])
    op.create_table(
        "list_files",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_list_files_list_id")),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_list_files")),
    )


def _rows() -> None:
    op.create_table(
        "list_rows",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON()),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(record IS NULL) = (action IN ('reject', 'skip'))", name=op.f("ck_list_rows_record")
        ),
        sa.CheckConstraint(
            "action IN ('accept', 'warn', 'reject', 'skip')", name=op.f("ck_list_rows_action")
        ),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_list_rows_list_id")),
        sa.PrimaryKeyConstraint("list_id", "position", name=op.f("pk_list_rows")),
    )
    op.create_index(op.f("ix_list_rows_enterprise"), "list_rows", ["enterprise"])
    op.create_index(op.f("ix_list_rows_list_id_action"), "list_rows", ["list_id", "action"])


def _policies() -> None:
    op.create_table(
        "policies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policies")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_policies_fingerprint")),
    )


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("needs_list", sa.Integer(), nullable=False),
        sa.Column("offers_list", sa.Integer(), nullable=False),
        sa.Column("history_list", sa.Integer()),
        sa.Column("enterprises_list", sa.Integer()),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float()),
        sa.Column("gap", sa.Float(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("lease_until", MOMENT),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("stage_zh", sa.Text()),
        sa.Column("stage_en", sa.Text()),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("error_code", sa.String(length=40)),
        sa.Column("error_zh", sa.Text()),
        sa.Column("error_en", sa.Text()),
        sa.Column("error_where", sa.Text()),
        sa.CheckConstraint("(state = 'failed') = (error_code IS NOT NULL)", name=op.f("ck_plans_error")),
        sa.CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name=op.f("ck_plans_lease")),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_plans_state")
        ),
        sa.CheckConstraint("gap BETWEEN 0 AND 1", name=op.f("ck_plans_gap")),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_plans_seconds")),
        sa.CheckConstraint("seed >= 0", name=op.f("ck_plans_seed")),
        sa.CheckConstraint("share BETWEEN 0 AND 1", name=op.f("ck_plans_share")),
        sa.CheckConstraint("token >= attempts AND attempts >= 0", name=op.f("ck_plans_token")),
        sa.ForeignKeyConstraint(["enterprises_list"], ["lists.id"], name=op.f("fk_plans_enterprises_list")),
        sa.ForeignKeyConstraint(["history_list"], ["lists.id"], name=op.f("fk_plans_history_list")),
        sa.ForeignKeyConstraint(["needs_list"], ["lists.id"], name=op.f("fk_plans_needs_list")),
        sa.ForeignKeyConstraint(["offers_list"], ["lists.id"], name=op.f("fk_plans_offers_list")),
        sa.ForeignKeyConstraint(["policy"], ["policies.id"], name=op.f("fk_plans_policy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("request_key", name=op.f("uq_plans_request_key")),
    )
    op.create_index(op.f("ix_plans_state_lease_until"), "plans", ["state", "lease_until"])


def _results() -> None:
    op.create_table(
        "plan_results",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("market", sa.String(length=64), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("allocation", sa.LargeBinary(), nullable=False),
        sa.Column("workbook", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_results_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_results")),
    )
    op.create_table(
        "plan_needs",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("deals", sa.Integer(), nullable=False),
        sa.Column("unmet", sa.Float(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("gap", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.CheckConstraint("deals >= 0 AND unmet >= 0", name=op.f("ck_plan_needs_amounts")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_needs_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "position", name=op.f("pk_plan_needs")),
    )


def _suggestions() -> None:
    op.create_table(
        "suggestions",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("buyer", sa.Text(), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Float(), nullable=False),
        sa.Column("dealt", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("quantity >= 0 AND rank >= 1", name=op.f("ck_suggestions_amounts")),
        sa.CheckConstraint("score BETWEEN 0 AND 10000", name=op.f("ck_suggestions_score")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_suggestions_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "need", "rank", name=op.f("pk_suggestions")),
    )
    op.create_index(op.f("ix_suggestions_plan_id_buyer"), "suggestions", ["plan_id", "buyer"])
    op.create_index(op.f("ix_suggestions_plan_id_dealt"), "suggestions", ["plan_id", "dealt"])
    op.create_index(
        op.f("ix_suggestions_plan_id_enterprise_rank"), "suggestions", ["plan_id", "enterprise", "rank"]
    )
