"""Hold words in other languages against the acts that told of them."""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.db.models import QuerySet

from mitstadt.spine.kept_words import TRANSLATED, TRANSLATIONS
from mitstadt.spine.queries.record_findings import NOT_HELD, RecordCheck, batches, contents_with

Row = dict[str, Any]
_Key = tuple[str, str]


def compare_translations(tables: Apps, found: RecordCheck) -> None:
    """Each against the newest act that told of it; records with words of which no act told are named."""
    rows: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "Translation"))
    records: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "Record"))
    told: set[_Key] = set()
    for _act, content in contents_with(tables, [TRANSLATIONS]):
        said = {(one["ref"], one["language"]): one for one in content[TRANSLATIONS]}
        for keys in batches([key for key in said if key not in told]):
            refs = {ref for ref, _language in keys}
            free = set(records.filter(ref__in=refs, state__in=NOT_HELD).values_list("ref", flat=True))
            stands = _by_key(rows.filter(record__ref__in=refs - free))
            for key in keys:
                if key[0] not in free:
                    _compare(found, stands.get(key, {}), said[key])
        told.update(said)
    standing = rows.exclude(record__state__in=NOT_HELD).order_by("pk").values_list("record__ref", "language")
    for ref in dict.fromkeys(ref for ref, language in standing.iterator() if (ref, language) not in told):
        found.lacks(ref)


def _by_key(rows: QuerySet[Any, Any]) -> dict[_Key, Row]:
    values = rows.values("record__ref", "language", *TRANSLATED)
    return {(row["record__ref"], row["language"]): row for row in values}


def _compare(found: RecordCheck, stands: Row, said: Row) -> None:
    for name in TRANSLATED:
        if stands.get(name) != said[name]:
            found.differs(said["ref"], f"{name} ({said['language']})")
