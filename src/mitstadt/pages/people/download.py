"""Everything that we hold about a person, as one JSON file, written while it is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.db.models.options import Options

from mitstadt.ground.people.models import Person
from mitstadt.pages.people.kept import kept_about, kept_by_formats
from mitstadt.spine.authorship import written_by
from mitstadt.spine.models import Record

_AT_ONCE = 500


def everything_about(person: Person) -> Iterator[str]:
    """The file, piece by piece; a section a query, none of them held in memory as a whole.

    It has the sections of the page “Was wissen Sie über mich?”, and what the tables of each kind add to a record.
    """
    begin = "{"
    for name, rows in _sections(person):
        yield f'{begin}\n"{name}": '
        yield from _section(name, rows)
        begin = ","
    yield "\n}\n"


def _section(name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    if name == "person":
        yield from (_text(row) for row in rows)
        return
    yield "["
    for index, row in enumerate(rows):
        yield f"{',' if index else ''}\n{_text(row)}"
    yield "]"


def _text(row: Mapping[str, Any]) -> str:
    return json.dumps(dict(row), cls=DjangoJSONEncoder, ensure_ascii=False)


def _sections(person: Person) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    for kept in kept_about():
        yield kept.key, _values(kept.rows(person), *kept.columns)
    for model in _kinds():
        yield f"{model.KIND}_details", _details(model, person)
    yield from kept_by_formats(person).items()


def _values(rows: QuerySet[Any], *names: str) -> Iterable[Mapping[str, Any]]:
    ordered = rows if rows.query.order_by else rows.order_by("pk")
    return ordered.values(*names).iterator(chunk_size=_AT_ONCE)


def _kinds() -> list[type[Record]]:
    """Every kind of record that keeps a table of its own beside the record."""
    return [model for model in Record.__subclasses__() if not _options(model).proxy]


def _details(model: type[Record], person: Person) -> Iterable[Mapping[str, Any]]:
    """What the kind's own table says. Row numbers mean nothing to a person; the refs of the record say where it is."""
    names = [field.attname for field in _options(model).local_concrete_fields if not field.is_relation]
    return _values(QuerySet(model).filter(written_by(person)), "ref", *names)


def _options(model: type[Model]) -> Options[Any]:
    return model._meta  # noqa: SLF001  # Django's documented way to ask a model for its fields
