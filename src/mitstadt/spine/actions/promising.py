"""Words changed by right: what the log held of them under salt goes, and what stands there now is promised anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from mitstadt.spine.kept_words import (
    BESIDE,
    BODY,
    TITLE,
    TRANSLATIONS,
    contents_of,
    lists_in_contents,
    models_of_kinds,
    translations_of,
)
from mitstadt.spine.models import ActContent, ActInPreparation, Record, RecordState


def let_promises_go(records: Sequence[Record]) -> dict[str, object]:
    """Delete the contents of all acts in which words of these records stand, also where they stand among others.

    Returns what the act of the change has to promise besides: all that was told of in the same contents, and all words
    in other languages.
    """
    mine = {record.pk: record.ref for record in records}
    gone: list[int] = []
    also: set[str] = set()
    for content in _that_may_tell_of(records):
        told = _told_in(content.content)
        if content.record_id in mine or told & set(mine.values()):
            gone.append(content.pk)
            also |= told
            if content.record and content.record_id not in mine and {TITLE, BODY} <= content.content.keys():
                also.add(content.record.ref)
    ActContent.objects.filter(pk__in=gone).delete()
    ActInPreparation.objects.filter(record_id__in=mine).update(content=None)
    beside = _standing(also)
    return {**({BESIDE: contents_of(beside)} if beside else {}), **translations_of([*records, *beside])}


def _that_may_tell_of(records: Sequence[Record]) -> Iterable[ActContent]:
    homes = {record.room_id or record.pk for record in records}
    listed = Q(record__in=homes) | Q(record__room__in=homes)
    names = [*lists_in_contents(), TRANSLATIONS]
    own = Q(record__in=[record.pk for record in records])
    found = ActContent.objects.filter(own | (listed & Q(content__has_any_keys=names)))
    return found.select_related("record").iterator(chunk_size=10)


def _told_in(content: dict[str, list[dict[str, str]]]) -> set[str]:
    return {one["ref"] for name in (*lists_in_contents(), TRANSLATIONS) for one in content.get(name, ())}


def _standing(refs: Iterable[str]) -> list[Record]:
    """These records with the columns of their kinds, where they still have words."""
    listed = sorted(refs)
    found: list[Record] = []
    for key, model in models_of_kinds().items():
        rows = model._base_manager.filter(kind=key, ref__in=listed)  # noqa: SLF001  # of every state
        found += rows.exclude(state=RecordState.ERASED).order_by("pk")
    return found
