"""Keep the search index in step with the records; called by the actions that change them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import connection
from django.db.models import Q

from mitstadt.ground.languages import base_of
from mitstadt.spine import kinds
from mitstadt.spine.models import Comment, Record, RecordState, SearchEntry, SearchWord
from mitstadt.spine.queries.visibility import astray_among
from mitstadt.spine.search.stems import stems_of

_MOST_STEMS = 5_000
_AT_ONCE = 500
_LANGUAGES = tuple(dict.fromkeys(base_of(code) for code, _name in settings.LANGUAGES))


def forget_words(texts: Iterable[str]) -> int:
    """Take the stems of these texts out of the list of known words, where no public record has them any more."""
    stems = {stem for text in texts for language in _LANGUAGES for stem in stems_of(text, language)}
    gone = [stem for stem in stems if not SearchEntry.objects.filter(_has(stem)).exists()]
    return SearchWord.objects.filter(stem__in=gone).delete()[0]


def forget_unused_words() -> int:
    """Take every word out of the list that stands in no public record any more: of what was erased nothing stays."""
    used: set[str] = set()
    rows = SearchEntry.objects.values_list("title_stems", "body_stems")
    for title, body in rows.iterator(chunk_size=1_000):
        used.update(title.split(), body.split())
    unused = [pk for pk, stem in SearchWord.objects.values_list("pk", "stem").iterator() if stem not in used]
    for at in range(0, len(unused), _AT_ONCE):
        SearchWord.objects.filter(pk__in=unused[at : at + _AT_ONCE]).delete()
    _merge_index()
    return len(unused)


def _merge_index() -> None:
    """SQLite's index notes beside a word that it is gone: merged into one piece, it holds neither."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO spine_search_fts(spine_search_fts) VALUES ('optimize')")


def _has(stem: str) -> Q:
    return Q(title_stems__contains=stem) | Q(body_stems__contains=stem)


def refresh_entry(record: Record) -> None:
    """Index a public record, or take one that is no longer public out of the index."""
    if record.state != RecordState.PUBLISHED or astray_among([record]) or not kinds.is_found(record):
        leave_index([record])
        return
    title, body = _title_of(record)[:_MOST_STEMS], _body_of(record)[:_MOST_STEMS]
    SearchEntry.objects.bulk_create(
        [SearchEntry(record_id=record.pk, title_stems=" ".join(title), body_stems=" ".join(body))],
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["title_stems", "body_stems"],
    )
    SearchWord.objects.bulk_create(
        [SearchWord(stem=stem, backwards=stem[::-1], length=len(stem)) for stem in sorted({*title, *body})],
        ignore_conflicts=True,
    )


def _title_of(record: Record) -> list[str]:
    """What names it: its title, and its theme."""
    return stems_of(f"{record.title} {record.theme}", record.language)


def _body_of(record: Record) -> list[str]:
    """What it says, what it proposes, and the same in other languages, where people wrote that."""
    proposed = kinds.words(record)
    told = [record.body] if proposed == record.body else [record.body, proposed]
    stems = [stem for text in told for stem in stems_of(text, record.language)]
    translated = record.translations.values_list("title", "body", "language")
    return [*stems, *(stem for title, body, language in translated for stem in stems_of(f"{title} {body}", language))]


def leave_index(records: Collection[Record]) -> None:
    """Take records out of the index: nobody finds them any more."""
    SearchEntry.objects.filter(record__in=[record.pk for record in records]).delete()


def refresh_with_replies(record: Record) -> None:
    """The same for a record and all that was said about it: what answers something hidden is not found either."""
    refresh_entry(record)
    if record.kind != Comment.KIND:
        said = Record.objects.filter(Q(about=record.pk) | Q(about__about=record.pk), state=RecordState.PUBLISHED)
        for one in said.iterator(chunk_size=200):
            refresh_entry(one)
