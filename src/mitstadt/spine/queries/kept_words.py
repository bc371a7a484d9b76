"""Every place in which words of a record stand, so that nothing is left behind where some of them must go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet

from mitstadt.spine import kinds
from mitstadt.spine.models import (
    Amendment,
    AnswerDraft,
    Appeal,
    Attachment,
    CommitmentChange,
    Correction,
    ModerationCase,
    Pause,
    Place,
    Record,
    Report,
    Translation,
    WorkNote,
)

MOST_FOUND_ELSEWHERE = 50


@dataclass(frozen=True)
class Cell:
    """One text: a field of a row, or a text within a JSON field (`path` has strokes)."""

    row: Model
    path: str

    @property
    def name(self) -> list[object]:
        """The table, the row and the path, as an erasure keeps them."""
        return [self.row._meta.label, self.row.pk, self.path]  # noqa: SLF001  # Django's documented way

    @property
    def text(self) -> str:
        """What stands there now."""
        value: Any = getattr(self.row, self._steps[0])
        for step in self._steps[1:]:
            value = value.get(step, "") if isinstance(value, dict) else ""
        return value if isinstance(value, str) else ""

    @property
    def most(self) -> int | None:
        """How many signs its field takes."""
        field: Field[Any, Any] = self.row._meta.get_field(self._steps[0])  # type: ignore[assignment]  # noqa: SLF001
        return getattr(field, "max_length", None)

    def write(self, text: str) -> None:
        """Keep another text there."""
        name, *steps = self._steps
        if not steps:
            setattr(self.row, name, text)
        else:
            value = getattr(self.row, name)
            for step in steps[:-1]:
                value = value[step]
            value[steps[-1]] = text
        self.row.save(update_fields=[name])

    @property
    def _steps(self) -> list[str]:
        return self.path.split("/")


# The tables that hang on a record, each with the way from a row to it and the texts that it keeps. "/*" stands for all
# texts within a JSON field.
_SAID: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Translation, "record_id", ("title", "body")),
    (Attachment, "record_id", ("description", "caption")),
    (Place, "record_id", ("words",)),
    (Correction, "record_id", ("before/*",)),
    (Report, "case__record_id", ("text",)),
    (Appeal, "case__record_id", ("text",)),
)
_SAID_BY_OFFICES: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Correction, "record_id", ("reason",)),
    (ModerationCase, "record_id", ("reason", "proposed_reason")),
    (Appeal, "case__record_id", ("reason",)),
    (Amendment, "record_id", ("before/*", "after/*", "reason")),
    (CommitmentChange, "commitment__process_id", ("before", "after", "reason")),
    (WorkNote, "record_id", ("text",)),
    (AnswerDraft, "drafted_for__record_id", ("reason",)),
    (Pause, "record_id", ("reason", "objection", "end_reason")),
)


def cells_of(record: Record) -> list[Cell]:
    """All texts that belong to a record: what people said in it, and what offices said in judging and changing it."""
    return [*said_in(record), *_beside(record, _SAID_BY_OFFICES)]


def said_in(record: Record) -> list[Cell]:
    """The texts of a record itself, those of its kind, and what people said with it or against it."""
    return [
        *(Cell(record, name) for name in ("title", "body", "theme")),
        *(Cell(row, path) for row, path in kinds.kept_words(record)),
        *_beside(record, _SAID),
    ]


def tables_of_words() -> dict[type[Model], set[str]]:
    """The columns that are looked through in each table that hangs on a record."""
    told: dict[type[Model], set[str]] = {}
    for model, _way, paths in (*_SAID, *_SAID_BY_OFFICES):
        told.setdefault(model, set()).update(path.removesuffix("/*") for path in paths)
    return told


def cell_named(label: str, key: object, path: str) -> Cell | None:
    """The text that an erasure names; None where its row is not there."""
    try:
        row = apps.get_model(label)._base_manager.filter(pk=key).first()  # noqa: SLF001  # of every state
    except LookupError:  # the table of a slice that is not installed here
        return None
    return Cell(row, path) if row is not None else None


def also_said_in(record: Record, words: Collection[str]) -> list[Record]:
    """Other records of the same room in which these words stand too: replies, answers, pieces, new editions."""
    if record.room_id is None:
        return []
    wanted = Q()
    for one in words:
        wanted |= Q(title__icontains=one) | Q(body__icontains=one)
    found = Record.objects.filter(wanted, room_id=record.room_id).exclude(pk=record.pk)
    in_room = found.select_related("room__host", "part").order_by("pk")[:MOST_FOUND_ELSEWHERE]
    beside = kinds.said_beside(record.room_id, words)
    return [*in_room, *(one for one in beside if one.pk not in {record.pk, *(row.pk for row in in_room)})]


def _beside(record: Record, tables: Iterable[tuple[type[Model], str, tuple[str, ...]]]) -> Iterator[Cell]:
    for model, way, paths in tables:
        rows: QuerySet[Any] = QuerySet(model).filter(**{way: record.pk}).order_by("pk")
        for row in rows:
            yield from (Cell(row, path) for named in paths for path in _paths(row, named))


def _paths(row: Model, named: str) -> list[str]:
    name, _slash, every = named.partition("/")
    return [f"{name}/{key}" for key in sorted(getattr(row, name))] if every else [named]
