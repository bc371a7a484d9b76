"""What a part's people said, for those who answer it: narrowed, counted by answer, with the answer that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Count, QuerySet

from mitstadt.spine import kinds
from mitstadt.spine.links import ANSWERS
from mitstadt.spine.models import UP, Answer, Link, Part, Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True)
class Answered(Generic[AnyRecord]):
    """A record with the answer that holds now."""

    record: AnyRecord
    answer: Answer | None


@dataclass(frozen=True)
class Narrowed:
    """What someone who answers wants to see, whatever the format."""

    theme: str = ""
    answer_state: str = ""
    only_unanswered: bool = False
    words: str = ""


def narrowed(rows: QuerySet[AnyRecord], wanted: Narrowed) -> QuerySet[AnyRecord]:
    """The rows that were asked for; a format narrows by words itself where it has more than a body."""
    exact = {"theme": wanted.theme, "answer_state": wanted.answer_state}
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    return rows.filter(answer_state="") if wanted.only_unanswered else rows


def to_be_answered(part: Part) -> QuerySet[Record]:
    """What can be read in the part and is owed an answer, or has one."""
    return Record.objects.filter(part=part.pk, kind__in=kinds.answerable_kinds(), state__in=UP)


def answer_counts(part: Part) -> dict[str, int]:
    """How many of these have which answer; "" counts those without one. One query."""
    rows = to_be_answered(part).order_by("answer_state")
    return dict(rows.values_list("answer_state").annotate(count=Count("pk")))


def themes_of(part: Part) -> list[str]:
    """The themes in use, by name; one query."""
    rows = to_be_answered(part).exclude(theme="").order_by("theme")
    return list(rows.values_list("theme", flat=True).distinct())


def with_answers(records: Sequence[AnyRecord]) -> list[Answered[AnyRecord]]:
    """Each record with its latest answer: two queries."""
    links = Link.objects.filter(target_id__in=[record.pk for record in records], type=ANSWERS)
    latest = {link.target_id: link.source_id for link in links.order_by("created_at", "pk")}
    told = Answer.objects.select_related("author", "organisation")
    answers = told.in_bulk(set(latest.values())) if latest else {}
    return [Answered(record, answers.get(latest.get(record.pk, 0))) for record in records]
