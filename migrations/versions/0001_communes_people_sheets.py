"""communes, people, sheets, decisions and jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("status IN ('draft', 'submitted', 'changes_requested')")
PUBLISHED = sa.text("status = 'published'")


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index("ix_attempts_key_at", "attempts", ["key", "at"], unique=False)

    op.create_table(
        "communes",
        sa.Column("nis", sa.String(length=5), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("nis", name=op.f("pk_communes")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sheet_id", KEY, nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'index' OR sheet_id IS NOT NULL", name=op.f("ck_jobs_index_names_a_sheet")
        ),
        sa.CheckConstraint("kind IN ('index', 'mail')", name=op.f("ck_jobs_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_open_mail", "jobs", ["kind", "done_at", "id"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", KEY, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT, nullable=True),
        sa.CheckConstraint("language IN ('fr', 'nl', 'de', 'en')", name=op.f("ck_users_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "coordinator_scopes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(kind = 'national') = (value = '')", name=op.f("ck_coordinator_scopes_national_has_no_value")
        ),
        sa.CheckConstraint(
            "kind IN ('national', 'region', 'province', 'language')", name=op.f("ck_coordinator_scopes_kind")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_coordinator_scopes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinator_scopes")),
        sa.UniqueConstraint(
            "user_id", "kind", "value", name=op.f("uq_coordinator_scopes_user_id_kind_value")
        ),
    )
    op.create_table(
        "memberships",
        sa.Column("id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("commune_nis", sa.String(length=5), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("role IN ('reader', 'contributor', 'manager')", name=op.f("ck_memberships_role")),
        sa.ForeignKeyConstraint(["commune_nis"], ["communes.nis"], name=op.f("fk_memberships_commune_nis")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_memberships_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("user_id", "commune_nis", name=op.f("uq_memberships_user_id_commune_nis")),
    )
    op.create_index("ix_memberships_commune_nis", "memberships", ["commune_nis"], unique=False)

    op.create_table(
        "one_time_links",
        sa.Column("id", KEY, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", KEY, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.CheckConstraint("purpose IN ('invitation', 'reset')", name=op.f("ck_one_time_links_purpose")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_one_time_links_created_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_one_time_links_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
    )
    op.create_index("ix_one_time_links_user_id", "one_time_links", ["user_id"], unique=False)

    op.create_table(
        "sheets",
        sa.Column("id", KEY, nullable=False),
        sa.Column("commune_nis", sa.String(length=5), nullable=False),
        sa.Column("ref", sa.String(length=100), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_reason", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("status IN ('active', 'archived', 'removed')", name=op.f("ck_sheets_status")),
        sa.ForeignKeyConstraint(["commune_nis"], ["communes.nis"], name=op.f("fk_sheets_commune_nis")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets")),
        sa.UniqueConstraint("commune_nis", "ref", name=op.f("uq_sheets_commune_nis_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sheets_commune_nis", "sheets", ["commune_nis"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("id", KEY, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    op.create_index("ix_sign_ins_user_id", "sign_ins", ["user_id"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("sheet_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("contact", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", KEY, nullable=True),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("updated_by", KEY, nullable=True),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("submitted_by", KEY, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "status <> 'published' OR content_hash <> ''", name=op.f("ck_revisions_published_has_a_hash")
        ),
        sa.CheckConstraint(
            "status <> 'published' OR published_at IS NOT NULL",
            name=op.f("ck_revisions_published_has_a_moment"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'changes_requested', 'published', 'superseded', 'declined', "
            "'discarded')",
            name=op.f("ck_revisions_status"),
        ),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_revisions_created_by")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name=op.f("fk_revisions_sheet_id")),
        sa.ForeignKeyConstraint(["submitted_by"], ["users.id"], name=op.f("fk_revisions_submitted_by")),
        sa.ForeignKeyConstraint(["updated_by"], ["users.id"], name=op.f("fk_revisions_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("sheet_id", "number", name=op.f("uq_revisions_sheet_id_number")),
    )
    op.create_index("ix_revisions_status_submitted_at", "revisions", ["status", "submitted_at"], unique=False)
    op.create_index(
        "uq_revisions_one_open",
        "revisions",
        ["sheet_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "uq_revisions_one_published",
        "revisions",
        ["sheet_id"],
        unique=True,
        sqlite_where=PUBLISHED,
        postgresql_where=PUBLISHED,
    )

    op.create_table(
        "decisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("sheet_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_user_id", KEY, nullable=True),
        sa.Column("from_status", sa.String(), nullable=False),
        sa.Column("to_status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_decisions_by_user_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_decisions_revision_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name=op.f("fk_decisions_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_revision_id", "decisions", ["revision_id"], unique=False)
    op.create_index("ix_decisions_sheet_id", "decisions", ["sheet_id"], unique=False)

    op.create_table(
        "review_comments",
        sa.Column("id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("decision_id", KEY, nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_user_id", KEY, nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_review_comments_has_words")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_review_comments_by_user_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_review_comments_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_review_comments_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comments")),
    )
    op.create_index("ix_review_comments_decision_id", "review_comments", ["decision_id"], unique=False)
    op.create_index("ix_review_comments_revision_id", "review_comments", ["revision_id"], unique=False)


def downgrade() -> None:
    for table in (
        "review_comments",
        "decisions",
        "revisions",
        "sign_ins",
        "sheets",
        "one_time_links",
        "memberships",
        "coordinator_scopes",
        "users",
        "jobs",
        "communes",
        "attempts",
    ):
        op.drop_table(table)
