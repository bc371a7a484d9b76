"""Rows in a form that no database engine owns: JSON values that a field reads back to the very same value."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, models
from django.db.models import sql
from django.db.models.options import Options

from mitstadt.methods.shared.errors import MethodError

# What lives for hours and helps nobody later; a mail that waited then may even sign somebody in.
_FLEETING = frozenset(
    {
        "people.session",
        "sessions.session",
        "spine.cacheentry",
        "spine.houseconnection",
        "spine.ratecount",
        "django_tasks_db.dbtaskresult",
        "tasks.worker",
    }
)
_CHUNK = 500

Model = type[models.Model]


def kept_models(of: Apps = apps) -> list[Model]:
    """Every table, by name: parents of an inheritance and tables between two models each on their own.

    `of` are the models of another version.
    """
    found = [
        model
        for model in of.get_models(include_auto_created=True)
        if _about(model).managed and not _about(model).proxy and label(model) not in _FLEETING
    ]
    return sorted(found, key=label)


def label(model: Model) -> str:
    """The name by which Django knows the model, in small letters."""
    return str(_about(model).label_lower)


def _about(model: Model) -> Options[Any]:
    return model._meta  # noqa: SLF001  # documented by Django in spite of its underscore


def table_name(model: Model) -> str:
    """The name of a model's file."""
    return f"{label(model)}.jsonl"


def fields_of(model: Model) -> Sequence[models.Field[Any, Any]]:
    """The columns of this very table, without those of its parents."""
    return tuple(_about(model).local_concrete_fields)


def dumped(model: Model) -> Iterator[bytes]:
    """The rows of a table in the order of their keys, the names of the columns first."""
    names = [field.attname for field in fields_of(model)]
    yield _line(names)
    rows: models.QuerySet[Any, Any] = models.QuerySet(model).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_CHUNK):
        yield _line([_plain(value) for value in row])


def load(model: Model, lines: Iterable[bytes]) -> int:
    """Write rows as `dumped` gave them into the table; the number of rows."""
    source = iter(lines)
    fields = _fields_named(model, json.loads(next(source, b"[]")))
    count = 0
    while chunk := list(islice(source, _CHUNK)):
        _insert(model, fields, [json.loads(line) for line in chunk])
        count += len(chunk)
    return count


def is_empty(model: Model) -> bool:
    """Whether the table has no row."""
    return not models.QuerySet(model).exists()


def empty(model: Model) -> None:
    """Delete all rows, without looking at what hangs on them: the whole city goes."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(_about(model).db_table)}")  # noqa: S608  # a name of our own tables


def _insert(model: Model, fields: Sequence[models.Field[Any, Any]], rows: Sequence[Sequence[object]]) -> None:
    objects = [
        model(**{field.attname: _value(field, value) for field, value in zip(fields, row, strict=True)}) for row in rows
    ]
    at_once = max(1, connection.ops.bulk_batch_size(fields, objects))
    for start in range(0, len(objects), at_once):
        query = sql.InsertQuery(model)
        query.insert_values(fields, objects[start : start + at_once], raw=True)
        query.get_compiler(connection=connection).execute_sql()


def _fields_named(model: Model, names: Sequence[str]) -> list[models.Field[Any, Any]]:
    by_name = {field.attname: field for field in fields_of(model)}
    if set(names) != set(by_name):
        raise MethodError(
            "table_differs", f"The columns of {label(model)} are not those of this version.", table=label(model)
        )
    return [by_name[name] for name in names]


def _line(value: object) -> bytes:
    # Sorted, since PostgreSQL keeps JSON without the order of its keys.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _plain(value: object) -> object:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


def _value(field: models.Field[Any, Any], value: object) -> object:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(str(value))
    if isinstance(field, models.DurationField):
        return timedelta(seconds=float(str(value)))
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)
