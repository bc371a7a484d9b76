"""What a person's own pages show: what they said and what became of it, supports, follows, notices."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from mitstadt.ground.people.models import Person
from mitstadt.spine import following
from mitstadt.spine.authorship import written_by
from mitstadt.spine.deeds import Deed
from mitstadt.spine.following import Target
from mitstadt.spine.kinds import Kind, kind_of, taking
from mitstadt.spine.models import (
    Answer,
    Follow,
    ModerationCase,
    ModerationVerdict,
    Record,
    RecordState,
    Turn,
)
from mitstadt.spine.queries.answered import latest_answers
from mitstadt.spine.queries.news import words_of
from mitstadt.spine.queries.successions import where_they_went
from mitstadt.ui.records import DECISION_TONES, decision_of, where_it_went

PER_PAGE = 20


@dataclass(frozen=True)
class Verdict:
    """What the moderation decided on something that this person wrote."""

    hidden: bool
    reason: str
    appeal: str
    appeal_href: str


@dataclass(frozen=True)
class OwnRecord:
    """Something a person said, and what became of it."""

    record: Record
    state: str
    tone: str
    answer: Answer | None
    verdict: Verdict | None
    went_on: str = ""

    @property
    def words(self) -> str:
        """All that was said, or the wording of a proposal where there are no other words."""
        return self.record.title or self.record.body

    @property
    def kind(self) -> Kind:
        """What it is."""
        return kind_of(self.record)

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it can still be withdrawn or erased."""
        return self.record.state != RecordState.ERASED


def own_records(person: Person, number: str | None) -> tuple[Page[Record], list[OwnRecord]]:
    """One page of what this person said, newest first: five queries, however much it is."""
    mine = Record.objects.filter(written_by(person), kind__in=taking(Deed.WITHDRAW)).exclude(state=RecordState.DRAFT)
    page = Paginator(mine.select_related("room").order_by("-created_at", "-pk"), PER_PAGE).get_page(number)
    records = list(page.object_list)
    keys = [record.pk for record in records]
    answers, verdicts = latest_answers(keys), _verdicts(keys)
    went_to = where_they_went(records)
    return page, [
        OwnRecord(
            record,
            *_standing(record),
            answers.get(record.pk),
            verdicts.get(record.pk),
            where_it_went(record.moved_on, [target.ref for target in went_to.get(record.pk, [])]),
        )
        for record in records
    ]


def _standing(record: Record) -> tuple[str, str]:
    """Where it stands, in words and as a tone."""
    if record.state != RecordState.PUBLISHED:
        return str(RecordState(record.state).label), "neutral"
    if record.answer_state:
        return decision_of(record), DECISION_TONES[record.answer_state]
    if not kind_of(record).answerable:
        return gettext("veröffentlicht"), "neutral"
    return gettext("wartet auf Antwort"), "open"


def _verdicts(keys: Collection[int]) -> dict[int, Verdict]:
    cases = (
        ModerationCase.objects.filter(record_id__in=keys, decided_at__isnull=False)
        .select_related("appeal", "record")
        .order_by("decided_at", "pk")
    )
    return {case.record_id: _verdict(case) for case in cases}


def _verdict(case: ModerationCase) -> Verdict:
    made = getattr(case, "appeal", None)
    hidden = case.verdict == ModerationVerdict.HIDE
    return Verdict(
        hidden=hidden,
        reason=case.reason,
        appeal=_appeal_words(made.upheld, made.reason) if made else "",
        appeal_href=_appeal_href(case) if hidden and made is None and case.record.state == RecordState.HIDDEN else "",
    )


def _appeal_words(upheld: bool | None, reason: str) -> str:
    if upheld is None:
        return gettext("Sie haben widersprochen. Eine andere Person prüft es noch einmal.")
    if upheld:
        return gettext("Ihr Widerspruch hatte Erfolg: %(reason)s") % {"reason": reason}
    return gettext("Ihr Widerspruch wurde abgelehnt: %(reason)s") % {"reason": reason}


def _appeal_href(case: ModerationCase) -> str:
    try:
        return reverse("appeal", args=[case.record.ref])
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class NamedRecord:
    """A record of someone else in a list: its first words while they are public."""

    record: Record
    words: str


def supported(person: Person, number: str | None) -> tuple[Page[Turn], list[NamedRecord]]:
    """One page of what this person supports, newest first."""
    rows = Turn.objects.filter(person=person, deed=Deed.SUPPORT.value).select_related("record__room")
    page = Paginator(rows.order_by("-at", "-pk"), PER_PAGE).get_page(number)
    return page, _named(row.record for row in page.object_list)


@dataclass(frozen=True)
class Followed:
    """Something that this person follows: of which kind, and what it is called."""

    label: str
    target: Target
    row: Follow


def followed(person: Person, number: str | None) -> tuple[Page[Follow], list[Followed]]:
    """One page of what this person follows, whatever it is, newest first."""
    rows = Follow.objects.filter(person=person).select_related("record__room", "record__part", "area", "organisation")
    page = Paginator(rows.order_by("-created_at", "-pk"), PER_PAGE).get_page(number)
    return page, [Followed(str(kind.label), target, row) for row, kind, target in following.of_rows(page.object_list)]


def _named(records: Iterable[Record]) -> list[NamedRecord]:
    return [NamedRecord(record, words_of(record)) for record in records]
