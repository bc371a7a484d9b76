"""No table that hangs on a record keeps words where nobody looks who must take them out."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import CharField, Field, ForeignKey, JSONField, Model, TextField

from mitstadt.spine.models import Record
from mitstadt.spine.queries.kept_words import tables_of_words

_BY_ITS_KIND = "named by its kind (`keeps_words`)"
_NO_WORDS = "keys and choices"
# Tables and columns that are looked through elsewhere, that may not be changed, or that hold no words of people.
_FOR_A_REASON = {
    "spine.Act": "the log: the reason with which something goes is checked before",
    "spine.ActContent": "goes whole when a record changes by right",
    "spine.ActInPreparation": "as an act and its contents",
    "spine.ErasureRequest": "must not repeat what goes, and is in the log once it is done",
    "spine.SearchEntry": "made anew from the record",
    "spine.Commitment": "stands in the open in the log that locked it",
    "spine.Burst": "a reason about many guests of a room",
    "spine.Run": "by its input anyone recounts it",
    "spine.RunInput": "by it anyone recounts the run",
    "spine.RoomRole": "about a colleague",
    "spine.RoleInvitation": "about a colleague, and goes by itself",
    "spine.Phase": "what a host calls a stretch of time",
    "drafting.Edition.note": _BY_ITS_KIND,
    "drafting.WorkingPassage.words": _BY_ITS_KIND,
    "drafting.Taking.reason": _BY_ITS_KIND,
    "spine.Amendment.what": _NO_WORDS,
    "spine.CommitmentChange.field": _NO_WORDS,
    "spine.Notice": _NO_WORDS,
    "spine.Authorship": _NO_WORDS,
    "spine.Follow": "a theme, or what somebody searches: of nobody's words",
    "spine.AnswerMail": "a sealed address, and the mark of a link",
    "spine.MachineTranslation": "goes whole when any word of its record goes",
    "spine.Translation.language": _NO_WORDS,
    "spine.SecretBatch": _NO_WORDS,
    "spine.ParticipationCode": _NO_WORDS,
    "spine.CodeBatch": "about codes, of nobody's words",
    "spine.Tally": _NO_WORDS,
    "spine.Turn": _NO_WORDS,
    "spine.SecretBox": _NO_WORDS,
    "spine.Link": _NO_WORDS,
}


def _hanging_on_records() -> Iterator[type[Model]]:
    """The tables with an arrow to a record, and those with an arrow to such a table."""
    found: set[type[Model]] = {model for model in apps.get_models() if issubclass(model, Record)}
    while True:
        more = {model for model in apps.get_models() if model not in found and _points_at(model, found)}
        if not more:
            return
        found |= more
        yield from more


def _points_at(model: type[Model], found: set[type[Model]]) -> bool:
    arrows = (field for field in model._meta.get_fields() if isinstance(field, ForeignKey))
    return any(arrow.related_model in found for arrow in arrows)


def _holds_words(field: Field) -> bool:
    return isinstance(field, CharField | TextField | JSONField) and not field.choices


def test_every_text_that_hangs_on_a_record_is_looked_through_or_named_with_a_reason():
    looked = tables_of_words()
    forgotten = [
        name
        for model in _hanging_on_records()
        for field in model._meta.local_concrete_fields
        for name in [f"{model._meta.label}.{field.name}"]
        if _holds_words(field) and field.name not in looked.get(model, ())
        if not {model._meta.label, name} & _FOR_A_REASON.keys()
    ]

    assert forgotten == []
