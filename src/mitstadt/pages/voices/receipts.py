"""What one takes home: the receipt of what was said, as a page, on paper and as a file; and the code of a support."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.pages.voices.forms import AnswerMailForm
from mitstadt.pages.voices.records import record_by_ref
from mitstadt.spine.actions import answer_mails
from mitstadt.spine.actions.turns import standing_of
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import is_author
from mitstadt.spine.errors import Refused
from mitstadt.spine.kinds import address_of, goes_on, kind_of, stands_at
from mitstadt.spine.models import Comment, Record, Room, Standing
from mitstadt.spine.permits import room_of
from mitstadt.spine.queries.promises import promised_in
from mitstadt.spine.queries.turns import supported_among
from mitstadt.ui.participants import code_to_note, connection_address
from mitstadt.ui.parts import Link
from mitstadt.ui.requests import actor_of

_FROM = "von"


def receipt(request: HttpRequest, ref: str) -> HttpResponse:
    """The ref to write down, and for guests the code that leads back to all they said."""
    record = record_by_ref(ref, actor=actor_of(request))
    return _receipt_page(request, record, AnswerMailForm())


def _receipt_page(request: HttpRequest, record: Record, form: AnswerMailForm) -> HttpResponse:
    actor = actor_of(request)
    room = room_in(record)
    may_ask = answer_mails.permit_answer_mail(actor, record)
    context = {
        **_taken_home(request, record, room),
        "kind": kind_of(record),
        "is_joint": _wrote_it_too(actor, record),
        "afterwards": _afterwards(record),
        "process": room,
        "room_href": address_of(room),
        "promise": promised_in(room),
        "page_href": address_of(stands_at(record)),
        "goes_on": _goes_on(record),
        "form": form,
        "may_ask": may_ask,
        "waits": answer_mails.waits(record, actor=actor) if may_ask else None,
    }
    return render(request, "pages/receipt.html", context, status=422 if form.errors else 200)


def _taken_home(request: HttpRequest, record: Record, room: Room) -> dict[str, object]:
    """What is to be written down: the ref, where it leads, and the code where this browser has it."""
    mine = is_author(actor_of(request), record) or _supports(request, record)
    return {
        "record": record,
        "url": f"{settings.PUBLIC_URL}/{record.ref}",
        "code": code_to_note(request, room) if mine else "",
        "code_url": f"{settings.PUBLIC_URL}{reverse('code')}",
    }


def receipt_print(request: HttpRequest, ref: str) -> HttpResponse:
    """The same as a short page for paper."""
    record = record_by_ref(ref, actor=actor_of(request))
    room = room_in(record)
    context = {**_taken_home(request, record, room), "process": room, "promise": promised_in(room)}
    return render(request, "pages/receipt_print.html", context)


def receipt_file(request: HttpRequest, ref: str) -> HttpResponse:
    """The same as a text file."""
    record = record_by_ref(ref, actor=actor_of(request))
    room = room_in(record)
    context = {**_taken_home(request, record, room), "process": room, "promise": promised_in(room)}
    words = render_to_string("pages/receipt.txt", context)
    headers = {"Content-Disposition": f'attachment; filename="beleg-{record.ref}.txt"'}
    return HttpResponse(words, content_type="text/plain; charset=utf-8", headers=headers)


@require_POST
def answer_mail(request: HttpRequest, ref: str) -> HttpResponse:
    """One mail when the answer is there: every address is answered alike."""
    actor = actor_of(request)
    record = record_by_ref(ref, actor=actor)
    form = AnswerMailForm(request.POST)
    if not form.is_valid():
        return _receipt_page(request, record, form)
    try:
        answer_mails.ask_for_mail(
            record,
            actor=actor,
            email=form.cleaned_data["address"],
            connection_address=connection_address(request),
            now=clock.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return _receipt_page(request, record, form)
    messages.success(request, _("Wir haben Ihnen geschrieben. Öffnen Sie den Link in der Mail, sonst gilt es nicht."))
    return redirect("receipt", ref=record.ref)


def answer_mail_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first mail: a button that confirms, one that deletes. Programs that read mails press none."""
    now = clock.now()
    try:
        found = answer_mails.by_token(token, now=now)
        if request.method == "POST":
            deed = answer_mails.forget_mail if request.POST.get("loeschen") else answer_mails.confirm_mail
            deed(token, now=now)
    except Refused as refusal:
        return render(request, "pages/answer_mail.html", {"sentence": refusal.sentence}, status=404)
    done = request.method == "POST"
    context = {"found": found, "done": done, "forgot": done and bool(request.POST.get("loeschen"))}
    return render(request, "pages/answer_mail.html", context)


def support_receipt(request: HttpRequest, ref: str) -> HttpResponse:
    """The code that a guest got by their first support, to write down, so that it can be taken back."""
    record = record_by_ref(ref, actor=actor_of(request))
    context = _taken_home(request, record, room_in(record))
    back = _back(request, record)
    if not context["code"] or not _supports(request, record):
        return redirect(back)
    actor = actor_of(request)
    counted = {"is_guest": standing_of(actor) is Standing.GUEST, "is_held": actor.is_held}
    return render(request, "pages/support_receipt.html", {**context, **counted, "back_href": back})


def noted_before(request: HttpRequest, record: Record, stood: str) -> str:
    """The address of the page with the code, from which one goes on where one was."""
    address = reverse("support_receipt", args=[record.ref])
    return f"{address}?{urlencode({_FROM: stood})}" if stood else address


def _back(request: HttpRequest, record: Record) -> str:
    """Where one was, at the record; its own page where that is not known or not ours."""
    stood, own = request.GET.get(_FROM, ""), address_of(record)
    is_ours = stood.startswith("/") and url_has_allowed_host_and_scheme(stood, {request.get_host()})
    return f"{stood}#{record.ref}" if is_ours and stood != own else own


def _supports(request: HttpRequest, record: Record) -> bool:
    return record.pk in supported_among([record], actor=actor_of(request))


def room_in(record: Record) -> Room:
    """The room in which the record is at home."""
    room = room_of(record)
    if room is None:
        raise Http404
    return room


def _goes_on(record: Record) -> list[Link]:
    """Where one reads on; after a comment, where the record that it is about leads."""
    return [Link(label=label, href=href) for label, href in goes_on(stands_at(record))]


def _wrote_it_too(actor: Actor, record: Record) -> bool:
    """Whether it stood here before this person came to it: nothing of theirs has just arrived."""
    return actor.person is not None and record.author_id != actor.person.pk and is_author(actor, record)


def _afterwards(record: Record) -> str:
    """What comes next where nobody promised an answer; nobody replies to a reply."""
    if record.kind == Comment.KIND and Comment.objects.filter(pk=record.pk, reply_to__isnull=False).exists():
        return _("Andere lesen Ihre Antwort unter dem Kommentar.")
    return str(kind_of(record).afterwards)
