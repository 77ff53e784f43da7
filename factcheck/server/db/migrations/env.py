"""Runs the migrations on the connection that ``open_database`` hands over."""

from alembic import context

from factcheck.server.db.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
