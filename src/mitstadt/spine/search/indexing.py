"""Keep the search index in step with the records; called by the actions that change them."""

from __future__ import annotations

from django.db.models import Q

from mitstadt.spine.models import Comment, Record, RecordState, SearchEntry, SearchWord
from mitstadt.spine.queries.visibility import astray_among
from mitstadt.spine.search.stems import stems_of

_MOST_STEMS = 5_000


def refresh_entry(record: Record) -> None:
    """Index a public record, or take one that is no longer public out of the index."""
    if record.state != RecordState.PUBLISHED or astray_among([record]):
        SearchEntry.objects.filter(record_id=record.pk).delete()
        return
    title = stems_of(record.title, record.language)[:_MOST_STEMS]
    body = stems_of(record.body, record.language)[:_MOST_STEMS]
    SearchEntry.objects.bulk_create(
        [SearchEntry(record_id=record.pk, title_stems=" ".join(title), body_stems=" ".join(body))],
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["title_stems", "body_stems"],
    )
    SearchWord.objects.bulk_create(
        [SearchWord(stem=stem, length=len(stem)) for stem in sorted({*title, *body})], ignore_conflicts=True
    )


def refresh_with_replies(record: Record) -> None:
    """The same for a record and all that was said about it: what answers something hidden is not found either."""
    refresh_entry(record)
    if record.kind != Comment.KIND:
        said = Record.objects.filter(Q(about=record.pk) | Q(about__about=record.pk), state=RecordState.PUBLISHED)
        for one in said.iterator(chunk_size=200):
            refresh_entry(one)
