"""Search all public records: one module that speaks to both databases' full-text indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload

from django.core.paginator import Page, Paginator
from django.db import connection
from django.utils.functional import cached_property

from mitstadt.ground.areas.models import Area
from mitstadt.spine import kinds
from mitstadt.spine.kinds import SearchFilter
from mitstadt.spine.models import Record, RecordState
from mitstadt.spine.search.stems import stems_of
from mitstadt.spine.search.words import Wanted, all_stems, wanted_words

PER_PAGE = 20
# Nobody pages further: a word that occurs so often is narrowed by another word, or by a filter.
MOST_HITS = 1_000
SNIPPET_WORDS = 36
# So many words of its text stand for the title of a record that has none.
TITLE_WORDS = 12
# A title says more about a record than a word in its text.
_TITLE_WEIGHT = 4.0


@dataclass(frozen=True)
class Filters:
    """What a person narrows a search to; empty fields narrow nothing."""

    kind: str = ""
    area: Area | None = None
    stage: str = ""
    answer_state: str = ""
    # What the kinds themselves declare: a filter, and the choice made.
    own: tuple[tuple[SearchFilter, str], ...] = ()
    # What was said after the one moment, up to the other.
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Snippet:
    """A run of a record's words, marked where it was found."""

    text: str
    found: bool


@dataclass(frozen=True)
class Hit:
    """A record that was found, what it is called, and more of its words around the place."""

    record: Record
    title: tuple[Snippet, ...]
    snippet: tuple[Snippet, ...]


@dataclass(frozen=True)
class Results:
    """One page of hits; `guessed` are typed words that were replaced by likely ones.

    `is_cut` says that there are more hits than were counted.
    """

    page: Page[Record]
    hits: tuple[Hit, ...]
    guessed: tuple[str, ...]
    is_cut: bool = False


EVERYTHING = Filters()


def search(text: str, *, language: str, filters: Filters = EVERYTHING, page: int = 1) -> Results:
    """Find public records, best first; six queries at most, however many there are."""
    wanted = wanted_words(text, language)
    found = _Matches(wanted, filters)
    shown = Paginator(found, PER_PAGE).get_page(page)
    stems = all_stems(wanted)
    return Results(
        page=shown,
        hits=tuple(hit_of(record, stems) for record in shown),
        guessed=tuple(word.typed for word in wanted if word.guessed),
        is_cut=shown.paginator.count == MOST_HITS,
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
        """How many there are, counted no further than people page."""
        if not self.match:
            return 0
        counted = f"SELECT count(*) FROM (SELECT 1 {self.source} LIMIT {MOST_HITS}) few"  # noqa: S608  # our own words
        return int(self._run(counted, self.values)[0][0])

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
        rows = self._common(start, stop) if self._count == MOST_HITS else self._ranked(start, stop)
        keys = [row[0] for row in rows]
        records = Record.objects.select_related("room", "area", "author", "organisation").in_bulk(keys)
        return [records[key] for key in keys]

    def _ranked(self, start: int, stop: int) -> list[tuple[int, ...]]:
        """Where few match, all are ranked."""
        statement = f"SELECT r.id {self.source} ORDER BY {self.rank} * {_weight()}, r.created_at DESC, r.id"
        return self._run(f"{statement} LIMIT %s OFFSET %s", [*self.values, stop - start, start])

    def _common(self, start: int, stop: int) -> list[tuple[int, ...]]:
        """Where nearly everything matches, the newest are ranked, with those of the kinds that count more."""
        row = f"SELECT r.id, {self.rank} * {_weight()} AS score, r.created_at {self.source}"
        newest = f"SELECT * FROM ({row} ORDER BY r.id DESC LIMIT {MOST_HITS}) newest"  # noqa: S608  # our own words
        heavy = [kind.key for kind in kinds.all_kinds() if kind.weight > 1]
        both, values = newest, [*self.values]
        if heavy:
            marks = ", ".join(["%s"] * len(heavy))
            both = f"{newest} UNION SELECT * FROM ({row} AND r.kind IN ({marks}) LIMIT {MOST_HITS}) heavy"  # noqa: S608  # our own words
            values += [*self.values, *heavy]
        statement = f"SELECT id FROM ({both}) found ORDER BY score, created_at DESC, id LIMIT %s OFFSET %s"  # noqa: S608  # our own words
        return self._run(statement, [*values, stop - start, start])

    def _run(self, statement: str, values: Sequence[str | int]) -> list[tuple[int, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
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
    if filters.stage:
        conditions.append(
            "coalesce(r.room_id, r.id) IN (SELECT record_ptr_id FROM spine_room WHERE stage = %s)",
        )
        values.append(filters.stage)
    if filters.answer_state:
        owed = kinds.answerable_kinds()
        conditions.append(f"r.kind IN ({', '.join(['%s'] * len(owed))}) AND r.answer_state = %s" if owed else "1 = 0")
        values.extend(owed)
        values.append("" if filters.answer_state == "none" else filters.answer_state)
        if filters.answer_state == "none":
            # What went on in another record waits there.
            conditions.append("r.moved_on = ''")
    for narrowing, chosen in filters.own:
        # The query's own text and parameters, as the ORM writes them.
        wanted, parameters = narrowing.records(chosen).values("pk").query.sql_with_params()
        conditions.append(f"r.id IN ({wanted})")
        values.extend(parameters)
    for sign, moment in ((">", filters.since), ("<=", filters.until)):
        if moment:
            conditions.append(f"r.created_at {sign} %s")
            values.append(connection.ops.adapt_datetimefield_value(moment) or "")
    return conditions, values


# So much a hit counts in what only gives order, as a heading does.
_QUIET_WEIGHT = 0.2


def _weight() -> str:
    """How much more or less a hit counts by its kind and variant; those without a say in it count alike."""
    quiet = [
        (kind.key, ", ".join(f"'{one}'" for one in sorted(kind.quiet))) for kind in kinds.all_kinds() if kind.quiet
    ]
    cases = [
        *(f"WHEN r.kind = '{key}' AND r.variant IN ({variants}) THEN {_QUIET_WEIGHT}" for key, variants in quiet),
        *(f"WHEN r.kind = '{kind.key}' THEN {kind.weight}" for kind in kinds.all_kinds() if kind.weight != 1),
    ]
    return f"CASE {' '.join(cases)} ELSE 1.0 END" if cases else "1.0"


def hit_of(record: Record, stems: set[str]) -> Hit:
    """A record as it is listed. One that has no name is called by its first words; its snippet goes on from there."""
    words = [(word, _matches(word, record.language, stems)) for word in record.body.split()]
    name = [(word, _matches(word, record.language, stems)) for word in record.title.split()]
    # A number is no name. A text that is hardly longer is shown whole.
    told = 0 if any(sign.isalpha() for sign in record.title) else TITLE_WORDS
    told = len(words) if 0 < len(words) - told <= told // 2 else told
    title = [*_runs([*name, *words[:told]]), *_ellipsis(bool(told and words[told:]))]
    return Hit(record, tuple(title), _around_the_place(words[told:], cut=told > 0))


def _around_the_place(words: Sequence[tuple[str, bool]], *, cut: bool) -> tuple[Snippet, ...]:
    """The words around the first that matched, with every match marked; `cut` where others stood before them."""
    first = next((place for place, (_word, found) in enumerate(words) if found), 0)
    start = max(0, first - 8)
    shown = words[start : start + SNIPPET_WORDS]
    before = [Snippet("… ", False)] if shown and (cut or start) else []
    return (*before, *_runs(shown), *_ellipsis(start + SNIPPET_WORDS < len(words)))


def _ellipsis(goes_on: bool) -> list[Snippet]:
    return [Snippet(" …", False)] if goes_on else []


def _runs(words: Sequence[tuple[str, bool]]) -> list[Snippet]:
    """Words as runs; of one that was found, the word is marked and not what stands before and after it."""
    runs: list[Snippet] = []
    for place, (word, found) in enumerate(words):
        space = " " if place else ""
        if not found:
            runs.append(Snippet(f"{space}{word}", False))
            continue
        bare = word.strip(_NOT_OF_A_WORD)
        before, after = word.split(bare, 1)
        runs.extend((Snippet(f"{space}{before}", False), Snippet(bare, True), Snippet(after, False)))
    return [run for run in runs if run.text]


_NOT_OF_A_WORD = ".,;:!?…()[]{}<>«»„“”‚‘’\"'/*_–—-"


def _matches(word: str, language: str, stems: set[str]) -> bool:
    return any(stem.startswith(wanted) for stem in stems_of(word, language) for wanted in stems)
