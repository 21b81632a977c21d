"""Keep what coordinators add to the terms of the thesaurus, and take away."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
IN_FORCE = sa.text("undone_at IS NULL")
WRITTEN_ONCE = (
    "id",
    "concept",
    "language",
    "term",
    "folded",
    "exact",
    "kind",
    "reason",
    "made_by",
    "made_at",
)
KEPT = {
    "thesaurus_edits_never_go": ("DELETE", "true", "an edit of the thesaurus is never deleted"),
    "thesaurus_edits_never_change": (
        "UPDATE",
        " OR ".join(("OLD.undone_at IS NOT NULL", *(f"NEW.{name} <> OLD.{name}" for name in WRITTEN_ONCE))),
        "an edit of the thesaurus is never changed, only undone, once",
    ),
}


def upgrade() -> None:
    op.create_table(
        "thesaurus_edits",
        sa.Column("id", KEY, nullable=False),
        sa.Column("concept", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("term", sa.String(length=80), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("undone_by", KEY, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('add', 'remove')", name=op.f("ck_thesaurus_edits_kind")),
        sa.CheckConstraint("language IN ('fr', 'nl', 'de', 'en')", name=op.f("ck_thesaurus_edits_language")),
        sa.CheckConstraint("term <> '' AND folded <> ''", name=op.f("ck_thesaurus_edits_has_words")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_thesaurus_edits_undone_by_somebody")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_thesaurus_edits_made_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["users.id"], name=op.f("fk_thesaurus_edits_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thesaurus_edits")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_thesaurus_edits_one_in_force",
        "thesaurus_edits",
        ["concept", "language", "term"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )
    server = op.get_bind().dialect.name == "postgresql"
    for name, (verb, condition, reason) in KEPT.items():
        if server:
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{reason}'; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON thesaurus_edits FOR EACH ROW "
                f"WHEN ({condition}) EXECUTE FUNCTION {name}()"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON thesaurus_edits FOR EACH ROW WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
            )


def downgrade() -> None:
    op.drop_table("thesaurus_edits")  # its triggers go with it
    if op.get_bind().dialect.name == "postgresql":
        for name in KEPT:
            op.execute(f"DROP FUNCTION {name}()")
