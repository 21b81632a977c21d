"""Refuse to change or delete a decision, or the text of a published revision."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEPT = {
    "decisions_never_change": ("UPDATE", "decisions", "true", "a decision is never changed"),
    "decisions_never_go": ("DELETE", "decisions", "true", "a decision is never deleted"),
    "published_text_stays": (
        "UPDATE",
        "revisions",
        (
            "OLD.status IN ('published', 'superseded') AND (NEW.content_hash <> OLD.content_hash "
            "OR CAST(NEW.content AS TEXT) <> CAST(OLD.content AS TEXT))"
        ),
        "the text of a published revision is never changed",
    ),
}


def upgrade() -> None:
    server = op.get_bind().dialect.name == "postgresql"
    for name, (verb, table, condition, reason) in KEPT.items():
        if server:
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{reason}'; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW "
                f"WHEN ({condition}) EXECUTE FUNCTION {name}()"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
            )


def downgrade() -> None:
    server = op.get_bind().dialect.name == "postgresql"
    for name, (_verb, table, _condition, _reason) in KEPT.items():
        op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if server else ""))
        if server:
            op.execute(f"DROP FUNCTION {name}()")
