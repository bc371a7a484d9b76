"""Databases of an earlier version: what their tables looked like, and the upgrade to this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.backup import tables


def is_earlier(applied: Mapping[str, Sequence[str]]) -> bool:
    """Whether these migrations are all known here, and some of ours are missing among them."""
    known = set(MigrationExecutor(connection).loader.disk_migrations)
    theirs = {(app, name) for app, names in applied.items() for name in names}
    return theirs < known


def made_as_it_was(applied: Mapping[str, Sequence[str]]) -> Apps:
    """Make the tables as these migrations left them, in a new database; the models that fit them."""
    if connection.introspection.table_names():
        raise MethodError(
            "backup_of_other_version",
            "The backup was made by an earlier version. It is restored into a new database, one without any table, "
            "and brought up to this version there: set DATABASE_URL or MITSTADT_VAR to a new one.",
        )
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, names in applied.items() for name in names}
    state = executor.migrate(_last_of(executor, wanted))
    return state.apps


def models_as_they_are() -> Apps:
    """The models that fit the tables of the database as it stands before an upgrade."""
    executor = MigrationExecutor(connection)
    applied = {key for key in executor.loader.applied_migrations if key in executor.loader.disk_migrations}
    return executor.loader.project_state(_last_of(executor, applied)).apps


def pending() -> list[str]:
    """The migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def migrate_to_this(*, without_backup: bool = False) -> None:
    """Bring the tables to this version; a city with rows is backed up first, unless they just came from a backup."""
    if pending():
        call_command("migrate", verbosity=0, interactive=False, without_backup=without_backup)


def emptied() -> None:
    """Delete what a restore that failed half-way brought into its new database."""
    with transaction.atomic():
        there = set(connection.introspection.table_names())
        for model in tables.kept_models(models_as_they_are()):
            if model._meta.db_table in there:  # noqa: SLF001  # documented by Django
                tables.empty(model)


def _last_of(executor: MigrationExecutor, wanted: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of each app the last of these migrations: those on which no other of them, of the same app, leans."""
    graph = executor.loader.graph
    return sorted(
        key
        for key in wanted
        if key in graph.nodes
        and not any(child.key in wanted and child.key[0] == key[0] for child in graph.node_map[key].children)
    )
