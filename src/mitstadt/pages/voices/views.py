"""Support, comment, withdraw and erase."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.pages.voices import in_place
from mitstadt.pages.voices.forms import CommentForm, LeaveForm, OwnRecordForm, ReplyForm, RetractForm
from mitstadt.pages.voices.receipts import noted_before, room_in
from mitstadt.pages.voices.records import comment_by_ref, record_by_ref
from mitstadt.spine.actions import comments, supports, withdrawal
from mitstadt.spine.actions.turns import standing_of
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import has_other_authors
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.kinds import address_of
from mitstadt.spine.models import Comment, Record, Stance, Standing
from mitstadt.spine.permits import permit_on, permit_retracting, room_of
from mitstadt.ui.participants import taking_part
from mitstadt.ui.refusals import warn
from mitstadt.ui.requests import actor_of, asks_for_a_part, form_stood_at

# The hidden field of a button that stands in a list: whoever taps it goes on there.
STAYS = "stays"


@require_POST
def support(request: HttpRequest, ref: str) -> HttpResponse:
    """Count this person for the record; guests get a code with it."""
    record = record_by_ref(ref, actor=actor_of(request))
    now = clock.now()
    is_guest = actor_of(request).is_guest
    try:
        with taking_part(request, record, Deed.SUPPORT, now=now) as actor:
            supports.support(record, actor=actor, now=now)
            counted = _counted(actor)
    except Refused as refusal:
        return _support_answered(request, record, refusal=str(refusal.sentence))
    if is_guest and not asks_for_a_part(request):
        # Who counts for the first time gets a code by it: it is shown now, before they go on where they were.
        return redirect(noted_before(request, record, form_stood_at(request) if STAYS in request.POST else ""))
    response = _support_answered(request, record, said=counted)
    return in_place.with_new_keys(request, response, room_of(record)) if is_guest else response


def _counted(actor: Actor) -> str:
    if actor.is_held:
        return _(
            "Ihre Unterstützung wird geprüft, weil gerade sehr viele Gäste von Ihrem Anschluss kommen. "
            "Mit einem Konto oder einem gedruckten Code zählt sie sofort. Ihr Code steht auf „Meine Seite“."
        )
    if standing_of(actor) is Standing.GUEST:
        return _("Ihre Unterstützung zählt. Gäste werden getrennt gezählt. Ihr Teilnahmecode steht auf „Meine Seite“.")
    return _("Ihre Unterstützung zählt.")


@require_POST
def end_support(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the support back."""
    record = record_by_ref(ref, actor=actor_of(request))
    try:
        supports.end_support(record, actor=actor_of(request), now=clock.now())
    except Refused as refusal:
        return _support_answered(request, record, refusal=str(refusal.sentence))
    return _support_answered(request, record, said=_("Ihre Unterstützung ist zurückgenommen."))


def _support_answered(request: HttpRequest, record: Record, *, said: str = "", refusal: str = "") -> HttpResponse:
    """In place where a script asks; otherwise on the page where the button stood, at the record."""
    if asks_for_a_part(request):
        return in_place.support_answered(request, record, said=said, refusal=refusal)
    if refusal:
        warn(request, refusal)
    else:
        messages.success(request, said)
    own, stood = address_of(record), form_stood_at(request) if STAYS in request.POST else ""
    return redirect(f"{stood}#{record.ref}" if stood and stood != own else own)


def comment(request: HttpRequest, ref: str) -> HttpResponse:
    """Comment on a record."""
    record = record_by_ref(ref, actor=actor_of(request))
    return _comment_page(request, record, CommentForm(request.POST or None, **_names(request, ref)), reply_to=None)


def reply(request: HttpRequest, ref: str) -> HttpResponse:
    """Reply to a comment."""
    first = comment_by_ref(ref, actor=actor_of(request))
    return _comment_page(request, first.target, ReplyForm(request.POST or None, **_names(request, ref)), reply_to=first)


def _names(request: HttpRequest, ref: str) -> dict[str, Any]:
    """Several forms may be open on one page, each with names of its own for its fields."""
    return {"auto_id": f"id_{ref}_%s"} if asks_for_a_part(request) else {}


def _comment_page(request: HttpRequest, record: Record, form: CommentForm, *, reply_to: Comment | None) -> HttpResponse:
    if request.method == "GET":
        form.fields["text"].widget.attrs["autofocus"] = asks_for_a_part(request)
    if request.method == "POST" and form.is_valid():
        is_guest = actor_of(request).is_guest
        try:
            made = _comment(request, record, form, reply_to=reply_to)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return _comment_made(request, made, reply_to or record, signed_in=is_guest)
    context = {
        "record": record,
        "form": form,
        "reply_to": reply_to,
        "answers": reply_to or record,
        "process": room_in(record),
        "back_href": address_of(record),
        "permit": permit_on(actor_of(request), Deed.COMMENT, record, now=clock.now()),
    }
    status = 422 if form.errors else 200
    if asks_for_a_part(request):
        response = in_place.comment_form(request, context, status=status)
    else:
        response = render(request, "pages/comment_form.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _comment_made(request: HttpRequest, made: Comment, answers: Record, *, signed_in: bool) -> HttpResponse:
    """The receipt; what was written in place stands there at once, unless a guest has a code to write down."""
    if not asks_for_a_part(request):
        return redirect("receipt", ref=made.ref)
    if signed_in or not made.is_public:
        return in_place.page_instead(reverse("receipt", args=[made.ref]))
    return in_place.comment_made(request, made, answers)


def _comment(request: HttpRequest, record: Record, form: CommentForm, *, reply_to: Comment | None) -> Comment:
    """Comment; what was made."""
    now = clock.now()
    data = form.cleaned_data
    with taking_part(request, record, Deed.COMMENT, now=now) as actor:
        return comments.comment(
            record,
            actor=actor,
            text=data["text"],
            now=now,
            stance=Stance(data.get("stance", Stance.NEUTRAL)),
            reply_to=reply_to,
            submission_key=data["submission_key"],
        )


def own_record(request: HttpRequest, ref: str) -> HttpResponse:
    """The author withdraws or erases what they wrote."""
    actor = actor_of(request)
    record = record_by_ref(ref, actor=actor)
    if permit_retracting(actor, record):
        return _retract(request, record, actor)
    allowed = permit_on(actor, Deed.ERASE, record, now=clock.now())
    is_shared = has_other_authors(actor, record)
    form = (LeaveForm if is_shared else OwnRecordForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erases = form.cleaned_data["deed"] == "erase"
        deed = withdrawal.erase if erases else withdrawal.withdraw
        try:
            deed(record, actor=actor, now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _taken_back(erases=erases, is_shared=is_shared))
            return redirect("trail", ref=record.ref)
    if not allowed:
        return render(request, "ui/refused.html", {"sentence": allowed.sentence}, status=403)
    context = {
        "record": record,
        "form": form,
        "is_shared": is_shared,
        "backup_days": settings.BACKUP_DAYS,
        "back_href": address_of(record),
    }
    return render(request, "pages/own_record.html", context, status=422 if form.errors else 200)


def _taken_back(*, erases: bool = False, is_shared: bool = False) -> str:
    """What happened, by its name."""
    if is_shared:
        return _("Ihr Name steht nicht mehr dabei.")
    return _("Ihr Text ist gelöscht.") if erases else _("Zurückgezogen. Niemand sonst liest den Text mehr.")


def _retract(request: HttpRequest, record: Record, actor: Actor) -> HttpResponse:
    """Those who lead an organisation take back what was said for it."""
    form = RetractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdrawal.retract(record, actor=actor, reason=form.cleaned_data["reason"], now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _taken_back())
            return redirect("trail", ref=record.ref)
    context = {"record": record, "form": form, "for_office": True, "back_href": address_of(record)}
    return render(request, "pages/own_record.html", context, status=422 if form.errors else 200)
