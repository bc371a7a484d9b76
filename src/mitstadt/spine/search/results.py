"""Search all public records: one module that speaks to both databases' full-text indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from django.core.paginator import Page, Paginator
from django.db import connection
from django.utils.functional import cached_property

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
    """Find public records, best first; six queries at most, however many there are."""
    wanted = wanted_words(text, language)
    found = _Matches(wanted, filters)
    shown = Paginator(found, PER_PAGE).get_page(page)
    stems = all_stems(wanted)
    return Results(
        page=shown,
        hits=tuple(Hit(record, snippet_of(record, stems)) for record in shown),
        guessed=tuple(word.typed for word in wanted if word.guessed),
    )


# Stems are letters and digits only; the quotes make both databases read them as words, never as operators.
_SQLITE = (
    "FROM spine_search_fts JOIN spine_record r ON r.id = spine_search_fts.rowid WHERE spine_search_fts MATCH %s",
    f"bm25(spine_search_fts, {_TITLE_WEIGHT}, 1.0)",
)
_POSTGRESQL = (
    "FROM spine_searchentry e CROSS JOIN to_tsquery('simple', %s) q JOIN spine_record r ON r.id = e.record_id "
    "WHERE e.vector @@ q",
    "-ts_rank(e.vector, q)",
)


class _Matches(Sequence[Record]):
    """All records that match, as a paginator reads them: a count, and one slice at a time in order of rank."""

    def __init__(self, wanted: Sequence[Wanted], filters: Filters) -> None:
        self.match = _expression(wanted)
        conditions, values = _conditions(filters)
        source, self.rank = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
        self.source = " AND ".join([source, *conditions])
        self.values = [self.match, *values]

    @cached_property
    def _count(self) -> int:
        return int(self._run(f"SELECT count(*) {self.source}")[0][0]) if self.match else 0

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> list[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | list[Record]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop = place.start or 0, place.stop
        if not self.match:
            return []
        rows = self._run(
            f"SELECT r.id {self.source} ORDER BY {self.rank}, r.created_at DESC, r.id LIMIT %s OFFSET %s",
            stop - start,
            start,
        )
        keys = [row[0] for row in rows]
        records = Record.objects.select_related("process", "area", "author", "organisation").in_bulk(keys)
        return [records[key] for key in keys]

    def _run(self, statement: str, *more: int) -> list[tuple[int, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, [*self.values, *more])
            return list(cursor.fetchall())


def _expression(wanted: Sequence[Wanted]) -> str:
    if connection.vendor == "sqlite":
        return " AND ".join("(" + " OR ".join(f'"{stem}"*' for stem in word.stems) + ")" for word in wanted)
    return " & ".join("(" + " | ".join(f"'{stem}':*" for stem in word.stems) + ")" for word in wanted)


def _conditions(filters: Filters) -> tuple[list[str], list[str]]:
    conditions, values = ["r.state = %s"], [RecordState.PUBLISHED.value]
    if filters.kind:
        conditions.append("r.kind = %s")
        values.append(filters.kind)
    if filters.area:
        conditions.append("r.area_id IN (SELECT id FROM areas_area WHERE path LIKE %s)")
        values.append(f"{filters.area.path}%")
    if filters.answer_state:
        conditions.append("r.kind = 'contribution' AND r.answer_state = %s")
        values.append("" if filters.answer_state == "none" else filters.answer_state)
    return conditions, values


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
