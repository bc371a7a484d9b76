"""Keep the search index in step with the records; called by the actions that change them."""

from __future__ import annotations

from mitstadt.spine.models import Record, RecordState, SearchEntry, SearchWord
from mitstadt.spine.search.stems import stems_of

_MOST_STEMS = 5_000


def refresh_entry(record: Record) -> None:
    """Index a public record, or take one that is no longer public out of the index."""
    if record.state != RecordState.PUBLISHED:
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
