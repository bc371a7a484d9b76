"""Where the log holds words that must go: its contents go, and what it told of others in them is promised anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.kept_words import (
    BODY,
    TITLE,
    TRANSLATIONS,
    content_of,
    contents_of,
    lists_in_contents,
    translations_of,
)
from mitstadt.spine.models import ActContent, ActInPreparation, Record
from mitstadt.spine.office_verbs import PROMISED_ANEW


@dataclass(frozen=True)
class Torn:
    """A content that went although it told of others, and the record it was about."""

    about: Record
    content: Mapping[str, Sequence[Mapping[str, str]]]


def forget_contents(record: Record) -> list[Torn]:
    """Let all contents go in which words of this record stand: its own, and those that tell of it among others.

    As that of an edition tells of its passages. Those that told of others are returned, to be promised anew.
    """
    places = {key for key in (record.pk, record.room_id, record.part_id) if key is not None}
    rows = ActContent.objects.filter(record_id__in=places).select_related("record").order_by("act_id")
    gone = [row for row in rows if row.record_id == record.pk or record.ref in _refs_in(row.content)]
    ActContent.objects.filter(pk__in=[row.pk for row in gone]).delete()
    ActInPreparation.objects.filter(record_id=record.pk).update(content=None)
    return [Torn(row.record, row.content) for row in gone if row.record is not None and _refs_in(row.content)]


def promise_anew(torn: Iterable[Torn], *, now: datetime) -> None:
    """Promise what those contents held, as it reads now; after the last change of a record."""
    for one in torn:
        record_act(actor=None, verb=PROMISED_ANEW, record=one.about, now=now, content=_content_after(one))


def _content_after(torn: Torn) -> dict[str, object]:
    own = content_of(torn.about) if {TITLE, BODY} <= torn.content.keys() else {}
    lists = {name: contents_of(_told_in(torn, name)) for name in lists_in_contents() if name in torn.content}
    translated = translations_of(_told_in(torn, TRANSLATIONS)) if TRANSLATIONS in torn.content else {}
    return {**own, **lists, **translated}


def _told_in(torn: Torn, name: str) -> list[Record]:
    refs = {one["ref"] for one in torn.content[name]}
    return list(Record.objects.filter(ref__in=refs).order_by("pk"))


def _refs_in(content: Mapping[str, Sequence[Mapping[str, str]]]) -> set[str]:
    return {one["ref"] for name in (*lists_in_contents(), TRANSLATIONS) for one in content.get(name, ())}
