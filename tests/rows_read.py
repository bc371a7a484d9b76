"""How many rows PostgreSQL reads for a page: every statement explained once more, summed over the scans of its plan."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

Statement = tuple[str, Any]


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """All statements of the block with their parameters."""
    asked: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def rows_of(asked: Iterable[Statement]) -> int:
    """The rows that these statements read."""
    return sum(rows_read(sql, params) for sql, params in asked)


def rows_read(sql: str, params: Any = None) -> int:
    """The rows that a statement reads, those that a filter then drops included; nothing but look-ups are explained."""
    if not sql.lstrip("( ").upper().startswith(("SELECT", "WITH")):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
        [[found]] = cursor.fetchall()
    plans = json.loads(found) if isinstance(found, str) else found
    return sum(_scanned(plan["Plan"]) for plan in plans)


def _scanned(node: Mapping[str, Any]) -> int:
    below: Sequence[Mapping[str, Any]] = node.get("Plans", ())
    own = _own(node) if "Scan" in node["Node Type"] and "Subquery" not in node["Node Type"] else 0
    return own + sum(_scanned(plan) for plan in below)


def _own(node: Mapping[str, Any]) -> int:
    if node["Node Type"] == "Bitmap Heap Scan":
        # Its rows were counted by the bitmap below it.
        return 0
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + dropped) * node["Actual Loops"])
