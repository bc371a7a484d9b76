"""Which columns of a record the log promises: by them the words in the database are held against their act.

Title, body, language, author and organisation of every record; beside them the columns that its kind names as `keeps`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, F, Field, JSONField, Model, QuerySet, TextField
from django.db.models.options import Options

from mitstadt.spine.kinds import all_kinds, kind_of
from mitstadt.spine.models import Part, Record, Translation

# Told by every record; the act that began it has them all, and so is what sets a record's words told from other acts.
TITLE, BODY = "title", "body"
WORDS = (TITLE, BODY, "language")
# Who said it. Both change when an author joins or leaves, which are acts of their own.
VOICES = {"author": "author_id", "organisation": "organisation_id"}
# The list in the content of the act that opened them, in which parts stand as they were then: what they were called
# while they were prepared is nobody's promise.
PARTS = "parts"
# The list of words in other languages, each row with the ref of its record.
TRANSLATIONS = "translations"
TRANSLATED = ("title", "body", "made_by_machine")


def content_of(record: Record) -> dict[str, object]:
    """What the log promises about a record under salt: its words as they are now, and whose they are.

    An act that changes the words of a record carries this; the last such act is what the record is held against.
    """
    said = {name: getattr(record, name) for name in WORDS}
    whose = {name: getattr(record, column) for name, column in VOICES.items()}
    return {**said, **whose, **_beside(record, kind_of(record).keeps)}


def contents_of(records: Iterable[Record]) -> list[dict[str, object]]:
    """What an act about another record promises of these, as a list in its content."""
    return [{"ref": record.ref, **content_of(record)} for record in records]


def translations_of(records: Iterable[Record], **narrowed: str) -> dict[str, object]:
    """What an act promises of these records' words in other languages: a list for its content, or nothing."""
    rows = Translation.objects.filter(record__in=[record.pk for record in records], **narrowed)
    listed = rows.order_by("record", "language").values("language", *TRANSLATED, ref=F("record__ref"))
    return {TRANSLATIONS: list(listed)} if listed else {}


def _beside(record: Record, names: Sequence[str]) -> dict[str, object]:
    """What the kind's own table says, also where the record was looked up without it."""
    model = models_of_kinds().get(record.kind)
    if not names or model is None:
        return {}
    if isinstance(record, model):
        values = {name: getattr(record, name) for name in names}
    else:
        values = QuerySet(model).values(*names).get(pk=record.pk)
    return {name: as_kept(value) for name, value in values.items()}


def as_kept(value: object) -> object:
    """A value as the content of an act holds it: a choice as its text, a day as it is written."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def models_of_kinds() -> dict[str, type[Record]]:
    """The model of each kind, by its key."""
    return {model.KIND: model for model in _below(Record)}


def lists_of_kinds() -> dict[str, str]:
    """By the key of a kind, the list in the contents of other acts that tells of its records; all parts have one."""
    parts = {key: PARTS for key, model in models_of_kinds().items() if issubclass(model, Part)}
    return {**parts, **{kind.key: kind.told_in for kind in all_kinds() if kind.told_in}}


def lists_in_contents() -> list[str]:
    """All names of lists in which acts tell of records by the hundred."""
    return sorted(set(lists_of_kinds().values()))


def unnamed_columns(model: type[Record]) -> list[str]:
    """Columns of the kind's own table that hold words, and that nobody named as kept or as no words."""
    own = () if _meta(model).proxy else _meta(model).local_concrete_fields
    declared = kind_of(model(kind=model.KIND))
    return sorted(
        field.name for field in own if _holds_words(field) and field.name not in {*declared.keeps, *declared.no_words}
    )


def _holds_words(field: Field[Any, Any]) -> bool:
    return isinstance(field, CharField | TextField | JSONField)


def _below(model: type[Record]) -> Iterator[type[Record]]:
    """All models whose rows are records of a kind; one that only hands its columns on is none."""
    children: Iterable[type[Record]] = model.__subclasses__()
    for child in children:
        if not _meta(child).abstract and ("KIND" in vars(child) or not child.__subclasses__()):
            yield child
        yield from _below(child)


def _meta(model: type[Model]) -> Options[Any]:
    return model._meta  # noqa: SLF001  # documented by Django in spite of its underscore
