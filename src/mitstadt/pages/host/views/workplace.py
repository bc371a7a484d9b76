"""The workplace: every process a person works on, with what is due there."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.ground import clock
from mitstadt.ground.conditions import Answer, answers
from mitstadt.pages.host.queries import WorkRow, organisations_to_prepare_for, room_rows, workplace_rows
from mitstadt.pages.host.waiting import asked_of, proposed_by
from mitstadt.pages.organisations.queries import led_by
from mitstadt.pages.presenting import area_name, promise_words, state_of
from mitstadt.pages.processes.ways import work_links
from mitstadt.pages.rooms.links import room_links
from mitstadt.spine.actors import Actor
from mitstadt.spine.formats import format_of
from mitstadt.spine.kinds import address_of, kind_of
from mitstadt.spine.permits import Permit, permit_leading
from mitstadt.spine.permits.second_factor import missing_until
from mitstadt.spine.queries.promises import PromiseState
from mitstadt.spine.queries.sharing import assigned_and_waiting
from mitstadt.spine.queries.workplaces import discarded_drafts
from mitstadt.ui.parts import Link
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number

PER_PAGE = 50
_TONES = {
    PromiseState.OVERDUE: "missed",
    PromiseState.DUE_SOON: "due",
    PromiseState.RUNNING: "neutral",
    PromiseState.KEPT: "done",
    PromiseState.KEPT_LATE: "done",
    PromiseState.RELEASED: "neutral",
}


@login_required
def workplace(request: HttpRequest) -> HttpResponse:
    """What is due first on top; whoever is not signed in does so first, as each morning."""
    actor, now = actor_of(request), clock.now()
    require_page(Permit(actor.is_staff_somewhere, "" if actor.is_staff_somewhere else "no_task"))
    page = Paginator(workplace_rows(actor, now=now), PER_PAGE).get_page(page_number(request))
    context = {
        "rows": [
            {
                "row": row,
                "area": area_name(row.process),
                "state": state_of(row.process, now=now)[1],
                "due": _due(row),
                "tone": _TONES[row.promise.state] if row.promise else "neutral",
                "links": work_links(row.process, actor=actor, now=now),
            }
            for row in page
        ],
        "page": page,
        "rooms": [
            {
                "row": row,
                "kind": kind_of(row.room).label,
                "href": address_of(row.room),
                "due": _waits(row.waiting) if row.waiting else "",
                "links": room_links(row.room, actor=actor, now=now),
            }
            for row in ([] if page.has_next() else room_rows(actor))
        ],
        "may_prepare": bool(organisations_to_prepare_for(actor)),
        "leads": led_by(actor),
        "not_set_up": _not_set_up(actor, now=now),
        "second_factor_until": missing_until(actor),
        "to_confirm": asked_of(actor, now=now),
        "proposed": proposed_by(actor),
        "assigned": _assigned(actor, now=now),
        "discarded": discarded_drafts(actor).select_related("host"),
    }
    return render(request, "pages/host/workplace.html", context)


def _assigned(actor: Actor, *, now: datetime) -> list[Link]:
    """Where the actor cares for contributions that wait, each with the way to them alone."""
    found: list[Link] = []
    for part, count in assigned_and_waiting(actor, now=now):
        declared = format_of(part)
        if declared:
            href = declared.waiting(part)
            mine = f"{href}{'&' if '?' in href else '?'}wer=ich"
            found.append(Link(label=f"{part.title}: {_waits(count)}", href=mine))
    return found


def _not_set_up(actor: Actor, *, now: datetime) -> list[Answer]:
    """What is still to be done so that the city can be run, for who leads the platform."""
    if not permit_leading(actor, None):
        return []
    return [answer for answer in answers(now=now, ask_others=False) if not answer.is_fine]


def _due(row: WorkRow) -> str:
    if row.promise is None:
        return _("noch nicht offen")
    words = promise_words(row.promise.state, days=row.promise.days_left)
    if not row.waiting:
        return words
    return f"{_waits(row.waiting)}, {words}"


def _waits(count: int) -> str:
    return ngettext("%(n)s Beitrag wartet", "%(n)s Beiträge warten", count) % {"n": count}
