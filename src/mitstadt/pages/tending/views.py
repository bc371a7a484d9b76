"""Pages of those who tend the record: what can be done to an entry, blacking out, erasing by two, correcting."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.ground import clock
from mitstadt.pages.tending.forms import BlackOutForm, CorrectForm, EraseForm
from mitstadt.pages.tending.queries import Excerpt, excerpts, open_request, requests_for, tendable
from mitstadt.spine.actions.blacking_out import black_out, checked_words
from mitstadt.spine.actions.corrections import correct_entry
from mitstadt.spine.actions.erasing_for_others import decide_erasure, is_proposer, propose_erasure
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.kinds import address_of, kind_of, words
from mitstadt.spine.models import ErasureRequest, Record
from mitstadt.spine.permits import Permit, permit_on, permit_second, room_of
from mitstadt.spine.queries.kept_words import also_said_in
from mitstadt.spine.queries.visibility import visible_to
from mitstadt.ui.comments import shown_author
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of

_WAYS = (
    (Deed.CORRECT_ENTRY, "correct_entry"),
    (Deed.BLACK_OUT, "black_out"),
    (Deed.ERASE_FOR_OTHERS, "erase_for_others"),
    (Deed.PAUSE, "pause_author"),
)


def tend(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that people with a task may do to one entry, each with what it means."""
    actor, now = actor_of(request), clock.now()
    record = _found(request, ref)
    ways = {name: permit_on(actor, deed, record, now=now) for deed, name in _WAYS}
    require_page(next((one for one in ways.values() if one), Permit(False, "needs_role")))
    context = {
        **_shown(record),
        "ways": ways,
        "request_open": open_request(record),
        "may_moderate": permit_on(actor, Deed.MODERATE, record, now=now),
        "has_case": record.moderation_cases.exists(),
    }
    return render(request, "pages/tending/tend.html", context)


def black_words_out(request: HttpRequest, ref: str) -> HttpResponse:
    """First where the words stand, then the deed; what was typed stays through both."""
    record = _for(request, ref, Deed.BLACK_OUT)
    form = BlackOutForm(request.POST or None)
    others: list[Record] = []
    shown: Sequence[Excerpt] = ()
    if request.method == "POST" and form.is_valid():
        try:
            wanted = checked_words(form.cleaned_data["words"])
            others = _others(request, record, wanted)
            shown = excerpts(record, wanted)
            form = BlackOutForm(request.POST, others=others)
            if request.POST.get("do") == "black_out" and form.is_valid():
                return _blacked_out(request, record, wanted, form, others)
            if not shown:
                raise Refused("words_not_found")
        except Refused as refusal:
            form.add_error("reason" if refusal.reason == "reason_repeats_words" else "words", str(refusal.sentence))
    context = {**_shown(record), "form": form, "excerpts": shown, "others": others, "back_href": _back(record)}
    return render(request, "pages/tending/black_out.html", context, status=422 if form.errors else 200)


def _others(request: HttpRequest, record: Record, wanted: list[str]) -> list[Record]:
    """Other records with these words, which the actor may black out, too."""
    actor, now = actor_of(request), clock.now()
    found = also_said_in(record, wanted)
    return [one for one in found if permit_on(actor, Deed.BLACK_OUT, one, now=now)]


def _blacked_out(
    request: HttpRequest, record: Record, wanted: list[str], form: BlackOutForm, others: list[Record]
) -> HttpResponse:
    chosen = set(form.cleaned_data.get("also", []))
    done = black_out(
        record,
        actor=actor_of(request),
        words=wanted,
        reason=form.cleaned_data["reason"],
        also=[one for one in others if one.ref in chosen],
        now=clock.now(),
    )
    told = ngettext("An %(n)s Stelle geschwärzt.", "An %(n)s Stellen geschwärzt.", done.places) % {"n": done.places}
    messages.success(request, f"{told} {_('Das und der Grund stehen öffentlich im Werdegang.')}")
    return redirect("trail", ref=record.ref)


def erase(request: HttpRequest, ref: str) -> HttpResponse:
    """One proposes, a second one confirms or declines."""
    record = _for(request, ref, Deed.ERASE_FOR_OTHERS)
    actor, asked = actor_of(request), open_request(record)
    second = permit_second(actor, asked.proposed_by_id, record, now=clock.now()) if asked else None
    form = EraseForm(request.POST if request.method == "POST" and asked is None else None)
    refused = ""
    if request.method == "POST":
        try:
            if said := request.POST.get("do"):
                return _second_said(request, record, asked, confirmed=said == "confirm")
            if asked is not None:
                # Whoever proposes it a moment later says neither yes nor no to what they have not read.
                raise Refused("erasure_proposed_already")
            if form.is_valid():
                propose_erasure(record, actor=actor, reason=form.cleaned_data["reason"], now=clock.now())
                messages.success(request, _("Vorgeschlagen. Jetzt entscheidet eine zweite Person."))
                return redirect("erase_for_others", ref=ref)
        except Refused as refusal:
            if asked is None:
                form.add_error("reason", str(refusal.sentence))
            refused = str(refusal.sentence)
    context = {
        **_shown(record),
        "form": form,
        "asked": asked,
        "second": second,
        "is_proposer": asked is not None and is_proposer(actor, asked),
        "refused": refused if asked is not None else "",
        "back_href": _back(record),
    }
    return render(request, "pages/tending/erase.html", context, status=422 if form.errors or refused else 200)


def _second_said(
    request: HttpRequest, record: Record, asked: ErasureRequest | None, *, confirmed: bool
) -> HttpResponse:
    """Yes or no to the very proposal that stood on the page."""
    if asked is None or request.POST.get("asked") != str(asked.pk):
        raise Refused("erasure_decided")
    decide_erasure(asked, actor=actor_of(request), confirmed=confirmed, now=clock.now())
    messages.success(request, _("Gelöscht.") if confirmed else _("Der Eintrag bleibt, wie er ist."))
    return redirect("trail", ref=record.ref)


def correct(request: HttpRequest, ref: str) -> HttpResponse:
    """Type again what stands on the paper; what stood here before stays to be read."""
    record = _for(request, ref, Deed.CORRECT_ENTRY)
    form = CorrectForm(record, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            correct_entry(
                record,
                actor=actor_of(request),
                texts=form.corrected(),
                name=form.name,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error("name" if refusal.reason == "name_not_shown" else None, str(refusal.sentence))
        else:
            messages.success(request, _("Berichtigt. Was vorher dastand, bleibt im Werdegang zu lesen."))
            return redirect("trail", ref=ref)
    context = {**_shown(record), "form": form, "back_href": _back(record), "submit_label": _("Öffentlich berichtigen")}
    return render(request, "pages/tending/correct.html", context, status=422 if form.errors else 200)


def waiting(request: HttpRequest) -> HttpResponse:
    """The proposals to erase that wait for a second person, in the rooms in which one may decide."""
    rows = requests_for(actor_of(request))
    require_page(Permit(rows is not None, "" if rows is not None else "needs_role"))
    return render(request, "pages/tending/waiting.html", {"rows": rows})


def _found(request: HttpRequest, ref: str) -> Record:
    found = visible_to(actor_of(request), tendable()).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def _for(request: HttpRequest, ref: str, deed: Deed) -> Record:
    record = _found(request, ref)
    require_page(permit_on(actor_of(request), deed, record, now=clock.now()))
    return record


def _shown(record: Record) -> dict[str, object]:
    return {
        "record": record,
        "kind": kind_of(record),
        "author": shown_author(record),
        "words": words(record),
        "room": room_of(record),
        "href": address_of(record),
    }


def _back(record: Record) -> str:
    return reverse("tend", args=[record.ref])
