"""What was said, as the rows of a list: whatever the kinds, each as its slice declares (`spine.kinds.Listing`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.kinds import address_of, kind_of, listing_of
from mitstadt.spine.models import Part, Record
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.answering import Answered, with_answers
from mitstadt.ui.given_answers import GivenAnswer, given_answers
from mitstadt.ui.parts import SupportControl
from mitstadt.ui.records import Said
from mitstadt.ui.support import Supporting, supporting

_COMMON_ROW = "ui/parts/said.html"


@dataclass(frozen=True)
class SaidRow:
    """One row of a list: its template, what that shows as `talk`, and whether it may be commented on now."""

    template: str
    talk: object
    may_comment: bool


@dataclass(frozen=True)
class CommonTalk(Said):
    """A row of a kind that declares no row of its own."""

    support: SupportControl | None = None
    given: GivenAnswer | None = None

    @property
    def href(self) -> str:
        """The page of the record."""
        return address_of(self.record)

    @property
    def label(self) -> str:
        """What it is, in a word."""
        return str(kind_of(self.record).label)


def said_rows(records: Sequence[Record], parts: Iterable[Part], *, actor: Actor, now: datetime) -> list[SaidRow]:
    """The records of these parts as rows; the parts come with room and phases. Five queries, however many rows."""
    rows = with_answers(records)
    answers, offered = given_answers(rows), supporting(records, actor=actor, is_open=False)
    by_key = {part.pk: part for part in parts}
    for record in records:
        # Known already: a join would walk all parts of the city.
        record.part = by_key.get(record.part_id or 0)
    places = {(record.part_id, record.kind) for record in records}
    open_to = {
        (part, kind): {deed for deed in _OFFERED if permit(actor, deed, by_key[part], kind, now=now)}
        for part, kind in places
        if part in by_key
    }
    return [
        _row(row, offered, answers.get(row.record.pk), open_to.get((row.record.part_id, row.record.kind), set()))
        for row in rows
    ]


_OFFERED = (Deed.SUPPORT, Deed.COMMENT)


def _row(row: Answered[Record], offered: Supporting, given: GivenAnswer | None, is_open: Collection[Deed]) -> SaidRow:
    listing, here = listing_of(row.record.kind), replace(offered, is_open=Deed.SUPPORT in is_open)
    may_comment = Deed.COMMENT in is_open
    if listing:
        return SaidRow(listing.template, listing.shown(row, supporting=here, given=given), may_comment)
    talk = CommonTalk(row.record, row.answer, row.went_to, here.of(row.record), given)
    return SaidRow(_COMMON_ROW, talk, may_comment)
