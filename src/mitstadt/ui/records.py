"""A record as its page shows it: who said it, what was answered, who supports it, what others say, where it went on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.spine.authorship import fetch_further_authors, is_author
from mitstadt.spine.deeds import Deed
from mitstadt.spine.following import of_record
from mitstadt.spine.kinds import accepts, address_of, kind_of
from mitstadt.spine.models import Answer, AnswerDecision, MovedOn, Record
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.answered import latest_answers
from mitstadt.spine.queries.comments import comment_threads
from mitstadt.spine.queries.ordering import Order
from mitstadt.spine.queries.successions import came_in, is_asked_to_stand_here, where_they_went
from mitstadt.ui.comments import channel_note, comment_part, shown_author
from mitstadt.ui.following import follow_control_of
from mitstadt.ui.orders import order_links, order_of
from mitstadt.ui.parts import Link
from mitstadt.ui.requests import actor_of, page_number
from mitstadt.ui.sharing import sharing
from mitstadt.ui.support import supporting

DECISION_TONES = {
    AnswerDecision.TAKEN_UP.value: "done",
    AnswerDecision.PARTLY.value: "partly",
    AnswerDecision.NOT.value: "refused",
    AnswerDecision.ANSWERED.value: "answered",
    AnswerDecision.NOTED.value: "neutral",
}


@dataclass(frozen=True)
class Said:
    """What stands at the head of a record's page, and in lists of records."""

    record: Record
    answer: Answer | None = None
    went_to: tuple[Record, ...] = ()

    @property
    def author(self) -> str:
        """Who said it."""
        return shown_author(self.record)

    @property
    def channel(self) -> str:
        """On which way it came, where that is not the web."""
        return channel_note(self.record)

    @property
    def decision(self) -> str:
        """What the host did with it, in a word."""
        return decision_of(self.record)

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return DECISION_TONES.get(self.record.answer_state, "neutral")

    @property
    def went_on(self) -> str:
        """Where it went on, in words."""
        return where_it_went(self.record.moved_on, [target.ref for target in self.went_to])


def decision_of(record: Record) -> str:
    """What the host did with a record, in a word; empty while there is no answer."""
    return str(AnswerDecision(record.answer_state).label) if record.answer_state else ""


def where_it_went(moved_on: str, refs: Iterable[str]) -> str:
    """That a record went on elsewhere, and where; empty where it stands for itself."""
    if not moved_on:
        return ""
    sentence = _("Aufgeteilt in: %(refs)s") if moved_on == MovedOn.SPLIT else _("Ging auf in: %(refs)s")
    return sentence % {"refs": ", ".join(refs)}


def record_page(request: HttpRequest, record: Record) -> dict[str, Any]:
    """All that the template `ui/record_page.html` shows of a record, whatever its kind: its slice adds the words.

    The record should come with author, organisation, room with host, and part with phases.
    """
    actor, now = actor_of(request), clock.now()
    order = order_of(request, Order.OLDEST)
    page, threads = comment_threads(record, order=order, page=page_number(request))
    went_to, came = where_they_went([record]).get(record.pk, []), came_in(record)
    fetch_further_authors([record, *came])
    shown = [record, *(one for thread in threads for one in (thread.comment, *thread.replies))]
    offered = supporting(shown, actor=actor, is_open=bool(permit_on(actor, Deed.SUPPORT, record, now=now)))
    may_comment = permit_on(actor, Deed.COMMENT, record, now=now)
    own = [one for one in shown if one.pk in offered.own]
    rewordable = {one.pk for one in own if permit_on(actor, Deed.REWORD, one, now=now)}
    return {
        "record": record,
        "said": Said(record, latest_answers([record.pk]).get(record.pk), tuple(went_to)),
        "supporting": offered,
        "support": offered.of(record),
        "page": page,
        "orders": order_links(order),
        "comments": [
            comment_part(
                one.comment,
                supporting=offered,
                may_reply=bool(may_comment),
                replies=one.replies,
                rewordable=rewordable,
            )
            for one in threads
        ],
        "may_comment": may_comment,
        "only_you": not record.is_up and is_author(actor, record),
        "may_take_back": is_author(actor, record) and accepts(record.kind, Deed.WITHDRAW),
        "went_to": [_link(one) for one in went_to],
        "came_in": [_came(one) for one in came],
        "deeds": _deeds(request, record),
        "takes": {deed.value for deed in kind_of(record).accepts},
        "share": sharing(of_record(record), text=record.body),
        "follow": follow_control_of(of_record(record), actor=actor, now=now) if record.is_public else None,
        "is_asked": is_asked_to_stand_here(record, actor=actor),
    }


@dataclass(frozen=True)
class _Came:
    """A record that went in, with how much is said there."""

    link: Link
    author: str
    comment_count: int


def _came(record: Record) -> _Came:
    return _Came(_link(record), shown_author(record), record.comment_count)


def _link(record: Record) -> Link:
    return Link(label=record.ref, href=address_of(record))


def _deeds(request: HttpRequest, record: Record) -> dict[str, bool]:
    """What this person may do to the record beside speaking about it."""
    actor, now = actor_of(request), clock.now()
    wanted = (Deed.REWORD, Deed.FOLLOW, Deed.REPORT, Deed.ANSWER, Deed.INVITE, Deed.MERGE, Deed.SPLIT, Deed.SEPARATE)
    may = {deed.value: bool(permit_on(actor, deed, record, now=now)) for deed in wanted}
    # What went on is answered where it went.
    may[Deed.ANSWER.value] = may[Deed.ANSWER.value] and not record.moved_on
    return may
