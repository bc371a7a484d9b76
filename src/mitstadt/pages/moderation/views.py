"""Pages of moderation: report something, decide with a reason, and disagree with a decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitstadt.ground import clock
from mitstadt.pages.moderation import bursts
from mitstadt.pages.moderation.forms import AppealDecisionForm, AppealForm, DecisionForm, ReportForm
from mitstadt.spine.actions import moderation
from mitstadt.spine.actions.limits import REPORTS_PER_HOUR, count_one
from mitstadt.spine.authorship import is_author
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.kinds import kind_of, surroundings_of
from mitstadt.spine.models import Appeal, ModerationCase, ModerationVerdict, Record, RecordState, ReportReason
from mitstadt.spine.permits import (
    Permit,
    grants_for,
    permit_agreeing,
    permit_appeal_decision,
    permit_hiding,
    permit_on,
    permit_opening,
    permit_verdict,
    room_of,
)
from mitstadt.spine.queries.moderation import (
    Pile,
    case_about,
    cases_of,
    earlier_cases,
    hiding_of,
    is_settled,
    pile,
    pile_counts,
    record_to_judge,
)
from mitstadt.spine.queries.repeats import repeats_of
from mitstadt.spine.queries.trails import earlier_words
from mitstadt.spine.queries.visibility import traceable_by, visible_to
from mitstadt.spine.queries.workplaces import rooms_where
from mitstadt.ui.comments import shown_author
from mitstadt.ui.participants import connection_address
from mitstadt.ui.parts import Link
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number

PER_PAGE = 25
_PILE_NAMES: dict[Pile, Promise] = {
    Pile.OPEN: gettext_lazy("Zu entscheiden"),
    Pile.PROPOSED: gettext_lazy("Wartet auf eine zweite Person"),
    Pile.APPEALED: gettext_lazy("Widersprüche"),
    Pile.DECIDED: gettext_lazy("Entschieden"),
}


def queue(request: HttpRequest) -> HttpResponse:
    """The cases across all rooms in which one moderates, the longest wait on top."""
    actor = actor_of(request)
    mine = rooms_where(actor, Deed.MODERATE)
    may = not actor.is_guest and mine.exists()
    require_page(Permit(may, "" if may else "needs_role"))
    ref = request.GET.get("prozess", "")
    process = mine.filter(ref=ref).first() if ref else None
    refusal = bursts.judge(request) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        return redirect(request.get_full_path())
    cases = cases_of(actor)
    if process:
        cases = cases.filter(room=process.pk)
    wanted = request.GET.get("stapel", "")
    which = Pile(wanted) if wanted in set(Pile) else Pile.OPEN
    counts = pile_counts(cases)
    rushes = bursts.asked(request, room=process)
    counts[Pile.OPEN] += len(rushes)
    page = Paginator(pile(cases, which), PER_PAGE).get_page(page_number(request))
    suffix = f"&prozess={process.ref}" if process else ""
    context = {
        "page": page,
        "pile": which,
        "bursts": rushes if which is Pile.OPEN else [],
        "refusal": refusal,
        "process": process,
        "piles": [
            Link(label=str(label), href=f"?stapel={one}{suffix}", current=one is which, count=counts[one])
            for one, label in _PILE_NAMES.items()
        ],
        "rules": dict(ReportReason.choices),
        "may_erase": bool(grants_for(actor, Deed.ERASE_FOR_OTHERS)),
        "may_pause": bool(grants_for(actor, Deed.PAUSE)),
    }
    return render(request, "pages/moderation/queue.html", context, status=422 if refusal else 200)


def case(request: HttpRequest, ref: str) -> HttpResponse:
    """One case with its record, context and reports; the decision, or the second look at it.

    Without a case, or asked to look anew, a moderator sees the record and may decide without a report.
    """
    actor = actor_of(request)
    found = case_about(ref, actor=actor)
    if found is None or ("neu" in request.GET and is_settled(found)):
        found = ModerationCase(record=record_to_judge(ref, actor=actor), opened_at=clock.now())
    appeal = _appeal_of(found)
    if is_settled(found):
        return _case_page(request, found, appeal, _too_late(request))
    form: DecisionForm | AppealDecisionForm
    typed = request.POST if request.method == "POST" and "agree" not in request.POST else None
    may_hide = permit_hiding(actor, found.record)
    form = AppealDecisionForm(typed) if appeal else DecisionForm(typed, may_hide=bool(may_hide))
    if request.method == "POST" and (typed is None or form.is_valid()):
        try:
            said = _done(request, found, appeal, form)
        except Refused as refusal:
            if typed is None:
                return _case_page(request, found, appeal, form, refusal=str(refusal.sentence))
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, said, extra_tags="received")
            return redirect("moderation")
    return _case_page(request, found, appeal, form)


def _done(
    request: HttpRequest, found: ModerationCase, appeal: Appeal | None, form: DecisionForm | AppealDecisionForm
) -> str:
    """Do what the form asks for; what was done."""
    if appeal:
        return _decide_appeal(request, appeal, form)
    if form.is_bound:
        return _decide(request, found, form)
    moderation.agree(found, actor=actor_of(request), now=clock.now())
    return _("Sie haben zugestimmt. Entschieden haben es jetzt zwei Menschen.")


def _too_late(request: HttpRequest) -> DecisionForm | None:
    """What was typed while somebody else decided, with the sentence that says so."""
    if request.method != "POST":
        return None
    form = DecisionForm(request.POST)
    form.add_error(None, str(Refused("case_decided").sentence))
    return form


def _decide(request: HttpRequest, found: ModerationCase, form: DecisionForm | AppealDecisionForm) -> str:
    data, actor, now = form.cleaned_data, actor_of(request), clock.now()
    verdict, rule, reason = ModerationVerdict(data["verdict"]), data["rule"], data["reason"]
    if found.pk is None:
        decided = moderation.judge(found.record, actor=actor, verdict=verdict, rule=rule, reason=reason, now=now)
    else:
        decided = moderation.decide(found, actor=actor, verdict=verdict, rule=rule, reason=reason, now=now)
    if decided.decided_at is None:
        return _("Es ist vorläufig ausgeblendet. Jetzt entscheidet eine zweite Person.")
    return _("Entschieden. Alle können Regel und Begründung im Werdegang lesen.")


def _decide_appeal(request: HttpRequest, appeal: Appeal, form: DecisionForm | AppealDecisionForm) -> str:
    data = form.cleaned_data
    moderation.decide_appeal(
        appeal,
        actor=actor_of(request),
        upheld=data["upheld"] == "ja",
        reason=data["reason"],
        now=clock.now(),
    )
    return _("Über den Widerspruch ist entschieden.")


def _case_page(
    request: HttpRequest,
    found: ModerationCase,
    appeal: Appeal | None,
    form: DecisionForm | AppealDecisionForm | None,
    *,
    refusal: str = "",
) -> HttpResponse:
    process = room_of(found.record)
    is_new = found.pk is None
    context: dict[str, Any] = {
        "case": found,
        "record": found.record,
        "process": process,
        "kind": kind_of(found.record),
        "author": shown_author(found.record),
        "around": surroundings_of(found.record),
        "corrections": earlier_words(found.record),
        "reports": [] if is_new else list(found.reports.order_by("created_at", "pk")),
        "refusal": refusal,
        "may_look_anew": is_settled(found) and permit_opening(actor_of(request), found.record),
        "repeats": repeats_of(found.record),
        "earlier": earlier_cases(found),
        "appeal": appeal,
        "form": form,
        "may_hide": permit_hiding(actor_of(request), found.record),
        "allowed": _may_decide(request, found, appeal),
        "back_href": reverse("moderation"),
    }
    is_refused = bool(refusal or (form and form.errors))
    return render(request, "pages/moderation/case.html", context, status=422 if is_refused else 200)


def _may_decide(request: HttpRequest, found: ModerationCase, appeal: Appeal | None) -> Permit:
    actor = actor_of(request)
    if found.pk is None:
        return permit_opening(actor, found.record)
    if appeal:
        return permit_appeal_decision(actor, found)
    return permit_agreeing(actor, found) if found.proposed_verdict else permit_verdict(actor, found)


def _appeal_of(found: ModerationCase) -> Appeal | None:
    return getattr(found, "appeal", None)


def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that something breaks a rule; anyone may, without an account."""
    actor, now = actor_of(request), clock.now()
    record = visible_to(actor, Record.objects.select_related("room")).filter(ref=ref).first()
    if record is None:
        raise Http404
    require_page(permit_on(actor, Deed.REPORT, record, now=now))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_one("report", connection_address(request), most=REPORTS_PER_HOUR, now=now)
            moderation.report(
                record,
                actor=actor,
                reason=ReportReason(form.cleaned_data["reason"]),
                text=form.cleaned_data["text"],
                now=now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect("report_received", ref=ref)
    context = {
        "record": record,
        "form": form,
        "may_look": permit_opening(actor, record),
        "back_href": reverse("trail", args=[ref]),
        "submit_label": _("Melden"),
    }
    return render(request, "pages/moderation/report.html", context, status=422 if form.errors else 200)


def report_received(request: HttpRequest, ref: str) -> HttpResponse:
    """What happens with a report."""
    record = traceable_by(actor_of(request), Record.objects.select_related("room")).filter(ref=ref).first()
    if record is None:
        raise Http404
    return render(request, "pages/moderation/report_received.html", {"record": record})


def appeal(request: HttpRequest, ref: str) -> HttpResponse:
    """For the author: what was decided and why, and the way to disagree, once."""
    actor, now = actor_of(request), clock.now()
    record = traceable_by(actor, Record.objects.select_related("room__host")).filter(ref=ref).first()
    if record is None:
        raise Http404
    mine = is_author(actor, record)
    require_page(Permit(mine, "" if mine else "not_yours"))
    found = hiding_of(record.pk)
    made = _appeal_of(found) if found else None
    may = permit_on(actor, Deed.APPEAL, record, now=now)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and found and form.is_valid():
        try:
            moderation.appeal(found, actor=actor, text=form.cleaned_data["text"], now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Ihr Widerspruch ist da. Eine andere Person entscheidet neu."))
            return redirect("appeal", ref=ref)
    context = {
        "record": record,
        "case": found,
        "appeal": made,
        "form": form,
        "may": may if found else Permit(False, "nothing_to_appeal"),
        "is_hidden": record.state == RecordState.HIDDEN,
        "rules": dict(ReportReason.choices),
    }
    return render(request, "pages/moderation/appeal.html", context, status=422 if form.errors else 200)
