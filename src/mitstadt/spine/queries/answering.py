"""What a part's people said, for those who answer it: narrowed, counted by answer, with the answer that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import QuerySet

from mitstadt.spine.authorship import fetch_further_authors
from mitstadt.spine.models import Answer, MovedOn, Part, Record
from mitstadt.spine.queries.answered import answers_to
from mitstadt.spine.queries.sharing import NO_WORK, Work
from mitstadt.spine.queries.successions import where_they_went
from mitstadt.spine.queries.tallies import by_answer, themes_in

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True)
class Answered(Generic[AnyRecord]):
    """A record with the answer that holds now, where it went on, and the answers that held before, oldest first.

    `work` is what colleagues keep beside it; only pages of those who answer fill it.
    """

    record: AnyRecord
    answer: Answer | None
    went_to: tuple[Record, ...] = ()
    earlier: tuple[Answer, ...] = ()
    work: Work = NO_WORK


@dataclass(frozen=True)
class Narrowed:
    """What someone who answers wants to see, whatever the format."""

    theme: str = ""
    answer_state: str = ""
    only_unanswered: bool = False
    words: str = ""
    # Whose they are to care for: a person, or nobody yet.
    assigned_to: int | None = None
    unassigned: bool = False
    # What waits for a second person; what has waited since before this moment.
    drafted: bool = False
    before: datetime | None = None

    @property
    def asks_for_work(self) -> bool:
        """Whether it asks for what no count is kept of."""
        return bool(self.assigned_to or self.unassigned or self.drafted or self.before)


def narrowed(rows: QuerySet[AnyRecord], wanted: Narrowed) -> QuerySet[AnyRecord]:
    """The rows that were asked for; a format narrows by words itself where it has more than a body."""
    exact = {"theme": wanted.theme, "answer_state": wanted.answer_state}
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    if wanted.assigned_to is not None:
        rows = rows.filter(assignment__person=wanted.assigned_to)
    if wanted.unassigned:
        rows = rows.filter(assignment=None)
    if wanted.drafted:
        rows = rows.filter(drafted__isnull=False)
    if wanted.before is not None:
        rows = rows.filter(created_at__lt=wanted.before)
    return rows.filter(answer_state="", moved_on=MovedOn.NO) if wanted.only_unanswered else rows


def answer_counts(part: Part) -> dict[str, int]:
    """How many of these have which answer; "" counts those that wait for one. One query."""
    return by_answer(part.pk)


def themes_of(part: Part) -> list[str]:
    """The themes in use, by name; one query."""
    return themes_in(part.pk)


def with_answers(records: Sequence[AnyRecord]) -> list[Answered[AnyRecord]]:
    """Each record with its latest answer and where it went on: two queries, one more for those that did."""
    answers, went_to = answers_to([said.pk for said in records]), where_they_went(records)
    fetch_further_authors(records)
    return [_answered(said, answers.get(said.pk, []), went_to.get(said.pk, [])) for said in records]


def _answered(said: AnyRecord, answers: Sequence[Answer], went_to: Sequence[Record]) -> Answered[AnyRecord]:
    return Answered(said, answers[-1] if answers else None, tuple(went_to), tuple(answers[:-1]))
