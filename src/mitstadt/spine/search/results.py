"""Search all public records: one module that speaks to both databases' full-text indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import FloatField, QuerySet
from django.db.models.expressions import RawSQL

from mitstadt.ground.areas.models import Area
from mitstadt.spine.models import Record, RecordState
from mitstadt.spine.search.stems import stems_of
from mitstadt.spine.search.words import Wanted, all_stems, wanted_words

PER_PAGE = 20
SNIPPET_WORDS = 36
# A title says more about a record than a word in its text.
_TITLE_WEIGHT = 4.0


@dataclass(frozen=True)
class Filters:
    """What a person narrows a search to; empty fields narrow nothing."""

    kind: str = ""
    area: Area | None = None
    answer_state: str = ""


@dataclass(frozen=True)
class Snippet:
    """A run of a record's words, marked where it was found."""

    text: str
    found: bool


@dataclass(frozen=True)
class Hit:
    """A record that was found, and the words around the place."""

    record: Record
    snippet: tuple[Snippet, ...]


@dataclass(frozen=True)
class Results:
    """One page of hits; `guessed` are typed words that were replaced by likely ones."""

    page: Page[Record]
    hits: tuple[Hit, ...]
    guessed: tuple[str, ...]


EVERYTHING = Filters()


def search(text: str, *, language: str, filters: Filters = EVERYTHING, page: int = 1) -> Results:
    """Find public records, best first; five queries at most, however many there are."""
    wanted = wanted_words(text, language)
    records = _filtered(_matching(wanted), filters)
    shown = Paginator(records.select_related("process", "area", "author", "organisation"), PER_PAGE).get_page(page)
    stems = all_stems(wanted)
    return Results(
        page=shown,
        hits=tuple(Hit(record, snippet_of(record, stems)) for record in shown),
        guessed=tuple(word.typed for word in wanted if word.guessed),
    )


def _filtered(records: QuerySet[Record], filters: Filters) -> QuerySet[Record]:
    if filters.kind:
        records = records.filter(kind=filters.kind)
    if filters.area:
        records = records.filter(area__path__startswith=filters.area.path)
    if filters.answer_state == "none":
        records = records.filter(answer_state="", kind="contribution")
    elif filters.answer_state:
        records = records.filter(answer_state=filters.answer_state)
    return records


def _matching(wanted: Sequence[Wanted]) -> QuerySet[Record]:
    public = Record.objects.filter(state=RecordState.PUBLISHED)
    if not wanted:
        return public.none()
    return _on_sqlite(public, wanted) if connection.vendor == "sqlite" else _on_postgresql(public, wanted)


def _on_sqlite(records: QuerySet[Record], wanted: Sequence[Wanted]) -> QuerySet[Record]:
    # Stems are letters and digits only; the quotes make FTS5 read them as words, never as operators.
    match = " AND ".join("(" + " OR ".join(f'"{stem}"*' for stem in word.stems) + ")" for word in wanted)
    rank = RawSQL(  # a constant statement with one parameter
        "(SELECT bm25(spine_search_fts, %s, 1.0) FROM spine_search_fts "
        "WHERE spine_search_fts MATCH %s AND spine_search_fts.rowid = spine_record.id)",
        (_TITLE_WEIGHT, match),
        output_field=FloatField(),
    )
    inside = RawSQL("SELECT rowid FROM spine_search_fts WHERE spine_search_fts MATCH %s", (match,))  # as above
    return records.filter(pk__in=inside).annotate(rank=rank).order_by("rank", "-created_at", "pk")


def _on_postgresql(records: QuerySet[Record], wanted: Sequence[Wanted]) -> QuerySet[Record]:
    match = " & ".join("(" + " | ".join(f"'{stem}':*" for stem in word.stems) + ")" for word in wanted)
    inside = RawSQL(  # a constant statement with one parameter
        "SELECT record_id FROM spine_searchentry WHERE vector @@ to_tsquery('simple', %s)", (match,)
    )
    rank = RawSQL(  # as above
        "(SELECT -ts_rank(vector, to_tsquery('simple', %s)) FROM spine_searchentry WHERE record_id = spine_record.id)",
        (match,),
        output_field=FloatField(),
    )
    return records.filter(pk__in=inside).annotate(rank=rank).order_by("rank", "-created_at", "pk")


def snippet_of(record: Record, stems: set[str]) -> tuple[Snippet, ...]:
    """The words around the first place that matched, with every match marked."""
    words = record.body.split()
    marks = [_matches(word, record.language, stems) for word in words]
    first = marks.index(True) if True in marks else 0
    start = max(0, first - 8)
    shown = list(zip(words, marks, strict=True))[start : start + SNIPPET_WORDS]
    runs: list[Snippet] = [Snippet("… ", False)] if start else []
    runs.extend(Snippet(f"{word} ", mark) for word, mark in shown)
    return (*runs, Snippet("…", False)) if start + SNIPPET_WORDS < len(words) else tuple(runs)


def _matches(word: str, language: str, stems: set[str]) -> bool:
    return any(stem.startswith(wanted) for stem in stems_of(word, language) for wanted in stems)
