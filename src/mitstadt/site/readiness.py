"""Whether this machine can serve the city now; each trouble in one plain sentence, without any secret."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mitstadt.spine.models import SignedHead

logger = logging.getLogger(__name__)

# Once all migrations of this program are there, they stay: asking again would read every file of them each time.
_all_there: list[bool] = []


def troubles() -> list[str]:
    """What keeps this machine from serving the city; nothing where it can."""
    if not _answers(_database):
        return ["Die Datenbank antwortet nicht."]
    checks = {
        _migrations: "Die Datenbank ist nicht auf dem Stand dieses Programms. Starten Sie ./mitstadt manage migrate.",
        _cache: "Der gemeinsame Zwischenspeicher antwortet nicht.",
        _log_key: "Der Schlüssel des Protokolls fehlt auf diesem Rechner. Setzen Sie MITSTADT_LOG_KEY.",
    }
    return [sentence for check, sentence in checks.items() if not _answers(check)]


def _answers(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception as error:  # any trouble is an answer here
        logger.warning("Not ready: %s", type(error).__name__)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    if not _all_there:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _all_there.append(True)
    return True


def _cache() -> bool:
    word = uuid4().hex
    cache.set(f"ready-{word}", word, 5)
    return bool(cache.get(f"ready-{word}") == word)


def _log_key() -> bool:
    return Path(settings.LOG_KEY_FILE).exists() or not SignedHead.objects.exists()
