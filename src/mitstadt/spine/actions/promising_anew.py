"""Where a content of the log tells of many records and the words of one must go: the others stay promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.kept_words import BODY, TITLE, TRANSLATIONS, content_of, contents_of, translations_of
from mitstadt.spine.models import ActContent, Record
from mitstadt.spine.office_verbs import PROMISED_ANEW


@dataclass(frozen=True)
class Torn:
    """A content that went, and the record that it was about."""

    about: Record
    content: Mapping[str, object]


def forget_in_lists(record: Record) -> list[Torn]:
    """Let the contents go that tell of this record among others, as that of an edition tells of its passages."""
    places = {key for key in (record.room_id, record.part_id) if key is not None} - {record.pk}
    rows = ActContent.objects.filter(record_id__in=places).select_related("record").order_by("act_id")
    torn = [row for row in rows if any(_tells_of(record.ref, value) for value in row.content.values())]
    ActContent.objects.filter(pk__in=[row.pk for row in torn]).delete()
    return [Torn(row.record, row.content) for row in torn if row.record is not None]


def promise_anew(torn: Iterable[Torn], *, now: datetime) -> None:
    """Promise what those contents held of all others, as it reads now; after the last change of a record."""
    for one in torn:
        record_act(actor=None, verb=PROMISED_ANEW, record=one.about, now=now, content=_content_after(one))


def _content_after(torn: Torn) -> dict[str, object]:
    own = content_of(torn.about) if {TITLE, BODY} <= torn.content.keys() else {}
    told = {name: _as_it_stands(name, value) for name, value in torn.content.items() if isinstance(value, list)}
    return {**own, **told}


def _as_it_stands(name: str, told: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    records = list(Record.objects.filter(ref__in=[one["ref"] for one in told]).order_by("pk"))
    return translations_of(records) if name == TRANSLATIONS else contents_of(records)


def _tells_of(ref: str, value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) and one.get("ref") == ref for one in value)
