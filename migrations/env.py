"""Run the migrations, each batch in one transaction that either happens or does not."""

from alembic import context

from passerelle.core import jobs as _jobs  # noqa: F401 (every table must be known here)
from passerelle.core.models import Base
from passerelle.moderation import models as _moderation  # noqa: F401 (every table must be known here)

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
