"""All that was said in parts of a room: narrowed by anything that lists are narrowed by, however much there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, overload

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import cached_property

from mitstadt.spine import kinds
from mitstadt.spine.kinds import Kind
from mitstadt.spine.models import UP, AnswerDecision, MovedOn, Record, RecordState
from mitstadt.spine.models.tallies import THEME, VARIANT
from mitstadt.spine.queries.ordering import ORDERINGS, Order
from mitstadt.spine.queries.shelves import fetched
from mitstadt.spine.queries.tallies import said_at, themes_in
from mitstadt.spine.queries.visibility import astray_among

# Nobody pages further: a filter narrows what is longer, and the files have all of it.
MOST_LISTED = 1_000
# Where nobody keeps the count, no more is counted, and no more is listed.
MOST_COUNTED = 300
# What waits for an answer, among the states of answers that a list is narrowed to.
WAITING = "open"


@dataclass(frozen=True)
class Narrowing:
    """What somebody wants to see of what was said; empty fields narrow nothing."""

    kind: str = ""
    variant: str = ""
    theme: str = ""
    # A decision, or WAITING.
    answer: str = ""

    @property
    def facet(self) -> str | None:
        """By what the tallies count this; None where they do not."""
        if self.theme and self.variant:
            return None
        return f"{VARIANT}{self.variant}" if self.variant else f"{THEME}{self.theme}" if self.theme else ""


class SaidList(Sequence[Record]):
    """What was said in these parts, in one order, for a paginator: nobody walks what is not shown.

    The list is made of heads, one for each part, kind, variant and answer that is asked for: each is read from an
    index in its order, and no further than the page needs. `total` is how many there are, the length no more than
    people page.
    """

    def __init__(self, parts: Sequence[int], state: RecordState, wanted: Narrowing, order: Order) -> None:
        self._parts, self._state, self._wanted, self._order = parts, state, wanted, order

    @cached_property
    def total(self) -> int | None:
        """How many there are; None where the tallies do not say, and there are more than are listed."""
        wanted = self._wanted
        if wanted.facet is None:
            counted = self._counted(MOST_COUNTED + 1)
            return counted if counted <= MOST_COUNTED else None
        answer = {"": None, WAITING: ""}.get(wanted.answer, wanted.answer)
        return sum(said_at(self._parts, kind=wanted.kind, facet=wanted.facet, answer_state=answer).values())

    def __len__(self) -> int:
        return MOST_COUNTED if self.total is None else min(self.total, MOST_LISTED)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | Sequence[Record]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        if start >= stop:
            return []
        columns = ", ".join(_column(name) for name in ORDERINGS[self._order])
        rows = self._run(f"SELECT id, kind {{}} ORDER BY {columns} LIMIT {stop - start} OFFSET {start}", stop)
        return _fetched([(int(key), str(kind)) for key, kind in rows])

    def _counted(self, most: int) -> int:
        """How many there are, counted no further than this."""
        rows = self._run(f"SELECT count(*) FROM (SELECT 1 {{}} LIMIT {most}) few", most)  # noqa: S608  # our own words
        return int(rows[0][0]) if rows else 0

    def _run(self, statement: str, most: int) -> list[tuple[Any, ...]]:
        """The statement over all heads together, none of them longer than this; nothing where there is no head."""
        return over_heads(statement, list(self._heads(most)))

    def _heads(self, most: int) -> Iterator[QuerySet[Record, Any]]:
        for part, kind in product(self._parts, _listed(self._wanted)):
            rows = Record.objects.filter(part=part, kind=kind.key, state=self._state)
            for head in self._narrowed(rows, kind):
                columns = head.values_list("id", "kind", "created_at", "support_count")
                yield columns.order_by(*ORDERINGS[self._order])[:most]

    def _narrowed(self, rows: QuerySet[Record], kind: Kind) -> Iterator[QuerySet[Record]]:
        """The rows as one head or, where they are narrowed, as one for each variant and answer."""
        wanted = self._wanted
        if wanted == Narrowing(kind=wanted.kind):
            yield rows
            return
        rows = rows.filter(theme=wanted.theme) if wanted.theme else rows
        for variant, answer in product(_variants(kind, wanted), _answers(wanted)):
            head = rows.filter(variant=variant, answer_state=answer)
            yield head.filter(moved_on=MovedOn.NO) if wanted.answer == WAITING else head


def over_heads(statement: str, heads: Sequence[QuerySet[Record, Any]]) -> list[tuple[Any, ...]]:
    """The statement over these heads in one query, each as the ORM writes it; nothing where there is no head."""
    written = [head.query.sql_with_params() for head in heads]
    if not written:
        return []
    together = " UNION ALL ".join(f"SELECT * FROM ({sql}) h{n}" for n, (sql, _values) in enumerate(written))  # noqa: S608
    with connection.cursor() as cursor:
        values = [value for _sql, values in written for value in values]
        cursor.execute(statement.format(f"FROM ({together}) said"), values)
        return list(cursor.fetchall())


def themes_said(parts: Sequence[int]) -> list[str]:
    """The themes in use in any of these parts, by name."""
    return sorted({theme for part in parts for theme in themes_in(part)})


def _listed(wanted: Narrowing) -> list[Kind]:
    return [kind for kind in kinds.all_kinds() if kind.answerable and (not wanted.kind or kind.key == wanted.kind)]


def _variants(kind: Kind, wanted: Narrowing) -> Sequence[str]:
    if wanted.variant:
        return [wanted.variant]
    return [key for key, _label in kind.variants] or [""]


def _answers(wanted: Narrowing) -> Sequence[str]:
    if wanted.answer:
        return ["" if wanted.answer == WAITING else wanted.answer]
    return ["", *AnswerDecision.values]


def _fetched(wanted: Sequence[tuple[int, str]]) -> list[Record]:
    """These records in their order, each with what its kind shows; what went with something hidden is left out."""
    found: dict[int, Record] = {}
    for kind in {kind for _key, kind in wanted}:
        listing = kinds.listing_of(kind)
        rows = listing.rows if listing else fetched(_COMMON)
        found |= {record.pk: record for record in rows([key for key, its in wanted if its == kind])}
    astray = astray_among(found.values())
    return [found[key] for key, _kind in wanted if key in found and key not in astray]


_COMMON = Record.objects.select_related("author", "organisation").filter(state__in=UP)


def _column(name: str) -> str:
    column = {"pk": "id"}.get(name.removeprefix("-"), name.removeprefix("-"))
    return f"{column} DESC" if name.startswith("-") else column
